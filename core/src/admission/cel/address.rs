//! Rules of the addresses of Gateways.
//! It does not check IP addresses; the schema does.

use super::Check::Holds;
use super::{Check, all_differ, has, items, text};
use crate::admission::format::is_wildcard_subdomain;
use crate::source::Node;

pub(super) const RULES: &[(&str, Check)] = &[
    (
        r#"self.all(a1, a1.type == 'IPAddress' && has(a1.value) ? self.exists_one(a2, a2.type == a1.type && has(a2.value) && a2.value == a1.value) : true )"#,
        Holds(|addresses| values_differ(addresses, "IPAddress")),
    ),
    (
        r#"self.all(a1, a1.type == 'Hostname'  && has(a1.value) ? self.exists_one(a2, a2.type == a1.type && has(a2.value) && a2.value == a1.value) : true )"#,
        Holds(|addresses| values_differ(addresses, "Hostname")),
    ),
    (
        r#"self.type == 'Hostname' ? (!has(self.value) || self.value.matches(r"""^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$""")): true"#,
        Holds(|address| !has(address, "value") || is_hostname_if_so_typed(address)),
    ),
    (
        r#"self.type == 'Hostname' ? self.value.matches(r"""^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"""): true"#,
        Holds(is_hostname_if_so_typed),
    ),
];

fn values_differ(addresses: &Node, kind: &str) -> bool {
    let is_concerned = |address: &Node| text(address, "type") == kind && has(address, "value");
    all_differ(items(addresses), |one, other| {
        is_concerned(one) && is_concerned(other) && text(one, "value") == text(other, "value")
    })
}

fn is_hostname_if_so_typed(address: &Node) -> bool {
    text(address, "type") != "Hostname" || is_wildcard_subdomain(text(address, "value"))
}
