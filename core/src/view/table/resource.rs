//! Resources as rows.
//!
//! Which values matter most is decided here; every value is in the plan document.

use std::collections::BTreeMap;

use super::action::{actions, conditions, short_name};
use super::listener_name;
use super::row::Row;
use crate::fact::{SubnetMapping, Want};
use crate::model::listener::{Listener, ListenerRule};
use crate::model::load_balancer::{IpPermission, LoadBalancer, PermissionSource, SecurityGroup, Subnets};
use crate::model::target_group::{AlbTarget, HealthCheck, HealthCheckPort, TargetGroup, TargetGroupBinding};
use crate::model::{Stack, Value};
use crate::plan::document::{Planned, Spec};

pub(super) fn row(stack: &Stack, planned: &Planned<'_>) -> Row {
    match planned.spec {
        Spec::SecurityGroup(spec) => security_group(spec),
        Spec::LoadBalancer(spec) => load_balancer(spec),
        Spec::TargetGroup(spec) => target_group(spec),
        Spec::Binding(spec) => binding(spec),
        Spec::AlbTarget(spec) => alb_target(spec),
        Spec::Listener(spec) => listener(stack, spec),
        Spec::Rule(spec) => rule(stack, spec),
        Spec::WebAcl(spec) => Row::new("web ACL", &spec.web_acl_arn),
        Spec::Shield(spec) => Row::new("Shield", &if spec.enabled { "protection on" } else { "protection off" }),
    }
}

fn named(label: &'static str, name: &Value) -> Row {
    let mut row = Row::new(label, &short_name(name));
    if let Value::Partial(..) = name {
        row.full_name = Some(crate::render::clean(&name.to_string()).into_owned());
    }
    row
}

fn security_group(spec: &SecurityGroup) -> Row {
    let mut by_source: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for permission in &spec.ingress {
        let ports = by_source.entry(source(&permission.source)).or_default();
        let port = ports_of(permission);
        if !ports.contains(&port) {
            ports.push(port);
        }
    }
    let lets_in = by_source.into_iter().map(|(source, ports)| format!("{} from {source}", ports.join(", ")));
    lets_in.fold(named("security group", &spec.group_name), |row, part| row.with("lets in", &part))
}

fn source(source: &PermissionSource) -> String {
    match source {
        PermissionSource::Ipv4(cidr) | PermissionSource::Ipv6(cidr) => cidr.to_string(),
        PermissionSource::Group(group) => group.to_string(),
        PermissionSource::PrefixList(list) => list.to_string(),
    }
}

fn ports_of(permission: &IpPermission) -> String {
    let IpPermission { ip_protocol, from_port, to_port, .. } = permission;
    if from_port == to_port {
        format!("{ip_protocol}/{from_port}")
    } else {
        format!("{ip_protocol}/{from_port}-{to_port}")
    }
}

fn load_balancer(spec: &LoadBalancer) -> Row {
    let subnets = match &spec.subnet_mapping {
        Subnets::Known(mappings) => mappings.iter().map(subnet).collect::<Vec<_>>().join(", "),
        Subnets::Pending(want @ Want::Subnets { .. }) => want.to_string(),
        Subnets::Pending(want) => format!("depends on {want}"),
    };
    let row = named("load balancer", &spec.name).part(&spec.scheme).part(&spec.ip_address_type);
    let row = if subnets.is_empty() { row } else { row.with("subnets", &subnets) };
    let attributes =
        spec.load_balancer_attributes.iter().map(|attribute| format!("{}={}", attribute.key, attribute.value));
    row.list("security groups", &spec.security_groups).list("attributes", attributes)
}

fn subnet(mapping: &SubnetMapping) -> String {
    let address = mapping.allocation_id.as_ref().or(mapping.private_ipv4_address.as_ref());
    match address {
        Some(address) => format!("{} ({address})", mapping.subnet_id),
        None => mapping.subnet_id.to_string(),
    }
}

fn target_group(spec: &TargetGroup) -> Row {
    let version = spec.protocol_version.as_deref().filter(|version| *version != "HTTP1");
    let version = version.map(|version| format!(" ({version})")).unwrap_or_default();
    named("target group", &spec.name)
        .part(&format!("{}:{}{version}", spec.protocol, spec.port))
        .part(&format!("targets by {}", spec.target_type))
        .with("health check", &health_check(&spec.health_check_config))
}

fn health_check(check: &HealthCheck) -> String {
    let port = match &check.port {
        HealthCheckPort::Traffic => "traffic port".to_owned(),
        HealthCheckPort::Number(number) => number.to_string(),
    };
    let path = check.path.as_deref().map(|path| format!(" {path}")).unwrap_or_default();
    format!("{}{path} on {port}", check.protocol)
}

fn binding(spec: &TargetGroupBinding) -> Row {
    let service = &spec.template.spec.service_ref;
    let namespace = &spec.template.metadata.namespace;
    named("binding", &spec.template.metadata.name)
        .part(&format!("Service {namespace}/{}:{}", service.name, service.port))
}

fn alb_target(spec: &AlbTarget) -> Row {
    let target = match &spec.target_arn {
        Value::OtherLoadBalancerArn(gateway) => format!("ALB of Gateway {gateway}"),
        known => known.to_string(),
    };
    named("registration", &spec.name).part(&format!("{target}, port {}", spec.target_port))
}

fn listener(stack: &Stack, spec: &Listener) -> Row {
    let certificates = spec.certificates.iter().map(|certificate| &certificate.arn);
    let mut row = Row::new("listener", &format!("{}:{}", spec.protocol, spec.port))
        .list("certificates", certificates)
        .list("TLS policy", &spec.ssl_policy);
    if let Some(mutual) = spec.mutual_authentication.as_ref().filter(|mutual| &*mutual.mode != "off") {
        row = row.with("mutual TLS", &mutual.mode);
    }
    row.with("default", &actions(stack, &spec.default_actions))
}

fn rule(stack: &Stack, spec: &ListenerRule) -> Row {
    let listener = match &spec.listener_arn {
        Value::ListenerArn(port) => listener_name(stack, *port),
        other => other.to_string(),
    };
    let row = Row::new("rule", &format!("{listener} #{}", spec.priority)).part(&conditions(&spec.conditions));
    let row = if spec.transforms.is_empty() { row } else { row.part(&"with a rewrite") };
    row.part(&actions(stack, &spec.actions))
}
