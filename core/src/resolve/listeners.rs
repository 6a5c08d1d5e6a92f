//! Listeners of a Gateway and its ListenerSets, and which of them are valid (translation §3.1, §3.2).
//!
//! Routes are not looked at.

use std::collections::{BTreeMap, BTreeSet};

use crate::id::{LoadBalancerType, NamespacedName, ObjectIx, Text};
use crate::manifest::gateway::{FromNamespaces, Gateway, ListenerSet, ListenerSpec, RouteGroupKind};
use crate::manifest::meta::StringMap;
use crate::profile::Profile;

use super::conflict;
use super::hostname::is_valid;
use super::index::Index;

/// The object a listener stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListenerOwner {
    /// The Gateway itself.
    Gateway,
    /// The accepted ListenerSet at that position.
    Set(usize),
}

/// Why a listener is not valid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListenerFault {
    /// Reason of the listener's conditions.
    pub reason: &'static str,
    /// Message of the listener's conditions.
    pub message: String,
    /// Reason of its `Programmed=False`.
    pub programmed: &'static str,
}

/// A listener with its verdict.
#[derive(Clone, Debug)]
pub struct Listener<'m> {
    /// As written.
    pub spec: &'m ListenerSpec,
    /// Gateway or ListenerSet.
    pub owner: ListenerOwner,
    /// The object it stands in.
    pub object: ObjectIx,
    /// That object's namespace and name.
    pub parent: &'m NamespacedName,
    /// Position in the object's `spec.listeners`.
    pub index: usize,
    /// Why it is not valid, if so.
    pub fault: Option<ListenerFault>,
    /// Whether `allowedRoutes.kinds` names kinds that its controller doesn't know beside ones it does.
    pub unknown_kinds: bool,
    /// Routes attached to it, as its status reports them.
    pub attached_routes: usize,
}

impl Listener<'_> {
    /// Whether it takes part in the load balancer.
    pub fn is_valid(&self) -> bool {
        self.fault.is_none()
    }
}

/// ListenerSets that name a Gateway.
#[derive(Clone, Debug, Default)]
pub struct Sets<'m> {
    /// In order of precedence.
    pub accepted: Vec<&'m ListenerSet>,
    /// By namespace and name.
    pub rejected: Vec<&'m ListenerSet>,
}

/// A failure that stops the whole Gateway: its reason (if any status is written) and message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadError {
    /// Reason of the Gateway's `Accepted=False`; without one no status is written.
    pub reason: Option<&'static str>,
    /// The error.
    pub message: String,
    /// The condition's message.
    pub condition: String,
}

impl LoadError {
    /// An error whose condition says the same.
    pub fn listeners_not_valid(message: String) -> Self {
        Self { reason: Some("ListenersNotValid"), condition: message.clone(), message }
    }
}

/// ListenerSets of `gateway`, accepted or rejected by its `allowedListeners`.
pub fn sets<'m>(index: &Index<'m>, gateway: &'m Gateway, all: &[&'m ListenerSet]) -> Result<Sets<'m>, LoadError> {
    let mut sets = Sets::default();
    let from = gateway.spec.allowed_listeners.as_ref().and_then(|allowed| allowed.namespaces.as_ref());
    for set in all {
        if allows(index, from, "None", gateway.meta.namespace(), set.meta.namespace())? {
            sets.accepted.push(set);
        } else {
            sets.rejected.push(set);
        }
    }
    let second = |set: &ListenerSet| set.meta.created.div_euclid(1_000_000_000);
    sets.accepted.sort_by(|a, b| second(a).cmp(&second(b)).then_with(|| a.meta.id.cmp_label(&b.meta.id)));
    Ok(sets)
}

