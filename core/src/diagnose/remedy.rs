//! Mechanical remedies for what `resolve` found: it knows the objects, here is the text.
//!
//! A remedy that needs a choice stays words.

use crate::admission::nearest;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::id::{NamespacedName, ObjectIx, Text};
use crate::lint::{edit, grant};
use crate::manifest::Manifests;
use crate::manifest::gateway::ParentRef;
use crate::manifest::route::{BackendRef, Route};
use crate::origin::FieldPath;
use crate::resolve::Resolver;
use crate::resolve::backend::{RouteFault, listed};
use crate::resolve::config::ConfigError;
use crate::resolve::gateway::GatewayNode;
use crate::resolve::listeners::{Listener, allows};
use crate::resolve::load::LocatedFault;
use crate::source::Node;

/// Listeners that are shown beside a route which none of them takes.
const SHOWN: usize = 3;
/// Names among which the nearest is sought, so that time stays linear.
const COMPARED: usize = 200;

/// Field of a backendRef that a fault is about, where it is one.
pub fn token(fault: &RouteFault) -> Option<&'static str> {
    match (fault.code, fault.reason) {
        (Code::ChainPort, _) => Some(".port"),
        (Code::ChainTarget, _) => Some(".name"),
        (Code::ChainGrant, _) => Some(".namespace"),
        (Code::ChainProtocol, _) | (Code::BackendUnusable, "InvalidKind") => Some(".kind"),
        (Code::BackendUnusable, "BackendNotFound") if fault.help.is_some() => Some(".port"),
        (Code::BackendUnusable, "BackendNotFound") => Some(".name"),
        _ => None,
    }
}

/// `found` about a rule or backend with what can be done about it.
pub fn of_fault(resolver: &Resolver<'_>, route: &Route, located: &LocatedFault, found: Diagnostic) -> Diagnostic {
    let Some(backend) = grant::backend(route, located.path) else { return found };
    let cited = Cited { resolver, route, backend, path: located.path };
    match (located.fault.code, located.fault.reason) {
        (Code::ChainGrant, _) => grant::explained(resolver, route, located.path, found),
        (Code::ChainPort, _) => cited.only_port(cited.gateway_ports(), found),
        (Code::ChainTarget, "BackendNotFound") => cited.nearest_gateway(found),
        (Code::BackendUnusable, "UnsupportedValue") => cited.missing_port(found),
        (Code::BackendUnusable, "BackendNotFound") if located.fault.help.is_some() => {
            cited.only_port(cited.service_ports(), found)
        }
        (Code::BackendUnusable, "BackendNotFound") => cited.nearest_service(found),
        _ => found,
    }
}

/// A backendRef and what it names.
struct Cited<'r, 'm> {
    resolver: &'r Resolver<'m>,
    route: &'r Route,
    backend: &'r BackendRef,
    path: FieldPath,
}

impl<'m> Cited<'_, 'm> {
    fn manifests(&self) -> &'m Manifests {
        self.resolver.index.manifests
    }

    fn namespace(&self) -> &Text {
        self.backend.namespace.as_ref().unwrap_or(self.route.meta.namespace())
    }

    fn gateway_ports(&self) -> Vec<i64> {
        let gateway = self.resolver.index.gateway(self.namespace(), &self.backend.name);
        gateway.map(|gateway| self.resolver.listener_ports(gateway)).unwrap_or_default()
    }

    fn service_ports(&self) -> Vec<i64> {
        let service = self.resolver.index.service(self.namespace(), &self.backend.name);
        service.map(|service| service.spec.ports.iter().map(|port| port.port).collect()).unwrap_or_default()
    }

    /// A backend with one port leaves no choice.
    fn only_port(&self, ports: Vec<i64>, found: Diagnostic) -> Diagnostic {
        let [port] = ports[..] else { return found };
        let place = Place::Field(self.route.meta.object, self.path.child(".port"));
        found.fix(edit::value(self.manifests(), &place, &port.to_string(), format!("name port {port}")))
    }

    fn missing_port(&self, found: Diagnostic) -> Diagnostic {
        let is_gateway = self.backend.kind.as_deref() == Some("Gateway");
        let ports = if is_gateway { self.gateway_ports() } else { self.service_ports() };
        let [port] = ports[..] else { return found };
        let (object, path) = (self.route.meta.object, self.path.to_string());
        let found = found.help(format!("add port: {port}, the only one there is"));
        found.fix(edit::sibling(self.manifests(), object, &path, "name", ("port", &port.to_string())))
    }

    fn nearest_gateway(&self, found: Diagnostic) -> Diagnostic {
        let all = self.manifests().gateways.iter().map(|gateway| &gateway.meta.id);
        self.nearest("Gateway", all, found)
    }

    fn nearest_service(&self, found: Diagnostic) -> Diagnostic {
        let all = self.manifests().services.iter().map(|service| &service.meta.id);
        self.nearest("Service", all, found)
    }

    fn nearest<'i>(&self, kind: &str, all: impl Iterator<Item = &'i NamespacedName>, found: Diagnostic) -> Diagnostic {
        let namespace = self.namespace();
        let siblings = all.filter(|id| id.namespace == *namespace).map(|id| &*id.name).take(COMPARED);
        let Some(near) = nearest(&self.backend.name, siblings) else {
            return found.help(format!("add the {kind}'s manifest, or name another one"));
        };
        let place = Place::Field(self.route.meta.object, self.path.child(".name"));
        let fix = edit::value(self.manifests(), &place, &near, format!("name {kind} {near}"));
        found.help(format!("did you mean {kind} {near}?")).fix(fix)
    }
}

