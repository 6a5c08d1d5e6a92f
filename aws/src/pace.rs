//! How fast calls may follow one another: a token bucket per class of API calls, shared by all clients of an account.
//!
//! It does not repeat calls: that is the SDK's business, whose repetitions pass through here as well.

mod bucket;
mod class;

use std::sync::Arc;
use std::time::{Duration, Instant};

use bucket::Bucket;
pub(crate) use class::Class;

/// The buckets of an account in a region.
#[derive(Clone, Debug)]
pub(crate) struct Pace(Arc<[Bucket; Class::ALL.len()]>);

impl Pace {
    /// Full buckets.
    pub(crate) fn new() -> Self {
        Self(Arc::new(Class::ALL.map(|class| Bucket::full(class.limit(), Instant::now()))))
    }

    /// Takes a token and says how long to wait for it.
    pub(crate) fn take(&self, class: Class) -> Duration {
        self.0[class as usize].take(Instant::now())
    }

    /// AWS says that calls come too fast.
    pub(crate) fn throttled(&self, class: Class) {
        self.0[class as usize].slow_down(Instant::now());
    }
}
