//! Rules of path matches.
//! It does not compile regular expressions.

use super::Check::Holds;
use super::{Check, text};
use crate::source::Node;

pub(super) const RULES: &[(&str, Check)] = &[
    (
        "(self.type in ['Exact','PathPrefix']) ? self.value.startsWith('/') : true",
        Holds(|path| plain(path).is_none_or(|value| value.starts_with('/'))),
    ),
    ("(self.type in ['Exact','PathPrefix']) ? !self.value.contains('//') : true", Holds(|path| lacks(path, "//"))),
    ("(self.type in ['Exact','PathPrefix']) ? !self.value.contains('/./') : true", Holds(|path| lacks(path, "/./"))),
    ("(self.type in ['Exact','PathPrefix']) ? !self.value.contains('/../') : true", Holds(|path| lacks(path, "/../"))),
    ("(self.type in ['Exact','PathPrefix']) ? !self.value.contains('%2f') : true", Holds(|path| lacks(path, "%2f"))),
    ("(self.type in ['Exact','PathPrefix']) ? !self.value.contains('%2F') : true", Holds(|path| lacks(path, "%2F"))),
    ("(self.type in ['Exact','PathPrefix']) ? !self.value.contains('#') : true", Holds(|path| lacks(path, "#"))),
    (
        "(self.type in ['Exact','PathPrefix']) ? !self.value.endsWith('/..') : true",
        Holds(|path| plain(path).is_none_or(|value| !value.ends_with("/.."))),
    ),
    (
        "(self.type in ['Exact','PathPrefix']) ? !self.value.endsWith('/.') : true",
        Holds(|path| plain(path).is_none_or(|value| !value.ends_with("/."))),
    ),
    (
        "self.type in ['Exact','PathPrefix'] || self.type == 'RegularExpression'",
        Holds(|path| matches!(text(path, "type"), "Exact" | "PathPrefix" | "RegularExpression")),
    ),
    (
        r#"(self.type in ['Exact','PathPrefix']) ? self.value.matches(r"""^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|[%][0-9a-fA-F]{2})+$""") : true"#,
        Holds(|path| plain(path).is_none_or(is_encoded)),
    ),
];

/// The value, unless it is a regular expression.
fn plain(path: &Node) -> Option<&str> {
    matches!(text(path, "type"), "Exact" | "PathPrefix").then(|| text(path, "value"))
}

fn lacks(path: &Node, part: &str) -> bool {
    plain(path).is_none_or(|value| !value.contains(part))
}

fn is_encoded(value: &str) -> bool {
    let mut parts = value.split('%');
    let is_plain =
        |part: &str| part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-/._~!$&'()*+,;=:@".contains(&byte));
    let is_escape = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let starts_well = parts.next().is_some_and(is_plain);
    let mut escaped = parts.map(|part| part.split_at_checked(2));
    !value.is_empty()
        && starts_well
        && escaped.all(|part| part.is_some_and(|(digits, rest)| is_escape(digits) && is_plain(rest)))
}
