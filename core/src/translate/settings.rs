//! Protocols, tags and attributes of target groups (translation §8.2).
//!
//! What the targets are is decided in `subject` and `chain`.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Effect, Place};
use crate::id::{LoadBalancerType, RouteKind, Text};
use crate::manifest::config::Attribute;
use crate::model::Number;
use crate::model::tags::Tags;
use crate::origin::{Origin, Origins};
use crate::resolve::Resolver;
use crate::resolve::props::Props;

use super::target_group::{Site, Subject};
use super::{BuildError, Builder, limit, tags};

impl<'m> Builder<'_, 'm> {
    /// Protocol of the target group.
    pub(super) fn protocol(&self, site: Site<'_, '_>, props: &Props<'_>) -> Result<(Text, Origin), BuildError> {
        let alb = self.node.lb_type == LoadBalancerType::Application;
        if !alb && matches!(site.protocol, "TCP_UDP" | "QUIC" | "TCP_QUIC") {
            return Ok((Text::new_static(site.protocol), Origin::Rule("the listener's protocol")));
        }
        if let Some((protocol, origin)) = props.pick(".protocol", |props| props.protocol.as_ref()) {
            let (allowed, listed): (&[&str], _) = if alb {
                (&["HTTP", "HTTPS"], "[HTTP, HTTPS]")
            } else {
                (&["TCP", "TLS", "UDP", "TCP_UDP"], "[TCP, UDP, TCP_UDP, TLS, QUIC, TCP_QUIC]")
            };
            if !allowed.contains(&&**protocol) {
                let message = self.resolver.own_text(
                    || format!("a target group of an {} can't be of protocol {protocol}", self.node.lb_type.short()),
                    || format!("backend protocol must be within {listed}: {protocol}"),
                );
                let help = if alb { "set protocol: HTTP or HTTPS" } else { "set protocol: TCP, UDP, TCP_UDP or TLS" };
                return Err(set_at(&origin, BuildError::new(Code::ConfigurationInvalid, message).help(help)));
            }
            return Ok((protocol.clone(), origin));
        }
        let passthrough = self.resolver.profile.passthrough_targets_tcp && site.protocol == "TCP";
        let (protocol, rule) = match site.route.route().kind {
            RouteKind::Http | RouteKind::Grpc => ("HTTP", "default protocol of ALB targets"),
            RouteKind::Tls if passthrough => ("TCP", "TLS is passed through, so targets get TCP"),
            RouteKind::Tls => ("TLS", "default protocol of a TLSRoute"),
            RouteKind::Tcp => ("TCP", "default protocol of a TCPRoute"),
            RouteKind::Udp => ("UDP", "default protocol of a UDPRoute"),
        };
        Ok((Text::new_static(protocol), Origin::Default(rule)))
    }

    /// Protocol version of the target group, on an ALB.
    pub(super) fn protocol_version(
        &self,
        site: Site<'_, '_>,
        props: &Props<'_>,
        app_protocol: Option<&str>,
        origins: &mut Origins,
    ) -> Option<Text> {
        if self.node.lb_type == LoadBalancerType::Network {
            return None;
        }
        let (version, origin) = if site.protocol != "HTTPS" {
            (Text::new_static("HTTP1"), Origin::Rule("HTTP listeners speak HTTP/1 to targets"))
        } else if let Some((version, origin)) = props.pick(".protocolVersion", |props| props.protocol_version.as_ref())
        {
            (version.clone(), origin)
        } else if site.route.route().kind == RouteKind::Grpc {
            (Text::new_static("GRPC"), Origin::Default("default of a GRPCRoute"))
        } else if app_protocol == Some("kubernetes.io/h2c") {
            (Text::new_static("HTTP2"), Origin::Rule("appProtocol kubernetes.io/h2c of the Service port"))
        } else {
            (Text::new_static("HTTP1"), Origin::Default("default protocol version"))
        };
        origins.set("protocolVersion", origin);
        Some(version)
    }

    /// AWS checks an ALB by HTTP or HTTPS only: a TCP check does not apply.
    pub(super) fn is_http_only(&mut self, subject: &Subject<'_, 'm>) -> bool {
        if subject.target_type.0 != "alb" || !limit::apply(&self.resolver.profile) {
            return false;
        }
        let found = subject.props.health_check();
        if let Some((_, layer)) = found.filter(|(config, _)| config.health_check_protocol.as_deref() == Some("TCP")) {
            let place = Place::Field(layer.object, layer.path(".healthCheckConfig.healthCheckProtocol"));
            let message = format!("a TCP health check doesn't apply to Gateway {} as a target", subject.backend);
            let finding = Diagnostic::new(Code::ChainHealthPort, place, message);
            self.report(finding.help("AWS checks an ALB by HTTP or HTTPS; leave healthCheckProtocol out"));
        }
        true
    }

    /// Default protocol of the health check.
    pub(super) fn health_protocol(&self, subject: &Subject<'_, '_>, protocol: &Text) -> (Text, Origin) {
        if let Some(decided) = &subject.health_protocol {
            return decided.clone();
        }
        if subject.is_local {
            return (Text::new_static("HTTP"), Origin::Default("default for externalTrafficPolicy Local"));
        }
        match self.node.lb_type {
            LoadBalancerType::Application => (protocol.clone(), Origin::Rule("protocol of the target group")),
            LoadBalancerType::Network => (Text::new_static("TCP"), Origin::Default("default health check of an NLB")),
        }
    }

    /// Tags of the target group.
    pub(super) fn group_tags(&self, props: &Props<'_>, origins: &mut Origins) -> Result<Tags, BuildError> {
        let mut all: BTreeMap<&Text, &Text> = BTreeMap::new();
        let inherited = self.inherits_tags();
        if inherited {
            all.extend(self.config_tags());
        }
        all.extend(props.tags());
        if all.is_empty() && self.resolver.environment.flags.default_tags.is_empty() {
            return Ok(Tags::default());
        }
        match props.tag_origin() {
            Some(origin) => origins.set("tags", origin),
            None if inherited => self.tag_origin(origins),
            None => origins.set("tags", Origin::Default("controller flag --default-tags")),
        }
        tags::tags(self.resolver.environment, all.into_iter())
    }

    /// Attributes of the target group.
    pub(super) fn attributes(&mut self, subject: &Subject<'_, '_>, origins: &mut Origins) -> Vec<Attribute> {
        let attributes = subject.props.attributes();
        let given = subject.props.pick(".targetGroupAttributes", |props| props.target_group_attributes.as_ref());
        let Some((_, origin)) = given.filter(|_| !attributes.is_empty()) else { return Vec::new() };
        if subject.target_type.0 == "alb" && self.resolver.profile.chain_no_attributes {
            let place = match origin {
                Origin::Field { object, path } => Place::Field(object, path),
                _ => Place::Nowhere,
            };
            let message = format!("target group attributes don't apply to Gateway {} as a target", subject.backend);
            let finding = Diagnostic::new(Code::ChainHealthPort, place, message).effect(Effect::None);
            self.report(finding.help("AWS refuses attributes on target groups of type alb; remove them"));
            return Vec::new();
        }
        origins.set("targetGroupAttributes", origin);
        attributes.into_iter().cloned().collect()
    }
}

