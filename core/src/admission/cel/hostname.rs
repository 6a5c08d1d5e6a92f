//! Rules of the hostnames of TLSRoutes.
//! It does not check lengths; the schema does.

use super::Check::Holds;
use super::{Check, items};
use crate::admission::format::is_subdomain;
use crate::source::Node;
use std::net::IpAddr;

pub(super) const RULES: &[(&str, Check)] = &[
    ("self.all(h, !isIP(h))", Holds(|hostnames| all(hostnames, |name| !is_ip(name)))),
    (
        r#"self.all(h, !h.contains('*') ? h.matches('^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*)$') : true)"#,
        Holds(|hostnames| all(hostnames, |name| name.contains('*') || is_subdomain(name))),
    ),
    (
        r#"self.all(h, h.contains('*') ? (h.startsWith('*.') && h.substring(2).matches('^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*)$')) : true)"#,
        Holds(|hostnames| {
            all(hostnames, |name| !name.contains('*') || name.strip_prefix("*.").is_some_and(is_subdomain))
        }),
    ),
];

fn all(hostnames: &Node, holds: impl Fn(&str) -> bool) -> bool {
    items(hostnames).iter().filter_map(Node::as_str).all(holds)
}

/// CEL does not take IPv4 addresses written as IPv6 for addresses.
fn is_ip(text: &str) -> bool {
    match text.parse() {
        Ok(IpAddr::V4(_)) => true,
        Ok(IpAddr::V6(address)) => address.to_ipv4_mapped().is_none(),
        Err(_) => false,
    }
}