/// Whether `from` (with the default of its field) lets an object of `namespace` in.
pub fn allows(
    index: &Index<'_>,
    from: Option<&FromNamespaces>,
    default: &str,
    own: &Text,
    namespace: &Text,
) -> Result<bool, LoadError> {
    match from.and_then(|from| from.from.as_deref()).unwrap_or(default) {
        "All" => Ok(true),
        "Same" => Ok(own == namespace),
        "Selector" => {
            let Some(selector) = from.and_then(|from| from.selector.as_ref()) else { return Ok(false) };
            selector.matches(&index.namespace_labels(namespace)).map_err(|error| {
                LoadError::listeners_not_valid(format!("Unable to parse selector {selector}: {error}"))
            })
        }
        _ => Ok(false),
    }
}

/// Kinds a load balancer's controller reads.
pub fn controller_kinds(lb_type: LoadBalancerType) -> &'static [&'static str] {
    match lb_type {
        LoadBalancerType::Application => &["HTTPRoute", "GRPCRoute"],
        LoadBalancerType::Network => &["TCPRoute", "TLSRoute", "UDPRoute"],
    }
}

/// Kinds a listener takes when it names none.
pub fn protocol_kinds(protocol: &str) -> &'static [&'static str] {
    match protocol {
        "TCP" => &["TCPRoute"],
        "UDP" => &["UDPRoute"],
        "TLS" => &["TLSRoute", "TCPRoute"],
        "HTTP" => &["HTTPRoute"],
        "HTTPS" => &["HTTPRoute", "GRPCRoute"],
        _ => &[],
    }
}

/// Kinds a listener names, or those of its protocol.
pub fn accepted_kinds(listener: &ListenerSpec) -> impl Iterator<Item = &str> {
    let named = listener.allowed_routes.as_ref().map(|allowed| allowed.kinds.as_slice()).unwrap_or_default();
    let own = if named.is_empty() { protocol_kinds(&listener.protocol) } else { &[] };
    named.iter().map(|kind| &*kind.kind).chain(own.iter().copied())
}

/// All listeners of the Gateway and its accepted sets, each with its verdict.
pub fn validate<'m>(
    gateway: &'m Gateway,
    sets: &Sets<'m>,
    lb_type: LoadBalancerType,
    profile: &Profile,
) -> Vec<Listener<'m>> {
    let mut listeners = own_listeners(&gateway.spec.listeners, ListenerOwner::Gateway, &gateway.meta);
    for (position, set) in sets.accepted.iter().enumerate() {
        listeners.extend(own_listeners(&set.spec.listeners, ListenerOwner::Set(position), &set.meta));
    }
    let mut judge = Judge { lb_type, profile, protocols: BTreeMap::new(), hosts: BTreeSet::new() };
    for listener in &mut listeners {
        listener.unknown_kinds = judge.unknown_kinds(listener.spec);
        listener.fault = judge.fault(listener.spec);
    }
    if profile.listeners_by_the_book {
        conflict::spread(&mut listeners);
        for fault in listeners.iter_mut().filter_map(|listener| listener.fault.as_mut()) {
            fault.programmed = "Invalid";
        }
    }
    listeners
}

fn own_listeners<'m>(
    specs: &'m [ListenerSpec],
    owner: ListenerOwner,
    meta: &'m crate::manifest::meta::Meta,
) -> Vec<Listener<'m>> {
    let listener = |(index, spec)| Listener {
        spec,
        owner,
        object: meta.object,
        parent: &meta.id,
        index,
        fault: None,
        unknown_kinds: false,
        attached_routes: 0,
    };
    specs.iter().enumerate().map(listener).collect()
}

