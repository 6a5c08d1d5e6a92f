//! Rules of maps: no key twice, merged keys after the map's own, keys as text.
//! It does not read events.

use crate::source::problem::report;
use crate::source::{Entry, FileId, Map, NodeValue, Problem, ProblemCode, Span};
use std::collections::BTreeSet;

/// A map of `entries`. Of a key that is stated twice, the last value counts, and the second key is reported.
pub(in crate::source) fn unique(file: FileId, mut entries: Vec<Entry>, problems: &mut Vec<Problem>) -> Map {
    let repeated = repetitions(&entries);
    if repeated.is_empty() {
        return Map(entries);
    }
    let mut dropped = BTreeSet::new();
    for (first, second) in repeated {
        report(problems, duplicate(file, &entries[first], &entries[second]));
        dropped.insert(first);
    }
    let mut index = 0..;
    entries.retain(|_| index.next().is_none_or(|index| !dropped.contains(&index)));
    Map(entries)
}

fn duplicate(file: FileId, first: &Entry, second: &Entry) -> Problem {
    let message = format!("key {:?} is already set", second.key);
    let problem = Problem::new(ProblemCode::DuplicateKey, file, second.key_span, message);
    let end = first.value.span.end.max(first.key_span.end);
    let void = (end < second.key_span.start).then_some(Span { start: first.key_span.start, end });
    Problem { related: Some(first.key_span), void, ..problem.help("keep one of the two; only the last would count") }
}

/// Pairs of neighbouring entries with the same key, by place.
fn repetitions(entries: &[Entry]) -> Vec<(usize, usize)> {
    if entries.len() <= 16 && !has_repetition(entries) {
        return Vec::new();
    }
    let mut order: Vec<usize> = (0..entries.len()).collect();
    order.sort_by(|a, b| entries[*a].key.cmp(&entries[*b].key));
    let pairs = order.windows(2).filter(|pair| entries[pair[0]].key == entries[pair[1]].key);
    let mut pairs: Vec<_> = pairs.map(|pair| (pair[0], pair[1])).collect();
    pairs.sort_by_key(|pair| pair.1);
    pairs
}

fn has_repetition(entries: &[Entry]) -> bool {
    entries.iter().enumerate().any(|(index, entry)| entries[..index].iter().any(|other| other.key == entry.key))
}

/// `map` with the entries of `merged` it does not have; of the merged maps, the first one counts.
pub(super) fn merge(map: Map, merged: Vec<Map>) -> Map {
    if merged.is_empty() {
        return map;
    }
    let mut present: BTreeSet<Box<str>> = map.iter().map(|entry| entry.key.clone()).collect();
    let added = merged.into_iter().flat_map(|map| map.0);
    let added: Vec<Entry> = added.filter(|entry| present.insert(entry.key.clone())).collect();
    map.0.into_iter().chain(added).collect()
}

/// A key as the conversion to JSON spells it.
pub(super) fn key_text(value: NodeValue) -> Option<Box<str>> {
    match value {
        NodeValue::String(text) => Some(text),
        NodeValue::Bool(truth) => Some(truth.to_string().into()),
        NodeValue::Int(number) => Some(number.to_string().into()),
        NodeValue::Float(number) => Some((number as f32).to_string().into()),
        NodeValue::Null | NodeValue::Seq(_) | NodeValue::Map(_) => None,
    }
}
