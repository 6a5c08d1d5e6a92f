//! Rules of ListenerRuleConfigurations.
//! It does not check what ELB makes of an action.

use super::Check::Holds;
use super::{Check, has, list, text};
use crate::source::Node;

const PRE_ROUTING: [&str; 3] = ["authenticate-oidc", "authenticate-cognito", "jwt-validation"];
const ROUTING: [&str; 3] = ["fixed-response", "forward", "redirect"];

pub(super) const RULES: &[(&str, Check)] = &[
    (
        "!has(self.actions) || size(self.actions) > 0",
        Holds(|spec| !has(spec, "actions") || !list(spec, "actions").is_empty()),
    ),
    (
        "!has(self.actions) || self.actions.all(a, a.type == 'authenticate-oidc' || a.type == 'authenticate-cognito' || a.type == 'jwt-validation' || a.type == 'fixed-response' || a.type == 'forward' || a.type == 'redirect')",
        Holds(|spec| count(spec, &PRE_ROUTING) + count(spec, &ROUTING) == list(spec, "actions").len()),
    ),
    (
        "!has(self.actions) || size(self.actions.filter(a, a.type == 'authenticate-oidc' || a.type == 'authenticate-cognito' || a.type == 'jwt-validation')) <= 1",
        Holds(|spec| count(spec, &PRE_ROUTING) <= 1),
    ),
    (
        "!has(self.actions) || size(self.actions.filter(a, a.type == 'fixed-response' || a.type == 'forward' || a.type == 'redirect')) <= 1",
        Holds(|spec| count(spec, &ROUTING) <= 1),
    ),
    (
        "has(self.type) && self.type == 'forward' ? has(self.forwardConfig) : !has(self.forwardConfig)",
        Holds(|action| is_paired(action, "type", "forward", "forwardConfig")),
    ),
    (
        "has(self.type) && self.type == 'redirect' ? has(self.redirectConfig) : !has(self.redirectConfig)",
        Holds(|action| is_paired(action, "type", "redirect", "redirectConfig")),
    ),
    (
        "has(self.type) && self.type == 'fixed-response' ? has(self.fixedResponseConfig) : !has(self.fixedResponseConfig)",
        Holds(|action| is_paired(action, "type", "fixed-response", "fixedResponseConfig")),
    ),
    (
        "has(self.type) && self.type == 'authenticate-cognito' ? has(self.authenticateCognitoConfig) : !has(self.authenticateCognitoConfig)",
        Holds(|action| is_paired(action, "type", "authenticate-cognito", "authenticateCognitoConfig")),
    ),
    (
        "has(self.type) && self.type == 'authenticate-oidc' ? has(self.authenticateOIDCConfig) : !has(self.authenticateOIDCConfig)",
        Holds(|action| is_paired(action, "type", "authenticate-oidc", "authenticateOIDCConfig")),
    ),
    (
        "has(self.type) && self.type == 'jwt-validation' ? has(self.jwtValidationConfig) : !has(self.jwtValidationConfig)",
        Holds(|action| is_paired(action, "type", "jwt-validation", "jwtValidationConfig")),
    ),
    (
        "(self >= 200 && self <= 299) || (self >= 400 && self <= 599)",
        Holds(|code| code.as_int().is_some_and(|code| matches!(code, 200..=299 | 400..=599))),
    ),
    (
        "has(self.field) && self.field == 'source-ip' ? has(self.sourceIPConfig) : !has(self.sourceIPConfig)",
        Holds(|condition| is_paired(condition, "field", "source-ip", "sourceIPConfig")),
    ),
];

fn count(spec: &Node, types: &[&str]) -> usize {
    list(spec, "actions").iter().filter(|action| types.contains(&text(action, "type"))).count()
}

/// The configuration is there exactly if `key` has that value.
fn is_paired(holder: &Node, key: &str, value: &str, configuration: &str) -> bool {
    (text(holder, key) == value) == has(holder, configuration)
}
