//! Everything gwchain has to say about a run of the pipeline, in the order of the files.
//!
//! It judges nothing: verdicts of reading, resolving and building become diagnostics here.

pub mod compare;
mod ignore;
mod remedy;

#[cfg(test)]
mod tests;

use crate::diagnostic::{Code, Diagnostic, Effect, Place};
use crate::id::ObjectIx;
use crate::lint;
use crate::manifest::Manifests;
use crate::manifest::gateway::{Gateway, ListenerSet};
use crate::origin::FieldPath;
use crate::pipeline::{Built, Failure, Pipeline};
use crate::resolve::attach::{AttachFault, Attachment};
use crate::resolve::gateway::GatewayNode;
use crate::resolve::listeners::{Listener, ListenerFault};
use crate::resolve::load::{LoadedRoute, LocatedFault};

/// All findings, by place, each once, without those that annotations hide.
pub fn all(pipeline: &Pipeline<'_>) -> Vec<Diagnostic> {
    let manifests = pipeline.resolver.index.manifests;
    let mut all = manifests.diagnostics.clone();
    all.extend(without_class(pipeline));
    all.extend(pipeline.resolver.index.ignored.iter().map(|object| ignored(*object)));
    all.extend(pipeline.gateways().flat_map(|(node, built)| found(pipeline, node, built)));
    all.extend(lint::lint(pipeline));
    in_order(manifests, ignore::apply(manifests, all))
}

/// Gateways of which nobody knows what they stand for.
fn without_class<'p>(pipeline: &'p Pipeline<'_>) -> impl Iterator<Item = Diagnostic> + 'p {
    let index = &pipeline.resolver.index;
    let all = index.manifests.gateways.iter();
    all.filter(|gateway| index.class(&gateway.spec.gateway_class_name).is_none()).map(classless)
}

/// Findings about one Gateway and what hangs on it, by place, each once.
pub fn of_gateway(pipeline: &Pipeline<'_>, node: &GatewayNode<'_>, built: &Built<'_>) -> Vec<Diagnostic> {
    in_order(pipeline.resolver.index.manifests, found(pipeline, node, built))
}

fn found(pipeline: &Pipeline<'_>, node: &GatewayNode<'_>, built: &Built<'_>) -> Vec<Diagnostic> {
    let manifests = pipeline.resolver.index.manifests;
    let mut found: Vec<Diagnostic> = node.listeners.iter().filter_map(|one| listener(node, one)).collect();
    found.extend(node.listeners.iter().filter_map(foreign_kinds));
    found.extend(node.sets.rejected.iter().map(|set| refused_set(node, set)));
    found.extend(built.diagnostics.iter().cloned().map(|one| remedy::of_built(manifests, one)));
    found.extend(failure(manifests, node, built));
    for route in built.loaded.iter().flat_map(|loaded| &loaded.routes) {
        of_route(pipeline, node, route, &mut found);
    }
    found
}

fn refused_set(node: &GatewayNode<'_>, set: &ListenerSet) -> Diagnostic {
    let place = Place::Field(set.meta.object, FieldPath::new("spec.parentRef"));
    let message = format!("ListenerSet {} is not allowed by allowedListeners of Gateway {}", set.meta.id, node.label());
    let found = Diagnostic::new(Code::ListenerInvalid, place, message).effect(Effect::DropsObject);
    found.help("let spec.allowedListeners.namespaces of the Gateway include the namespace of the ListenerSet")
}

/// The finding about a Gateway whose class is not among the manifests.
pub fn classless(gateway: &Gateway) -> Diagnostic {
    let name = &gateway.spec.gateway_class_name;
    let message = format!("Gateway {}: GatewayClass {name} is not among the manifests", gateway.meta.id);
    let place = Place::Field(gateway.meta.object, FieldPath::new("spec.gatewayClassName"));
    let help = "add the GatewayClass: its controllerName tells whether to plan an ALB or an NLB";
    Diagnostic::new(Code::GatewayBlocked, place, message).effect(Effect::BlocksGateway).help(help)
}

