//! Mechanical remedies for what `resolve` found: it knows the objects, here is the text.
//!
//! A remedy that needs a choice stays words.

use crate::admission::nearest;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::lint::{edit, grant};
use crate::manifest::Manifests;
use crate::manifest::route::Route;
use crate::origin::FieldPath;
use crate::resolve::Resolver;
use crate::resolve::gateway::GatewayNode;
use crate::resolve::listeners::Listener;
use crate::resolve::load::LocatedFault;

/// Listeners that are shown beside a route which none of them takes.
const SHOWN: usize = 3;

/// `found` about a rule or backend with what can be done about it.
pub fn of_fault(resolver: &Resolver<'_>, route: &Route, located: &LocatedFault, found: Diagnostic) -> Diagnostic {
    match located.fault.code {
        Code::ChainGrant => grant::explained(resolver, route, located.path, found),
        Code::ChainPort => only_port(resolver, route, located, found),
        _ => found,
    }
}

/// An ALB Gateway that listens on one port leaves no choice.
fn only_port(resolver: &Resolver<'_>, route: &Route, located: &LocatedFault, found: Diagnostic) -> Diagnostic {
    let Some(backend) = grant::backend(route, located.path) else { return found };
    let namespace = backend.namespace.as_ref().unwrap_or(route.meta.namespace());
    let Some(gateway) = resolver.index.gateway(namespace, &backend.name) else { return found };
    let [port] = resolver.listener_ports(gateway)[..] else { return found };
    let place = Place::Field(route.meta.object, located.path.child(".port"));
    found.fix(edit::value(resolver.index.manifests, &place, &port.to_string(), format!("name port {port}")))
}

/// `found` about a `parentRef` that no listener fits.
pub fn of_parent(
    manifests: &Manifests,
    node: &GatewayNode<'_>,
    route: &Route,
    parent: usize,
    found: Diagnostic,
) -> Diagnostic {
    let names = || node.listeners.iter().map(|listener| &*listener.spec.name);
    let section = route.spec.parent_refs.get(parent).and_then(|parent| parent.section_name.as_deref());
    let section = section.filter(|section| names().all(|name| name != *section));
    let Some(near) = section.and_then(|section| nearest(section, names())) else {
        return found.help("sectionName and port of the parentRef must be those of a listener");
    };
    let path = FieldPath::indexed("spec.parentRefs[]", &[parent]).child(".sectionName");
    let fix = edit::value(manifests, &Place::Field(route.meta.object, path), &near, format!("name listener {near}"));
    found.help(format!("did you mean listener {near}?")).fix(fix)
}

/// `found` about a route with the listeners that refuse it.
pub fn candidates(node: &GatewayNode<'_>, route: &Route, parent: usize, found: Diagnostic) -> Diagnostic {
    let Some(parent) = route.spec.parent_refs.get(parent) else { return found };
    let is_meant = |listener: &&Listener<'_>| {
        let named = parent.section_name.as_ref().is_none_or(|section| *section == listener.spec.name);
        named && parent.port.is_none_or(|port| port == listener.spec.port) && *listener.parent.name == *parent.name
    };
    node.listeners.iter().filter(is_meant).take(SHOWN).fold(found, |found, listener| {
        let host = listener.spec.host().map(|host| format!(" for {host}")).unwrap_or_default();
        let spec = listener.spec;
        let label = format!("listener {} is {}:{}{host}", spec.name, spec.protocol, spec.port);
        found.related(place(listener), label)
    })
}

/// `found` about a listener with the one that it conflicts with.
pub fn rival(node: &GatewayNode<'_>, listener: &Listener<'_>, found: Diagnostic) -> Diagnostic {
    let is_other = |other: &&Listener<'_>| {
        other.spec.port == listener.spec.port && (other.object, other.index) != (listener.object, listener.index)
    };
    match node.listeners.iter().find(is_other) {
        Some(other) => found.related(place(other), format!("the same port {}", other.spec.port)),
        None => found,
    }
}

fn place(listener: &Listener<'_>) -> Place {
    Place::Field(listener.object, FieldPath::indexed("spec.listeners[]", &[listener.index]))
}

/// A setting that does not apply can go.
pub fn of_setting(manifests: &Manifests, found: Diagnostic) -> Diagnostic {
    let (Code::ChainHealthPort, Place::Field(object, path)) = (found.code, &found.place) else { return found };
    let fix = edit::removal(manifests, *object, &path.to_string(), "remove the setting");
    found.fix(fix)
}
