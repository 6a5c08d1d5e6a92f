//! Changes by resource: what becomes of each, in however many calls.
//!
//! A resource that is replaced is one, and so are its end and its new beginning.

use super::change::{Action, Change, ChangeSet, FieldChange, ResourceId};
use super::operation::Server;

/// What becomes of a resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourceChange<'c> {
    /// The resource.
    pub resource: &'c ResourceId,
    /// What becomes of it.
    pub action: Action,
    /// Positions of its calls in [`ChangeSet::changes`].
    pub calls: Vec<usize>,
    changes: Vec<&'c Change>,
}

impl<'c> ResourceChange<'c> {
    /// Its calls.
    pub fn changes(&self) -> impl Iterator<Item = &'c Change> {
        self.changes.iter().copied()
    }

    /// Why it is replaced, or goes.
    pub fn cause(&self) -> Option<&'c str> {
        self.changes().find_map(|change| change.cause.as_deref())
    }

    /// Fields that change. What comes or goes as a whole has none.
    pub fn fields(&self) -> impl Iterator<Item = &'c FieldChange> {
        let is_whole = matches!(self.action, Action::Create | Action::Delete);
        self.changes().filter(move |_| !is_whole).flat_map(|change| &change.fields)
    }

    fn add(&mut self, place: usize, change: &'c Change) {
        // What is replaced or created stays that, whatever else is set in it.
        self.action = match (self.action, change.action) {
            (Action::Replace, _) | (_, Action::Replace) => Action::Replace,
            (Action::Create, _) | (_, Action::Create) => Action::Create,
            (first, _) => first,
        };
        self.calls.push(place);
        self.changes.push(change);
    }
}

/// The resources of `set` in the order of their first calls. A load balancer that is only waited for does not change.
pub fn by_resource(set: &ChangeSet) -> Vec<ResourceChange<'_>> {
    let mut out: Vec<ResourceChange<'_>> = Vec::new();
    for (place, change) in set.changes.iter().enumerate() {
        let is_going = |action| action == Action::Delete;
        let same = |one: &ResourceChange<'_>| {
            let is_one = one.action == Action::Replace || is_going(one.action) == is_going(change.action);
            *one.resource == change.resource && (is_one || change.action == Action::Replace)
        };
        match out.iter_mut().find(|one| same(one)) {
            Some(one) => one.add(place, change),
            None => out.push(ResourceChange {
                resource: &change.resource,
                action: change.action,
                calls: vec![place],
                changes: vec![change],
            }),
        }
    }
    out.retain(|one| one.changes().any(|change| change.operation.server() != Server::Nobody));
    out
}
