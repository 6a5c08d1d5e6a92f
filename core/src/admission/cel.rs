//! The rules (CEL) of the schemas, each as a function found by the rule's exact text.
//! It is no CEL interpreter: a rule that no table here has would fail a test, not a user.

mod address;
mod filter;
mod hostname;
mod infrastructure;
mod listener;
mod load_balancer;
mod parent;
mod path_match;
mod route_rule;
mod rule_configuration;

use super::error::{ErrorKind, FieldError, printed};
use super::path::Path;
use super::schema::{Rule, Schema};
use crate::source::{Node, NodeValue};
use std::collections::BTreeMap;

/// How a rule is decided. The node is what the rule calls `self`; the schema has already been checked.
#[derive(Clone, Copy)]
pub(super) enum Check {
    /// The rule holds or it does not.
    Holds(fn(&Node) -> bool),
    /// Likewise, or it cannot be evaluated because a key is missing.
    Evaluates(fn(&Node) -> Result<bool, &'static str>),
}

type Table = &'static [(&'static str, Check)];

const TABLES: [Table; 11] = [
    address::RULES,
    filter::RULES,
    filter::UNION_RULES,
    hostname::RULES,
    infrastructure::RULES,
    listener::RULES,
    load_balancer::RULES,
    parent::RULES,
    path_match::RULES,
    route_rule::RULES,
    rule_configuration::RULES,
];

/// All rules by their text.
pub(super) fn index() -> BTreeMap<&'static str, Check> {
    // A rule on changes is never evaluated when an object is created.
    let on_change = ("self == oldSelf", Check::Holds(|_| true));
    TABLES.into_iter().flatten().copied().chain([on_change]).collect()
}

/// Adds every rule that does not hold in `node` and what it holds.
pub(super) fn check(schema: &Schema, node: &Node, path: &Path<'_>, errors: &mut Vec<FieldError>) {
    if !schema.has_rules {
        return;
    }
    errors.extend(schema.rules.iter().filter_map(|rule| violation(rule, node, path)));
    match &node.value {
        NodeValue::Map(map) => {
            for entry in map {
                if let Some(child) = schema.child(&entry.key) {
                    check(child, &entry.value, &path.field(&entry.key), errors);
                }
            }
        }
        NodeValue::Seq(items) => {
            for (index, item) in items.iter().enumerate() {
                if let Some(child) = &schema.items {
                    check(child, item, &path.index(index), errors);
                }
            }
        }
        _ => {}
    }
}

fn violation(rule: &Rule, node: &Node, path: &Path<'_>) -> Option<FieldError> {
    let message = match rule.check {
        Check::Holds(holds) if holds(node) => return None,
        Check::Holds(_) => rule.message.to_owned(),
        Check::Evaluates(evaluate) => match evaluate(node) {
            Ok(true) => return None,
            Ok(false) => rule.message.to_owned(),
            Err(key) => format!("no such key: {key} evaluating rule: {}", rule.message),
        },
    };
    let detail = match &node.value {
        NodeValue::Map(_) | NodeValue::Seq(_) => format!("Invalid value: {message}"),
        _ => format!("Invalid value: {}: {message}", printed(&node.value)),
    };
    Some(FieldError { path: path.to_string(), detail, span: node.span, kind: ErrorKind::Rule })
}

/// `has(node.key)`.
fn has(node: &Node, key: &str) -> bool {
    node.get(key).is_some()
}

/// The text under `key`; empty if there is none.
fn text<'n>(node: &'n Node, key: &str) -> &'n str {
    node.get(key).and_then(Node::as_str).unwrap_or_default()
}

/// The number under `key`.
fn number(node: &Node, key: &str) -> Option<i64> {
    node.get(key)?.as_int()
}

/// The items of a list.
fn items(node: &Node) -> &[Node] {
    node.as_seq().unwrap_or_default()
}

/// The items of the list under `key`; none if there is no list.
fn list<'n>(node: &'n Node, key: &str) -> &'n [Node] {
    node.get(key).map(items).unwrap_or_default()
}

/// Whether no two items are the same.
fn all_differ(items: &[Node], same: impl Fn(&Node, &Node) -> bool) -> bool {
    items.iter().enumerate().all(|(index, item)| items[..index].iter().all(|other| !same(item, other)))
}
