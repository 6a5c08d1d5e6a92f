//! Which rules of a listener share a node, so that long lists stay readable.
//!
//! It reads hosts and routes of rules only; nothing of what they do.

use rustc_hash::FxHashMap;

use super::Extent;
use crate::id::ObjectIx;
use crate::model::Resource;
use crate::model::listener::{Condition, ListenerRule, Patterns};

/// Nodes that the rules of one listener take in an overview.
const SHOWN: usize = 20;

/// Rules that are never folded into one node.
const FEW: usize = 2;

/// Rules of one node.
#[derive(Debug, PartialEq, Eq)]
pub enum Fold<'s> {
    /// A rule of its own.
    One(&'s Resource<ListenerRule>),
    /// Rules of one route for the same hosts.
    Route(Vec<&'s Resource<ListenerRule>>),
    /// Rules of several routes for the same hosts.
    Hosts(Vec<&'s Resource<ListenerRule>>),
    /// All that have no room.
    Rest(Vec<&'s Resource<ListenerRule>>),
}

impl<'s> Fold<'s> {
    /// Its rules.
    pub fn rules(&self) -> &[&'s Resource<ListenerRule>] {
        match self {
            Self::One(rule) => std::slice::from_ref(rule),
            Self::Route(rules) | Self::Hosts(rules) | Self::Rest(rules) => rules,
        }
    }
}

/// The host condition of a rule.
pub fn hosts(rule: &ListenerRule) -> Option<&Patterns> {
    rule.conditions.iter().find_map(|condition| match condition {
        Condition::HostHeader { config } => Some(config),
        _ => None,
    })
}

/// Nodes for the rules of a listener, by their first rules: the finest division that has room.
pub fn fold<'s>(rules: &[&'s Resource<ListenerRule>], extent: Extent) -> Vec<Fold<'s>> {
    if extent == Extent::All || rules.len() <= SHOWN {
        return rules.iter().copied().map(Fold::One).collect();
    }
    let by_route = divided(rules, |rule| (HostKey::of(rule), Some(rule.cause)), Fold::Route);
    if by_route.len() > 1 && by_route.len() <= SHOWN {
        return by_route;
    }
    let by_hosts = divided(rules, |rule| (HostKey::of(rule), None), Fold::Hosts);
    match by_hosts.len() {
        1 => with_rest(rules.iter().copied().map(Fold::One).collect()),
        2..=SHOWN => by_hosts,
        _ => with_rest(by_hosts),
    }
}

#[derive(PartialEq, Eq, Hash)]
struct HostKey<'s>(Vec<(bool, &'s str)>);

impl<'s> HostKey<'s> {
    fn of(rule: &'s Resource<ListenerRule>) -> Self {
        let Some(hosts) = hosts(&rule.spec) else { return Self(Vec::new()) };
        let globs = hosts.values.iter().map(|value| (false, &**value));
        Self(globs.chain(hosts.regex_values.iter().map(|value| (true, &**value))).collect())
    }
}

/// Rules with the same key together; a few stay on their own.
fn divided<'s>(
    rules: &[&'s Resource<ListenerRule>],
    key: impl Fn(&'s Resource<ListenerRule>) -> (HostKey<'s>, Option<ObjectIx>),
    many: impl Fn(Vec<&'s Resource<ListenerRule>>) -> Fold<'s>,
) -> Vec<Fold<'s>> {
    let mut places = FxHashMap::default();
    let mut parts: Vec<Vec<&'s Resource<ListenerRule>>> = Vec::new();
    for rule in rules {
        let place = *places.entry(key(rule)).or_insert(parts.len());
        if place == parts.len() {
            parts.push(Vec::new());
        }
        parts[place].push(rule);
    }
    let mut folds = Vec::new();
    for part in parts {
        if part.len() <= FEW {
            folds.extend(part.into_iter().map(Fold::One));
        } else {
            folds.push(many(part));
        }
    }
    folds.sort_by_key(|fold| fold.rules()[0].spec.priority);
    folds
}

fn with_rest(mut folds: Vec<Fold<'_>>) -> Vec<Fold<'_>> {
    let rest = folds.split_off(SHOWN - 1);
    folds.push(Fold::Rest(rest.iter().flat_map(Fold::rules).copied().collect()));
    folds
}
