//! Rules of filters: which fields go with which type, which filters go together, and what is in them.
//! It does not decide which filters an ALB supports.

use super::Check::Holds;
use super::{Check, has, items, number, text};
use crate::source::Node;

pub(super) const RULES: &[(&str, Check)] = &[
    (
        "!(self.exists(f, f.type == 'RequestRedirect') && self.exists(f, f.type == 'URLRewrite'))",
        Holds(|filters| count(filters, "RequestRedirect") == 0 || count(filters, "URLRewrite") == 0),
    ),
    ("self.filter(f, f.type == 'CORS').size() <= 1", Holds(|filters| count(filters, "CORS") <= 1)),
    (
        "self.filter(f, f.type == 'RequestHeaderModifier').size() <= 1",
        Holds(|filters| count(filters, "RequestHeaderModifier") <= 1),
    ),
    (
        "self.filter(f, f.type == 'ResponseHeaderModifier').size() <= 1",
        Holds(|filters| count(filters, "ResponseHeaderModifier") <= 1),
    ),
    (
        "self.filter(f, f.type == 'RequestRedirect').size() <= 1",
        Holds(|filters| count(filters, "RequestRedirect") <= 1),
    ),
    ("self.filter(f, f.type == 'URLRewrite').size() <= 1", Holds(|filters| count(filters, "URLRewrite") <= 1)),
    ("!('*' in self && self.size() > 1)", Holds(|values| items(values).len() <= 1 || !has_star(values))),
    ("!(has(self.percent) && has(self.fraction))", Holds(|mirror| !has(mirror, "percent") || !has(mirror, "fraction"))),
    (
        "self.numerator <= self.denominator",
        Holds(|fraction| number(fraction, "numerator") <= number(fraction, "denominator")),
    ),
    (
        "self.type == 'ReplaceFullPath' ? has(self.replaceFullPath) : true",
        Holds(|path| has(path, "replaceFullPath") || !is(path, "ReplaceFullPath")),
    ),
    (
        "has(self.replaceFullPath) ? self.type == 'ReplaceFullPath' : true",
        Holds(|path| !has(path, "replaceFullPath") || is(path, "ReplaceFullPath")),
    ),
    (
        "self.type == 'ReplacePrefixMatch' ? has(self.replacePrefixMatch) : true",
        Holds(|path| has(path, "replacePrefixMatch") || !is(path, "ReplacePrefixMatch")),
    ),
    (
        "has(self.replacePrefixMatch) ? self.type == 'ReplacePrefixMatch' : true",
        Holds(|path| !has(path, "replacePrefixMatch") || is(path, "ReplacePrefixMatch")),
    ),
];

/// A filter has the field of its type and no other: two rules for each.
pub(super) const UNION_RULES: &[(&str, Check)] = &[
    ("!(has(self.cors) && self.type != 'CORS')", Holds(|filter| !has(filter, "cors") || is(filter, "CORS"))),
    ("!(!has(self.cors) && self.type == 'CORS')", Holds(|filter| has(filter, "cors") || !is(filter, "CORS"))),
    (
        "!(has(self.requestHeaderModifier) && self.type != 'RequestHeaderModifier')",
        Holds(|filter| !has(filter, "requestHeaderModifier") || is(filter, "RequestHeaderModifier")),
    ),
    (
        "!(!has(self.requestHeaderModifier) && self.type == 'RequestHeaderModifier')",
        Holds(|filter| has(filter, "requestHeaderModifier") || !is(filter, "RequestHeaderModifier")),
    ),
    (
        "!(has(self.responseHeaderModifier) && self.type != 'ResponseHeaderModifier')",
        Holds(|filter| !has(filter, "responseHeaderModifier") || is(filter, "ResponseHeaderModifier")),
    ),
    (
        "!(!has(self.responseHeaderModifier) && self.type == 'ResponseHeaderModifier')",
        Holds(|filter| has(filter, "responseHeaderModifier") || !is(filter, "ResponseHeaderModifier")),
    ),
    (
        "!(has(self.requestMirror) && self.type != 'RequestMirror')",
        Holds(|filter| !has(filter, "requestMirror") || is(filter, "RequestMirror")),
    ),
    (
        "!(!has(self.requestMirror) && self.type == 'RequestMirror')",
        Holds(|filter| has(filter, "requestMirror") || !is(filter, "RequestMirror")),
    ),
    (
        "!(has(self.requestRedirect) && self.type != 'RequestRedirect')",
        Holds(|filter| !has(filter, "requestRedirect") || is(filter, "RequestRedirect")),
    ),
    (
        "!(!has(self.requestRedirect) && self.type == 'RequestRedirect')",
        Holds(|filter| has(filter, "requestRedirect") || !is(filter, "RequestRedirect")),
    ),
    (
        "!(has(self.urlRewrite) && self.type != 'URLRewrite')",
        Holds(|filter| !has(filter, "urlRewrite") || is(filter, "URLRewrite")),
    ),
    (
        "!(!has(self.urlRewrite) && self.type == 'URLRewrite')",
        Holds(|filter| has(filter, "urlRewrite") || !is(filter, "URLRewrite")),
    ),
    (
        "!(has(self.extensionRef) && self.type != 'ExtensionRef')",
        Holds(|filter| !has(filter, "extensionRef") || is(filter, "ExtensionRef")),
    ),
    (
        "!(!has(self.extensionRef) && self.type == 'ExtensionRef')",
        Holds(|filter| has(filter, "extensionRef") || !is(filter, "ExtensionRef")),
    ),
];

fn is(node: &Node, kind: &str) -> bool {
    text(node, "type") == kind
}

fn count(filters: &Node, kind: &str) -> usize {
    items(filters).iter().filter(|filter| is(filter, kind)).count()
}

fn has_star(values: &Node) -> bool {
    items(values).iter().any(|value| value.as_str() == Some("*"))
}