/// `found` about a `parentRef` that no listener fits.
pub fn of_parent(
    manifests: &Manifests,
    node: &GatewayNode<'_>,
    route: &Route,
    parent: usize,
    found: Diagnostic,
) -> Diagnostic {
    let all: Vec<String> =
        node.listeners.iter().take(COMPARED).map(|listener| listener.spec.name.to_string()).collect();
    let Some(written) = route.spec.parent_refs.get(parent) else { return found };
    let section = written.section_name.as_ref().filter(|section| all.iter().all(|name| *name != ***section));
    let place = |leaf| Place::Field(route.meta.object, FieldPath::indexed("spec.parentRefs[]", &[parent]).child(leaf));
    if let Some(near) = section.and_then(|section| nearest(section, all.iter().map(|name| &**name))) {
        let fix = edit::value(manifests, &place(".sectionName"), &near, format!("name listener {near}"));
        return found.help(format!("did you mean listener {near}?")).fix(fix);
    }
    let shown =
        |listener: &Listener<'_>| format!("{} ({}:{})", listener.spec.name, listener.spec.protocol, listener.spec.port);
    let some: Vec<String> = node.listeners.iter().take(SHOWN).map(shown).collect();
    let more = if node.listeners.len() > SHOWN { " and more" } else { "" };
    let found = found.help(format!("the Gateway has {}{more}", listed("listener", &some)));
    match (&node.listeners[..], written.port) {
        ([only], Some(_)) if section.is_none() => {
            let port = only.spec.port.to_string();
            found.fix(edit::value(manifests, &place(".port"), &port, format!("name port {port}")))
        }
        _ => found,
    }
}

/// `found` about a route that listeners don't let in, with the door that would have to open.
pub fn admission(
    resolver: &Resolver<'_>,
    node: &GatewayNode<'_>,
    route: &Route,
    parent: usize,
    found: Diagnostic,
) -> Diagnostic {
    let Some(parent) = route.spec.parent_refs.get(parent) else { return found };
    if parent.kind() == "ListenerSet" && node.listeners.iter().all(|listener| *listener.parent.name != *parent.name) {
        return found
            .help("let spec.allowedListeners.namespaces of the Gateway include the namespace of the ListenerSet");
    }
    if route.kind.load_balancer() != node.lb_type {
        let short = route.kind.load_balancer().short();
        return found.help(format!("a {} needs a Gateway of an {short} class", route.kind));
    }
    let meant = node.listeners.iter().filter(|listener| is_meant(parent, listener));
    let Some(listener) = { meant }.find(|listener| listener.is_valid()) else {
        return found.help("see the findings about the listeners");
    };
    let namespaces = listener.spec.allowed_routes.as_ref().and_then(|allowed| allowed.namespaces.as_ref());
    let (own, namespace) = (&listener.parent.namespace, route.meta.namespace());
    if allows(&resolver.index, namespaces, "Same", own, namespace).is_ok_and(|allowed| allowed) {
        return found
            .help(format!("let allowedRoutes.kinds of the listener include {}, or choose another one", route.kind));
    }
    let selects = namespaces.is_some_and(|from| from.from.as_deref() == Some("Selector"));
    if selects && !resolver.index.has_namespace(namespace) {
        return found.help(format!(
            "Namespace {namespace} is not among the manifests, so only its name label is known: add it"
        ));
    }
    found.help(format!("let allowedRoutes.namespaces of the listener include namespace {namespace}"))
}