struct Judge<'p, 'm> {
    lb_type: LoadBalancerType,
    profile: &'p Profile,
    protocols: BTreeMap<i64, (&'m str, bool)>,
    hosts: BTreeSet<(i64, &'m str)>,
}

impl<'m> Judge<'_, 'm> {
    fn unknown_kinds(&self, spec: &ListenerSpec) -> bool {
        let kinds = controller_kinds(self.lb_type);
        let mut named = spec.allowed_routes.iter().flat_map(|allowed| &allowed.kinds);
        named.any(|kind| !kinds.contains(&&*kind.kind) || self.is_foreign(kind))
    }

    fn is_foreign(&self, kind: &RouteGroupKind) -> bool {
        self.profile.references_checked && !is_gateway_api(kind.group.as_ref())
    }

    fn fault(&mut self, spec: &'m ListenerSpec) -> Option<ListenerFault> {
        let judged = self.kind_fault(spec).or_else(|| self.port_fault(spec)).or_else(|| self.value_fault(spec));
        judged.or_else(|| self.conflict(spec))
    }

    fn kind_fault(&self, spec: &ListenerSpec) -> Option<ListenerFault> {
        let kinds = controller_kinds(self.lb_type);
        let named = spec.allowed_routes.iter().flat_map(|allowed| &allowed.kinds);
        let some_known = { named }.any(|kind| kinds.contains(&&*kind.kind) && !self.is_foreign(kind));
        let tolerated = self.profile.listeners_by_the_book && some_known;
        (self.unknown_kinds(spec) && !tolerated)
            .then(|| fault("InvalidRouteKinds", format!("Invalid route kind for listener {}", spec.name)))
    }

    fn port_fault(&self, spec: &ListenerSpec) -> Option<ListenerFault> {
        let (port, name) = (spec.port, &spec.name);
        if !(1..=65_535).contains(&port) {
            return Some(fault("PortUnavailable", format!("Port {port} is not available (listener name {name})")));
        }
        let supported: &[&str] = match self.lb_type {
            LoadBalancerType::Application => &["HTTP", "HTTPS"],
            LoadBalancerType::Network => &["TCP", "UDP", "TLS"],
        };
        (!supported.contains(&&*spec.protocol)).then(|| {
            fault("UnsupportedProtocol", format!("Unsupported protocol {} for listener {name}", spec.protocol))
        })
    }

    /// What stops the reference's whole Gateway costs one listener by the book.
    fn value_fault(&self, spec: &ListenerSpec) -> Option<ListenerFault> {
        if !self.profile.listeners_by_the_book {
            return None;
        }
        let name = &spec.name;
        if let Some(host) = spec.host().filter(|host| !is_valid(host)) {
            return Some(fault("UnsupportedValue", format!("hostname {host} of listener {name} is not valid")));
        }
        let from = spec.allowed_routes.as_ref()?.namespaces.as_ref()?;
        let error = from.selector.as_ref()?.matches(&StringMap::new()).err()?;
        Some(fault("UnsupportedValue", format!("namespace selector of listener {name} is not valid: {error}")))
    }

    fn conflict(&mut self, spec: &'m ListenerSpec) -> Option<ListenerFault> {
        let (port, passthrough) = (spec.port, spec.is_passthrough());
        let (first, first_passthrough) = *self.protocols.entry(port).or_insert((&spec.protocol, passthrough));
        let pair = (first, &*spec.protocol);
        let modes_differ =
            self.profile.tls_modes_conflict && pair == ("TLS", "TLS") && first_passthrough != passthrough;
        let differ = first != &*spec.protocol && !matches!(pair, ("TCP", "UDP") | ("UDP", "TCP"));
        let taken = spec.host().is_some_and(|host| !self.hosts.insert((port, host)));
        if taken {
            let host = spec.host().map(|host| &**host).unwrap_or_default();
            return Some(fault("HostnameConflict", format!("Hostname conflict for port {port} with hostname {host}")));
        }
        (differ || modes_differ).then(|| fault("ProtocolConflict", format!("Protocol conflict for port {port}")))
    }
}

/// A fault of that reason.
pub fn fault(reason: &'static str, message: String) -> ListenerFault {
    ListenerFault { reason, message, programmed: reason }
}

/// Whether a reference's group is that of the Gateway API, its default.
pub fn is_gateway_api(group: Option<&Text>) -> bool {
    group.is_none_or(|group| &**group == "gateway.networking.k8s.io")
}
