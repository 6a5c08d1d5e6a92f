//! What a change of manifests introduces and fixes.
//!
//! Findings are the same if they say the same about the same object, wherever it stands.

use std::collections::BTreeMap;

use crate::diagnostic::{Change, Code, Diagnostic};
use crate::manifest::Manifests;

/// Findings of a run with what it ran on.
pub type Findings<'m> = (&'m Manifests, Vec<Diagnostic>);

type Key = (Code, String, Option<String>);

fn key(manifests: &Manifests, finding: &Diagnostic) -> Key {
    let object = manifests.object_of(&finding.place).map(|object| manifests.object(object).describe());
    (finding.code, finding.message.clone(), object)
}

/// Findings of both runs: those of `after` in their order, then those that are fixed.
pub fn compare(before: Findings<'_>, after: Findings<'_>) -> Vec<(Change, Diagnostic)> {
    let mut open: BTreeMap<Key, usize> = BTreeMap::new();
    for finding in &before.1 {
        *open.entry(key(before.0, finding)).or_default() += 1;
    }
    let mut take = |key: &Key| {
        let left = open.get_mut(key).filter(|left| **left > 0);
        left.map(|left| *left -= 1).is_some()
    };
    let mut out: Vec<(Change, Diagnostic)> = Vec::new();
    for finding in after.1 {
        let is_known = take(&key(after.0, &finding));
        out.push((if is_known { Change::Unchanged } else { Change::Introduced }, finding));
    }
    for finding in before.1 {
        if take(&key(before.0, &finding)) {
            out.push((Change::Fixed, finding));
        }
    }
    out
}
