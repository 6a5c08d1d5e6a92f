//! Everything that is to be said about the manifests of a plan, as diagnostics.
//!
//! Steps that report no diagnostics themselves left their verdicts in the pipeline; they are put into words here.

use crate::diagnostic::{Code, Diagnostic, Effect, Place};
use crate::id::{ObjectIx, Text};
use crate::origin::FieldPath;
use crate::pipeline::{Built, Failure};
use crate::plan::Plan;
use crate::resolve::attach::Attachment;
use crate::resolve::gateway::GatewayNode;
use crate::resolve::load::{Loaded, LoadedRoute};

/// Findings of reading, then those of each Gateway that is shown; each once.
pub fn findings(plan: &Plan<'_, '_>) -> Vec<Diagnostic> {
    let mut out = Findings(plan.manifests.diagnostics.clone());
    for gateway in plan.without_class() {
        let name = &gateway.spec.gateway_class_name;
        let message = format!("Gateway {}: GatewayClass {name} is not among the manifests", gateway.meta.id);
        let place = Place::Field(gateway.meta.object, FieldPath::new("spec.gatewayClassName"));
        let finding = Diagnostic::new(Code::GatewayBlocked, place, message).effect(Effect::BlocksGateway);
        out.add(finding.help("add the GatewayClass: its controllerName tells whether to plan an ALB or an NLB"));
    }
    for (node, built) in plan.gateways() {
        out.gateway(node, built);
    }
    out.0
}

struct Findings(Vec<Diagnostic>);

impl Findings {
    fn add(&mut self, finding: Diagnostic) {
        if !self.0.contains(&finding) {
            self.0.push(finding);
        }
    }

    fn gateway(&mut self, node: &GatewayNode<'_>, built: &Built<'_>) {
        self.listeners(node);
        if let Some(loaded) = &built.loaded {
            loaded.routes.iter().for_each(|route| self.route(node, route));
        }
        built.diagnostics.iter().for_each(|finding| self.add(finding.clone()));
        self.notes(built);
        if let Err(failure) = &built.result {
            self.add(blocked(node, failure));
        }
    }

    fn listeners(&mut self, node: &GatewayNode<'_>) {
        for listener in &node.listeners {
            let Some(fault) = &listener.fault else { continue };
            let message =
                format!("listener {} of {}: {} ({})", listener.spec.name, listener.parent, fault.message, fault.reason);
            let path = FieldPath::indexed("spec.listeners[]", &[listener.index]);
            self.add(Diagnostic::new(Code::ListenerInvalid, Place::Field(listener.object, path), message));
        }
    }

    fn route(&mut self, node: &GatewayNode<'_>, route: &LoadedRoute<'_>) {
        let label = route.route().describe();
        for located in &route.faults {
            let message = format!("{label}: {}", located.fault.message);
            let place = Place::Field(route.object(), located.path);
            let mut finding = Diagnostic::new(located.fault.code, place, message).effect(Effect::DropsRule);
            finding.help.clone_from(&located.fault.help);
            self.add(finding);
        }
        for (parent, attachment) in route.attached.parents.iter().enumerate() {
            let Attachment::Refused(fault) = attachment else { continue };
            let message = format!("{label} is not attached to Gateway {}: {}", node.label(), fault.message);
            let place = Place::Field(route.object(), FieldPath::indexed("spec.parentRefs[]", &[parent]));
            self.add(Diagnostic::new(Code::RouteUnattached, place, message).effect(Effect::DropsRoute));
        }
    }

    fn notes(&mut self, built: &Built<'_>) {
        let Some(loaded) = &built.loaded else { return };
        for (position, note) in &built.notes {
            let finding = noted(loaded, *position, note);
            let is_told = |known: &Diagnostic| known.place == finding.place && known.effect == finding.effect;
            if !built.diagnostics.iter().any(is_told) {
                self.add(finding);
            }
        }
    }
}

fn noted(loaded: &Loaded<'_>, position: usize, note: &crate::translate::RouteNote) -> Diagnostic {
    use crate::translate::RouteNote;
    let route = &loaded.routes[position];
    let (object, label) = (route.object(), route.route().describe());
    match note {
        RouteNote::PartiallyInvalid { rule, message } => {
            let place = Place::Field(object, FieldPath::indexed("spec.rules[]", &[*rule]));
            let text = format!("{label}: rule {rule}: {message}");
            Diagnostic::new(Code::RuleUnusable, place, text).effect(Effect::DropsRule)
        }
        RouteNote::NotAccepted { message, .. } => {
            let place = Place::Path(object, Text::from("metadata.name"));
            Diagnostic::new(Code::RouteUnserved, place, format!("{label}: {message}"))
        }
    }
}

fn blocked(node: &GatewayNode<'_>, failure: &Failure) -> Diagnostic {
    let at = |object: ObjectIx, path: FieldPath| Place::Field(object, path);
    let own = || at(node.object(), FieldPath::new("metadata.name"));
    let (code, place) = match failure {
        Failure::Config(error) => (Code::GatewayBlocked, at(error.object, FieldPath::new(error.field))),
        Failure::Build(error) if error.place.is_some() => (error.code, error.place()),
        Failure::Build(error) => (error.code, own()),
        Failure::Load(_) | Failure::Panic => (Code::GatewayBlocked, own()),
    };
    let message = format!("Gateway {} can't be built: {}", node.label(), failure.message());
    Diagnostic::new(code, place, message).effect(Effect::BlocksGateway)
}
