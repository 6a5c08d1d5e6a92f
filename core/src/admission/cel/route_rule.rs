//! Rules of the rules of HTTPRoutes and GRPCRoutes as a whole: matches, timeouts and what goes together.
//! It does not look into single matches or filters.

use super::Check::Holds;
use super::{Check, has, items, list, text};
use crate::admission::format::{is_lower_or_digit, milliseconds};
use crate::source::Node;

/// The rules that count matches are written out index by index, up to the sixteen rules a route may have.
const HTTP_MATCHES: &str = "(self.size() > 0 ? self[0].matches.size() : 0) + (self.size() > 1 ? self[1].matches.size() : 0) + (self.size() > 2 ? self[2].matches.size() : 0) + (self.size() > 3 ? self[3].matches.size() : 0) + (self.size() > 4 ? self[4].matches.size() : 0) + (self.size() > 5 ? self[5].matches.size() : 0) + (self.size() > 6 ? self[6].matches.size() : 0) + (self.size() > 7 ? self[7].matches.size() : 0) + (self.size() > 8 ? self[8].matches.size() : 0) + (self.size() > 9 ? self[9].matches.size() : 0) + (self.size() > 10 ? self[10].matches.size() : 0) + (self.size() > 11 ? self[11].matches.size() : 0) + (self.size() > 12 ? self[12].matches.size() : 0) + (self.size() > 13 ? self[13].matches.size() : 0) + (self.size() > 14 ? self[14].matches.size() : 0) + (self.size() > 15 ? self[15].matches.size() : 0) <= 128";
const GRPC_MATCHES: &str = "(self.size() > 0 ? (has(self[0].matches) ? self[0].matches.size() : 0) : 0) + (self.size() > 1 ? (has(self[1].matches) ? self[1].matches.size() : 0) : 0) + (self.size() > 2 ? (has(self[2].matches) ? self[2].matches.size() : 0) : 0) + (self.size() > 3 ? (has(self[3].matches) ? self[3].matches.size() : 0) : 0) + (self.size() > 4 ? (has(self[4].matches) ? self[4].matches.size() : 0) : 0) + (self.size() > 5 ? (has(self[5].matches) ? self[5].matches.size() : 0) : 0) + (self.size() > 6 ? (has(self[6].matches) ? self[6].matches.size() : 0) : 0) + (self.size() > 7 ? (has(self[7].matches) ? self[7].matches.size() : 0) : 0) + (self.size() > 8 ? (has(self[8].matches) ? self[8].matches.size() : 0) : 0) + (self.size() > 9 ? (has(self[9].matches) ? self[9].matches.size() : 0) : 0) + (self.size() > 10 ? (has(self[10].matches) ? self[10].matches.size() : 0) : 0) + (self.size() > 11 ? (has(self[11].matches) ? self[11].matches.size() : 0) : 0) + (self.size() > 12 ? (has(self[12].matches) ? self[12].matches.size() : 0) : 0) + (self.size() > 13 ? (has(self[13].matches) ? self[13].matches.size() : 0) : 0) + (self.size() > 14 ? (has(self[14].matches) ? self[14].matches.size() : 0) : 0) + (self.size() > 15 ? (has(self[15].matches) ? self[15].matches.size() : 0) : 0) <= 128";

