//! What a rule of an ALB asks for, in a form that can be compared.
//!
//! It decides nothing about rules; hosts and header names are compared as ALB does, without regard to case.

use std::collections::BTreeSet;

use crate::diagnostic::Place;
use crate::model::Resource;
use crate::model::listener::{Condition, ListenerRule, Patterns};
use crate::origin::Origin;

/// Hosts and paths, by which rules are grouped.
pub type Key = (Vec<String>, Vec<String>);

/// The conditions of a rule.
pub struct Signature<'p> {
    /// The rule.
    pub rule: &'p Resource<ListenerRule>,
    /// Hosts and paths.
    pub key: Key,
    /// Every other condition.
    pub others: BTreeSet<String>,
}

impl<'p> Signature<'p> {
    /// Of a planned rule.
    pub fn of(rule: &'p Resource<ListenerRule>) -> Self {
        let (mut hosts, mut paths, mut others) = (Vec::new(), Vec::new(), BTreeSet::new());
        for condition in &rule.spec.conditions {
            match condition {
                Condition::HostHeader { config } => hosts.extend(texts(config, str::to_ascii_lowercase)),
                Condition::PathPattern { config } => paths.extend(texts(config, str::to_owned)),
                Condition::HttpHeader { config } => {
                    let name = config.http_header_name.to_ascii_lowercase();
                    others.insert(format!("header {name} {:?}", config.patterns));
                }
                other => {
                    others.insert(format!("{other:?}"));
                }
            }
        }
        hosts.sort_unstable();
        paths.sort_unstable();
        Self { rule, key: (hosts, paths), others }
    }

    /// The match that the rule was made of.
    pub fn place(&self) -> Place {
        match self.rule.origins.get("conditions") {
            Some(Origin::Field { object, path }) => Place::Field(*object, *path),
            _ => Place::Nowhere,
        }
    }
}

fn texts(patterns: &Patterns, change: impl Fn(&str) -> String) -> Vec<String> {
    let globs = patterns.values.iter().map(|value| change(value));
    globs.chain(patterns.regex_values.iter().map(|regex| format!("regex {regex}"))).collect()
}
