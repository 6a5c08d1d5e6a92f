//! Conditions of ALB rules (translation §7.2).
//!
//! Priorities are given elsewhere.

use crate::diagnostic::Code;
use crate::id::Text;
use crate::manifest::route::{GrpcMethodMatch, MethodMatch, NamedMatch, PathMatch};
use crate::manifest::rule_config::ListenerRuleConfiguration;
use crate::model::listener::{Condition, HttpHeaderConfig, Patterns, QueryStringPair, Values};
use crate::profile::Profile;

use super::candidate::Candidate;
use super::{BuildError, address};

/// Conditions of `candidate`, in the reference's order.
pub fn conditions(
    candidate: &Candidate<'_, '_>,
    grpc: bool,
    configuration: Option<&ListenerRuleConfiguration>,
    profile: &Profile,
) -> Result<Vec<Condition>, BuildError> {
    let mut conditions = Vec::with_capacity(3);
    if let Some(host) = candidate.host.filter(|host| !host.is_empty()) {
        conditions.push(Condition::HostHeader { config: Patterns::values(vec![host.clone()]) });
    }
    if grpc {
        grpc_conditions(candidate, profile, &mut conditions)?;
    } else {
        http_conditions(candidate, profile, &mut conditions)?;
    }
    source_ip(candidate, configuration, profile, &mut conditions)?;
    Ok(conditions)
}

fn http_conditions(
    candidate: &Candidate<'_, '_>,
    profile: &Profile,
    conditions: &mut Vec<Condition>,
) -> Result<(), BuildError> {
    let Some((_, matched)) = candidate.matched else { return Ok(()) };
    if let Some(path) = &matched.path {
        conditions.push(Condition::PathPattern { config: path_patterns(path, profile)? });
    }
    conditions.extend(matched.headers.iter().map(|header| header_condition(header, header.is_regex(), profile)));
    for param in &matched.query_params {
        if param.is_regex() && profile.exact_matches {
            let text = format!("query parameter {}: ALB has no regular expressions for query strings", param.name);
            let help = "match the parameter exactly, or match something else by a regular expression";
            return Err(BuildError::new(Code::RuleUnusable, text).help(help));
        }
        let value = if profile.exact_matches { escape_glob(&param.value) } else { param.value.clone() };
        let pair = QueryStringPair { key: Some(param.name.clone()), value };
        conditions.push(Condition::QueryString { config: Values { values: vec![pair] } });
    }
    if let Some(MethodMatch::Http(method)) = &matched.method {
        conditions.push(Condition::HttpRequestMethod { config: Values { values: vec![method.clone()] } });
    }
    Ok(())
}

fn path_patterns(path: &PathMatch, profile: &Profile) -> Result<Patterns, BuildError> {
    let empty = Text::from("");
    let value = path.value.as_ref().unwrap_or(&empty);
    match path.kind.as_deref() {
        Some("Exact") if profile.exact_matches && has_wildcard(value) => {
            Ok(Patterns::regex(Text::from(format!("^{}$", escape_regex(value)))))
        }
        Some("Exact") => Ok(Patterns::values(vec![value.clone()])),
        Some("RegularExpression") => Ok(Patterns::regex(value.clone())),
        _ => prefix_patterns(value, profile),
    }
}

fn prefix_patterns(value: &Text, profile: &Profile) -> Result<Patterns, BuildError> {
    let trimmed = value.strip_suffix('/').unwrap_or(value);
    if has_wildcard(value) {
        if profile.exact_matches {
            return Ok(Patterns::regex(Text::from(format!("^{}(/.*)?$", escape_regex(trimmed)))));
        }
        let text = format!("prefix path shouldn't contain wildcards: {value}");
        return Err(BuildError::new(Code::RuleUnusable, text));
    }
    if &**value == "/" {
        return Ok(Patterns::values(vec![Text::new_static("/*")]));
    }
    Ok(Patterns::values(vec![Text::from(trimmed), Text::from([trimmed, "/*"].concat())]))
}

fn header_condition(header: &NamedMatch, regex: bool, profile: &Profile) -> Condition {
    let patterns = match regex {
        true => Patterns::regex(header.value.clone()),
        false => exact_values(split(&header.value), profile),
    };
    Condition::HttpHeader { config: HttpHeaderConfig { http_header_name: header.name.clone(), patterns } }
}

