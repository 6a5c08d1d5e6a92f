//! Ids of target groups, and who may share one (translation §5.3, deviations B3–B5).
//!
//! What is inside a target group is not its business.

use rustc_hash::FxHashMap;

use crate::id::{NamespacedName, RouteKind, Text};
use crate::manifest::core::{IntOrString, ServicePort};
use crate::profile::Profile;
use crate::resolve::backend::Target;
use crate::resolve::load::Loaded;

use super::names::unambiguous_hash;

/// What a target group is for.
#[derive(Clone, Copy, Debug)]
pub struct Purpose<'a> {
    /// The Gateway.
    pub gateway: &'a NamespacedName,
    /// The route.
    pub route: (&'a NamespacedName, RouteKind),
    /// The Service or Gateway behind it.
    pub backend: &'a NamespacedName,
    /// Target port (number or name), or the chained listener's port.
    pub port: &'a str,
    /// Protocol and protocol version.
    pub protocol: (&'a str, Option<&'a str>),
    /// Port of the Service, with the node port that tells two of them apart.
    pub service_port: (i64, Option<i64>),
    /// Target control port.
    pub control_port: Option<i64>,
}

impl Purpose<'_> {
    /// `<gwNs>/<gwName>:<routeNs>-<routeName>:<RouteKind>-<backendNs>-<backendName>:<port>`.
    pub fn reference_id(&self) -> String {
        let (route, kind) = self.route;
        let parts: [&str; 15] = [
            &self.gateway.namespace,
            "/",
            &self.gateway.name,
            ":",
            &route.namespace,
            "-",
            &route.name,
            ":",
            kind.as_str(),
            "-",
            &self.backend.namespace,
            "-",
            &self.backend.name,
            ":",
            self.port,
        ];
        parts.concat()
    }
}

#[derive(Debug, PartialEq, Eq)]
struct Holder {
    route: (Text, Text),
    backend: (Text, Text),
    protocol: (Text, Option<Text>),
    node_port: Option<i64>,
}

impl Holder {
    fn of(purpose: &Purpose<'_>) -> Self {
        let pair = |id: &NamespacedName| (id.namespace.clone(), id.name.clone());
        Self {
            route: pair(purpose.route.0),
            backend: pair(purpose.backend),
            protocol: (Text::from(purpose.protocol.0), purpose.protocol.1.map(Text::from)),
            node_port: purpose.service_port.1,
        }
    }

    fn same_names(&self, other: &Self) -> bool {
        self.route == other.route && self.backend == other.backend
    }
}

/// Which ids are taken, and by what.
#[derive(Debug)]
pub struct Registry {
    profile: Profile,
    /// Owners of ids that two pairs of route and backend would share.
    owners: FxHashMap<String, (NamespacedName, NamespacedName)>,
    holders: FxHashMap<Text, Holder>,
}

impl Registry {
    /// Looks over the routes of a Gateway for ids that would collide.
    pub fn new(loaded: &Loaded<'_>, profile: Profile) -> Self {
        let owners = if profile.no_shared_target_groups { owners(loaded) } else { FxHashMap::default() };
        Self { profile, owners, holders: FxHashMap::default() }
    }

    /// The id for `purpose`; the second value tells whether it is new.
    pub fn id(&mut self, purpose: &Purpose<'_>) -> (Text, bool) {
        let holder = Holder::of(purpose);
        let mut id = purpose.reference_id();
        if self.belongs_to_another(purpose) {
            id.push('~');
            id.push_str(&own_hash(purpose));
        }
        if let Some(port) = purpose.control_port.filter(|_| self.profile.control_port) {
            id.push_str(&format!("-{port}"));
        }
        self.claim(id, holder, purpose)
    }

    fn belongs_to_another(&self, purpose: &Purpose<'_>) -> bool {
        let owner = if self.owners.is_empty() { None } else { self.owners.get(&pair_key(purpose)) };
        owner.is_some_and(|(route, backend)| (route, backend) != (purpose.route.0, purpose.backend))
    }

