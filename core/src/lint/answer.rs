//! What an ALB answers to a health check by itself.
//!
//! It is no trace: only what holds for a GET without headers from an unknown address is decided.

use crate::id::Text;
use crate::model::action::Action;
use crate::model::listener::{Condition, ListenerRule, Patterns};
use crate::model::{Resource, Stack};
use crate::origin::Origin;

/// What comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The ALB itself answers with this status.
    Status(u32),
    /// A service answers, or what nobody knows decides.
    Open,
}

/// The answer of the listener on `port`; none when there is no such listener.
pub fn answer(alb: &Stack, port: i64, path: &str) -> Option<Answer> {
    let listener = alb.listeners.iter().find(|listener| listener.spec.port == port)?;
    let own = format!("{port}:");
    for rule in alb.rules.iter().filter(|rule| rule.id.starts_with(&*own)) {
        match takes(&rule.spec, path) {
            // A rule that can't be built answers 500, which somebody else says.
            Some(true) if is_makeshift(rule) => return Some(Answer::Open),
            Some(true) => return Some(of_actions(&rule.spec.actions)),
            Some(false) => {}
            None => return Some(Answer::Open),
        }
    }
    Some(of_actions(&listener.spec.default_actions))
}

fn is_makeshift(rule: &Resource<ListenerRule>) -> bool {
    let is_fixed = matches!(rule.spec.actions.first(), Some(Action::FixedResponse { .. }));
    is_fixed && matches!(rule.origins.get("actions"), Some(Origin::Rule(_)))
}

fn of_actions(actions: &[Action]) -> Answer {
    let status = match actions.first() {
        Some(Action::FixedResponse { config }) => config.status_code.parse().ok(),
        Some(Action::Redirect { config }) => config.status_code.trim_start_matches("HTTP_").parse().ok(),
        Some(Action::JwtValidation { .. }) => Some(401),
        _ => None,
    };
    status.map_or(Answer::Open, Answer::Status)
}

/// Whether the rule takes the health check; none when that depends on what is not known.
fn takes(rule: &ListenerRule, path: &str) -> Option<bool> {
    let mut all = Some(true);
    for condition in &rule.conditions {
        match holds(condition, path) {
            Some(false) => return Some(false),
            Some(true) => {}
            None => all = None,
        }
    }
    all
}

fn holds(condition: &Condition, path: &str) -> Option<bool> {
    match condition {
        // The host of a health check is the address of the target.
        Condition::HostHeader { config } => any(config, "10.0.0.1"),
        Condition::PathPattern { config } => any(config, path),
        Condition::HttpRequestMethod { config } => Some(config.values.iter().any(|method| &**method == "GET")),
        Condition::HttpHeader { config } if config.http_header_name.eq_ignore_ascii_case("user-agent") => None,
        Condition::HttpHeader { .. } | Condition::QueryString { .. } => Some(false),
        Condition::SourceIp { .. } => None,
    }
}

fn any(patterns: &Patterns, text: &str) -> Option<bool> {
    if patterns.values.iter().any(|pattern: &Text| glob(pattern, text)) {
        return Some(true);
    }
    if patterns.regex_values.is_empty() { Some(false) } else { None }
}

/// Whether `text` is matched by a pattern with `*` for any letters and `?` for one.
pub fn glob(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut at, mut read) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while read < text.len() {
        match pattern.get(at) {
            Some(b'*') => {
                star = Some((at + 1, read));
                at += 1;
            }
            Some(letter) if *letter == b'?' || *letter == text[read] => {
                at += 1;
                read += 1;
            }
            _ => {
                let Some((after, from)) = star else { return false };
                star = Some((after, from + 1));
                at = after;
                read = from + 1;
            }
        }
    }
    pattern[at..].iter().all(|letter| *letter == b'*')
}

#[cfg(test)]
mod tests {
    use super::glob;

    #[test]
    fn globs_match_whole_texts() {
        assert!(glob("/*", "/") && glob("/a*c?", "/abbcd") && glob("*", ""));
        assert!(!glob("/a", "/ab") && !glob("/a?", "/a") && !glob("*.example.com", "example.com"));
    }
}