/// `found` about a Gateway whose configuration is not there.
pub fn of_configuration(
    manifests: &Manifests,
    node: &GatewayNode<'_>,
    error: &ConfigError,
    found: Diagnostic,
) -> Diagnostic {
    let path = format!("{}.name", error.field);
    let object = manifests.object(error.object);
    let Some(written) = object.node.at(&path).and_then(Node::as_str) else { return found };
    let namespace = node.gateway.meta.namespace();
    let all = manifests.load_balancer_configurations.iter().map(|one| &one.meta.id);
    if { all.clone() }.any(|id| *id.name == *written) {
        return found;
    }
    let refused = format!("LoadBalancerConfiguration {namespace}/{written}");
    if manifests.rejected.iter().any(|rejected| *rejected.object == *refused) {
        return found.help("it is among the manifests, but the API server would refuse it: see the findings about it");
    }
    let siblings = all.filter(|id| id.namespace == *namespace).map(|id| &*id.name).take(COMPARED);
    match nearest(written, siblings) {
        Some(near) => {
            let place = Place::Path(error.object, Text::from(path));
            let fix = edit::value(manifests, &place, &near, format!("name {near}"));
            found.help(format!("did you mean {near}?")).fix(fix)
        }
        None => found.help("add its manifest, or take parametersRef out"),
    }
}

/// `found` about a route with the listeners that refuse it.
pub fn candidates(node: &GatewayNode<'_>, route: &Route, parent: usize, found: Diagnostic) -> Diagnostic {
    let Some(parent) = route.spec.parent_refs.get(parent) else { return found };
    node.listeners.iter().filter(|listener| is_meant(parent, listener)).take(SHOWN).fold(found, |found, listener| {
        let host = listener.spec.host().map(|host| format!(" for {host}")).unwrap_or_default();
        let spec = listener.spec;
        let label = format!("listener {} is {}:{}{host}", spec.name, spec.protocol, spec.port);
        found.related(place(listener), label)
    })
}

fn is_meant(parent: &ParentRef, listener: &Listener<'_>) -> bool {
    let named = parent.section_name.as_ref().is_none_or(|section| *section == listener.spec.name);
    named && parent.port.is_none_or(|port| port == listener.spec.port) && *listener.parent.name == *parent.name
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

/// `found` by the translation: a setting that does not apply can go, a name that is nearly right is offered.
pub fn of_built(manifests: &Manifests, found: Diagnostic) -> Diagnostic {
    let Place::Field(object, path) = found.place else { return found };
    match found.code {
        Code::ChainHealthPort => without_setting(manifests, object, path, found),
        Code::ConfigurationInvalid if path.to_string().ends_with(".targetControlPort") => {
            without_setting(manifests, object, path, found)
        }
        Code::ServiceAssumed => assumed(manifests, object, path, found),
        _ => found,
    }
}

fn without_setting(manifests: &Manifests, object: ObjectIx, path: FieldPath, found: Diagnostic) -> Diagnostic {
    found.fix(edit::removal(manifests, object, &path.to_string(), "remove the setting"))
}

/// The Service may well exist, so that a similar name is no more than a question.
fn assumed(manifests: &Manifests, object: ObjectIx, path: FieldPath, found: Diagnostic) -> Diagnostic {
    let object = manifests.object(object);
    let text = |leaf| object.node.at(&path.child(leaf).to_string()).and_then(Node::as_str);
    let (Some(name), namespace) = (text(".name"), text(".namespace").unwrap_or(&object.id.namespace)) else {
        return found;
    };
    let ids = manifests.services.iter().map(|service| &service.meta.id);
    let siblings = ids.filter(|id| *id.namespace == *namespace).map(|id| &*id.name).take(COMPARED);
    match nearest(name, siblings) {
        Some(near) => found.help(format!("did you mean Service {near}? if not, add its manifest")),
        None => found,
    }
}
