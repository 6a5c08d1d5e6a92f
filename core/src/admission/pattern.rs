//! The patterns of the schemas, each as a function: faster and smaller than a regular expression engine.
//! A test compares them with the expressions they stand for.

use super::format::{is_label, is_lower_or_digit, is_name, is_qualified_name, is_subdomain, is_wildcard_subdomain};

/// Whether a text matches.
pub(super) type Matches = fn(&str) -> bool;

const MATCHERS: [(&str, Matches); 15] = [
    (
        r"^(HTTP|HTTPS|TLS|TCP|UDP|TCP_UDP)?:(6553[0-5]|655[0-2]\d|65[0-4]\d{2}|6[0-4]\d{3}|[1-5]\d{4}|[1-9]\d{0,3})?$",
        is_protocol_port,
    ),
    (r"^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$", is_wildcard_subdomain),
    (r"^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$", |text| {
        text.is_empty() || is_subdomain(text)
    }),
    (r"^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$", |text| starts_with_letter(text) && is_hyphenated(text)),
    (r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", is_label),
    (r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$", is_subdomain),
    (r"^[A-Za-z0-9!#$%&'*+\-.^_\x60|~]+$", is_header_name),
    (r"^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$", is_reason),
    (
        r"^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$",
        is_qualified_name,
    ),
    (r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/[A-Za-z0-9\/\-._~%!$&'()*+,;=:]+$", |text| {
        text.split_once('/').is_some_and(|(domain, path)| is_subdomain(domain) && is_domain_path(path))
    }),
    (
        r"^Hostname|IPAddress|NamedAddress|[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/[A-Za-z0-9\/\-._~%!$&'()*+,;=:]+$",
        is_address_type,
    ),
    (r"^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$", |text| text.is_empty() || is_name(text)),
    (
        r"^[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?$|[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/[A-Za-z0-9]+$",
        is_protocol,
    ),
    (r"(^\*$)|(^(http(s)?):\/\/(((\*\.)?([a-zA-Z0-9\-]+\.)*[a-zA-Z0-9-]+|\*)(:([0-9]{1,5}))?)$)", |text| {
        text == "*" || is_origin(text)
    }),
    (r"^([0-9]{1,5}(h|m|s|ms)){1,4}$", is_duration),
];

/// The function that stands for `pattern`.
pub(super) fn matcher(pattern: &str) -> Matches {
    let known = MATCHERS.iter().find(|(text, _)| *text == pattern);
    known.map(|(_, matches)| *matches).expect("a test checks that every pattern of the schemas has a matcher")
}

fn is_protocol_port(text: &str) -> bool {
    let Some((protocol, port)) = text.split_once(':') else {
        return false;
    };
    ["", "HTTP", "HTTPS", "TLS", "TCP", "UDP", "TCP_UDP"].contains(&protocol)
        && (port.is_empty() || !port.starts_with(['0', '+']) && port.parse::<u16>().is_ok())
}

fn starts_with_letter(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
}

fn is_hyphenated(text: &str) -> bool {
    is_name(text) && !text.contains(['_', '.'])
}

fn is_header_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

fn is_reason(text: &str) -> bool {
    starts_with_letter(text)
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_,:".contains(&byte))
        && !text.ends_with([',', ':'])
}

fn is_domain_path(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-._~%!$&'()*+,;=:".contains(&byte))
}

/// Only the first and the last alternative of the expression are anchored, and each on one side.
fn is_address_type(text: &str) -> bool {
    text.starts_with("Hostname")
        || text.contains("IPAddress")
        || text.contains("NamedAddress")
        || slashes(text).any(|(before, after)| ends_domain(before) && is_domain_path(after))
}

/// As above: text before the domain of the second alternative does not matter.
fn is_protocol(text: &str) -> bool {
    let is_word = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_hyphenated(text) || slashes(text).any(|(before, after)| ends_domain(before) && is_word(after))
}

fn slashes(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.match_indices('/').map(|(at, _)| (&text[..at], &text[at + 1..]))
}

fn ends_domain(text: &str) -> bool {
    text.bytes().last().is_some_and(is_lower_or_digit)
}

fn is_origin(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://")) else {
        return false;
    };
    let (host, port) = rest.split_once(':').unwrap_or((rest, "0"));
    let is_part =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let is_host = host == "*" || host.strip_prefix("*.").unwrap_or(host).split('.').all(is_part);
    is_host && (1..=5).contains(&port.len()) && port.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_duration(text: &str) -> bool {
    let mut rest = text;
    let mut parts = 0;
    while let Some(after) = after_duration(rest) {
        rest = after;
        parts += 1;
    }
    rest.is_empty() && (1..=4).contains(&parts)
}

fn after_duration(text: &str) -> Option<&str> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let unit = text.get(digits..).filter(|_| (1..=5).contains(&digits))?;
    unit.strip_prefix("ms").or_else(|| unit.strip_prefix(['h', 'm', 's']))
}

#[cfg(test)]
mod tests;
