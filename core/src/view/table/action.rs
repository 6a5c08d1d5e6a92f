//! Actions and conditions of listeners and rules in a few words.
//!
//! Parameters of authentication are left to the plan document.

use std::fmt::Write as _;

use crate::model::action::{Action, ForwardConfig, RedirectConfig};
use crate::model::listener::{Condition, Patterns};
use crate::model::{Stack, Value};

/// What happens to a request, as `OIDC sign-in, then forward to …`.
pub(super) fn actions(stack: &Stack, actions: &[Action]) -> String {
    let words: Vec<String> = actions.iter().map(|action| one(stack, action)).collect();
    words.join(", then ")
}

fn one(stack: &Stack, action: &Action) -> String {
    match action {
        Action::AuthenticateCognito { .. } => "Cognito sign-in".to_owned(),
        Action::AuthenticateOidc { config } => format!("OIDC sign-in at {}", config.issuer),
        Action::JwtValidation { config } => format!("JWT of {}", config.issuer),
        Action::FixedResponse { config } => format!("answer {}", config.status_code),
        Action::Redirect { config } => redirect(config),
        Action::Forward { config } => forward(stack, config),
    }
}

fn redirect(config: &RedirectConfig) -> String {
    let part = |part: &Option<crate::id::Text>, unchanged: &str| {
        part.as_ref().map_or_else(|| unchanged.to_owned(), ToString::to_string)
    };
    let mut url = format!("{}://{}", part(&config.protocol, "#{protocol}"), part(&config.host, "#{host}"));
    if let Some(port) = &config.port {
        let _ = write!(url, ":{port}");
    }
    url.push_str(&part(&config.path, "/#{path}"));
    format!("redirect ({}) to {url}", config.status_code.trim_start_matches("HTTP_"))
}

fn forward(stack: &Stack, config: &ForwardConfig) -> String {
    let is_split = config.target_groups.len() > 1;
    let target = |tuple: &crate::model::action::TargetGroupTuple| match tuple.weight {
        Some(weight) if is_split => format!("{} ({weight})", group_name(stack, &tuple.arn)),
        _ => group_name(stack, &tuple.arn),
    };
    let targets: Vec<String> = config.target_groups.iter().map(target).collect();
    format!("forward to {}", targets.join(", "))
}

/// Name of a target group of the stack; of a foreign one the ARN.
fn group_name(stack: &Stack, arn: &Value) -> String {
    let Value::TargetGroupArn(id) = arn else { return arn.to_string() };
    let group = stack.target_groups.iter().find(|group| group.id == *id);
    group.map_or_else(|| id.to_string(), |group| short_name(&group.spec.name))
}

/// A name as far as it is known.
pub(super) fn short_name(name: &Value) -> String {
    match name {
        Value::Partial(start, _) => format!("{start}…"),
        name => name.to_string(),
    }
}

/// What a request must be like; a rule without conditions takes all.
pub(super) fn conditions(conditions: &[Condition]) -> String {
    if conditions.is_empty() {
        return "all requests".to_owned();
    }
    let words: Vec<String> = conditions.iter().map(condition).collect();
    words.join(" and ")
}

fn condition(condition: &Condition) -> String {
    match condition {
        Condition::HostHeader { config } => format!("host {}", patterns(config)),
        Condition::HttpHeader { config } => {
            format!("header {} = {}", config.http_header_name, patterns(&config.patterns))
        }
        Condition::HttpRequestMethod { config } => format!("method {}", config.values.join(" or ")),
        Condition::PathPattern { config } => format!("path {}", patterns(config)),
        Condition::QueryString { config } => {
            let pairs = config.values.iter().map(|pair| match &pair.key {
                Some(key) => format!("{key}={}", pair.value),
                None => pair.value.to_string(),
            });
            format!("query {}", pairs.collect::<Vec<_>>().join(" or "))
        }
        Condition::SourceIp { config } => format!("source {}", config.values.join(" or ")),
    }
}

fn patterns(patterns: &Patterns) -> String {
    let globs = patterns.values.iter().map(ToString::to_string);
    let regular = patterns.regex_values.iter().map(|regex| format!("~ {regex}"));
    globs.chain(regular).collect::<Vec<_>>().join(" or ")
}
