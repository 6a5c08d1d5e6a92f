//! Says in words what of a request a condition fails on.
//!
//! Whether it fails was decided in `matching`.

use super::matching::{Open, Outcome, parameters};
use super::request::Request;
use super::step::Tried;
use crate::model::listener::{Condition, HttpHeaderConfig, QueryStringPair, Values};

/// Why a rule does not take the request.
pub fn reason(tried: &Tried<'_>, request: &Request) -> String {
    let conditions = &tried.rule.spec.conditions;
    match tried.outcome {
        Outcome::Failed(position) => failing(&conditions[position], request),
        Outcome::Undecided(_, Open::Client) => "who the client is isn't told".to_owned(),
        Outcome::Undecided(_, Open::Regex) => "the regular expression isn't understood".to_owned(),
        Outcome::Undecided(_, Open::Block) => "the block of addresses isn't one".to_owned(),
        Outcome::Matched => String::new(),
    }
}

fn failing(condition: &Condition, request: &Request) -> String {
    match condition {
        Condition::HostHeader { .. } => format!("the host is {}", request.host),
        Condition::PathPattern { .. } => format!("the path is {}", request.path),
        Condition::HttpHeader { config } => header(config, request),
        Condition::HttpRequestMethod { .. } => format!("the method is {}", request.method),
        Condition::QueryString { config } => query(config, request),
        Condition::SourceIp { .. } => match request.from {
            Some(address) => format!("the client is {address}"),
            None => "who the client is isn't told".to_owned(),
        },
    }
}

fn header(config: &HttpHeaderConfig, request: &Request) -> String {
    let name = &config.http_header_name;
    let values: Vec<&str> = request.header(name).collect();
    match values.as_slice() {
        [] => format!("there is no header {name}"),
        values => format!("{name} is {}", values.join(", ")),
    }
}

fn query(config: &Values<QueryStringPair>, request: &Request) -> String {
    let named = |key: &str| {
        config.values.iter().any(|pair| pair.key.as_deref().is_some_and(|own| own.eq_ignore_ascii_case(key)))
    };
    let there: Vec<String> =
        parameters(request).filter(|(key, _)| named(key)).map(|(key, value)| format!("{key}={value}")).collect();
    if !there.is_empty() {
        return format!("the query has {}", there.join(" and "));
    }
    let keys: Vec<&str> = config.values.iter().filter_map(|pair| pair.key.as_deref()).collect();
    match keys.as_slice() {
        [] => "no parameter has that value".to_owned(),
        keys => format!("there is no query parameter {}", keys.join(" or ")),
    }
}
