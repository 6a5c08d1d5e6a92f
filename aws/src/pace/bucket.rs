//! One token bucket, first come first served; it gives less for a while after AWS has complained.
//!
//! It does not sleep: it says how long to.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::class::Limit;

/// The least share of its rate that a bucket falls to.
const LEAST: f64 = 0.125;
/// How much of its rate a bucket regains in a second.
const REGAINED: f64 = 0.1;

/// A bucket; below zero, tokens are promised already.
#[derive(Debug)]
pub(super) struct Bucket {
    limit: Limit,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    tokens: f64,
    /// Share of the rate that is given out now.
    share: f64,
    at: Instant,
}

impl Bucket {
    pub(super) fn full(limit: Limit, now: Instant) -> Self {
        Self { limit, state: Mutex::new(State { tokens: limit.burst, share: 1.0, at: now }) }
    }

    /// Takes a token and says how long to wait until it is there.
    pub(super) fn take(&self, now: Instant) -> Duration {
        self.change(now, |state, rate| {
            state.tokens -= 1.0;
            Duration::from_secs_f64((-state.tokens).max(0.0) / (rate * state.share))
        })
    }

    /// Empties the bucket and halves what it gives.
    pub(super) fn slow_down(&self, now: Instant) {
        self.change(now, |state, _| {
            state.tokens = state.tokens.min(0.0);
            state.share = (state.share / 2.0).max(LEAST);
        });
    }

    fn change<T>(&self, now: Instant, change: impl FnOnce(&mut State, f64) -> T) -> T {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let passed = now.saturating_duration_since(state.at).as_secs_f64();
        state.at = now;
        state.tokens = (state.tokens + passed * self.limit.rate * state.share).min(self.limit.burst);
        state.share = (state.share + passed * REGAINED).min(1.0);
        change(&mut state, self.limit.rate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: Limit = Limit { burst: 2.0, rate: 4.0 };

    #[test]
    fn a_burst_passes_and_the_rest_follows_at_the_rate() {
        let start = Instant::now();
        let bucket = Bucket::full(LIMIT, start);
        let waits: Vec<u128> = (0..4).map(|_| bucket.take(start).as_millis()).collect();
        assert_eq!(waits, [0, 0, 250, 500]);
    }

    #[test]
    fn what_is_not_used_comes_back_up_to_the_burst() {
        let start = Instant::now();
        let bucket = Bucket::full(LIMIT, start);
        (0..2).for_each(|_| assert!(bucket.take(start).is_zero()));
        let later = start + Duration::from_secs(60);
        (0..2).for_each(|_| assert!(bucket.take(later).is_zero()));
        assert!(!bucket.take(later).is_zero());
    }

    #[test]
    fn complaints_slow_it_down_for_a_while() {
        let start = Instant::now();
        let bucket = Bucket::full(LIMIT, start);
        bucket.slow_down(start);
        assert_eq!(bucket.take(start).as_millis(), 500);
        let later = start + Duration::from_secs(60);
        (0..2).for_each(|_| assert!(bucket.take(later).is_zero()));
        assert_eq!(bucket.take(later).as_millis(), 250);
    }
}
