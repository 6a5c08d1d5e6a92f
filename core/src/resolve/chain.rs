//! Gateways as backends (translation §3.6, deviations T-C4, T-C5, T-C8, T-C13).
//!
//! The target group in front of them is built in `translate::chain`.

use crate::diagnostic::Code;
use crate::id::{LoadBalancerType, NamespacedName, RouteKind, Text};
use crate::manifest::gateway::Gateway;
use crate::manifest::route::{BackendRef, Route};

use super::Programmed;
use super::backend::{BackendFailure, BackendResolver, GatewayTarget, RouteFault, Target, listed, port};
use super::listeners::LoadError;
use super::props::Props;

impl<'m> BackendResolver<'_, 'm> {
    /// A Gateway as a backend.
    pub(super) fn gateway(&self, route: &'m Route, reference: &'m BackendRef) -> Result<Target<'m>, BackendFailure> {
        let port = port(self.resolver, reference)?;
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
    BackendFailure::Fatal(Box::new((RouteFault::new("BackendNotFound", Code::ChainTarget, text), error)))
}
