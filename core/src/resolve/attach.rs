//! Which routes attach to which listeners of one Gateway (translation §3.3).
//!
//! Backends are not looked at.

use std::collections::BTreeMap;

use crate::id::RouteKind;
use crate::id::{LoadBalancerType, NamespacedName};
use crate::manifest::gateway::ParentRef;
use crate::manifest::route::Route;

use super::Resolver;
use super::gateway::GatewayNode;
use super::hostname::{Compatible, HostSet, compare};
use super::listeners::{Listener, ListenerOwner, LoadError, accepted_kinds, allows, is_gateway_api};

/// Why a route does not attach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttachFault {
    /// Reason of the parent's `Accepted=False`.
    pub reason: &'static str,
    /// Message.
    pub message: String,
}

/// What became of one `parentRef`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attachment {
    /// It names something else.
    NotOurs,
    /// At least one listener took the route.
    Attached,
    /// No listener did.
    Refused(AttachFault),
}

/// A route on one port.
#[derive(Clone, Debug)]
pub struct PortRoute {
    /// Position in [`Attached::routes`].
    pub route: usize,
    /// Hosts it is served for.
    pub hosts: HostSet,
}

/// The entry of a route among those of a port, which are in the order of the routes.
pub fn entry_of(routes: &[PortRoute], route: usize) -> Option<&PortRoute> {
    routes.binary_search_by_key(&route, |entry| entry.route).ok().map(|found| &routes[found])
}

/// A route that names the Gateway, and the verdict on each of its `parentRefs`.
#[derive(Clone, Debug)]
pub struct AttachedRoute<'m> {
    /// The route.
    pub route: &'m Route,
    /// One per `spec.parentRefs`.
    pub parents: Vec<Attachment>,
    /// Whether a valid listener took it.
    pub is_served: bool,
    /// Whether a passthrough listener took it.
    pub is_passthrough: bool,
}

/// Routes of one Gateway.
#[derive(Clone, Debug, Default)]
pub struct Attached<'m> {
    /// All routes that name the Gateway or an accepted ListenerSet of it.
    pub routes: Vec<AttachedRoute<'m>>,
    /// Routes by port, of valid listeners only.
    pub ports: BTreeMap<i64, Vec<PortRoute>>,
    /// Per listener: how many routes its status reports.
    pub counts: Vec<usize>,
}

/// Attaches every route that names the Gateway.
pub fn attach<'m>(resolver: &Resolver<'m>, node: &GatewayNode<'m>) -> Result<Attached<'m>, LoadError> {
    let mut attached = Attached { counts: vec![0; node.listeners.len()], ..Attached::default() };
    for route in resolver.index.routes_of(&node.gateway.meta.id) {
        if route.kind.load_balancer() == node.lb_type || resolver.profile.listeners_by_the_book {
            Attacher { resolver, node, out: &mut attached, route }.attach()?;
        }
    }
    Ok(attached)
}

struct Attacher<'a, 'm> {
    resolver: &'a Resolver<'m>,
    node: &'a GatewayNode<'m>,
    out: &'a mut Attached<'m>,
    route: &'m Route,
}

impl Attacher<'_, '_> {
    fn attach(mut self) -> Result<(), LoadError> {
        let by_the_book = self.resolver.profile.listeners_by_the_book;
        let mut hosts: BTreeMap<i64, (HostSet, bool)> = BTreeMap::new();
        let mut took = vec![0_usize; self.node.listeners.len()];
        let mut parents = Vec::with_capacity(self.route.spec.parent_refs.len());
        for parent in &self.route.spec.parent_refs {
            parents.push(self.parent(parent, &mut hosts, &mut took)?);
        }
        if parents.iter().all(|parent| *parent == Attachment::NotOurs) {
            return Ok(());
        }
        for ((count, took), listener) in self.out.counts.iter_mut().zip(&took).zip(&self.node.listeners) {
            *count += if by_the_book { usize::from(*took > 0 && listener.is_valid()) } else { *took };
        }
        self.finish(parents, hosts, &took);
        Ok(())
    }

    fn finish(&mut self, parents: Vec<Attachment>, hosts: BTreeMap<i64, (HostSet, bool)>, took: &[usize]) {
        let position = self.out.routes.len();
        let mut is_served = false;
        for (port, (hosts, served)) in hosts {
            if served {
                is_served = true;
                self.out.ports.entry(port).or_default().push(PortRoute { route: position, hosts });
            }
        }
        let listeners = self.node.listeners.iter().zip(took);
        let is_passthrough = listeners
            .filter(|(listener, took)| **took > 0 && listener.is_valid())
            .any(|(listener, _)| listener.spec.is_passthrough());
        self.out.routes.push(AttachedRoute { route: self.route, parents, is_served, is_passthrough });
    }

    fn parent(
        &self,
        parent: &ParentRef,
        hosts: &mut BTreeMap<i64, (HostSet, bool)>,
        took: &mut [usize],
    ) -> Result<Attachment, LoadError> {
        let Some(owner) = self.owner(parent) else { return Ok(self.rejected_set(parent)) };
        let profile = self.resolver.profile;
        let (mut accepted, mut first_fault) = (false, None);
        for (position, listener) in self.node.listeners.iter().enumerate() {
            if listener.owner != owner || !is_candidate(parent, listener) {
                continue;
            }
            if profile.listeners_by_the_book && !listener.is_valid() {
                first_fault = first_fault.or_else(|| invalid_listener(listener));
                continue;
            }
            match self.check(listener)? {
                Err(fault) => first_fault = first_fault.or(Some(fault)),
                Ok(compatible) => {
                    accepted = true;
                    took[position] += 1;
                    let (set, served) = hosts.entry(listener.spec.port).or_default();
                    if listener.is_valid() || !profile.any_host_contributes {
                        set.add(&compatible, profile.any_host_contributes);
                    }
                    *served |= listener.is_valid();
                }
            }
        }
        Ok(if accepted {
            Attachment::Attached
        } else {
            Attachment::Refused(first_fault.unwrap_or_else(|| self.no_parent(parent)))
        })
    }