/// Values that are meant literally: those with wildcards as regular expressions.
fn exact_values(values: Vec<Text>, profile: &Profile) -> Patterns {
    if !profile.exact_matches || !values.iter().any(|value| has_wildcard(value)) {
        return Patterns::values(values);
    }
    let regex_values = values.iter().map(|value| Text::from(format!("^{}$", escape_regex(value)))).collect();
    Patterns { regex_values, values: Vec::new() }
}

/// Splits at commas that no backslash precedes; `\x` stands for `x`.
fn split(value: &str) -> Vec<Text> {
    let (mut parts, mut part) = (Vec::new(), String::new());
    let mut chars = value.chars();
    while let Some(next) = chars.next() {
        match next {
            '\\' => part.push(chars.next().unwrap_or('\\')),
            ',' => parts.push(Text::from(std::mem::take(&mut part))),
            other => part.push(other),
        }
    }
    parts.push(Text::from(part));
    parts
}

fn grpc_conditions(
    candidate: &Candidate<'_, '_>,
    profile: &Profile,
    conditions: &mut Vec<Condition>,
) -> Result<(), BuildError> {
    let matched = candidate.matched.map(|(_, matched)| matched);
    let method = matched.and_then(|matched| matched.method.as_ref());
    let config = match method {
        Some(MethodMatch::Grpc(method)) => grpc_patterns(method, profile)?,
        Some(MethodMatch::Http(_)) | None => Patterns::values(vec![Text::new_static("/*")]),
    };
    conditions.push(Condition::PathPattern { config });
    for header in matched.into_iter().flat_map(|matched| &matched.headers) {
        conditions.push(header_condition(header, header.is_regex() && profile.exact_matches, profile));
    }
    Ok(())
}

fn grpc_patterns(method: &GrpcMethodMatch, profile: &Profile) -> Result<Patterns, BuildError> {
    let part = |text: &Option<Text>| text.clone().filter(|text| !text.is_empty());
    let (service, name) = (part(&method.service), part(&method.method));
    if service.is_none() && name.is_none() {
        return Err(BuildError::new(Code::RuleUnusable, "Invalid grpc method match: neither service nor method"));
    }
    if profile.exact_matches && method.kind.as_deref() == Some("RegularExpression") {
        let regex = |part: Option<Text>| part.map_or_else(|| "[^/]+".to_owned(), |part| format!("({part})"));
        return Ok(Patterns::regex(Text::from(format!("^/{}/{}$", regex(service), regex(name)))));
    }
    let glob = |part: Option<Text>| part.unwrap_or_else(|| Text::from("*"));
    Ok(Patterns::values(vec![Text::from(format!("/{}/{}", glob(service), glob(name)))]))
}

fn source_ip(
    candidate: &Candidate<'_, '_>,
    configuration: Option<&ListenerRuleConfiguration>,
    profile: &Profile,
    conditions: &mut Vec<Condition>,
) -> Result<(), BuildError> {
    let index = i64::try_from(candidate.match_index()).unwrap_or(i64::MAX);
    for wanted in configuration.into_iter().flat_map(|configuration| &configuration.spec.conditions) {
        let Some(source) = wanted.source_ip_config.as_ref().filter(|_| &*wanted.field == "source-ip") else { continue };
        let times = match wanted.match_indexes.as_deref() {
            None => 1,
            Some(indexes) => indexes.iter().filter(|listed| **listed == index).count(),
        };
        address::check_condition(profile, &source.values)?;
        for _ in 0..times {
            conditions.push(Condition::SourceIp { config: Values { values: source.values.clone() } });
        }
    }
    Ok(())
}

fn has_wildcard(value: &str) -> bool {
    value.contains(['*', '?'])
}

/// Escapes what a regular expression would take for more than itself.
pub fn escape_regex(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    for letter in value.chars() {
        if r"\.+*?()|[]{}^$".contains(letter) {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

/// ALB takes `\*` and `\?` for the characters themselves in query strings.
fn escape_glob(value: &Text) -> Text {
    if !has_wildcard(value) {
        return value.clone();
    }
    Text::from(value.replace('*', r"\*").replace('?', r"\?"))
}
