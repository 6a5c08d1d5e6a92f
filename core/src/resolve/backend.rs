//! What the backends of a rule refer to (translation §3.5, §3.6).
//!
//! Target groups are not built here, and what only AWS knows is not asked.

use crate::diagnostic::Code;
use crate::id::{NamespacedName, Text};
use crate::manifest::core::{Service, ServicePort};
use crate::manifest::gateway::Gateway;
use crate::manifest::route::{BackendRef, Route};

use super::Resolver;
use super::config::Config;
use super::index::is_group_of;
use super::listeners::LoadError;
use super::props::Props;

/// A backend that can be served.
#[derive(Clone, Debug)]
pub struct Backend<'m> {
    /// As written.
    pub reference: &'m BackendRef,
    /// Position in the rule's `backendRefs`.
    pub index: usize,
    /// Share, 0–999.
    pub weight: i64,
    /// What it is.
    pub target: Target<'m>,
}

/// What a backend refers to.
#[derive(Clone, Debug)]
pub enum Target<'m> {
    /// A Service of the manifests.
    Service(ServiceTarget<'m>),
    /// A Service that the manifests don't contain, taken to exist with that port.
    Assumed(NamespacedName, i64, Props<'m>),
    /// The load balancer of another Gateway.
    Gateway(GatewayTarget<'m>),
    /// An existing target group by name.
    Named(&'m Text),
}

/// A Service, one of its ports, and the settings of the target group.
#[derive(Clone, Debug)]
pub struct ServiceTarget<'m> {
    /// The Service.
    pub service: &'m Service,
    /// The first port with the number asked for.
    pub port: &'m ServicePort,
    /// Position of that port.
    pub port_index: usize,
    /// Settings.
    pub props: Props<'m>,
}

/// A chained Gateway and the settings of the target group.
#[derive(Clone, Debug)]
pub struct GatewayTarget<'m> {
    /// The Gateway.
    pub gateway: &'m Gateway,
    /// Port of its listener.
    pub port: i64,
    /// Its ARN, as far as a condition or a fact tells.
    pub arn: Option<Text>,
    /// Settings.
    pub props: Props<'m>,
}

/// Why a backend, rule or route is left out: reason and message of the route's condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteFault {
    /// Reason.
    pub reason: &'static str,
    /// Message.
    pub message: String,
    /// Code of the diagnostic.
    pub code: Code,
    /// What to do about it.
    pub help: Option<String>,
}

impl RouteFault {
    /// A fault without advice.
    pub fn new(reason: &'static str, code: Code, message: impl Into<String>) -> Self {
        Self { reason, message: message.into(), code, help: None }
    }

    /// Adds the remedy.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// How resolving a backend ends other than well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BackendFailure {
    /// This backend is left out.
    Warning(RouteFault),
    /// The whole Gateway stops, the route being told why.
    Fatal(Box<(RouteFault, LoadError)>),
    /// The whole Gateway stops without a word to anybody.
    Silent(String),
}

impl From<RouteFault> for BackendFailure {
    fn from(fault: RouteFault) -> Self {
        Self::Warning(fault)
    }
}

/// One Gateway's way of resolving backends.
pub struct BackendResolver<'r, 'm> {
    /// Look-ups and profile.
    pub resolver: &'r Resolver<'m>,
    /// The Gateway that the routes are attached to.
    pub gateway: &'r NamespacedName,
    /// Its configuration.
    pub config: &'r Config<'m>,
}

