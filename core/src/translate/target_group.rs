//! Target groups (translation §8.1–§8.3).
//!
//! Bindings and health checks have modules of their own; chained ALBs are in `chain`.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Effect, Place};
use crate::fact::{Answer, Want, target_group_by_name};
use crate::id::{LoadBalancerType, NamespacedName, RouteKind, Text};
use crate::manifest::config::Attribute;
use crate::manifest::core::IntOrString;
use crate::model::tags::Tags;
use crate::model::target_group::{HealthCheckPort, TargetGroup};
use crate::model::{Number, Resource, Value};
use crate::origin::{FieldPath, Origin, Origins};
use crate::resolve::backend::{Backend, ServiceTarget, Target};
use crate::resolve::load::LoadedRoute;
use crate::resolve::props::Props;

use super::health_check::{self, Basis, default_matcher};
use super::identity::Purpose;
use super::names::generated;
use super::{BuildError, Builder, chain, limit, load_balancer, tags};

/// Where a target group is used.
#[derive(Clone, Copy)]
pub struct Site<'a, 'm> {
    /// The route.
    pub route: &'a LoadedRoute<'m>,
    /// Position of the rule.
    pub rule: usize,
    /// Protocol of the listener, after merging and QUIC.
    pub protocol: &'static str,
    /// Port of the listener.
    pub port: i64,
}

impl Site<'_, '_> {
    /// Path of a backend of the rule.
    pub fn backend_path(&self, backend: &Backend<'_>) -> FieldPath {
        FieldPath::indexed("spec.rules[].backendRefs[]", &[self.rule, backend.index])
    }
}

