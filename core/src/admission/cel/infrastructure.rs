//! Rules of the labels and annotations a Gateway gives its infrastructure.
//! It does not look at their values.

use super::Check;
use super::Check::Holds;
use crate::admission::format::{is_name, is_subdomain};
use crate::source::Node;

/// Labels and annotations have the same rules.
pub(super) const RULES: &[(&str, Check)] = &[
    (
        r#"self.all(key, key.matches(r"""^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9]$"""))"#,
        Holds(|labels| all_keys(labels, is_label_key)),
    ),
    (
        r#"self.all(key, key.split("/")[0].size() < 253)"#,
        Holds(|labels| all_keys(labels, |key| key.split('/').next().unwrap_or_default().chars().count() < 253)),
    ),
];

fn all_keys(labels: &Node, holds: impl Fn(&str) -> bool) -> bool {
    labels.as_map().is_none_or(|map| map.iter().all(|entry| holds(&entry.key)))
}

fn is_label_key(key: &str) -> bool {
    let (prefix, name) = match key.split_once('/') {
        Some((prefix, name)) => (Some(prefix), name),
        None => (None, key),
    };
    prefix.is_none_or(is_subdomain) && is_name(name) && name.len() <= 63
}
