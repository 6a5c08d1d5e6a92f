//! The default action of NLB listeners (translation §6.5).
//!
//! Weights and target groups of a rule are in `forwarding`.

use crate::diagnostic::{Code, Diagnostic, Effect, Place};
use crate::id::RouteKind;
use crate::manifest::rule_config::Stickiness;
use crate::model::action::{Action, ForwardConfig, TargetGroupTuple};
use crate::origin::{FieldPath, Origin, Origins};
use crate::resolve::config::ListenerSettings;

use super::target_group::Site;
use super::{BuildError, Builder, RouteNote, forwarding};

/// The forward action of an NLB listener; none when nothing is to be served.
pub fn forward(
    builder: &mut Builder<'_, '_>,
    port: i64,
    protocol: &'static str,
    settings: Option<ListenerSettings<'_>>,
    origins: &mut Origins,
) -> Result<Vec<Action>, BuildError> {
    let Some(first) = oldest(builder, port) else { return Ok(Vec::new()) };
    note_unserved(builder, first, port);
    let route = &builder.loaded.routes[first];
    let mut target_groups: Vec<TargetGroupTuple> = Vec::new();
    for rule in &route.rules {
        let site = Site { route, rule: rule.index, protocol, port };
        target_groups.extend(forwarding::tuples(builder, site, rule, first)?);
    }
    let site = Site { route, rule: 0, protocol, port };
    let mut target_groups = forwarding::settled(builder, site, target_groups)?;
    if target_groups.iter().all(|tuple| tuple.weight == Some(0)) {
        return Ok(Vec::new());
    }
    if matches!(protocol, "QUIC" | "TCP_QUIC") {
        target_groups.iter_mut().for_each(|tuple| tuple.weight = None);
    }
    let stickiness = settings.and_then(|settings| {
        let enabled = settings.entry.target_group_stickiness?;
        Some(Stickiness { enabled: Some(enabled), duration_seconds: None })
    });
    origins.set("defaultActions", Origin::field(route.object(), "spec.rules"));
    let config = ForwardConfig { target_groups, target_group_stickiness_config: stickiness };
    Ok(vec![Action::Forward { config }])
}

/// The route that serves the port: the oldest, then the first by `namespace/name`.
fn oldest(builder: &Builder<'_, '_>, port: i64) -> Option<usize> {
    let loaded = builder.loaded;
    let attached = loaded.ports.get(&port)?.iter().map(|attached| attached.route);
    attached.min_by(|a, b| {
        let [a, b] = [a, b].map(|position| loaded.routes[*position].route());
        let age = |created: i128| created.div_euclid(1_000_000);
        let older = age(a.meta.created).cmp(&age(b.meta.created));
        older.then_with(|| a.meta.id.cmp_label(&b.meta.id)).then_with(|| a.kind.cmp(&b.kind))
    })
}

/// Only one route serves an NLB listener; the others are told.
fn note_unserved(builder: &mut Builder<'_, '_>, first: usize, port: i64) {
    if !builder.resolver.profile.served_routes_only {
        return;
    }
    let loaded = builder.loaded;
    let winner = loaded.routes[first].route().describe();
    for attached in loaded.ports[&port].iter().filter(|attached| attached.route != first) {
        let route = &loaded.routes[attached.route];
        let message = format!("listener port {port} is served by {winner}, which is older or first by name");
        let text = format!("{}: {message}", route.route().describe());
        let place = Place::Field(route.object(), FieldPath::new("spec.parentRefs"));
        let served = loaded.routes[first].route();
        let by_hostname = [served, route.route()].iter().all(|one| one.kind == RouteKind::Tls);
        let (code, help) = if by_hostname && served.spec.hostnames != route.route().spec.hostnames {
            (Code::HostnameUnseen, "an NLB does not look at hostnames: give each TLSRoute a port of its own")
        } else {
            (Code::RouteUnserved, "an NLB listener serves one route: give the other a listener of its own")
        };
        let (place, other) = match code {
            Code::HostnameUnseen => (Place::Field(route.object(), FieldPath::new("spec.hostnames")), "spec.hostnames"),
            _ => (place, "spec.parentRefs"),
        };
        let related = Place::Field(served.meta.object, FieldPath::new(other));
        let finding = Diagnostic::new(code, place, text).effect(Effect::DropsRoute).help(help);
        let finding = finding.related(related, format!("{winner} serves it"));
        let note = RouteNote::NotAccepted { port, reason: "NotAllowedByListeners", message };
        builder.tell(attached.route, note, finding);
    }
}