/// What a target group forwards to.
pub struct Subject<'a, 'm> {
    /// The Service or Gateway.
    pub backend: &'a NamespacedName,
    /// Its settings.
    pub props: &'a Props<'m>,
    /// `instance`, `ip` or `alb`.
    pub target_type: (&'static str, Origin),
    /// Port of the targets.
    pub port: (Number, Origin),
    /// The port in the id and hash; an error when it isn't known.
    pub identifier: Result<Text, (Text, Want)>,
    /// Service port and, if it tells ports apart, node port.
    pub service_port: (i64, Option<i64>),
    /// `ipv4` or `ipv6`.
    pub family: (&'static str, Origin),
    /// Health check port.
    pub health_port: (HealthCheckPort, Origin),
    /// Whether the Service keeps traffic on the node.
    pub is_local: bool,
    /// Default protocol of the health check, where the kind of target decides.
    pub health_protocol: Option<(Text, Origin)>,
    /// Default HTTP matcher.
    pub matcher: (Text, Origin),
}

impl<'m> Builder<'_, 'm> {
    /// The target group of a backend; builds it unless it is there already.
    pub(super) fn target_group(&mut self, site: Site<'_, 'm>, backend: &Backend<'m>) -> Result<Value, BuildError> {
        let located = |error: BuildError| error.at(site.route.object(), site.backend_path(backend));
        match &backend.target {
            Target::Named(name) => self.existing_group(name).map_err(located),
            Target::Gateway(gateway) => chain::target_group(self, site, gateway).map_err(located),
            Target::Service(service) => {
                let subject = self.service_subject(site, service).map_err(located)?;
                self.bound_group(site, &subject, service.port.port, service.port.app_protocol.as_deref())
                    .map_err(located)
            }
            Target::Assumed(service, port, props) => {
                self.note_assumed(site, backend, service);
                let subject = self.assumed_subject(service, *port, props).map_err(located)?;
                self.bound_group(site, &subject, *port, None).map_err(located)
            }
        }
    }

    fn existing_group(&self, name: &Text) -> Result<Value, BuildError> {
        match target_group_by_name(name, self.resolver.environment) {
            Answer::Known(arn) => Ok(Value::Known(Text::from(arn))),
            Answer::Pending(want) => Ok(Value::Pending(want)),
            Answer::Failed(message) => Err(BuildError::new(Code::BackendUnusable, message)),
        }
    }

    fn note_assumed(&mut self, site: Site<'_, '_>, backend: &Backend<'_>, service: &NamespacedName) {
        let message = format!("Service {service} is not among the manifests and is taken to exist");
        let place = Place::Field(site.route.object(), site.backend_path(backend));
        let note = Diagnostic::new(Code::ServiceAssumed, place, message)
            .help("add its manifest, or say --complete if the manifests are all there is");
        if !self.diagnostics.contains(&note) {
            self.report(note);
        }
    }

    fn bound_group(
        &mut self,
        site: Site<'_, 'm>,
        subject: &Subject<'_, 'm>,
        service_port: i64,
        app_protocol: Option<&str>,
    ) -> Result<Value, BuildError> {
        let (group, id, is_new) = self.group(site, subject, app_protocol)?;
        if is_new {
            let binding = self.binding(site, subject, &group, &id, service_port);
            let binding = binding.inspect_err(|_| self.groups.release(&id))?;
            self.stack.target_groups.push(group);
            self.stack.bindings.push(binding);
        }
        Ok(Value::TargetGroupArn(id))
    }

    /// Builds the target group of `subject` and finds its id; it is not yet part of the stack.
    pub(super) fn group(
        &mut self,
        site: Site<'_, 'm>,
        subject: &Subject<'_, 'm>,
        app_protocol: Option<&str>,
    ) -> Result<(Resource<TargetGroup>, Text, bool), BuildError> {
        let props = subject.props;
        let mut origins = Origins::with_capacity(14);
        let protocol = self.protocol(site, props, &mut origins)?;
        let version = self.protocol_version(site, props, app_protocol, &mut origins);
        let basis = Basis {
            lb_type: self.node.lb_type,
            protocol: &protocol,
            protocol_version: version.as_ref(),
            is_local: subject.is_local,
            default_protocol: self.health_protocol(subject, &protocol),
            default_matcher: subject.matcher.clone(),
        };
        let health_check = health_check::health_check(&basis, props, subject.health_port.clone(), &mut origins);
        let tags = self.group_tags(props, &mut origins)?;
        let control_port = self.control_port(subject, &protocol, &mut origins)?;
        self.check_port(subject)?;
        let (id, is_new) = self.claim(site, subject, (&protocol, version.as_deref()), control_port);
        let name = self.group_name(site, subject, (&protocol, version.as_deref()), control_port, &mut origins);
        origins.set("targetType", subject.target_type.1.clone());
        origins.set("port", subject.port.1.clone());
        origins.set("ipAddressType", subject.family.1.clone());
        let attributes = self.attributes(subject, &mut origins);
        let shown = self.resolver.profile.control_port.then_some(control_port).flatten();
        let spec = TargetGroup {
            name,
            target_type: subject.target_type.0,
            port: subject.port.0.clone(),
            protocol,
            protocol_version: version,
            ip_address_type: subject.family.0,
            health_check_config: health_check,
            target_group_attributes: attributes,
            tags,
            target_control_port: shown,
        };
        let group = Resource { id: id.clone(), spec, origins, cause: site.route.object() };
        if is_new {
            self.check(&group, site.protocol).inspect_err(|_| self.groups.release(&id))?;
        }
        Ok((group, id, is_new))
    }

    fn check(&self, group: &Resource<TargetGroup>, listener: &str) -> Result<(), BuildError> {
        limit::target_group(&self.resolver.profile, group, listener)?;
        let Value::Known(name) = &group.spec.name else { return Ok(()) };
        if !self.resolver.profile.names_unique || self.resolver.claim_name(name, &group.id) {
            return Ok(());
        }
        let message = format!("target group name {name} is already used by another target group");
        let help = "give targetGroupName only to a backend that one route uses on one listener protocol";
        Err(BuildError::new(Code::LimitExceeded, message).help(help))
    }

    fn claim(
        &mut self,
        site: Site<'_, 'm>,
        subject: &Subject<'_, 'm>,
        protocol: (&str, Option<&str>),
        control_port: Option<i64>,
    ) -> (Text, bool) {
        let route = site.route.route();
        let port = match &subject.identifier {
            Ok(port) | Err((port, _)) => port,
        };
        self.groups.id(&Purpose {
            gateway: &self.node.gateway.meta.id,
            route: (&route.meta.id, route.kind),
            backend: subject.backend,
            port,
            protocol,
            service_port: subject.service_port,
            control_port,
        })
    }

    fn group_name(
        &self,
        site: Site<'_, 'm>,
        subject: &Subject<'_, 'm>,
        protocol: (&str, Option<&str>),
        control_port: Option<i64>,
        origins: &mut Origins,
    ) -> Value {
        if let Some((name, origin)) = explicit_name(subject.props) {
            origins.set("name", origin);
            return Value::Known(name.clone());
        }
        origins.set("name", Origin::Rule(
            "name: k8s-<route namespace>-<route name>-<hash of cluster, Gateway, route, backend, port, target type and protocol>",
        ));
        let (route, gateway) = (site.route.route(), &self.node.gateway.meta.id);
        let (id, control) = (&route.meta.id, control_port.map(|port| port.to_string()));
        let hashed = load_balancer::cluster(self.resolver.environment).and_then(|cluster| {
            let port = subject.identifier.as_ref().map_err(|(_, want)| want.clone())?;
            let number;
            let port = match (&subject.port.0, subject.target_type.0) {
                (Number::Known(node_port), "instance") => {
                    number = node_port.to_string();
                    &*number
                }
                (Number::Pending(want), "instance") => return Err(want.clone()),
                _ => port,
            };
            let kind = route.kind.as_str();
            let target = (subject.target_type.0, protocol.0, protocol.1.unwrap_or_default());
            let control = control.as_deref().unwrap_or_default();
            let parts: [&str; 13] = [
                cluster,
                &gateway.namespace,
                &gateway.name,
                &id.namespace,
                &id.name,
                kind,
                &subject.backend.namespace,
                &subject.backend.name,
                port,
                target.0,
                target.1,
                target.2,
                control,
            ];
            Ok(generated(id, Ok(&parts)))
        });
        hashed.unwrap_or_else(|want| generated(id, Err(want)))
    }

    /// Protocol of the target group.
    pub(super) fn protocol(
        &self,
        site: Site<'_, '_>,
        props: &Props<'_>,
        origins: &mut Origins,
    ) -> Result<Text, BuildError> {
        let alb = self.node.lb_type == LoadBalancerType::Application;
        if !alb && matches!(site.protocol, "TCP_UDP" | "QUIC" | "TCP_QUIC") {
            origins.set("protocol", Origin::Rule("the listener's protocol"));
            return Ok(Text::from(site.protocol));
        }
        if let Some((protocol, origin)) = props.pick(".protocol", |props| props.protocol.as_ref()) {
            let (allowed, listed): (&[&str], _) = if alb {
                (&["HTTP", "HTTPS"], "[HTTP, HTTPS]")
            } else {
                (&["TCP", "TLS", "UDP", "TCP_UDP"], "[TCP, UDP, TCP_UDP, TLS, QUIC, TCP_QUIC]")
            };
            if !allowed.contains(&&**protocol) {
                let message = format!("backend protocol must be within {listed}: {protocol}");
                return Err(BuildError::new(Code::ConfigurationInvalid, message));
            }
            origins.set("protocol", origin);
            return Ok(protocol.clone());
        }
        let passthrough = self.resolver.profile.passthrough_targets_tcp && site.protocol == "TCP";
        let (protocol, rule) = match site.route.route().kind {
            RouteKind::Http | RouteKind::Grpc => ("HTTP", "default protocol of ALB targets"),
            RouteKind::Tls if passthrough => ("TCP", "TLS is passed through, so targets get TCP"),
            RouteKind::Tls => ("TLS", "default protocol of a TLSRoute"),
            RouteKind::Tcp => ("TCP", "default protocol of a TCPRoute"),
            RouteKind::Udp => ("UDP", "default protocol of a UDPRoute"),
        };
        origins.set("protocol", Origin::Default(rule));
        Ok(Text::from(protocol))
    }

    fn protocol_version(
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
            (Text::from("HTTP1"), Origin::Rule("HTTP listeners speak HTTP/1 to targets"))
        } else if let Some((version, origin)) = props.pick(".protocolVersion", |props| props.protocol_version.as_ref())
        {
            (version.clone(), origin)
        } else if site.route.route().kind == RouteKind::Grpc {
            (Text::from("GRPC"), Origin::Default("default of a GRPCRoute"))
        } else if app_protocol == Some("kubernetes.io/h2c") {
            (Text::from("HTTP2"), Origin::Rule("appProtocol kubernetes.io/h2c of the Service port"))
        } else {
            (Text::from("HTTP1"), Origin::Default("default protocol version"))
        };
        origins.set("protocolVersion", origin);
        Some(version)
    }

