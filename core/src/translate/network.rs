//! Who may reach the targets: network rules of a binding (translation §8.4).
//!
//! The security groups named here are made elsewhere.

use crate::diagnostic::Code;
use crate::fact::{Answer, Want, vpc_cidrs};
use crate::id::Text;
use crate::model::target_group::{
    HealthCheckPort, Networking, NetworkingPeer, NetworkingPort, NetworkingRule, RulePort, TargetGroup,
};
use crate::model::{Number, Value};

use super::load_balancer::is_true;
use super::security_group::BackendAccess;
use super::target_group::Subject;
use super::{BuildError, Builder};

fn is_udp(protocol: &str) -> bool {
    matches!(protocol, "UDP" | "TCP_UDP" | "QUIC" | "TCP_QUIC")
}

fn is_both(protocol: &str) -> bool {
    matches!(protocol, "TCP_UDP" | "TCP_QUIC")
}

/// The port that traffic goes to, in a rule: named target ports stay named.
fn traffic_port(subject: &Subject<'_, '_>) -> RulePort {
    let instance = subject.target_type.0 == "instance";
    match (&subject.port.0, &subject.identifier) {
        (Number::Known(1), Ok(name)) if !instance && name.parse::<i64>().is_err() => RulePort::Name(name.clone()),
        (number, _) => RulePort::Number(number.clone()),
    }
}

fn port(protocol: &'static str, port: &RulePort) -> NetworkingPort {
    NetworkingPort { protocol, port: Some(port.clone()) }
}

impl Builder<'_, '_> {
    /// Network rules of the binding of `group`, if anybody manages them.
    pub(super) fn networking(
        &self,
        subject: &Subject<'_, '_>,
        group: &TargetGroup,
    ) -> Result<Option<Networking>, BuildError> {
        match &self.access {
            BackendAccess::Unmanaged => Ok(None),
            BackendAccess::Group(backend) => Ok(Some(self.by_group(backend, subject, group))),
            BackendAccess::NoGroups => self.by_addresses(subject, group).map(Some),
        }
    }

    fn by_group(&self, backend: &Value, subject: &Subject<'_, '_>, group: &TargetGroup) -> Networking {
        let from = || vec![NetworkingPeer::SecurityGroup { group_id: backend.clone() }];
        if self.resolver.environment.flags.disable_restricted_sg_rules {
            let any = |protocol| NetworkingPort { protocol, port: None };
            let mut ports = vec![any("TCP")];
            if is_udp(&group.protocol) {
                ports.push(any("UDP"));
            }
            return Networking { ingress: vec![NetworkingRule { from: from(), ports }] };
        }
        let rule = |port| NetworkingRule { from: from(), ports: vec![port] };
        Networking { ingress: self.restricted_ports(subject, group).into_iter().map(rule).collect() }
    }

    fn restricted_ports(&self, subject: &Subject<'_, '_>, group: &TargetGroup) -> Vec<NetworkingPort> {
        let traffic = traffic_port(subject);
        let udp = is_udp(&group.protocol);
        let mut ports = vec![port(if udp { "UDP" } else { "TCP" }, &traffic)];
        let own = match &group.health_check_config.port {
            HealthCheckPort::Number(number) => Some(RulePort::Number(number.clone())),
            HealthCheckPort::Traffic => None,
        };
        let differs = own.as_ref().is_some_and(|own| *own != traffic);
        if self.resolver.profile.traffic_port_stays_open && is_both(&group.protocol) && differs {
            ports.push(port("TCP", &traffic));
        }
        if udp || differs {
            ports.push(port("TCP", own.as_ref().unwrap_or(&traffic)));
        }
        if let Some(control) = group.target_control_port {
            ports.push(port("TCP", &RulePort::Number(Number::Known(control))));
        }
        ports
    }

    fn by_addresses(&self, subject: &Subject<'_, '_>, group: &TargetGroup) -> Result<Networking, BuildError> {
        let traffic = traffic_port(subject);
        let subnets = self.subnet_cidrs(group.ip_address_type == "ipv6");
        let preserve = preserves_client_ip(group);
        let (source, by_default) = if preserve { self.client_ranges(group)? } else { (subnets.clone(), false) };
        let mut ingress =
            vec![NetworkingRule { from: peers(&source), ports: traffic_ports(&group.protocol, &traffic) }];
        let own = match &group.health_check_config.port {
            HealthCheckPort::Number(number) => Some(RulePort::Number(number.clone())),
            HealthCheckPort::Traffic => None,
        };
        let open = |value: &Value| matches!(value, Value::Known(cidr) if matches!(&**cidr, "0.0.0.0/0" | "::/0"));
        let covered = !preserve || by_default || source.iter().any(open);
        let same = own.as_ref().is_none_or(|own| *own == traffic);
        let needless = !is_udp(&group.protocol) && same && covered;
        if !needless && !subnets.is_empty() {
            let ports = vec![port("TCP", own.as_ref().unwrap_or(&traffic))];
            ingress.push(NetworkingRule { from: peers(&subnets), ports });
        }
        Ok(Networking { ingress })
    }

    fn subnet_cidrs(&self, ipv6: bool) -> Vec<Value> {
        let unknown = || Err(Want::SubnetCidrs { subnets: Vec::new() });
        match self.subnets.as_ref().map_or_else(unknown, |chosen| chosen.cidrs(ipv6)) {
            Ok(cidrs) => cidrs.into_iter().map(|cidr| Value::Known(Text::from(cidr))).collect(),
            Err(want) => vec![Value::from(want)],
        }
    }

    /// Client addresses that may reach the targets, and whether they are the default ones.
    fn client_ranges(&self, group: &TargetGroup) -> Result<(Vec<Value>, bool), BuildError> {
        let ranges = self.config.pick(|spec| spec.source_ranges.as_ref()).map(|(list, _)| list.as_slice());
        if let Some(list) = ranges.filter(|list| !list.is_empty()) {
            return Ok((list.iter().cloned().map(Value::Known).collect(), false));
        }
        let ipv6 = group.ip_address_type == "ipv6";
        if &*self.scheme.0 != "internal" {
            let everywhere = if ipv6 { "::/0" } else { "0.0.0.0/0" };
            return Ok((vec![Value::Known(Text::from(everywhere))], true));
        }
        match vpc_cidrs(self.resolver.environment, ipv6) {
            Answer::Known(cidrs) => Ok((cidrs.into_iter().map(|cidr| Value::Known(Text::from(cidr))).collect(), true)),
            Answer::Pending(want) => Ok((vec![Value::from(want)], true)),
            Answer::Failed(message) => Err(BuildError::new(Code::ConfigurationInvalid, message)),
        }
    }
}

fn preserves_client_ip(group: &TargetGroup) -> bool {
    if is_udp(&group.protocol) {
        return true;
    }
    let set = group.target_group_attributes.iter().find(|attribute| &*attribute.key == "preserve_client_ip.enabled");
    match set {
        Some(attribute) => is_true(&attribute.value),
        None => group.target_type == "instance",
    }
}

fn traffic_ports(protocol: &str, traffic: &RulePort) -> Vec<NetworkingPort> {
    if is_both(protocol) {
        vec![port("TCP", traffic), port("UDP", traffic)]
    } else if is_udp(protocol) {
        vec![port("UDP", traffic)]
    } else {
        vec![port("TCP", traffic)]
    }
}

fn peers(cidrs: &[Value]) -> Vec<NetworkingPeer> {
    cidrs.iter().map(|cidr| NetworkingPeer::IpBlock { cidr: cidr.clone() }).collect()
}
