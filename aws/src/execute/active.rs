//! Load balancers that are waited for, looked at all together.
//!
//! It makes no changes; the load balancers come up by themselves.

use std::collections::HashMap;
use std::time::Duration;

use aws_sdk_elasticloadbalancingv2::types::{LoadBalancer, LoadBalancerStateEnum as State};
use tokio::time::Instant;

use crate::client::Aws;
use crate::error::{Called, Error, Retry};

/// Load balancers that one call may name.
const PER_CALL: usize = 20;
const CALL: &str = "DescribeLoadBalancers";

/// Those that are waited for.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    all: Vec<One>,
    looks: u32,
}

#[derive(Debug)]
struct One {
    place: usize,
    arn: String,
    since: Instant,
    state: String,
    is_news: bool,
}

/// What was seen of each: its state, or how the call failed.
#[derive(Debug, Default)]
pub(super) struct Look(HashMap<String, Result<String, Error>>);

impl Waiting {
    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    pub(super) fn add(&mut self, place: usize, arn: String) {
        self.all.push(One { place, arn, since: Instant::now(), state: String::new(), is_news: false });
    }

    pub(super) fn arns(&self) -> Vec<String> {
        self.all.iter().map(|one| one.arn.clone()).collect()
    }

    /// Looks since it was empty the last time.
    pub(super) fn looks(&self) -> u32 {
        self.looks
    }

    pub(super) fn give_up(&mut self) {
        self.all.clear();
    }

    /// Takes a look down and returns those that need not be waited for any more.
    pub(super) fn seen(&mut self, look: Look, patience: Duration) -> Vec<(usize, Result<(), Error>)> {
        let mut ended = Vec::new();
        let mut all = std::mem::take(&mut self.all);
        all.retain_mut(|one| match look.0.get(&one.arn).and_then(|seen| one.ends(seen, patience)) {
            Some(result) => {
                ended.push((one.place, result));
                false
            }
            None => true,
        });
        self.all = all;
        self.looks = if self.all.is_empty() { 0 } else { self.looks + 1 };
        ended
    }

    /// States that were not told before.
    pub(super) fn told(&mut self) -> impl Iterator<Item = (usize, &str)> {
        self.all.iter_mut().filter_map(|one| std::mem::take(&mut one.is_news).then_some((one.place, &*one.state)))
    }
}

impl One {
    fn ends(&mut self, seen: &Result<String, Error>, patience: Duration) -> Option<Result<(), Error>> {
        let is_late = self.since.elapsed() >= patience;
        match seen {
            Ok(state) if state == "active" || state == "active_impaired" => Some(Ok(())),
            Ok(state) if state == "failed" || is_late => {
                let what = format!("load balancer {} is {state}", name(&self.arn));
                Some(Err(Error::Patience { what, seconds: self.since.elapsed().as_secs() }))
            }
            Ok(state) => {
                self.is_news = self.state != *state;
                self.state.clone_from(state);
                None
            }
            // A look that failed may be better the next time.
            Err(error) if error.retry() <= Retry::Transient && !is_late => None,
            Err(error) => Some(Err(error.clone())),
        }
    }
}

/// `arn:…:loadbalancer/app/NAME/ID`.
fn name(arn: &str) -> &str {
    arn.rsplit('/').nth(1).unwrap_or(arn)
}

impl Look {
    /// Looks at load balancers, in as few calls as possible.
    pub(super) async fn at(aws: &Aws, arns: Vec<String>) -> Self {
        let mut look = Self::default();
        for some in arns.chunks(PER_CALL) {
            match describe(aws, some).await {
                // One that is gone fails the call for all.
                Err(error) if error.is_not_found() && some.len() > 1 => {
                    for arn in some {
                        look.take(std::slice::from_ref(arn), describe(aws, std::slice::from_ref(arn)).await);
                    }
                }
                answer => look.take(some, answer),
            }
        }
        look
    }

    fn take(&mut self, arns: &[String], answer: Result<Vec<LoadBalancer>, Error>) {
        match answer {
            Ok(found) => {
                let state = |lb: LoadBalancer| {
                    let code = lb.state.and_then(|state| state.code).as_ref().map(State::to_string);
                    Some((lb.load_balancer_arn?, Ok(code.unwrap_or_else(|| "of no known state".to_owned()))))
                };
                self.0.extend(found.into_iter().filter_map(state));
                for arn in arns.iter().filter(|arn| !self.0.contains_key(*arn)).cloned().collect::<Vec<_>>() {
                    let message = format!("{} is gone", name(&arn));
                    self.0
                        .insert(arn, Err(Error::Refused { call: CALL, code: "LoadBalancerNotFound".into(), message }));
                }
            }
            Err(error) => self.0.extend(arns.iter().map(|arn| (arn.clone(), Err(error.clone())))),
        }
    }
}

async fn describe(aws: &Aws, arns: &[String]) -> Result<Vec<LoadBalancer>, Error> {
    let call = aws.elbv2.describe_load_balancers().set_load_balancer_arns(Some(arns.to_vec()));
    Ok(call.send().await.called(CALL)?.load_balancers.unwrap_or_default())
}