    fn health_protocol(&self, subject: &Subject<'_, '_>, protocol: &Text) -> (Text, Origin) {
        if let Some(decided) = &subject.health_protocol {
            return decided.clone();
        }
        if subject.is_local {
            return (Text::from("HTTP"), Origin::Default("default for externalTrafficPolicy Local"));
        }
        match self.node.lb_type {
            LoadBalancerType::Application => (protocol.clone(), Origin::Rule("protocol of the target group")),
            LoadBalancerType::Network => (Text::from("TCP"), Origin::Default("default health check of an NLB")),
        }
    }

    fn group_tags(&self, props: &Props<'_>, origins: &mut Origins) -> Result<Tags, BuildError> {
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

    fn control_port(
        &self,
        subject: &Subject<'_, '_>,
        protocol: &Text,
        origins: &mut Origins,
    ) -> Result<Option<i64>, BuildError> {
        let Some((port, origin)) = subject.props.pick(".targetControlPort", |props| props.target_control_port.as_ref())
        else {
            return Ok(None);
        };
        let error = |message: String| Err(BuildError::new(Code::ConfigurationInvalid, message));
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

    fn check_port(&self, subject: &Subject<'_, '_>) -> Result<(), BuildError> {
        if subject.port.0 != Number::Known(0) {
            return Ok(());
        }
        let text = if subject.target_type.0 == "ip" {
            "TargetGroup port is empty. Are you using the correct service type?"
        } else {
            "TargetGroup port is empty. When using Instance targets, your service must be of type 'NodePort' or \
             'LoadBalancer'"
        };
        Err(BuildError::new(Code::BackendUnusable, text))
    }

    fn attributes(&mut self, subject: &Subject<'_, '_>, origins: &mut Origins) -> Vec<Attribute> {
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

fn explicit_name<'m>(props: &Props<'m>) -> Option<(&'m Text, Origin)> {
    props.pick(".targetGroupName", |props| props.target_group_name.as_ref())
}
