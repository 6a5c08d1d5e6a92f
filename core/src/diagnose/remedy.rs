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
use crate::resolve::load::LocatedFault;

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
