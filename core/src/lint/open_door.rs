//! GWC0406 to GWC0408: doors that stand open: to the world, without TLS, to every namespace.
//!
//! What a security group of the user's own lets in is not known here.

use super::{Scope, Subject};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::id::LoadBalancerType;
use crate::model::Value;
use crate::model::action::Action;
use crate::model::load_balancer::PermissionSource;
use crate::origin::FieldPath;

/// Ports of administration and of stores of data, which are seldom meant for the world.
const PRIVATE: &[(i64, &str)] = &[
    (22, "SSH"),
    (1433, "SQL Server"),
    (1521, "Oracle"),
    (2379, "etcd"),
    (3306, "MySQL"),
    (3389, "RDP"),
    (5432, "PostgreSQL"),
    (6379, "Redis"),
    (6443, "Kubernetes"),
    (9092, "Kafka"),
    (9200, "Elasticsearch"),
    (11211, "memcached"),
    (27017, "MongoDB"),
];

/// At most one finding of each kind per listener.
pub fn lint(scope: &Scope<'_, '_>, findings: &mut Vec<Diagnostic>) {
    for subject in &scope.gateways {
        findings.extend(PRIVATE.iter().filter_map(|(port, service)| to_the_world(subject, *port, service)));
        findings.extend(without_tls(subject));
        to_every_namespace(subject, findings);
    }
}

fn to_the_world(subject: &Subject<'_, '_>, port: i64, service: &str) -> Option<Diagnostic> {
    let stack = subject.stack()?;
    let is_everywhere = |source: &PermissionSource| match source {
        PermissionSource::Ipv4(range) => &**range == "0.0.0.0/0",
        PermissionSource::Ipv6(range) => &**range == "::/0",
        PermissionSource::Group(_) | PermissionSource::PrefixList(_) => false,
    };
    let mut open = stack.security_group.as_ref()?.spec.ingress.iter();
    let is_open = open.any(|one| (one.from_port..=one.to_port).contains(&port) && is_everywhere(&one.source));
    let is_public = &*stack.load_balancer.as_ref()?.spec.scheme == "internet-facing";
    stack.listeners.iter().find(|listener| listener.spec.port == port)?;
    if !is_open || !is_public {
        return None;
    }
    let short = subject.node.lb_type.short();
    let label = subject.node.label();
    let message =
        format!("anybody can reach port {port} ({service}) of the internet-facing {short} of Gateway {label}");
    let finding = Diagnostic::new(Code::OpenGroup, subject.listener_place(port), message);
    Some(finding.help("set sourceRanges in the LoadBalancerConfiguration, or scheme: internal"))
}

fn without_tls(subject: &Subject<'_, '_>) -> Option<Diagnostic> {
    if subject.node.lb_type != LoadBalancerType::Application {
        return None;
    }
    let stack = subject.stack()?;
    let listener = |protocol: &str| stack.listeners.iter().find(|listener| listener.spec.protocol == protocol);
    let (plain, secure) = (listener("HTTP")?.spec.port, listener("HTTPS")?.spec.port);
    let serves = |rule: &&crate::model::Resource<crate::model::listener::ListenerRule>| {
        rule.spec.listener_arn == Value::ListenerArn(plain)
            && matches!(rule.spec.actions.last(), Some(Action::Forward { .. }))
    };
    let rule = stack.rules.iter().find(serves)?;
    let label = subject.node.label();
    let message = format!("Gateway {label} serves plain HTTP on port {plain} beside HTTPS on port {secure}");
    let route = Place::Field(rule.cause, FieldPath::new("spec.parentRefs"));
    let finding = Diagnostic::new(Code::PlainHttp, subject.listener_place(plain), message)
        .related(subject.listener_place(secure), "HTTPS")
        .related(route, "served without TLS");
    Some(finding.help(
        "attach the routes to the HTTPS listener by sectionName, and one with a RequestRedirect to https to the other",
    ))
}

fn to_every_namespace(subject: &Subject<'_, '_>, findings: &mut Vec<Diagnostic>) {
    for listener in subject.node.valid_listeners() {
        let namespaces = listener.spec.allowed_routes.as_ref().and_then(|allowed| allowed.namespaces.as_ref());
        if namespaces.and_then(|namespaces| namespaces.from.as_deref()) != Some("All") {
            continue;
        }
        let path = FieldPath::indexed("spec.listeners[].allowedRoutes.namespaces.from", &[listener.index]);
        let message =
            format!("routes of every namespace may attach to listener {} of {}", listener.spec.name, listener.parent);
        let finding = Diagnostic::new(Code::OpenAttachment, Place::Field(listener.object, path), message);
        findings.push(finding.help("from: Selector with a label lets chosen namespaces in only"));
    }
}
