//! The order of a change set: what must have happened before what, and one order that keeps to it.
//!
//! It knows tokens and references, not what they stand for.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::change::ChangeSet;
use super::draft::{Draft, Drafts, Hold, Token};
use crate::id::Text;

/// Orders `drafts`: first what nothing waits for, ties in the order in which they were drafted.
pub fn arrange(drafts: Drafts) -> ChangeSet {
    let Drafts { all, mut blocked } = drafts;
    let before = edges(&all);
    let places = topological(&before);
    let mut at = vec![0; all.len()];
    for (place, draft) in places.iter().enumerate() {
        at[*draft] = place;
    }
    let mut changes: Vec<_> = all.into_iter().map(|draft| Some(draft.change)).collect();
    let mut ordered = Vec::with_capacity(changes.len());
    for draft in &places {
        let mut change = changes[*draft].take().expect("each draft has one place");
        change.after = before[*draft].iter().map(|other| at[*other]).collect();
        change.after.sort_unstable();
        ordered.push(change);
    }
    blocked.sort_by(|a, b| a.resource.cmp(&b.resource));
    ChangeSet { changes: ordered, blocked, unanswered: Vec::new() }
}

/// For each draft those that come before it.
fn edges(all: &[Draft]) -> Vec<BTreeSet<usize>> {
    let (givers, droppers) = (givers(all), droppers(all));
    let mut before = vec![BTreeSet::new(); all.len()];
    for (place, draft) in all.iter().enumerate() {
        let needed = draft.needs.iter().flat_map(|token| givers.get(token).into_iter().flatten());
        before[place].extend(needed.copied().filter(|giver| *giver != place));
        for ended in &draft.ends {
            let holding = droppers.get(ended).into_iter().flatten();
            before[place].extend(holding.map(|(dropper, _)| *dropper).filter(|dropper| *dropper != place));
        }
        for Hold { held, holder } in &draft.takes {
            let elsewhere = droppers.get(held).into_iter().flatten().filter(|(_, other)| *other != holder);
            before[place].extend(elsewhere.map(|(dropper, _)| *dropper).filter(|dropper| *dropper != place));
        }
    }
    before
}

fn givers(all: &[Draft]) -> FxHashMap<&Token, Vec<usize>> {
    let mut out: FxHashMap<&Token, Vec<usize>> = FxHashMap::default();
    for (place, draft) in all.iter().enumerate() {
        for token in &draft.gives {
            out.entry(token).or_default().push(place);
        }
    }
    out
}

fn droppers(all: &[Draft]) -> FxHashMap<&Text, Vec<(usize, &Text)>> {
    let mut out: FxHashMap<&Text, Vec<(usize, &Text)>> = FxHashMap::default();
    for (place, draft) in all.iter().enumerate() {
        for Hold { held, holder } in &draft.drops {
            out.entry(held).or_default().push((place, holder));
        }
    }
    out
}

fn topological(before: &[BTreeSet<usize>]) -> Vec<usize> {
    let mut waits: Vec<usize> = before.iter().map(BTreeSet::len).collect();
    let mut next = vec![Vec::new(); before.len()];
    for (place, earlier) in before.iter().enumerate() {
        for other in earlier {
            next[*other].push(place);
        }
    }
    let mut ready: BTreeSet<usize> = (0..before.len()).filter(|place| waits[*place] == 0).collect();
    let mut order = Vec::with_capacity(before.len());
    while let Some(place) = ready.pop_first() {
        order.push(place);
        for other in &next[place] {
            waits[*other] -= 1;
            if waits[*other] == 0 {
                ready.insert(*other);
            }
        }
    }
    assert_eq!(order.len(), before.len(), "what must go before its successor comes is never held by that successor");
    order
}
