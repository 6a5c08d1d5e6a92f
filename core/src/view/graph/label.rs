//! What nodes and frames say, in the words of the pages.
//!
//! Texts are whole here; they are shortened when they get their places.

use super::super::explain::words;
use super::LineStyle;
use super::sketch::Face;
use crate::model::action::Action;
use crate::model::listener::{Condition, Listener, ListenerRule, Transform};
use crate::model::target_group::{HealthCheckPort, Matcher, TargetGroup};
use crate::model::{Number, Resource, Stack, Value};
use crate::origin::{Origin, Origins};
use crate::pipeline::{Built, is_dry_run};
use crate::plan::document::{Spec, resources};
use crate::render::clean;
use crate::resolve::gateway::GatewayNode;

/// Names that a title lists.
const LISTED: usize = 20;

/// Letters of a line of a blocked Gateway.
const BLOCKED: usize = 70;

/// `a, b and 12 more`.
pub fn some(names: &[String]) -> String {
    let shown = names[..names.len().min(LISTED)].join(", ");
    match names.len().saturating_sub(LISTED) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

/// `1 rule`, `2 rules`.
pub fn count(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

/// Places in other objects that the fields of a resource come from.
pub fn origins(face: &mut Face, origins: &Origins) {
    for (_, origin) in origins.iter() {
        if let Origin::Field { object, path } = origin {
            face.anchor(*object, path.to_string(), true);
        }
    }
}

/// A value that may be known only at deployment.
pub fn value(value: &Value) -> (LineStyle, String) {
    let style = if value.known().is_some() { LineStyle::Detail } else { LineStyle::Pending };
    (style, value.to_string())
}

/// The frame of a Gateway.
pub fn gateway(node: &GatewayNode<'_>, built: &Built<'_>) -> Face {
    let label = node.label();
    let mut face = Face::named(format!("{} Gateway {label}", node.lb_type.short())).at(node.object(), "");
    let Ok(stack) = &built.result else { return face.line(LineStyle::Problem, "is blocked") };
    if let Some(load_balancer) = &stack.load_balancer {
        let spec = &load_balancer.spec;
        let dry = if is_dry_run(node) { ", dry run only" } else { "" };
        face = face.line(LineStyle::Detail, format!("{}{dry} · {}", spec.scheme, spec.name));
        face = face.more(format!("addresses: {}", spec.ip_address_type));
    }
    for resource in resources(stack) {
        if let Spec::LoadBalancer(_) | Spec::SecurityGroup(_) | Spec::WebAcl(_) | Spec::Shield(_) = resource.spec {
            face = face.resource(&stack.id, resource.spec.kind(), resource.id);
            origins(&mut face, resource.origins);
        }
    }
    if let Some(group) = &stack.security_group {
        face = face.more(format!("lets in: {}", words::permissions(&group.spec.ingress)));
    }
    face
}

/// Why a Gateway has no load balancer.
pub fn blocked(reason: &str, message: &str) -> Face {
    let lines = super::super::explain::hard(&clean(message), BLOCKED);
    let face = Face::named(if reason.is_empty() { "blocked".to_owned() } else { format!("blocked: {reason}") });
    lines.into_iter().take(6).fold(face, |face, line| face.line(LineStyle::Problem, line))
}

/// Who sends requests.
pub fn client(any_public: bool, all_public: bool) -> Face {
    let from = match (any_public, all_public) {
        (_, true) => "on the internet",
        (true, false) => "internet and VPC",
        (false, false) => "in the VPC",
    };
    Face::named("client").line(LineStyle::Detail, from)
}

/// A listener as planned, with the listeners that declare it.
pub fn listener(node: &GatewayNode<'_>, stack: &Stack, resource: &Resource<Listener>) -> Face {
    let spec = &resource.spec;
    let mut face = Face::named(format!("{}:{}", spec.protocol, spec.port));
    face = face.resource(&stack.id, "AWS::ElasticLoadBalancingV2::Listener", &resource.id);
    for declared in node.valid_listeners().filter(|declared| declared.spec.port == spec.port) {
        let host = declared.spec.host().map(|host| format!(" for {host}")).unwrap_or_default();
        face = face.line(LineStyle::Detail, format!("“{}”{host}", declared.spec.name));
        face = face.at(declared.object, format!("spec.listeners[{}]", declared.index));
    }
    for certificate in &spec.certificates {
        face = match value(&certificate.arn) {
            (LineStyle::Detail, arn) => face.line(LineStyle::Detail, format!("certificate {arn}")),
            (style, question) => face.line(style, question),
        };
    }
    if let Some(mutual) = &spec.mutual_authentication {
        face = face.line(LineStyle::Detail, format!("mutual TLS: {}", mutual.mode));
    }
    if let Some(policy) = &spec.ssl_policy {
        face = face.more(format!("TLS policy: {policy}"));
    }
    origins(&mut face, &resource.origins);
    face
}

/// A rule; what its frame says already is left out.
pub fn rule(stack: &Stack, resource: &Resource<ListenerRule>, name: &str, without_hosts: bool) -> Face {
    let spec = &resource.spec;
    let shown = |condition: &&Condition| !(without_hosts && matches!(condition, Condition::HostHeader { .. }));
    let conditions: Vec<String> = spec.conditions.iter().filter(shown).map(words::condition).collect();
    let mut face = Face::default();
    for condition in &conditions {
        face = face.line(LineStyle::Name, condition);
    }
    if conditions.is_empty() {
        face = face.line(LineStyle::Name, "any request");
    }
    face = face.line(LineStyle::Detail, format!("{} · {name}", spec.priority));
    for transform in &spec.transforms {
        face = face.line(LineStyle::Detail, rewrite(transform));
    }
    for action in &spec.actions {
        if is_sign_in(action) {
            face = face.line(LineStyle::Detail, words::action(action));
        }
    }
    face = face.resource(&stack.id, "AWS::ElasticLoadBalancingV2::ListenerRule", &resource.id);
    if let Some(Origin::Field { object, path }) = resource.origins.get("conditions") {
        face = face.at(*object, path.to_string());
        let rule = path.first_index().map(|index| format!("spec.rules[{index}]"));
        face = face.at(*object, rule.unwrap_or_default());
    } else {
        face = face.at(resource.cause, "");
    }
    origins(&mut face, &resource.origins);
    face
}

/// Whether the action lets only those pass who have signed in.
pub fn is_sign_in(action: &Action) -> bool {
    matches!(
        action,
        Action::AuthenticateCognito { .. } | Action::AuthenticateOidc { .. } | Action::JwtValidation { .. }
    )
}

fn rewrite(transform: &Transform) -> String {
    let (what, rewrites) = match transform {
        Transform::HostHeader { config } => ("host", config),
        Transform::Url { config } => ("URL", config),
    };
    let [rewrite] = &rewrites.rewrites;
    format!("rewrite {what}: {} becomes {}", rewrite.regex, rewrite.replace)
}

/// A target group.
pub fn target_group(stack: &Stack, resource: &Resource<TargetGroup>) -> Face {
    let spec = &resource.spec;
    let to = match spec.target_type {
        "instance" => "nodes",
        "ip" => "pods",
        "alb" => "the ALB",
        other => other,
    };
    let version = spec.protocol_version.as_deref().filter(|version| *version != "HTTP1");
    let version = version.map(|version| format!(" ({version})")).unwrap_or_default();
    let port = match &spec.port {
        Number::Known(port) => port.to_string(),
        pending @ Number::Pending(_) => words::number(pending).text,
    };
    let mut face = Face::named(format!("{}{version} to {to}, port {port}", spec.protocol));
    face = face
        .line(LineStyle::Detail, health(spec))
        .more(format!("name: {}", spec.name))
        .more(format!("port: {}", spec.port));
    face = face.resource(&stack.id, "AWS::ElasticLoadBalancingV2::TargetGroup", &resource.id);
    origins(&mut face, &resource.origins);
    face
}

fn health(spec: &TargetGroup) -> String {
    let check = &spec.health_check_config;
    let path = check.path.as_ref().map(|path| format!(" {path}")).unwrap_or_default();
    let codes = match &check.matcher {
        Some(Matcher::Http(codes) | Matcher::Grpc(codes)) => format!(" → {codes}"),
        None => String::new(),
    };
    let port = match &check.port {
        HealthCheckPort::Traffic => String::new(),
        HealthCheckPort::Number(number) => format!(" on {}", words::number(number).text),
    };
    format!("health {}{path}{port}{codes}", check.protocol)
}

impl Face {
    /// All it says, a line each.
    pub fn title(&self) -> String {
        let lines = self.lines.iter().map(|(_, text)| text).chain(&self.more);
        let lines: Vec<_> = lines.map(|line| clean(line)).collect();
        lines.join("\n")
    }
}
