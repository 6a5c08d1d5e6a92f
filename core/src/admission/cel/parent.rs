//! Rules of the parents and backends that routes refer to.
//! It does not look the references up.

use super::Check::Holds;
use super::{Check, all_differ, has, items, text};
use crate::source::Node;

pub(super) const RULES: &[(&str, Check)] = &[
    (
        "self.all(p1, self.all(p2, p1.group == p2.group && p1.kind == p2.kind && p1.name == p2.name && (((!has(p1.__namespace__) || p1.__namespace__ == '') && (!has(p2.__namespace__) || p2.__namespace__ == '')) || (has(p1.__namespace__) && has(p2.__namespace__) && p1.__namespace__ == p2.__namespace__ )) ? ((!has(p1.sectionName) || p1.sectionName == '') == (!has(p2.sectionName) || p2.sectionName == '')) : true))",
        Holds(|parents| {
            all_differ(items(parents), |one, other| {
                same_parent(one, other) && text(one, "sectionName").is_empty() != text(other, "sectionName").is_empty()
            })
        }),
    ),
    (
        "self.all(p1, self.exists_one(p2, p1.group == p2.group && p1.kind == p2.kind && p1.name == p2.name && (((!has(p1.__namespace__) || p1.__namespace__ == '') && (!has(p2.__namespace__) || p2.__namespace__ == '')) || (has(p1.__namespace__) && has(p2.__namespace__) && p1.__namespace__ == p2.__namespace__ )) && (((!has(p1.sectionName) || p1.sectionName == '') && (!has(p2.sectionName) || p2.sectionName == '')) || (has(p1.sectionName) && has(p2.sectionName) && p1.sectionName == p2.sectionName))))",
        Holds(|parents| {
            all_differ(items(parents), |one, other| {
                same_parent(one, other) && text(one, "sectionName") == text(other, "sectionName")
            })
        }),
    ),
    (
        "(size(self.group) == 0 && self.kind == 'Service') ? has(self.port) : true",
        Holds(|backend| !is_service(backend) || has(backend, "port")),
    ),
];

/// No namespace and an empty one are the same here, as the rules have it.
fn same_parent(one: &Node, other: &Node) -> bool {
    ["group", "kind", "name", "namespace"].iter().all(|key| text(one, key) == text(other, key))
}

fn is_service(backend: &Node) -> bool {
    text(backend, "group").is_empty() && text(backend, "kind") == "Service"
}
