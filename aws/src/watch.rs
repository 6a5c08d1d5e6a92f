//! What every call of every client goes past: it is counted by name, logged, and marked with its class.
//!
//! It holds no call up; [`crate::http`] does, by the mark.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeTransmitInterceptorContextMut, FinalizerInterceptorContextRef,
};
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::orchestrator::Metadata;
use aws_smithy_runtime_api::client::retries::RequestAttempts;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::{ConfigBag, Storable, StoreReplace};

use crate::pace::{Class, Pace};

/// Calls by name, each attempt counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calls(BTreeMap<String, usize>);

impl Calls {
    /// How many in all.
    pub fn total(&self) -> usize {
        self.0.values().sum()
    }

    /// Names and numbers, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, usize)> {
        self.0.iter().map(|(name, count)| (name.as_str(), *count))
    }

    /// Those that were not among `earlier`.
    pub fn since(&self, earlier: &Calls) -> Calls {
        let more = |(name, count): (&String, &usize)| {
            let count = count.saturating_sub(earlier.0.get(name).copied().unwrap_or_default());
            (count > 0).then(|| (name.clone(), count))
        };
        Calls(self.0.iter().filter_map(more).collect())
    }
}

/// `3 DescribeTags, 1 DescribeRules`.
impl fmt::Display for Calls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all: Vec<String> = self.iter().map(|(name, count)| format!("{count} {name}")).collect();
        f.write_str(&all.join(", "))
    }
}

/// The watcher.
#[derive(Clone, Debug)]
pub(crate) struct Watch {
    calls: Arc<Mutex<Calls>>,
    pace: Pace,
}

/// When an attempt began.
#[derive(Debug)]
struct Began(Instant);

impl Storable for Began {
    type Storer = StoreReplace<Self>;
}

impl Watch {
    pub(crate) fn new(pace: Pace) -> Self {
        Self { calls: Arc::default(), pace }
    }

    /// What was called so far.
    pub(crate) fn calls(&self) -> Calls {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn count(&self, name: &str) {
        let mut calls = self.calls.lock().unwrap_or_else(PoisonError::into_inner);
        *calls.0.entry(name.to_owned()).or_default() += 1;
    }
}

#[dyn_dispatch_hint]
impl Intercept for Watch {
    fn name(&self) -> &'static str {
        "gwchain"
    }

    fn modify_before_transmit(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Some(call) = cfg.load::<Metadata>() {
            context.request_mut().add_extension(Class::of(call.service(), call.name()));
            self.count(call.name());
        }
        cfg.interceptor_state().store_put(Began(Instant::now()));
        Ok(())
    }

    fn read_after_attempt(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let (Some(call), Some(began)) = (cfg.load::<Metadata>(), cfg.load::<Began>()) else {
            return Ok(());
        };
        let outcome = Outcome::of(context);
        if outcome == Outcome::Throttled {
            self.pace.throttled(Class::of(call.service(), call.name()));
        }
        let attempt = cfg.load::<RequestAttempts>().map(RequestAttempts::attempts);
        let (name, service) = (call.name(), call.service());
        tracing::debug!(call = name, service, attempt, took = ?began.0.elapsed(), ?outcome, "AWS");
        Ok(())
    }
}

/// What became of an attempt.
#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    Answered,
    Throttled,
    Refused(u16),
    Unanswered,
}

impl Outcome {
    fn of(context: &FinalizerInterceptorContextRef<'_>) -> Self {
        let failed = context.output_or_error().is_none_or(|answer| answer.is_err());
        let Some(response) = context.response() else {
            return Self::Unanswered;
        };
        let status = response.status().as_u16();
        match failed {
            false => Self::Answered,
            true if status == 429 || response.body().bytes().is_some_and(is_throttling) => Self::Throttled,
            true => Self::Refused(status),
        }
    }
}

/// All protocols name the error in the body.
fn is_throttling(body: &[u8]) -> bool {
    let body = String::from_utf8_lossy(&body[..body.len().min(1024)]);
    ["Throttling", "Throttled", "RequestLimitExceeded", "TooManyRequests"].iter().any(|code| body.contains(code))
}
