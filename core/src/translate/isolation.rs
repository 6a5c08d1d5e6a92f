//! What becomes of a rule, backend or listener that can't be built, so that the rest of the Gateway can (deviation B18).
//!
//! Whether anything is isolated at all is asked of [`Builder::isolates`].

use crate::diagnostic::{Diagnostic, Effect, Place};
use crate::model::action::Action;
use crate::model::listener::ListenerRule;
use crate::model::{Resource, Value};
use crate::origin::{FieldPath, Origin};

use super::rule::Drawing;
use super::target_group::Site;
use super::{BuildError, Builder, ListenerFailure, RouteNote};

impl Builder<'_, '_> {
    /// Whether a fault costs only the rule, backend or listener it lies in.
    pub(super) fn isolates(&self) -> bool {
        self.resolver.profile.rules_isolated
    }

    /// Notes and reports, each once.
    pub(super) fn tell(&mut self, position: usize, note: RouteNote, finding: Diagnostic) {
        self.report_once(finding);
        let note = (position, note);
        if self.noted.insert(note.clone()) {
            self.notes.push(note);
        }
    }
}

/// A bad rule answers 500 for what it matches; one whose conditions are bad is left out.
pub fn rule(drawing: &mut Drawing<'_, '_, '_>, priority: usize, error: BuildError) -> Option<Resource<ListenerRule>> {
    let site = drawing.site;
    let conditions = drawing.conditions();
    let what = if conditions.is_ok() { "answers 500" } else { "is left out" };
    let message = format!("{}: rule {} {what}: {}", site.route.route().describe(), site.rule, error.message);
    let place = match (error.place, drawing.origins().get("conditions")) {
        (Some(_), _) => error.place(),
        (None, Some(Origin::Field { object, path })) if conditions.is_err() => Place::Field(*object, *path),
        _ => Place::Field(site.route.object(), FieldPath::indexed("spec.rules[]", &[site.rule])),
    };
    let finding = error.with_help(Diagnostic::new(error.code, place, message).effect(Effect::DropsRule));
    let note = RouteNote::PartiallyInvalid { port: site.port, rule: site.rule, message: error.message };
    drawing.builder.tell(drawing.candidate.position, note, finding);
    let id = drawing.id;
    drawing.builder.hidden_oidc.retain(|(rule, _)| rule != id);
    let mut origins = drawing.origins();
    let tags = drawing.tags(&mut origins).unwrap_or_default();
    origins.set("actions", Origin::Rule("the rule can't be built, so it answers 500"));
    let spec = ListenerRule {
        listener_arn: Value::ListenerArn(site.port),
        priority,
        actions: vec![Action::answer("500")],
        conditions: conditions.ok()?,
        transforms: Vec::new(),
        tags,
    };
    Some(Resource { id: id.clone(), spec, origins, cause: site.route.object() })
}

/// A backend whose target group can't be built is left out of its rule.
pub fn backend(builder: &mut Builder<'_, '_>, site: Site<'_, '_>, position: usize, error: BuildError) {
    let label = site.route.route().describe();
    let message = format!("{label}: a backend of rule {} is left out: {}", site.rule, error.message);
    let finding = error.with_help(Diagnostic::new(error.code, error.place(), message).effect(Effect::DropsRule));
    let (port, rule, message) = (site.port, site.rule, error.message);
    let note = match error.reason {
        Some(reason) => RouteNote::Unresolved { port, rule, reason, message },
        None => RouteNote::PartiallyInvalid { port, rule, message },
    };
    builder.tell(position, note, finding);
}

/// A listener that can't be built is left out of the load balancer.
pub fn listener(builder: &mut Builder<'_, '_>, port: i64, error: BuildError) {
    let declared = builder.node.valid_listeners().find(|listener| listener.spec.port == port);
    let place = match (error.place, declared) {
        (None, Some(listener)) => {
            Place::Field(listener.object, FieldPath::indexed("spec.listeners[]", &[listener.index]))
        }
        _ => error.place(),
    };
    let message =
        format!("Gateway {}: the listener on port {port} is left out: {}", builder.node.label(), error.message);
    let finding = error.with_help(Diagnostic::new(error.code, place, message).effect(Effect::DropsObject));
    builder.report(finding);
    builder.failed_listeners.push(ListenerFailure { port, reason: error.reason, message: error.message });
}
