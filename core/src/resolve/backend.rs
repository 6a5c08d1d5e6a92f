//! What the backends of a rule refer to (translation §3.5, §3.6).
//!
//! Target groups are not built here, and what only AWS knows is not asked.

use crate::diagnostic::Code;
use crate::id::RouteKind;
use crate::id::{LoadBalancerType, NamespacedName, Text};
use crate::manifest::core::{Service, ServicePort};
use crate::manifest::gateway::Gateway;
use crate::manifest::route::{BackendRef, Route};

use super::config::Config;
use super::index::is_group_of;
use super::listeners::LoadError;
use super::props::Props;
use super::{Programmed, Resolver};

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
    Fatal(RouteFault, LoadError),
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
                let message = "Unknown backend reference kind";
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
        let port = port(reference)?;
        let namespace = reference.namespace.as_ref().unwrap_or(route.meta.namespace());
        self.check_grant(route, namespace, "", "Service", &reference.name)?;
        let Some(service) = self.resolver.index.service(namespace, &reference.name) else {
            return self.missing_service(route, namespace, &reference.name, port);
        };
        let mut ports = service.spec.ports.iter().enumerate();
        let Some((port_index, port)) = ports.find(|(_, candidate)| candidate.port == port) else {
            let offered: Vec<String> = service.spec.ports.iter().map(|port| port.port.to_string()).collect();
            let message = format!("Unable to find service port for port {port}");
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

    fn add_defaults(&self, route: &'m Route, props: &mut Props<'m>) {
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

    fn check_grant(
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
        let message = "No explicit ReferenceGrant exists to allow the reference.";
        let help = format!(
            "a ReferenceGrant in namespace {namespace} must have from: group gateway.networking.k8s.io, kind {}, \
             namespace {own}, and to: group \"{group}\", kind {kind}",
            route.kind
        );
        Err(RouteFault::new("RefNotPermitted", Code::ChainGrant, message).help(help))
    }

    fn gateway(&self, route: &'m Route, reference: &'m BackendRef) -> Result<Target<'m>, BackendFailure> {
        let port = port(reference)?;
        let namespace = reference.namespace.as_ref().unwrap_or(route.meta.namespace());
        let profile = self.resolver.profile;
        if profile.chain_tcp_only && route.kind != RouteKind::Tcp {
            let message = format!("{} can't have a Gateway backend, only a TCPRoute on a TCP listener can", route.kind);
            let http = matches!(route.kind, RouteKind::Http | RouteKind::Grpc);
            let reason = if http { "InvalidKind" } else { "UnsupportedProtocol" };
            let help = "chain with a TCPRoute on a TCP listener of an NLB Gateway";
            return Err(RouteFault::new(reason, Code::ChainProtocol, message).help(help).into());
        }
        self.check_grant(route, namespace, "gateway.networking.k8s.io", "Gateway", &reference.name)?;
        let Some(gateway) = self.resolver.index.gateway(namespace, &reference.name) else {
            let name = &reference.name;
            let message = self.resolver.own_text(
                || format!("Gateway {namespace}/{name} does not exist"),
                || format!("Gateway ({namespace}:{name}) not found)"),
            );
            return Err(RouteFault::new("BackendNotFound", Code::ChainTarget, message).into());
        };
        let arn = if profile.chain_by_stack {
            self.check_chain(gateway, port)?;
            None
        } else {
            self.arn_of_message(route, gateway)?
        };
        Ok(Target::Gateway(GatewayTarget { gateway, port, arn, props: self.gateway_props(route, gateway) }))
    }

    fn gateway_props(&self, route: &'m Route, gateway: &Gateway) -> Props<'m> {
        let own = self.resolver.index.configuration_of("Gateway", &gateway.meta.id);
        let mut props = own.map(|own| Props::of(own, route)).unwrap_or_default();
        if self.resolver.profile.chain_default_configuration {
            let mut defaults = Props::default();
            self.add_defaults(route, &mut defaults);
            props.checks_and_tags = defaults.layers;
        }
        props
    }

    /// The reference reads the ARN out of the other Gateway's `Programmed` condition.
    fn arn_of_message(&self, route: &Route, gateway: &Gateway) -> Result<Option<Text>, BackendFailure> {
        let id = &gateway.meta.id;
        let arn = match self.resolver.programmed(id) {
            Some(Programmed::Planned(LoadBalancerType::Application)) => return Ok(None),
            Some(Programmed::Planned(LoadBalancerType::Network)) => Text::from("of a network load balancer"),
            Some(Programmed::Arn(arn)) if !arn.is_empty() => arn,
            Some(Programmed::Arn(_)) | None => return Err(not_usable(route, id)),
        };
        if arn.split('/').nth(1) == Some("app") {
            return Ok(Some(arn));
        }
        let text = format!("invalid gateway ARN: {arn}, the resource type must be application load balancer");
        Err(RouteFault::new("BackendNotFound", Code::ChainTarget, text).into())
    }

    fn check_chain(&self, gateway: &'m Gateway, port: i64) -> Result<(), RouteFault> {
        let (id, profile) = (&gateway.meta.id, self.resolver.profile);
        if profile.chain_cycles && id == self.gateway {
            let message = format!("Gateway {id} refers to itself as a backend");
            let help = "only an ALB Gateway can stand behind an NLB";
            return Err(RouteFault::new("InvalidKind", Code::ChainTarget, message).help(help));
        }
        if self.resolver.lb_type(gateway) != Some(LoadBalancerType::Application) {
            let message = format!("Gateway {id} is not of a class of controller gateway.k8s.aws/alb");
            let help = "only an ALB Gateway can stand behind an NLB";
            return Err(RouteFault::new("InvalidKind", Code::ChainTarget, message).help(help));
        }
        let ports = self.resolver.listener_ports(gateway);
        if ports.contains(&port) || !profile.chain_port_checked {
            return Ok(());
        }
        let offered: Vec<String> = ports.iter().map(i64::to_string).collect();
        let offered = listed("port", &offered);
        let message =
            format!("backendRef to Gateway {id} names port {port}, which has no listener; it listens on {offered}");
        let help = "name a port of a valid listener of the ALB Gateway, or add a listener to it";
        Err(RouteFault::new("BackendNotFound", Code::ChainPort, message).help(help))
    }
}

fn not_usable(route: &Route, id: &NamespacedName) -> BackendFailure {
    let text = format!("Gateway ({}:{}) is not usable yet, LB ARN is not provisioned)", id.namespace, id.name);
    let (namespace, name) = (route.meta.namespace(), route.meta.name());
    let condition = format!("{text}. Invalid data can be found in route ({}, {namespace}:{name})", route.kind);
    let error = LoadError { reason: Some("ListenersNotValid"), message: text.clone(), condition };
    BackendFailure::Fatal(RouteFault::new("BackendNotFound", Code::ChainTarget, text), error)
}

fn listed(noun: &str, items: &[String]) -> String {
    match items {
        [] => format!("no {noun}"),
        [only] => format!("{noun} {only}"),
        [most @ .., last] => format!("{noun}s {} and {last}", most.join(", ")),
    }
}

fn port(reference: &BackendRef) -> Result<i64, RouteFault> {
    reference.port.ok_or_else(|| RouteFault::new("UnsupportedValue", Code::BackendUnusable, "Port is required"))
}