impl<'m> BackendResolver<'_, 'm> {
    /// Resolves the backend at `index` of a rule of `route`.
    pub fn resolve(
        &self,
        route: &'m Route,
        reference: &'m BackendRef,
        index: usize,
    ) -> Result<Backend<'m>, BackendFailure> {
        let target = self.target(route, reference)?;
        let weight = reference.weight.unwrap_or(1);
        if weight > 999 && !self.resolver.profile.weights_scaled {
            return Err(BackendFailure::Silent(format!("Weight [{weight}] must be less than or equal to 999")));
        }
        Ok(Backend { reference, index, weight, target })
    }

    fn target(&self, route: &'m Route, reference: &'m BackendRef) -> Result<Target<'m>, BackendFailure> {
        self.check_group(reference)?;
        match reference.kind.as_deref() {
            None | Some("Service") => self.service(route, reference).map_err(BackendFailure::from),
            Some("TargetGroupName") => Ok(Target::Named(&reference.name)),
            Some("Gateway") => self.gateway(route, reference),
            Some(_) => {
                let message = self.resolver.own_text(
                    || format!("a backend can't be of kind {}", reference.kind.as_deref().unwrap_or_default()),
                    || "Unknown backend reference kind".to_owned(),
                );
                let help = "a backend is a Service, a Gateway (TCPRoute only) or a TargetGroupName";
                Err(RouteFault::new("InvalidKind", Code::BackendUnusable, message).help(help).into())
            }
        }
    }

    fn check_group(&self, reference: &BackendRef) -> Result<(), RouteFault> {
        let kind = reference.kind.as_deref().unwrap_or("Service");
        if is_group_of(kind, reference.group.as_deref()) || !self.resolver.profile.references_checked {
            return Ok(());
        }
        let group = reference.group.as_deref().unwrap_or_default();
        let message = format!("backendRef names {kind} {} of group {group}, which is not served", reference.name);
        let help = "a Service is of group \"\", a Gateway of group gateway.networking.k8s.io";
        Err(RouteFault::new("InvalidKind", Code::BackendUnusable, message).help(help))
    }

    fn service(&self, route: &'m Route, reference: &'m BackendRef) -> Result<Target<'m>, RouteFault> {
        let port = port(self.resolver, reference)?;
        let namespace = reference.namespace.as_ref().unwrap_or(route.meta.namespace());
        self.check_grant(route, namespace, "", "Service", &reference.name)?;
        let Some(service) = self.resolver.index.service(namespace, &reference.name) else {
            return self.missing_service(route, namespace, &reference.name, port);
        };
        let mut ports = service.spec.ports.iter().enumerate();
        let Some((port_index, port)) = ports.find(|(_, candidate)| candidate.port == port) else {
            let offered: Vec<String> = service.spec.ports.iter().map(|port| port.port.to_string()).collect();
            let message = self.resolver.own_text(
                || format!("Service {} has no port {port}", service.meta.id),
                || format!("Unable to find service port for port {port}"),
            );
            let help = format!("Service {} has {}", service.meta.id, listed("port", &offered));
            return Err(RouteFault::new("BackendNotFound", Code::BackendUnusable, message).help(help));
        };
        let props = self.service_props(route, &service.meta.id);
        Ok(Target::Service(ServiceTarget { service, port, port_index, props }))
    }

    fn missing_service(
        &self,
        route: &'m Route,
        namespace: &Text,
        name: &Text,
        port: i64,
    ) -> Result<Target<'m>, RouteFault> {
        if self.resolver.complete {
            let message = self.resolver.own_text(
                || format!("Service {namespace}/{name} does not exist"),
                || format!("Service ({namespace}:{name}) not found)"),
            );
            return Err(RouteFault::new("BackendNotFound", Code::BackendUnusable, message));
        }
        let id = NamespacedName::new(namespace, name);
        let props = self.service_props(route, &id);
        Ok(Target::Assumed(id, port, props))
    }

    fn service_props(&self, route: &'m Route, service: &NamespacedName) -> Props<'m> {
        let mut props = Props::default();
        if let Some(own) = self.resolver.index.configuration_of("Service", service) {
            props.add(own, route);
        }
        self.add_defaults(route, &mut props);
        props
    }

    /// Default TargetGroupConfigurations of the load balancer, below those already there.
    pub(super) fn add_defaults(&self, route: &'m Route, props: &mut Props<'m>) {
        let mut defaults = self.config.default_targets.iter();
        if let Some(high) = defaults.next() {
            props.add(high, route);
            if let (Some(last), true) = (props.layers.last_mut(), self.config.default_targets.len() > 1) {
                last.heads_merge = true;
            }
        }
        for low in defaults {
            props.add_default(low);
        }
    }

    /// A reference into another namespace needs a ReferenceGrant there.
    pub(super) fn check_grant(
        &self,
        route: &Route,
        namespace: &Text,
        group: &str,
        kind: &str,
        name: &Text,
    ) -> Result<(), RouteFault> {
        let own = route.meta.namespace();
        if own == namespace || self.resolver.is_granted(route.kind.as_str(), own, namespace, group, kind, name) {
            return Ok(());
        }
        let message = self.resolver.own_text(
            || format!("no ReferenceGrant allows the reference to {kind} {namespace}/{name}"),
            || "No explicit ReferenceGrant exists to allow the reference.".to_owned(),
        );
        let help = format!(
            "a ReferenceGrant in namespace {namespace} must have from: group gateway.networking.k8s.io, kind {}, \
             namespace {own}, and to: group \"{group}\", kind {kind}",
            route.kind
        );
        Err(RouteFault::new("RefNotPermitted", Code::ChainGrant, message).help(help))
    }
}

/// `no port`, `port 80` or `ports 80 and 443`.
pub fn listed(noun: &str, items: &[String]) -> String {
    match items {
        [] => format!("no {noun}"),
        [only] => format!("{noun} {only}"),
        [most @ .., last] => format!("{noun}s {} and {last}", most.join(", ")),
    }
}

/// The port that a backend must name.
pub fn port(resolver: &Resolver<'_>, reference: &BackendRef) -> Result<i64, RouteFault> {
    reference.port.ok_or_else(|| {
        let kind = reference.kind.as_deref().unwrap_or("Service");
        let own = || format!("the reference to {kind} {} has no port", reference.name);
        let message = resolver.own_text(own, || "Port is required".to_owned());
        let help = "name a port of the Service, or of a listener of the Gateway";
        RouteFault::new("UnsupportedValue", Code::BackendUnusable, message).help(help)
    })
}
