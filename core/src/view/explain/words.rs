//! Values of the plan in the words of a page.
//!
//! No sentence here explains anything: origins do.

use std::collections::BTreeMap;

use super::super::page::{Span, Style};
use crate::fact::Want;
use crate::id::Text;
use crate::model::action::{Action, RedirectConfig};
use crate::model::listener::{Condition, Patterns};
use crate::model::load_balancer::{IpPermission, PermissionSource};
use crate::model::target_group::{Networking, NetworkingPeer, NetworkingPort};
use crate::model::{Number, Value};

/// A value that may be known only at deployment.
pub fn value(value: &Value) -> Vec<Span> {
    match value {
        Value::Partial(start, want) => {
            vec![Span::new(Style::Value, format!("{start}… ")), Span::new(Style::Pending, format!("({want})"))]
        }
        Value::Pending(_) => vec![Span::new(Style::Pending, value.to_string())],
        _ => vec![Span::new(Style::Value, value.to_string())],
    }
}

/// A number that may be known only at deployment.
pub fn number(number: &Number) -> Span {
    let style = if matches!(number, Number::Known(_)) { Style::Value } else { Style::Pending };
    Span::new(style, port_number(number))
}

/// A port; the Service that it belongs to is told beside it.
fn port_number(number: &Number) -> String {
    match number {
        Number::Pending(want) if matches!(**want, Want::NodePort { .. }) => "(node port)".to_owned(),
        Number::Pending(want) if matches!(**want, Want::TargetPort { .. }) => "(target port)".to_owned(),
        number => number.to_string(),
    }
}

/// `key=value, …`, or nothing.
pub fn pairs<'a>(pairs: impl Iterator<Item = (&'a Text, &'a Text)>) -> Option<String> {
    let shown: Vec<String> = pairs.map(|(key, value)| format!("{key}={value}")).collect();
    (!shown.is_empty()).then(|| shown.join(", "))
}

/// `tcp 80, 443 from 0.0.0.0/0; …`.
pub fn permissions(ingress: &[IpPermission]) -> String {
    let mut sources: Vec<String> = Vec::new();
    let mut ports: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for permission in ingress {
        let source = match &permission.source {
            PermissionSource::Ipv4(cidr) | PermissionSource::Ipv6(cidr) => cidr.to_string(),
            PermissionSource::Group(group) => group.to_string(),
            PermissionSource::PrefixList(list) => list.to_string(),
        };
        if !sources.contains(&source) {
            sources.push(source.clone());
        }
        let listed = ports.entry(source).or_default();
        let before = listed.iter().any(|port: &String| port.starts_with(permission.ip_protocol));
        let port = match permission.ip_protocol {
            protocol @ ("icmp" | "icmpv6") => protocol.to_owned(),
            _ if before => permission.from_port.to_string(),
            protocol => format!("{protocol} {}", permission.from_port),
        };
        if !listed.contains(&port) {
            listed.push(port);
        }
    }
    let told = sources.iter().map(|source| format!("{} from {source}", ports[source].join(", ")));
    let told: Vec<String> = told.collect();
    if told.is_empty() { "nothing".to_owned() } else { told.join("; ") }
}

/// `TCP 31080 from (shared backend security group)`.
pub fn networking(networking: &Networking) -> String {
    let peer = |peer: &NetworkingPeer| match peer {
        NetworkingPeer::IpBlock { cidr } => cidr.to_string(),
        NetworkingPeer::SecurityGroup { group_id } => group_id.to_string(),
    };
    let rules = networking.ingress.iter().map(|rule| {
        let from: Vec<String> = rule.from.iter().map(peer).collect();
        let ports: Vec<String> = rule.ports.iter().map(port).collect();
        format!("{} from {}", ports.join(", "), from.join(", "))
    });
    rules.collect::<Vec<String>>().join("; ")
}

fn port(port: &NetworkingPort) -> String {
    use crate::model::target_group::RulePort;
    match &port.port {
        None => format!("{} on any port", port.protocol),
        Some(RulePort::Number(number)) => format!("{} {}", port.protocol, port_number(number)),
        Some(RulePort::Name(name)) => format!("{} port {name}", port.protocol),
    }
}

/// `host a.example, path /cart*`.
pub fn conditions(conditions: &[Condition]) -> String {
    if conditions.is_empty() {
        return "any request".to_owned();
    }
    conditions.iter().map(condition).collect::<Vec<_>>().join(", ")
}

/// `path /cart*`.
pub fn condition(condition: &Condition) -> String {
    let list = |values: &[Text]| values.iter().map(|value| &**value).collect::<Vec<_>>().join(" or ");
    match condition {
        Condition::HostHeader { config } => format!("host {}", patterns(config)),
        Condition::PathPattern { config } => format!("path {}", patterns(config)),
        Condition::HttpHeader { config } => {
            format!("header {} {}", config.http_header_name, patterns(&config.patterns))
        }
        Condition::HttpRequestMethod { config } => format!("method {}", list(&config.values)),
        Condition::SourceIp { config } => format!("client in {}", list(&config.values)),
        Condition::QueryString { config } => {
            let pair = |pair: &crate::model::listener::QueryStringPair| match &pair.key {
                Some(key) => format!("{key}={}", pair.value),
                None => pair.value.to_string(),
            };
            format!("query {}", config.values.iter().map(pair).collect::<Vec<_>>().join(" or "))
        }
    }
}

fn patterns(patterns: &Patterns) -> String {
    let globs = patterns.values.iter().map(ToString::to_string);
    let expressions = patterns.regex_values.iter().map(|regex| format!("matching {regex}"));
    globs.chain(expressions).collect::<Vec<_>>().join(" or ")
}

/// What an action that is no forward does.
pub fn action(action: &Action) -> String {
    match action {
        Action::AuthenticateCognito { config } => {
            format!("authenticate with Cognito, user pool {}", config.user_pool_arn)
        }
        Action::AuthenticateOidc { config } => format!("authenticate with OIDC, issuer {}", config.issuer),
        Action::JwtValidation { config } => format!("validate JWT, issuer {}", config.issuer),
        Action::FixedResponse { config } => {
            let body = config.message_body.as_ref().map(|body| format!(", body {body}"));
            format!("answer {}{}", config.status_code, body.unwrap_or_default())
        }
        Action::Redirect { config } => format!("redirect to {} ({})", redirect(config), config.status_code),
        Action::Forward { .. } => "forward".to_owned(),
    }
}

/// The URL that a redirect leads to.
pub fn redirect(config: &RedirectConfig) -> String {
    let part = |value: &Option<Text>, unchanged: &str| value.as_deref().unwrap_or(unchanged).to_owned();
    let query = config.query.as_ref().map(|query| format!("?{query}")).unwrap_or_default();
    let path = part(&config.path, "/#{path}");
    let (host, port) = (part(&config.host, "#{host}"), part(&config.port, "#{port}"));
    format!("{}://{host}:{port}{path}{query}", part(&config.protocol, "#{protocol}").to_ascii_lowercase())
}
