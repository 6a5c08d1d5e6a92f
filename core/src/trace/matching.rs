//! Whether a request meets the conditions of an ALB rule.
//!
//! The rules of comparison are those of ELBv2's documentation ("Condition types for listener rules", and the API's
//! `HttpHeaderConditionConfig` and `QueryStringConditionConfig`): hosts, header values and query parameters have no
//! case, paths and methods have; `*` and `?` are wildcards, which a backslash makes literal in query strings; regular
//! expressions have neither look-around nor back references. That page says nothing of percent-encoding, so path and
//! query are compared as they are sent. Which rule comes first is not decided here.

use regex_lite::{Regex, RegexBuilder};

use super::glob::{Case, Escape, matches};
use super::request::Request;
use crate::fact::cidr_contains;
use crate::id::Text;
use crate::model::listener::{Condition, HttpHeaderConfig, ListenerRule, Patterns, QueryStringPair};

/// What a condition makes of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It holds.
    Holds,
    /// It does not.
    Fails,
    /// That can't be told.
    Open(Open),
}

/// Why a condition can't be judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Open {
    /// It asks for the client's address, which is not given.
    Client,
    /// It holds a regular expression that is not understood.
    Regex,
    /// It holds a block of addresses that is none.
    Block,
}

/// What a rule makes of a request; the number is the position of the condition that decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// All conditions hold.
    Matched,
    /// One does not.
    Failed(usize),
    /// None fails, and this one can't be judged.
    Undecided(usize, Open),
}

/// Tries a rule.
pub fn rule(rule: &ListenerRule, request: &Request) -> Outcome {
    let mut outcome = Outcome::Matched;
    for (position, one) in rule.conditions.iter().enumerate() {
        match condition(one, request) {
            Verdict::Holds => {}
            Verdict::Fails => return Outcome::Failed(position),
            Verdict::Open(open) if outcome == Outcome::Matched => outcome = Outcome::Undecided(position, open),
            Verdict::Open(_) => {}
        }
    }
    outcome
}

/// Judges one condition.
pub fn condition(condition: &Condition, request: &Request) -> Verdict {
    match condition {
        Condition::HostHeader { config } => patterns(config, &request.host, Case::Ignored),
        Condition::PathPattern { config } => patterns(config, &request.path, Case::Matters),
        Condition::HttpHeader { config } => header(config, request),
        Condition::HttpRequestMethod { config } => {
            certain(config.values.iter().any(|method| **method == request.method))
        }
        Condition::QueryString { config } => certain(config.values.iter().any(|pair| has_pair(pair, request))),
        Condition::SourceIp { config } => client(&config.values, request),
    }
}

fn certain(holds: bool) -> Verdict {
    if holds { Verdict::Holds } else { Verdict::Fails }
}

/// One pattern has to fit: globs all of the text, regular expressions any part of it.
fn patterns(patterns: &Patterns, text: &str, case: Case) -> Verdict {
    if globs(&patterns.values, text, case) { Verdict::Holds } else { expressions(&patterns.regex_values, text, case) }
}

fn globs(globs: &[Text], text: &str, case: Case) -> bool {
    globs.iter().any(|glob| matches(glob, text, case, Escape::None))
}

fn expressions(expressions: &[Text], text: &str, case: Case) -> Verdict {
    let mut verdict = Verdict::Fails;
    for expression in expressions {
        match regex(expression, case) {
            Some(regex) if regex.is_match(text) => return Verdict::Holds,
            Some(_) => {}
            None => verdict = Verdict::Open(Open::Regex),
        }
    }
    verdict
}

/// A regular expression, unless it is none or holds what is not understood.
pub fn regex(expression: &str, case: Case) -> Option<Regex> {
    RegexBuilder::new(expression).case_insensitive(case == Case::Ignored).build().ok()
}

/// Globs compare without case here, regular expressions with; of several headers of one name each is looked at.
fn header(config: &HttpHeaderConfig, request: &Request) -> Verdict {
    let mut verdict = Verdict::Fails;
    for value in request.header(&config.http_header_name) {
        if globs(&config.patterns.values, value, Case::Ignored) {
            return Verdict::Holds;
        }
        match expressions(&config.patterns.regex_values, value, Case::Matters) {
            Verdict::Holds => return Verdict::Holds,
            Verdict::Fails => {}
            open @ Verdict::Open(_) => verdict = open,
        }
    }
    verdict
}

/// Parameters compare without case; a pair without key looks at the values of all.
fn has_pair(pair: &QueryStringPair, request: &Request) -> bool {
    let fits = |pattern: &str, text: &str| matches(pattern, text, Case::Ignored, Escape::Backslash);
    parameters(request)
        .any(|(key, value)| pair.key.as_ref().is_none_or(|wanted| fits(wanted, key)) && fits(&pair.value, value))
}

/// Names and values of the query.
pub fn parameters(request: &Request) -> impl Iterator<Item = (&str, &str)> {
    let pieces = request.query.iter().flat_map(|query| query.split('&')).filter(|piece| !piece.is_empty());
    pieces.map(|piece| piece.split_once('=').unwrap_or((piece, "")))
}

fn client(blocks: &[Text], request: &Request) -> Verdict {
    let Some(address) = request.from else { return Verdict::Open(Open::Client) };
    let mut verdict = Verdict::Fails;
    for block in blocks {
        match cidr_contains(block, address) {
            Some(true) => return Verdict::Holds,
            Some(false) => {}
            None => verdict = Verdict::Open(Open::Block),
        }
    }
    verdict
}

#[cfg(test)]
mod tests;