/// The target control port, where it is supported.
pub fn control_port(
    subject: &Subject<'_, '_>,
    protocol: &Text,
    origins: &mut Origins,
) -> Result<Option<i64>, BuildError> {
    let Some((port, origin)) = subject.props.pick(".targetControlPort", |props| props.target_control_port.as_ref())
    else {
        return Ok(None);
    };
    let error = |message: String| {
        let error = BuildError::new(Code::ConfigurationInvalid, message).help("remove targetControlPort");
        Err(set_at(&origin, error))
    };
    if !matches!(&**protocol, "HTTP" | "HTTPS") {
        let text = "target control port is only supported for HTTP and HTTPS protocols, got";
        return error(format!("{text}: {protocol}"));
    }
    match subject.target_type.0 {
        "instance" => error("target control port is not supported for instance target target group".to_owned()),
        "alb" => error("target control port is not supported for ALB target target group".to_owned()),
        _ => {
            origins.set("targetControlPort", origin);
            Ok(Some(*port))
        }
    }
}

/// `error` at the setting that caused it.
fn set_at(origin: &Origin, error: BuildError) -> BuildError {
    match origin {
        Origin::Field { object, path } => error.at(*object, *path),
        _ => error,
    }
}

/// Refuses targets without a port.
pub fn check_port(resolver: &Resolver<'_>, subject: &Subject<'_, '_>) -> Result<(), BuildError> {
    if subject.port.0 != Number::Known(0) {
        return Ok(());
    }
    let (own, reference) = if subject.target_type.0 == "ip" {
        ("gives its targets no port", "Are you using the correct service type?")
    } else {
        (
            "has no node port, and instance targets need one",
            "When using Instance targets, your service must be of type 'NodePort' or 'LoadBalancer'",
        )
    };
    let text = resolver.own_text(
        || format!("Service {} {own}", subject.backend),
        || format!("TargetGroup port is empty. {reference}"),
    );
    let help = "set targetType: ip in a TargetGroupConfiguration, or make the Service a NodePort";
    Err(BuildError::new(Code::BackendUnusable, text).help(help))
}