    /// A ListenerSet that the Gateway rejects has no listeners to attach to.
    fn rejected_set(&self, parent: &ParentRef) -> Attachment {
        let namespace = parent.namespace(self.route.meta.namespace());
        let is = |id: &NamespacedName| id.namespace == *namespace && id.name == parent.name;
        let rejected = parent.kind() == "ListenerSet" && self.node.sets.rejected.iter().any(|set| is(&set.meta.id));
        if !rejected || !self.resolver.profile.listeners_by_the_book {
            return Attachment::NotOurs;
        }
        let message =
            format!("Gateway {} does not allow the ListenerSet {namespace}/{}", self.node.label(), parent.name);
        Attachment::Refused(AttachFault { reason: "NotAllowedByListeners", message })
    }

    fn owner(&self, parent: &ParentRef) -> Option<ListenerOwner> {
        if self.resolver.profile.references_checked && !is_gateway_api(parent.group.as_ref()) {
            return None;
        }
        let namespace = parent.namespace(self.route.meta.namespace());
        let is = |id: &NamespacedName| id.namespace == *namespace && id.name == parent.name;
        match parent.kind() {
            "Gateway" => is(&self.node.gateway.meta.id).then_some(ListenerOwner::Gateway),
            "ListenerSet" => self.node.sets.accepted.iter().position(|set| is(&set.meta.id)).map(ListenerOwner::Set),
            _ => None,
        }
    }

    fn check(&self, listener: &Listener<'_>) -> Result<Result<Compatible, AttachFault>, LoadError> {
        let from = listener.spec.allowed_routes.as_ref().and_then(|allowed| allowed.namespaces.as_ref());
        let own = &listener.parent.namespace;
        if !allows(&self.resolver.index, from, "Same", own, self.route.meta.namespace())? {
            return Ok(Err(self.refused("namespace does not match between listener and route", || {
                format!("listener {} takes no routes of namespace {}", listener.spec.name, self.route.meta.namespace())
            })));
        }
        let foreign = self.route.kind.load_balancer() != self.node.lb_type;
        if foreign || !accepted_kinds(listener.spec).any(|kind| kind == self.route.kind.as_str()) {
            return Ok(Err(self.refused("kind does not match between listener and route", || {
                let kinds: Vec<&str> = accepted_kinds(listener.spec).collect();
                format!("listener {} takes {}, no {}", listener.spec.name, kinds.join(" and "), self.route.kind)
            })));
        }
        let compatible = match self.route.kind {
            RouteKind::Tcp | RouteKind::Udp => Compatible::Any,
            RouteKind::Http | RouteKind::Grpc | RouteKind::Tls => compare(listener.spec, self.route)?,
        };
        if compatible == Compatible::None {
            let fault = self.refused("no matching hostname", || {
                let host = listener.spec.host().map(|host| &**host).unwrap_or_default();
                format!("no hostname of the route fits {host} of listener {}", listener.spec.name)
            });
            return Ok(Err(AttachFault { reason: "NoMatchingListenerHostname", ..fault }));
        }
        Ok(Ok(compatible))
    }

    fn refused(&self, why: &str, own: impl FnOnce() -> String) -> AttachFault {
        let reference = || format!("Listener does not allow route attachment, {why}");
        AttachFault { reason: "NotAllowedByListeners", message: self.resolver.own_text(own, reference) }
    }

    fn no_parent(&self, parent: &ParentRef) -> AttachFault {
        let own = || {
            let name = parent.section_name.as_ref().map(|name| format!(" {name}")).unwrap_or_default();
            let port = parent.port.map(|port| format!(" on port {port}")).unwrap_or_default();
            format!("there is no listener{name}{port}")
        };
        let message = self.resolver.own_text(own, || "Route parentRef does not match listener".to_owned());
        AttachFault { reason: "NoMatchingParent", message }
    }
}

fn is_candidate(parent: &ParentRef, listener: &Listener<'_>) -> bool {
    let named = parent.section_name.as_ref().is_none_or(|section| *section == listener.spec.name);
    named && parent.port.is_none_or(|port| port == listener.spec.port)
}

fn invalid_listener(listener: &Listener<'_>) -> Option<AttachFault> {
    listener.fault.as_ref()?;
    let message = format!("listener {} is not valid", listener.spec.name);
    Some(AttachFault { reason: "NotAllowedByListeners", message })
}

/// Ports on which the Gateway listens, valid listeners only.
pub fn valid_ports(listeners: &[Listener<'_>], lb_type: LoadBalancerType) -> Vec<i64> {
    let protocols: &[&str] = match lb_type {
        LoadBalancerType::Application => &["HTTP", "HTTPS"],
        LoadBalancerType::Network => &["TCP", "UDP", "TLS"],
    };
    let valid = listeners.iter().filter(|listener| listener.is_valid());
    let mut ports: Vec<i64> = valid
        .filter(|listener| protocols.contains(&&*listener.spec.protocol))
        .map(|listener| listener.spec.port)
        .collect();
    ports.sort_unstable();
    ports.dedup();
    ports
}