    fn claim(&mut self, mut id: String, holder: Holder, purpose: &Purpose<'_>) -> (Text, bool) {
        let Some((known, first)) = self.holders.get_key_value(id.as_str()) else {
            let id = Text::from(id);
            self.holders.insert(id.clone(), holder);
            return (id, true);
        };
        let other_port = self.profile.target_group_per_service_port
            && first.same_names(&holder)
            && first.node_port != holder.node_port;
        let other_protocol = self.profile.target_group_per_protocol && first.protocol != holder.protocol;
        if !other_port && !other_protocol {
            return (known.clone(), false);
        }
        if other_port {
            id.push_str(&format!(":{}", purpose.service_port.0));
        } else {
            id.push(':');
            id.push_str(purpose.protocol.1.unwrap_or(purpose.protocol.0));
        }
        self.claim(id, holder, purpose)
    }

    /// Gives back an id whose target group can't be built after all.
    pub fn release(&mut self, id: &Text) {
        self.holders.remove(id);
    }
}

/// The port in the id of a Service's target group: its target port, by number or name.
pub fn target_port(port: &ServicePort) -> Text {
    match &port.target_port {
        Some(IntOrString::Int(number)) => Text::from(itoa::Buffer::new().format(*number)),
        Some(IntOrString::String(name)) => name.clone(),
        None => Text::from(itoa::Buffer::new().format(port.port)),
    }
}

/// The port in the id while the target port is not known.
pub fn assumed_port(port: i64) -> Text {
    Text::from(format!("?{port}"))
}

fn own_hash(purpose: &Purpose<'_>) -> String {
    let (route, kind) = purpose.route;
    unambiguous_hash(&[
        &purpose.gateway.namespace,
        &purpose.gateway.name,
        &route.namespace,
        &route.name,
        kind.as_str(),
        &purpose.backend.namespace,
        &purpose.backend.name,
        purpose.port,
    ])
}

fn pair_key(purpose: &Purpose<'_>) -> String {
    key(purpose.route.0, purpose.route.1, purpose.backend, purpose.port)
}

fn key(route: &NamespacedName, kind: RouteKind, backend: &NamespacedName, port: &str) -> String {
    format!("{}-{}:{kind}-{}-{}:{port}", route.namespace, route.name, backend.namespace, backend.name)
}

/// First pair of route and backend, by namespace and name, of every id that several pairs would get. Pairs can only
/// meet when more than one namespace is involved.
fn owners(loaded: &Loaded<'_>) -> FxHashMap<String, (NamespacedName, NamespacedName)> {
    let mut pairs: Vec<(&NamespacedName, RouteKind, NamespacedName, Text)> = Vec::new();
    for route in &loaded.routes {
        for backend in route.rules.iter().flat_map(|rule| &rule.backends) {
            let (target, port) = match &backend.target {
                Target::Service(service) => (service.service.meta.id.clone(), target_port(service.port)),
                Target::Assumed(service, port, _) => (service.clone(), assumed_port(*port)),
                Target::Gateway(gateway) => (gateway.gateway.meta.id.clone(), Text::from(gateway.port.to_string())),
                Target::Named(_) => continue,
            };
            pairs.push((&route.route().meta.id, route.route().kind, target, port));
        }
    }
    let Some((first_route, _, first_backend, _)) = pairs.first() else { return FxHashMap::default() };
    let one_namespace = pairs.iter().all(|(route, _, backend, _)| {
        route.namespace == first_route.namespace && backend.namespace == first_backend.namespace
    });
    if one_namespace {
        return FxHashMap::default();
    }
    let mut owners: FxHashMap<String, (NamespacedName, NamespacedName)> = FxHashMap::default();
    for (route, kind, backend, port) in pairs {
        let candidate = (route.clone(), backend);
        let owner = owners.entry(key(&candidate.0, kind, &candidate.1, &port)).or_insert_with(|| candidate.clone());
        if candidate < *owner {
            *owner = candidate;
        }
    }
    owners
}
