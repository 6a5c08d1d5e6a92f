//! What a target group forwards to: type, port and address family of its targets (translation §8.2).
//!
//! Chained ALBs are in `chain`.

use crate::diagnostic::Code;
use crate::fact::Want;
use crate::id::{LoadBalancerType, NamespacedName};
use crate::manifest::core::{IntOrString, Service};
use crate::model::Number;
use crate::model::target_group::HealthCheckPort;
use crate::origin::Origin;
use crate::resolve::backend::ServiceTarget;
use crate::resolve::props::Props;

use super::health_check::{self, default_matcher};
use super::identity::{assumed_port, target_port};
use super::target_group::{Site, Subject};
use super::{BuildError, Builder};

type Ported = (Number, Origin);
type Family = (&'static str, Origin);

impl<'m> Builder<'_, 'm> {
    fn target_type(&self, props: &Props<'_>) -> (&'static str, Origin) {
        let name = |value: &str| if value == "ip" { "ip" } else { "instance" };
        match props.pick(".targetType", |props| props.target_type.as_ref()) {
            Some((value, origin)) => (name(value), origin),
            None => {
                let flag = &self.resolver.environment.flags.default_target_type;
                (name(flag), Origin::Default("controller flag --default-target-type"))
            }
        }
    }

    /// A Service of the manifests.
    pub(super) fn service_subject<'s>(
        &self,
        site: Site<'_, 'm>,
        target: &'s ServiceTarget<'m>,
    ) -> Result<Subject<'s, 'm>, BuildError> {
        // The protocol is checked before anything else of the target group.
        self.protocol(site, &target.props)?;
        let (service, port) = (target.service, target.port);
        let target_type = self.target_type(&target.props);
        let instance = target_type.0 == "instance";
        let is_local = self.node.lb_type == LoadBalancerType::Network && instance && service.is_local();
        let health_port = health_check::service_port(target, instance, is_local)?;
        let number = if instance { self.node_port(target) } else { pod_port(target) };
        Ok(Subject {
            backend: &service.meta.id,
            props: &target.props,
            target_type,
            service_port: (port.port, instance.then(|| told_apart_by(&number.0, port.port))),
            port: number,
            identifier: Ok(target_port(port)),
            family: self.family(&target.props, Some(service))?,
            health_port,
            is_local,
            health_protocol: None,
            matcher: default_matcher(),
        })
    }

    fn node_port(&self, target: &ServiceTarget<'_>) -> Ported {
        let (service, port) = (target.service, target.port);
        let field = |leaf| Origin::indexed(service.meta.object, leaf, &[target.port_index]);
        let pending = !self.resolver.complete && service.has_node_ports();
        match port.node_port.filter(|port| *port != 0) {
            Some(node_port) => (Number::Known(node_port), field("spec.ports[].nodePort")),
            None if pending => {
                let want = Want::NodePort { service: service.meta.id.to_string(), port: port.port.to_string() };
                (Number::from(want.clone()), Origin::from(want))
            }
            None => (Number::Known(0), field("spec.ports[]")),
        }
    }

    fn family(&self, props: &Props<'_>, service: Option<&Service>) -> Result<Family, BuildError> {
        let dualstack = self.ip_address_type.0.starts_with("dualstack");
        let families = service.map(|service| service.spec.ip_families.as_slice()).unwrap_or_default();
        let default = || Origin::Default("IPv4 unless the Service is IPv6");
        let of_service = service.map_or_else(default, |service| Origin::field(service.meta.object, "spec.ipFamilies"));
        let honoured = self.resolver.profile.ip_address_type_honoured;
        let set = props.pick(".ipAddressType", |props| props.ip_address_type.as_ref()).filter(|_| honoured);
        let is_set = set.is_some();
        let (wants_ipv6, must, origin) = match set {
            Some((family, origin)) => (&**family == "ipv6", true, origin),
            None if honoured => (families.first().is_some_and(|first| &**first == "IPv6"), false, of_service),
            None => (families.iter().any(|family| &**family == "IPv6"), true, of_service),
        };
        match (wants_ipv6, dualstack) {
            (true, true) => Ok(("ipv6", origin)),
            (true, false) if must => {
                let text = "unsupported IPv6 configuration, lb not dual-stack";
                Err(BuildError::new(Code::ConfigurationInvalid, text)
                    .help("set ipAddressType: dualstack on the load balancer"))
            }
            _ if families.is_empty() && !is_set => Ok(("ipv4", default())),
            _ => Ok(("ipv4", origin)),
        }
    }

    /// A Service that the manifests don't contain.
    pub(super) fn assumed_subject<'s>(
        &self,
        service: &'s NamespacedName,
        port: i64,
        props: &'s Props<'m>,
    ) -> Result<Subject<'s, 'm>, BuildError> {
        let (label, text) = (service.to_string(), port.to_string());
        let target_type = self.target_type(props);
        let want = match target_type.0 {
            "instance" => Want::NodePort { service: label, port: text },
            _ => Want::TargetPort { service: label, port: text },
        };
        Ok(Subject {
            backend: service,
            props,
            target_type,
            port: (Number::from(want.clone()), Origin::from(want.clone())),
            identifier: Err((assumed_port(port), want)),
            service_port: (port, None),
            family: self.family(props, None)?,
            health_port: (HealthCheckPort::Traffic, Origin::Default("default health check")),
            is_local: false,
            health_protocol: None,
            matcher: default_matcher(),
        })
    }
}

fn pod_port(target: &ServiceTarget<'_>) -> Ported {
    let number = match &target.port.target_port {
        Some(IntOrString::Int(number)) => *number,
        Some(IntOrString::String(_)) => 1,
        None => target.port.port,
    };
    let object = target.service.meta.object;
    (Number::Known(number), Origin::indexed(object, "spec.ports[].targetPort", &[target.port_index]))
}

/// What tells two ports of one Service with the same target port apart: the node port, or the Service port while no
/// node port is known.
fn told_apart_by(node_port: &Number, service_port: i64) -> i64 {
    match node_port {
        Number::Known(port) => *port,
        Number::Pending(_) => -service_port,
    }
}
