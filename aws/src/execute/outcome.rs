//! What becomes of the changes of a set: told while it happens, and as a whole at the end.
//!
//! What a host makes of it, such as words, conditions or another try, is its own business.

use std::collections::BTreeMap;

use gwchain_core::diff::ResourceId;
use gwchain_core::id::Text;

use crate::error::{Error, Retry};

/// What became of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// It is made.
    Done,
    /// AWS or the cluster refused it.
    Failed(Error),
    /// A change that comes before it was not made: its place in the set.
    Skipped(usize),
    /// The work was ended before its turn came.
    Stopped,
}

/// A step, with the place of its change in the set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event<'a> {
    /// It begins.
    Started(usize),
    /// It takes its time, and why.
    Waiting(usize, &'a str),
    /// It has ended.
    Finished(usize, &'a Status),
}

/// What became of a change set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// One for each change, in the set's order.
    pub statuses: Vec<Status>,
    /// ARNs and ids of what was created.
    pub outputs: BTreeMap<ResourceId, Text>,
}

impl Outcome {
    /// Whether every change is made.
    pub fn is_complete(&self) -> bool {
        self.statuses.iter().all(|status| *status == Status::Done)
    }

    /// The failures, with the places of their changes.
    pub fn failures(&self) -> impl Iterator<Item = (usize, &Error)> {
        self.statuses.iter().enumerate().filter_map(|(place, status)| match status {
            Status::Failed(error) => Some((place, error)),
            _ => None,
        })
    }

    /// What it takes for another try to be of use: the most that one of the failures asks for.
    pub fn retry(&self) -> Option<Retry> {
        self.failures().map(|(_, error)| error.retry()).max()
    }
}