/// Sorted by file and span, then by object of the cluster; what has no place comes last.
fn in_order(manifests: &Manifests, all: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut placed: Vec<((u32, u32), Diagnostic)> =
        all.into_iter().map(|one| (position(manifests, &one), one)).collect();
    placed.sort_by(|(a, left), (b, right)| {
        a.cmp(b).then_with(|| (left.code, &left.message).cmp(&(right.code, &right.message)))
    });
    let mut sorted: Vec<Diagnostic> = placed.into_iter().map(|(_, one)| one).collect();
    sorted.dedup();
    sorted
}

/// File and first byte of the place, or of the nearest field around it that is written down.
fn position(manifests: &Manifests, diagnostic: &Diagnostic) -> (u32, u32) {
    let of_path = |object: ObjectIx, path: &str| {
        let found = manifests.object(object);
        (found.file.0, if found.is_in_cluster() { object.0 } else { start(&found.node, path) })
    };
    match &diagnostic.place {
        Place::Field(object, path) => of_path(*object, &path.to_string()),
        Place::Path(object, path) => of_path(*object, path),
        Place::Text(file, span) => (file.0, span.start),
        Place::Nowhere => (u32::MAX, u32::MAX),
    }
}

fn start(node: &crate::source::Node, path: &str) -> u32 {
    let mut rest = path;
    loop {
        if let Some(found) = node.at(rest).filter(|found| found.span.is_in_text()) {
            return found.span.start;
        }
        match rest.rfind(['.', '[']) {
            Some(cut) => rest = &rest[..cut],
            None => return node.span.start,
        }
    }
}

fn ignored(object: ObjectIx) -> Diagnostic {
    let place = Place::Field(object, FieldPath::new("spec.targetReference.group"));
    let message = "targetReference names a group that its kind does not belong to, so the configuration is not used";
    let help = "the group is \"\" for a Service and gateway.networking.k8s.io for a Gateway";
    Diagnostic::new(Code::ConfigurationInvalid, place, message).effect(Effect::DropsObject).help(help)
}

/// A valid listener that names kinds nobody serves works for the others.
fn foreign_kinds(listener: &Listener<'_>) -> Option<Diagnostic> {
    let place = FieldPath::indexed("spec.listeners[].allowedRoutes.kinds", &[listener.index]);
    let text = format!("listener {} of {} names route kinds that it can't serve", listener.spec.name, listener.parent);
    let found = Diagnostic::new(Code::ListenerInvalid, Place::Field(listener.object, place), text);
    (listener.is_valid() && listener.unknown_kinds)
        .then(|| found.help("the other kinds are served; remove the foreign ones"))
}

fn listener(node: &GatewayNode<'_>, listener: &Listener<'_>) -> Option<Diagnostic> {
    let ListenerFault { reason, message, .. } = listener.fault.as_ref()?;
    let spec = listener.spec;
    let (port, protocol) = (spec.port, &spec.protocol);
    let (path, what) = match *reason {
        "InvalidRouteKinds" => {
            ("spec.listeners[].allowedRoutes.kinds", "names only route kinds that it can't serve".to_owned())
        }
        "PortUnavailable" => ("spec.listeners[].port", format!("can't have port {port}")),
        "HostnameConflict" => {
            let host = spec.host().map(|host| &**host).unwrap_or_default();
            ("spec.listeners[].hostname", format!("has hostname {host} on port {port}, and so has another one"))
        }
        "UnsupportedProtocol" => {
            let short = node.lb_type.short();
            ("spec.listeners[].protocol", format!("is of protocol {protocol}, which an {short} does not have"))
        }
        "ProtocolConflict" => {
            ("spec.listeners[].protocol", format!("is {protocol} on port {port}, and another one is not"))
        }
        _ => ("spec.listeners[]", format!("is not valid: {message}")),
    };
    let place = Place::Field(listener.object, FieldPath::indexed(path, &[listener.index]));
    let text = format!("listener {} of {} {what}", spec.name, listener.parent);
    let found = Diagnostic::new(Code::ListenerInvalid, place, text).effect(Effect::DropsObject);
    Some(match *reason {
        "InvalidRouteKinds" => found.help("name only kinds that the class of the Gateway serves"),
        "PortUnavailable" => found.help("use a port from 1 to 65535"),
        "UnsupportedProtocol" => found.help("an ALB listens to HTTP and HTTPS, an NLB to TCP, UDP and TLS"),
        "ProtocolConflict" => {
            remedy::rival(node, listener, found.help("give the listeners different ports, or one protocol"))
        }
        "HostnameConflict" => {
            remedy::rival(node, listener, found.help("give the listeners different hostnames or ports"))
        }
        _ => found,
    })
}

