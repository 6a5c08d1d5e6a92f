//! What the proxy knows: the calls so far, the schedule, and the call at which to stop.
//!
//! It does no I/O.

use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddr;
use std::sync::{Mutex, MutexGuard};

use super::{Call, Fault, Outcome, Schedule};

/// Which side of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// It has come and is not carried out.
    Before,
    /// It is carried out and not answered.
    After,
}

/// What is done at a call.
pub(super) type Hook = Box<dyn FnOnce() + Send>;

/// What becomes of a call.
pub(super) enum Treatment {
    Pass,
    Fail(Fault),
    Stop(Moment, Hook),
}

pub(super) struct State {
    /// The server behind.
    pub(super) upstream: SocketAddr,
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    schedule: Schedule,
    calls: Vec<Call>,
    /// Calls of each name.
    occurrences: BTreeMap<String, usize>,
    stop: Option<(usize, Moment, Hook)>,
    /// How often it was reset: outcomes of older calls are nobody's.
    round: usize,
}

/// A call's place in the list of its round.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    round: usize,
    index: usize,
}

impl State {
    pub(super) fn new(upstream: SocketAddr) -> Self {
        Self { upstream, inner: Mutex::default() }
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().expect("nothing panics while it holds the lock")
    }

    pub(super) fn set(&self, schedule: Schedule) {
        self.reset();
        self.inner().schedule = schedule;
    }

    pub(super) fn reset(&self) {
        let mut inner = self.inner();
        inner.calls.clear();
        inner.occurrences.clear();
        inner.stop = None;
        inner.round += 1;
    }

    pub(super) fn calls(&self) -> Vec<Call> {
        self.inner().calls.clone()
    }

    pub(super) fn at_call(&self, number: usize, moment: Moment, hook: Hook) {
        self.inner().stop = Some((number, moment, hook));
    }

    /// A call has come.
    pub(super) fn arrive(&self, name: String, body: String) -> (Place, Treatment) {
        let mut inner = self.inner();
        let occurrence = inner.occurrences.entry(name.clone()).or_default();
        *occurrence += 1;
        let (occurrence, number) = (*occurrence, inner.calls.len() + 1);
        let treatment = match inner.stop.take_if(|(at, ..)| *at == number) {
            Some((_, moment, hook)) => Treatment::Stop(moment, hook),
            None => inner.schedule.fault(number, &name, occurrence).map_or(Treatment::Pass, Treatment::Fail),
        };
        inner.calls.push(Call { name, body, outcome: Outcome::Open });
        (Place { round: inner.round, index: number - 1 }, treatment)
    }

    /// It has ended.
    pub(super) fn end(&self, place: Place, outcome: Outcome) {
        let mut inner = self.inner();
        if inner.round == place.round {
            inner.calls[place.index].outcome = outcome;
        }
    }
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("State").field("upstream", &self.upstream).field("calls", &self.inner().calls.len()).finish()
    }
}
