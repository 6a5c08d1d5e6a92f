//! Rules of the listeners of Gateways and ListenerSets.
//! It does not compare listeners across objects.

use super::Check::{Evaluates, Holds};
use super::{Check, all_differ, has, items, number, text};
use crate::source::Node;

pub(super) const RULES: &[(&str, Check)] = &[
    (
        "self.all(l, l.protocol in ['HTTP', 'TCP', 'UDP'] ? !has(l.tls) : true)",
        Holds(|listeners| all(listeners, |one| !is_among(one, &["HTTP", "TCP", "UDP"]) || !has(one, "tls"))),
    ),
    (
        "self.all(l, (l.protocol == 'HTTPS' && has(l.tls)) ? (l.tls.mode == '' || l.tls.mode == 'Terminate') : true)",
        Holds(|listeners| {
            all(listeners, |one| {
                !is_among(one, &["HTTPS"]) || !has(one, "tls") || matches!(mode(one), "" | "Terminate")
            })
        }),
    ),
    (
        "self.all(l, (l.protocol == 'TLS' ? has(l.tls) && has(l.tls.mode) && l.tls.mode != '' : true))",
        Holds(|listeners| all(listeners, |one| !is_among(one, &["TLS"]) || !mode(one).is_empty())),
    ),
    (
        "self.all(l, l.protocol in ['TCP', 'UDP']  ? (!has(l.hostname) || l.hostname == '') : true)",
        Holds(|listeners| all(listeners, |one| !is_among(one, &["TCP", "UDP"]) || text(one, "hostname").is_empty())),
    ),
    (
        "self.all(l1, self.exists_one(l2, l1.name == l2.name))",
        Holds(|listeners| all_differ(items(listeners), |one, other| text(one, "name") == text(other, "name"))),
    ),
    (
        "self.all(l1, self.exists_one(l2, l1.port == l2.port && l1.protocol == l2.protocol && (has(l1.hostname) && has(l2.hostname) ? l1.hostname == l2.hostname : !has(l1.hostname) && !has(l2.hostname))))",
        Holds(|listeners| all_differ(items(listeners), same_endpoint)),
    ),
    (
        "self.all(l1, !has(l1.port) || self.exists_one(l2, has(l2.port) && l1.port == l2.port && l1.protocol == l2.protocol && (has(l1.hostname) && has(l2.hostname) ? l1.hostname == l2.hostname : !has(l1.hostname) && !has(l2.hostname))))",
        Holds(|listeners| all_differ(items(listeners), |one, other| has(one, "port") && same_endpoint(one, other))),
    ),
    (
        "self.mode == 'Terminate' ? size(self.certificateRefs) > 0 || size(self.options) > 0 : true",
        Evaluates(has_certificates),
    ),
    (
        "self.all(t1, self.exists_one(t2, t1.port == t2.port))",
        Holds(|ports| all_differ(items(ports), |one, other| number(one, "port") == number(other, "port"))),
    ),
];

fn all(listeners: &Node, holds: impl Fn(&Node) -> bool) -> bool {
    items(listeners).iter().all(holds)
}

fn is_among(listener: &Node, protocols: &[&str]) -> bool {
    protocols.contains(&text(listener, "protocol"))
}

fn mode(listener: &Node) -> &str {
    listener.get("tls").map(|tls| text(tls, "mode")).unwrap_or_default()
}

fn same_endpoint(one: &Node, other: &Node) -> bool {
    number(one, "port") == number(other, "port")
        && text(one, "protocol") == text(other, "protocol")
        && one.get("hostname").and_then(Node::as_str) == other.get("hostname").and_then(Node::as_str)
}

/// In CEL a missing key is an error, unless the other side of the `||` is true.
fn has_certificates(tls: &Node) -> Result<bool, &'static str> {
    if text(tls, "mode") != "Terminate" {
        return Ok(true);
    }
    let certificates = tls.get("certificateRefs").map(|references| !items(references).is_empty());
    let options = tls.get("options").map(|options| options.as_map().is_some_and(|map| !map.is_empty()));
    match (certificates, options) {
        (Some(true), _) | (_, Some(true)) => Ok(true),
        (None, _) => Err("certificateRefs"),
        (_, None) => Err("options"),
        (Some(false), Some(false)) => Ok(false),
    }
}