fn failure(manifests: &Manifests, node: &GatewayNode<'_>, built: &Built<'_>) -> Option<Diagnostic> {
    let failure = built.result.as_ref().err()?;
    let gateway = |path| Place::Field(node.object(), FieldPath::new(path));
    let (code, place) = match failure {
        Failure::Config(error) => {
            (Code::ConfigurationInvalid, Place::Field(error.object, FieldPath::new(error.field).child(".name")))
        }
        Failure::Load(_) => (Code::GatewayBlocked, gateway("spec.listeners")),
        Failure::Build(error) => {
            let place = if error.place.is_some() { error.place() } else { gateway("spec") };
            (error.code, place)
        }
        Failure::Panic => (Code::GatewayBlocked, gateway("spec.listeners")),
    };
    let message = format!("Gateway {} can't be built: {}", node.label(), failure.message().trim_end_matches('.'));
    let found = Diagnostic::new(code, place, message).effect(Effect::BlocksGateway);
    Some(match failure {
        Failure::Build(error) => error.with_help(found),
        Failure::Config(error) => remedy::of_configuration(manifests, node, error, found),
        _ => found,
    })
}

fn of_route(pipeline: &Pipeline<'_>, node: &GatewayNode<'_>, route: &LoadedRoute<'_>, all: &mut Vec<Diagnostic>) {
    for (parent, attachment) in route.attached.parents.iter().enumerate() {
        if let Attachment::Refused(fault) = attachment {
            all.push(refused(pipeline, node, route, parent, fault));
        }
    }
    all.extend(route.faults.iter().map(|fault| located(pipeline, route, fault)));
}

fn refused(
    pipeline: &Pipeline<'_>,
    node: &GatewayNode<'_>,
    route: &LoadedRoute<'_>,
    parent: usize,
    fault: &AttachFault,
) -> Diagnostic {
    let path = FieldPath::indexed("spec.parentRefs[]", &[parent]);
    let path = match (fault.reason, route.route().spec.parent_refs.get(parent)) {
        ("NoMatchingListenerHostname", _) => FieldPath::new("spec.hostnames"),
        ("NoMatchingParent", Some(parent)) if parent.section_name.is_some() => path.child(".sectionName"),
        ("NoMatchingParent", Some(parent)) if parent.port.is_some() => path.child(".port"),
        _ => path,
    };
    let place = Place::Field(route.object(), path);
    let (label, gateway) = (route.route().describe(), node.label());
    let message = format!("{label} is not attached to Gateway {gateway}: {}", fault.message);
    let found = Diagnostic::new(Code::RouteUnattached, place, message).effect(Effect::DropsRoute);
    match fault.reason {
        "NotAllowedByListeners" => {
            let found = remedy::admission(&pipeline.resolver, node, route.route(), parent, found);
            remedy::candidates(node, route.route(), parent, found)
        }
        "NoMatchingListenerHostname" => {
            let found = found.help("give the route a hostname that a listener covers");
            remedy::candidates(node, route.route(), parent, found)
        }
        "NoMatchingParent" => remedy::of_parent(pipeline.resolver.index.manifests, node, route.route(), parent, found),
        _ => found,
    }
}

fn located(pipeline: &Pipeline<'_>, route: &LoadedRoute<'_>, located: &LocatedFault) -> Diagnostic {
    let LocatedFault { fault, path, rule } = located;
    let message = format!("{}: rule {rule}: {}", route.route().describe(), fault.message);
    let path = remedy::token(fault).map_or(*path, |leaf| path.child(leaf));
    let found = Diagnostic::new(fault.code, Place::Field(route.object(), path), message).effect(Effect::DropsRule);
    let found = match &fault.help {
        Some(help) => found.help(help.clone()),
        None => found,
    };
    remedy::of_fault(&pipeline.resolver, route.route(), located, found)
}
