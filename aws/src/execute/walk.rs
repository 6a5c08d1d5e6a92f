//! Which change may be made next.
//!
//! It knows places and their order, not what the changes are.

use std::collections::BTreeSet;

use gwchain_core::diff::ChangeSet;

use super::outcome::Status;

/// The state of a set under way.
#[derive(Debug)]
pub(super) struct Walk {
    /// How many that come before are still to be made.
    before: Vec<usize>,
    after: Vec<Vec<usize>>,
    ready: BTreeSet<usize>,
    statuses: Vec<Option<Status>>,
}

impl Walk {
    pub(super) fn new(set: &ChangeSet) -> Self {
        let before: Vec<usize> = set.changes.iter().map(|change| change.after.len()).collect();
        let mut after = vec![Vec::new(); before.len()];
        for (place, change) in set.changes.iter().enumerate() {
            for earlier in &change.after {
                after[*earlier].push(place);
            }
        }
        let ready = (0..before.len()).filter(|place| before[*place] == 0).collect();
        let statuses = vec![None; before.len()];
        Self { before, after, ready, statuses }
    }

    /// The next one that may be made, if any.
    pub(super) fn next(&mut self) -> Option<usize> {
        self.ready.pop_first()
    }

    /// Takes down what became of a change, and returns those that are settled by it, itself first.
    pub(super) fn settle(&mut self, place: usize, status: Status) -> Vec<usize> {
        let is_done = status == Status::Done;
        self.statuses[place] = Some(status);
        if is_done {
            self.release(place);
            return vec![place];
        }
        let mut settled = vec![place];
        let mut at = 0;
        while let Some(lost) = settled.get(at).copied() {
            at += 1;
            for later in self.after[lost].clone() {
                if self.statuses[later].is_none() {
                    self.statuses[later] = Some(Status::Skipped(lost));
                    settled.push(later);
                }
            }
        }
        settled
    }

    fn release(&mut self, place: usize) {
        for later in self.after[place].clone() {
            self.before[later] -= 1;
            if self.before[later] == 0 && self.statuses[later].is_none() {
                self.ready.insert(later);
            }
        }
    }

    /// What is known of a change.
    pub(super) fn status(&self, place: usize) -> &Status {
        self.statuses[place].as_ref().unwrap_or(&Status::Stopped)
    }

    /// What became of all.
    pub(super) fn statuses(self) -> Vec<Status> {
        self.statuses.into_iter().map(|status| status.unwrap_or(Status::Stopped)).collect()
    }
}

#[cfg(test)]
mod tests {
    use gwchain_core::diff::{Action, Change, Operation, ResourceId, ResourceKind};

    use super::*;
    use crate::error::Error;

    fn set(after: &[&[usize]]) -> ChangeSet {
        let change = |after: &&[usize]| Change {
            resource: ResourceId { stack: None, kind: ResourceKind::ListenerRule, id: "80:1".into() },
            action: Action::Delete,
            operation: Operation::DeleteRule { rule: "arn".into() },
            fields: Vec::new(),
            cause: None,
            after: after.to_vec(),
        };
        ChangeSet { changes: after.iter().map(change).collect(), ..ChangeSet::default() }
    }

    #[test]
    fn a_change_waits_for_all_before_it() {
        let mut walk = Walk::new(&set(&[&[], &[], &[0, 1]]));
        assert_eq!((walk.next(), walk.next(), walk.next()), (Some(0), Some(1), None));
        walk.settle(1, Status::Done);
        assert_eq!(walk.next(), None);
        walk.settle(0, Status::Done);
        assert_eq!(walk.next(), Some(2));
    }

    #[test]
    fn a_failure_stops_what_comes_after_it_and_nothing_else() {
        let mut walk = Walk::new(&set(&[&[], &[0], &[1], &[], &[2, 3]]));
        while walk.next().is_some() {}
        let failed = Status::Failed(Error::NoRegion);
        assert_eq!(walk.settle(0, failed.clone()), [0, 1, 2, 4]);
        walk.settle(3, Status::Done);
        assert_eq!(walk.next(), None);
        let skipped = [Status::Skipped(0), Status::Skipped(1)];
        let [one, two] = skipped;
        assert_eq!(walk.statuses(), [failed, one, two, Status::Done, Status::Skipped(2)]);
    }
}