pub(super) const RULES: &[(&str, Check)] = &[
    (HTTP_MATCHES, Holds(has_few_matches)),
    (GRPC_MATCHES, Holds(has_few_matches)),
    (
        "(has(self.backendRefs) && size(self.backendRefs) > 0) ? (!has(self.filters) || self.filters.all(f, !has(f.requestRedirect))): true",
        Holds(|rule| {
            list(rule, "backendRefs").is_empty() || !list(rule, "filters").iter().any(|one| has(one, "requestRedirect"))
        }),
    ),
    (
        "(has(self.filters) && self.filters.exists_one(f, has(f.requestRedirect) && has(f.requestRedirect.path) && f.requestRedirect.path.type == 'ReplacePrefixMatch' && has(f.requestRedirect.path.replacePrefixMatch))) ? ((size(self.matches) != 1 || !has(self.matches[0].path) || self.matches[0].path.type != 'PathPrefix') ? false : true) : true",
        Holds(|rule| !replaces_prefix_once(rule, "requestRedirect") || matches_one_prefix(rule)),
    ),
    (
        "(has(self.filters) && self.filters.exists_one(f, has(f.urlRewrite) && has(f.urlRewrite.path) && f.urlRewrite.path.type == 'ReplacePrefixMatch' && has(f.urlRewrite.path.replacePrefixMatch))) ? ((size(self.matches) != 1 || !has(self.matches[0].path) || self.matches[0].path.type != 'PathPrefix') ? false : true) : true",
        Holds(|rule| !replaces_prefix_once(rule, "urlRewrite") || matches_one_prefix(rule)),
    ),
    (
        "(has(self.backendRefs) && self.backendRefs.exists_one(b, (has(b.filters) && b.filters.exists_one(f, has(f.requestRedirect) && has(f.requestRedirect.path) && f.requestRedirect.path.type == 'ReplacePrefixMatch' && has(f.requestRedirect.path.replacePrefixMatch))) )) ? ((size(self.matches) != 1 || !has(self.matches[0].path) || self.matches[0].path.type != 'PathPrefix') ? false : true) : true",
        Holds(|rule| !one_backend_replaces_prefix(rule, "requestRedirect") || matches_one_prefix(rule)),
    ),
    (
        "(has(self.backendRefs) && self.backendRefs.exists_one(b, (has(b.filters) && b.filters.exists_one(f, has(f.urlRewrite) && has(f.urlRewrite.path) && f.urlRewrite.path.type == 'ReplacePrefixMatch' && has(f.urlRewrite.path.replacePrefixMatch))) )) ? ((size(self.matches) != 1 || !has(self.matches[0].path) || self.matches[0].path.type != 'PathPrefix') ? false : true) : true",
        Holds(|rule| !one_backend_replaces_prefix(rule, "urlRewrite") || matches_one_prefix(rule)),
    ),
    (
        "!(has(self.request) && has(self.backendRequest) && duration(self.request) != duration('0s') && duration(self.backendRequest) > duration(self.request))",
        Holds(is_backend_in_time),
    ),
    (
        "has(self.type) ? has(self.service) || has(self.method) : true",
        Holds(|method| !has(method, "type") || has(method, "service") || has(method, "method")),
    ),
    (
        r#"(!has(self.type) || self.type == 'Exact') && has(self.service) ? self.service.matches(r"""^(?i)\.?[a-z_][a-z_0-9]*(\.[a-z_][a-z_0-9]*)*$"""): true"#,
        Holds(|method| !is_exact(method) || method.get("service").and_then(Node::as_str).is_none_or(is_service)),
    ),
    (
        r#"(!has(self.type) || self.type == 'Exact') && has(self.method) ? self.method.matches(r"""^[A-Za-z_][A-Za-z_0-9]*$"""): true"#,
        Holds(|method| !is_exact(method) || method.get("method").and_then(Node::as_str).is_none_or(is_method)),
    ),
];

fn has_few_matches(rules: &Node) -> bool {
    items(rules).iter().take(16).map(|rule| list(rule, "matches").len()).sum::<usize>() <= 128
}

fn replaces_prefix(filter: &Node, kind: &str) -> bool {
    let path = filter.get(kind).and_then(|filter| filter.get("path"));
    path.is_some_and(|path| text(path, "type") == "ReplacePrefixMatch" && has(path, "replacePrefixMatch"))
}

/// The rules say `exists_one`: two such filters are for the rule against repeated filters.
fn replaces_prefix_once(holder: &Node, kind: &str) -> bool {
    list(holder, "filters").iter().filter(|filter| replaces_prefix(filter, kind)).count() == 1
}

fn one_backend_replaces_prefix(rule: &Node, kind: &str) -> bool {
    list(rule, "backendRefs").iter().filter(|backend| replaces_prefix_once(backend, kind)).count() == 1
}

fn matches_one_prefix(rule: &Node) -> bool {
    match list(rule, "matches") {
        [only] => only.get("path").is_some_and(|path| text(path, "type") == "PathPrefix"),
        _ => false,
    }
}

fn is_backend_in_time(timeouts: &Node) -> bool {
    match (milliseconds(text(timeouts, "request")), milliseconds(text(timeouts, "backendRequest"))) {
        (Some(request), Some(backend)) => request == 0 || backend <= request,
        _ => true,
    }
}

fn is_exact(method: &Node) -> bool {
    matches!(text(method, "type"), "" | "Exact")
}

/// The two letters beyond ASCII are those that Go folds to `s` and `k` when it ignores case.
fn is_service(name: &str) -> bool {
    let is_letter = |letter: char| letter.is_ascii_alphabetic() || matches!(letter, '_' | '\u{17f}' | '\u{212a}');
    let is_word = |word: &str| {
        word.starts_with(is_letter) && word.chars().all(|letter| is_letter(letter) || letter.is_ascii_digit())
    };
    name.strip_prefix('.').unwrap_or(name).split('.').all(is_word)
}

fn is_method(name: &str) -> bool {
    let is_part = |byte: u8| is_lower_or_digit(byte.to_ascii_lowercase()) || byte == b'_';
    name.bytes().all(is_part) && name.starts_with(|first: char| !first.is_ascii_digit())
}
