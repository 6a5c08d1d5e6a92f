//! Actions, conditions and transforms in a normal form, in which equal ones are equal.
//!
//! ELBv2 fills in what a call leaves out; the normal form has it filled in on both sides (controller §3.4).

use crate::account::{self, RuleCondition, Transform as Seen, planned_actions};
use crate::id::Text;
use crate::manifest::rule_config::Stickiness;
use crate::model::Value;
use crate::model::action::{Action, FixedResponseConfig, ForwardConfig, RedirectConfig, Session};
use crate::model::listener::{Condition, Patterns, Transform};

/// Planned actions in normal form, their references bound by `bind`.
pub fn wanted(actions: &[Action], bind: impl Fn(&Value) -> Value) -> Vec<Action> {
    let bound = |action: &Action| {
        let mut action = action.clone();
        if let Action::Forward { config } = &mut action {
            config.target_groups.iter_mut().for_each(|tuple| tuple.arn = bind(&tuple.arn));
        }
        action
    };
    actions.iter().map(bound).map(normal).collect()
}

/// What an account tells, in normal form; `None` if a gateway could never have made it.
pub fn seen(actions: &[account::Action]) -> Option<Vec<Action>> {
    Some(planned_actions(actions)?.into_iter().map(normal).collect())
}

fn normal(action: Action) -> Action {
    match action {
        Action::Forward { config } => Action::Forward { config: forward(config) },
        Action::FixedResponse { config } => Action::FixedResponse { config: fixed(config) },
        Action::Redirect { config } => Action::Redirect { config: Box::new(redirect(*config)) },
        Action::AuthenticateOidc { mut config } => {
            config.session = session(config.session);
            // AWS keeps the secret to itself.
            config.client_secret = Text::default();
            Action::AuthenticateOidc { config }
        }
        Action::AuthenticateCognito { mut config } => {
            config.session = session(config.session);
            Action::AuthenticateCognito { config }
        }
        Action::JwtValidation { mut config } => {
            config.additional_claims.sort_by(|a, b| a.name.cmp(&b.name));
            Action::JwtValidation { config }
        }
    }
}

fn forward(mut config: ForwardConfig) -> ForwardConfig {
    for tuple in &mut config.target_groups {
        tuple.weight = Some(tuple.weight.unwrap_or(1));
    }
    config.target_groups.sort_by_key(|tuple| tuple.arn.to_string());
    let is_on = |one: &Stickiness| one.enabled == Some(true);
    config.target_group_stickiness_config = config.target_group_stickiness_config.filter(is_on);
    config
}

fn or(text: Option<Text>, default: &'static str) -> Option<Text> {
    text.filter(|text| !text.is_empty()).or(Some(Text::new_static(default)))
}

fn fixed(config: FixedResponseConfig) -> FixedResponseConfig {
    FixedResponseConfig {
        content_type: or(config.content_type, "text/plain"),
        message_body: config.message_body.filter(|body| !body.is_empty()),
        status_code: config.status_code,
    }
}

fn redirect(config: RedirectConfig) -> RedirectConfig {
    RedirectConfig {
        host: or(config.host, "#{host}"),
        path: or(config.path, "/#{path}"),
        port: or(config.port, "#{port}"),
        protocol: or(config.protocol, "#{protocol}"),
        query: or(config.query, "#{query}"),
        status_code: config.status_code,
    }
}

fn session(session: Session) -> Session {
    Session {
        authentication_request_extra_params: session
            .authentication_request_extra_params
            .filter(|params| !params.is_empty()),
        on_unauthenticated_request: or(session.on_unauthenticated_request, "authenticate"),
        scope: or(session.scope, "openid"),
        session_cookie_name: or(session.session_cookie_name, "AWSELBAuthSessionCookie"),
        session_timeout: session.session_timeout.or(Some(604_800)),
    }
}

/// Planned conditions in normal form.
pub fn wanted_conditions(conditions: &[Condition]) -> Vec<Condition> {
    sorted(conditions.iter().cloned().map(normal_condition).collect())
}

/// What an account tells, in normal form; `None` if a gateway could never have made it.
pub fn seen_conditions(conditions: &[RuleCondition]) -> Option<Vec<Condition>> {
    let planned: Option<Vec<Condition>> = conditions.iter().map(RuleCondition::planned).collect();
    Some(sorted(planned?.into_iter().map(normal_condition).collect()))
}

/// The order of conditions says nothing.
fn sorted(mut conditions: Vec<Condition>) -> Vec<Condition> {
    conditions.sort_by_cached_key(|condition| serde_json::to_string(condition).unwrap_or_default());
    conditions
}

fn normal_condition(condition: Condition) -> Condition {
    match condition {
        Condition::HostHeader { config } => Condition::HostHeader { config: patterns(config) },
        Condition::PathPattern { config } => Condition::PathPattern { config: patterns(config) },
        Condition::HttpHeader { mut config } => {
            config.patterns = patterns(config.patterns);
            Condition::HttpHeader { config }
        }
        Condition::HttpRequestMethod { mut config } => {
            config.values.sort();
            Condition::HttpRequestMethod { config }
        }
        Condition::SourceIp { mut config } => {
            config.values.sort();
            Condition::SourceIp { config }
        }
        Condition::QueryString { mut config } => {
            config.values.sort_by(|a, b| (&a.key, &a.value).cmp(&(&b.key, &b.value)));
            Condition::QueryString { config }
        }
    }
}

fn patterns(mut patterns: Patterns) -> Patterns {
    patterns.values.sort();
    patterns.regex_values.sort();
    patterns
}

/// Transforms as an account tells them; `None` if a gateway could never have made them. Their order counts.
pub fn seen_transforms(transforms: &[Seen]) -> Option<Vec<Transform>> {
    transforms.iter().map(Seen::planned).collect()
}
