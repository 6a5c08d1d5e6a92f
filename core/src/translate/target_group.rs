//! Target groups (translation §8.1–§8.3).
//!
//! Bindings and health checks have modules of their own; chained ALBs are in `chain`.

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::fact::{Answer, Want, target_group_by_name};
use crate::id::{NamespacedName, Text};
use crate::model::target_group::{HealthCheckPort, TargetGroup};
use crate::model::{Number, Resource, Value};
use crate::origin::{FieldPath, Origin, Origins};
use crate::resolve::backend::{Backend, Target};
use crate::resolve::load::LoadedRoute;
use crate::resolve::props::Props;

use super::health_check::{self, Basis};
use super::identity::Purpose;
use super::names::generated;
use super::{BuildError, Builder, chain, limit, load_balancer, settings};

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
        let written = || Origin::Field { object: site.route.object(), path: site.backend_path(backend) };
        match &backend.target {
            Target::Named(name) => self.existing_group(name).map_err(located),
            Target::Gateway(gateway) => chain::target_group(self, site, gateway, written()).map_err(located),
            Target::Service(service) => {
                let subject = self.service_subject(site, service).map_err(located)?;
                self.bound_group(site, &subject, service.port.port, service.port.app_protocol.as_deref(), written())
                    .map_err(located)
            }
            Target::Assumed(service, port, props) => {
                self.note_assumed(site, backend, service);
                let subject = self.assumed_subject(service, *port, props).map_err(located)?;
                self.bound_group(site, &subject, *port, None, written()).map_err(located)
            }
        }
    }

    fn existing_group(&self, name: &Text) -> Result<Value, BuildError> {
        match target_group_by_name(name, self.resolver.environment) {
            Answer::Known(arn) => Ok(Value::Known(Text::from(arn))),
            Answer::Pending(want) => Ok(Value::from(want)),
            Answer::Failed(message) => {
                let help = "a TargetGroupName backend names a target group that exists in the account and region";
                Err(BuildError::new(Code::BackendUnusable, message).help(help))
            }
        }
    }

    fn note_assumed(&mut self, site: Site<'_, '_>, backend: &Backend<'_>, service: &NamespacedName) {
        let message = format!("Service {service} is not among the manifests and is taken to exist");
        let place = Place::Field(site.route.object(), site.backend_path(backend));
        let note = Diagnostic::new(Code::ServiceAssumed, place, message)
            .help("add its manifest, or say --complete if the manifests are all there is");
        self.report_once(note);
    }

    fn bound_group(
        &mut self,
        site: Site<'_, 'm>,
        subject: &Subject<'_, 'm>,
        service_port: i64,
        app_protocol: Option<&str>,
        written: Origin,
    ) -> Result<Value, BuildError> {
        let (id, new) = self.group(site, subject, app_protocol)?;
        if let Some(group) = new {
            let binding = self.binding(site, subject, &group, &id, service_port);
            let mut binding = binding.inspect_err(|_| self.groups.release(&id))?;
            binding.origins.set("template.spec.serviceRef", written);
            self.stack.target_groups.push(group);
            self.stack.bindings.push(binding);
        }
        Ok(Value::TargetGroupArn(id))
    }

    /// Finds the id of `subject`'s target group, and builds it unless it is there already; it is not yet part of the
    /// stack.
    pub(super) fn group(
        &mut self,
        site: Site<'_, 'm>,
        subject: &Subject<'_, 'm>,
        app_protocol: Option<&str>,
    ) -> Result<(Text, Option<Resource<TargetGroup>>), BuildError> {
        let props = subject.props;
        let mut origins = Origins::with_capacity(14);
        let (protocol, origin) = self.protocol(site, props)?;
        origins.set("protocol", origin);
        let version = self.protocol_version(site, props, app_protocol, &mut origins);
        let http_only = self.is_http_only(subject);
        let mut later = Origins::default();
        let tags = self.group_tags(props, &mut later)?;
        let control_port = settings::control_port(subject, &protocol, &mut later)?;
        settings::check_port(self.resolver, subject)?;
        let (id, is_new) = self.claim(site, subject, (&protocol, version.as_deref()), control_port);
        if !is_new {
            return Ok((id, None));
        }
        let basis = Basis {
            http_only,
            protocol_version: version.as_ref(),
            is_local: subject.is_local,
            default_protocol: self.health_protocol(subject, &protocol),
            default_matcher: subject.matcher.clone(),
        };
        let health_check = health_check::health_check(&basis, props, subject.health_port.clone(), &mut origins);
        origins.append(later);
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
        self.check(&group, site.protocol).inspect_err(|_| self.groups.release(&id))?;
        Ok((id, Some(group)))
    }

    fn check(&self, group: &Resource<TargetGroup>, listener: &str) -> Result<(), BuildError> {
        limit::target_group(&self.resolver.profile, group, listener)?;
        limit::more_target_groups(self)?;
        let Value::Known(name) = &group.spec.name else { return Ok(()) };
        if !self.resolver.profile.names_unique || self.resolver.target_group_names.claim(name, &group.id).is_ok() {
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
        let (id, is_new) = self.groups.id(&Purpose {
            gateway: &self.node.gateway.meta.id,
            route: (&route.meta.id, route.kind),
            backend: subject.backend,
            port,
            protocol,
            service_port: subject.service_port,
            control_port,
        });
        if is_new && id.contains('~') {
            self.note_own_id(site, subject, &id);
        }
        (id, is_new)
    }

    /// The names of two pairs of route and backend join to the same id, so the later one has an id of its own.
    fn note_own_id(&mut self, site: Site<'_, '_>, subject: &Subject<'_, '_>, id: &Text) {
        let (route, backend) = (site.route.route().describe(), subject.backend);
        let message = format!("{route} and its backend {backend} join to an id that another pair has; theirs is {id}");
        let place = Place::Field(site.route.object(), FieldPath::indexed("spec.rules[]", &[site.rule]));
        let help = "the reference would forward both routes to one of the two backends";
        self.report(Diagnostic::new(Code::TargetGroupCollision, place, message).help(help));
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
            let mut digits = itoa::Buffer::new();
            let port = match (&subject.port.0, subject.target_type.0) {
                (Number::Known(node_port), "instance") => digits.format(*node_port),
                (Number::Pending(want), "instance") => return Err(Want::clone(want)),
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
}

fn explicit_name<'m>(props: &Props<'m>) -> Option<(&'m Text, Origin)> {
    props.pick(".targetGroupName", |props| props.target_group_name.as_ref())
}
