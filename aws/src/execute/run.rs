//! One run over a change set: calls under way, load balancers that are waited for, and what becomes of it all.
//!
//! What a call is made of is in the modules of the resource kinds.

use futures::future::BoxFuture;
use futures::stream::{FuturesUnordered, StreamExt};
use gwchain_core::diff::{ChangeSet, Operation};
use gwchain_core::id::Text;
use tokio::time::Instant;

use super::active::{Look, Waiting};
use super::argument::{Call, Outputs};
use super::binding::{self, Bindings};
use super::outcome::{Event, Outcome, Status};
use super::patience::is_deletion;
use super::walk::Walk;
use super::{Executor, add_on, listener, load_balancer, rule, security_group, tag, target_group};
use crate::error::Error;

/// Calls at a time: AWS serves writes one after another, more would only wait.
const AT_ONCE: usize = 8;

/// What has happened.
enum Step {
    /// A change has come to its end.
    Ended(usize, Result<(), Error>),
    /// It is time to look at the load balancers that are waited for.
    Due,
    /// What the look has shown.
    Seen(Look),
}

/// The run.
pub(super) struct Run<'a, B> {
    executor: &'a Executor<'a, B>,
    set: &'a ChangeSet,
    outputs: Outputs,
}

/// What is under way.
struct UnderWay<'r> {
    steps: FuturesUnordered<BoxFuture<'r, Step>>,
    calls: usize,
    waiting: Waiting,
    walk: Walk,
}

impl<'a, B: Bindings> Run<'a, B> {
    pub(super) fn new(executor: &'a Executor<'a, B>, set: &'a ChangeSet) -> Self {
        Self { executor, set, outputs: Outputs::new(set) }
    }

    pub(super) async fn finish(self, progress: &mut (impl FnMut(Event<'_>) + Send)) -> Outcome {
        let statuses = self.walk(progress).await;
        Outcome { statuses, outputs: self.outputs.into_known().into_iter().collect() }
    }

    async fn walk(&self, progress: &mut (impl FnMut(Event<'_>) + Send)) -> Vec<Status> {
        let (steps, walk) = (FuturesUnordered::new(), Walk::new(self.set));
        let mut now = UnderWay { steps, calls: 0, waiting: Waiting::default(), walk };
        self.start(&mut now, progress);
        while let Some(step) = now.steps.next().await {
            match step {
                Step::Ended(place, result) => {
                    now.calls -= 1;
                    settle(&mut now, place, result, progress);
                }
                Step::Due if self.executor.stop.is_set() => now.waiting.give_up(),
                Step::Due => now.steps.push(Box::pin(self.look(now.waiting.arns()))),
                Step::Seen(look) => {
                    for (place, result) in now.waiting.seen(look, self.executor.patience.active) {
                        settle(&mut now, place, result, progress);
                    }
                    now.waiting.told().for_each(|(place, state)| progress(Event::Waiting(place, state)));
                    self.wait(&mut now);
                }
            }
            self.start(&mut now, progress);
        }
        now.walk.statuses()
    }

    /// Starts what may be started.
    fn start<'r>(&'r self, now: &mut UnderWay<'r>, progress: &mut impl FnMut(Event<'_>)) {
        while now.calls < AT_ONCE && !self.executor.stop.is_set() {
            let Some(place) = now.walk.next() else { return };
            progress(Event::Started(place));
            let Operation::AwaitActive { load_balancer } = &self.set.changes[place].operation else {
                now.calls += 1;
                now.steps.push(Box::pin(self.change(place)));
                continue;
            };
            match self.call(place).text(load_balancer) {
                Ok(arn) => {
                    let is_first = now.waiting.is_empty();
                    now.waiting.add(place, arn);
                    if is_first {
                        self.wait(now);
                    }
                }
                Err(error) => settle(now, place, Err(error), progress),
            }
        }
    }

    /// Sets the alarm for the next look, if there is anything to look at.
    fn wait<'r>(&'r self, now: &mut UnderWay<'r>) {
        if !now.waiting.is_empty() {
            let pause = self.executor.patience.before(now.waiting.looks());
            now.steps.push(Box::pin(async move {
                self.executor.stop.pause(pause).await;
                Step::Due
            }));
        }
    }

    async fn look(&self, arns: Vec<String>) -> Step {
        Step::Seen(Look::at(self.executor.aws, arns).await)
    }

    fn call(&self, place: usize) -> Call<'_> {
        let (aws, vpc) = (self.executor.aws, self.executor.vpc);
        Call { aws, vpc, change: &self.set.changes[place], outputs: &self.outputs }
    }

    /// Makes a change, again and again if that is worth it.
    async fn change(&self, place: usize) -> Step {
        let (call, began) = (self.call(place), Instant::now());
        let operation = &call.change.operation;
        for look in 0.. {
            let error = match self.once(&call).await {
                Ok(output) => {
                    self.know(place, output);
                    return Step::Ended(place, Ok(()));
                }
                Err(error) if is_deletion(operation) && error.is_not_found() => return Step::Ended(place, Ok(())),
                Err(error) => error.without(&secrets(operation)),
            };
            let patience = self.executor.patience.with(operation, call.change.after.is_empty(), &error);
            if began.elapsed() >= patience || self.executor.stop.is_set() {
                return Step::Ended(place, Err(error));
            }
            tracing::debug!(call = operation.name(), %error, "waiting");
            self.executor.stop.pause(self.executor.patience.before(look)).await;
        }
        unreachable!("patience ends")
    }

    fn know(&self, place: usize, output: Option<Text>) {
        if let Some(output) = output {
            self.outputs.know(self.set.changes[place].resource.clone(), output);
        }
    }

    /// Makes a call and returns the ARN or id of what it creates.
    async fn once(&self, call: &Call<'_>) -> Result<Option<Text>, Error> {
        match &call.change.operation {
            Operation::CreateSecurityGroup { .. }
            | Operation::AuthorizeSecurityGroupIngress { .. }
            | Operation::RevokeSecurityGroupIngress { .. }
            | Operation::DeleteSecurityGroup { .. } => security_group::call(call).await,
            Operation::CreateTargetGroup { .. }
            | Operation::ModifyTargetGroup { .. }
            | Operation::ModifyTargetGroupAttributes { .. }
            | Operation::DeleteTargetGroup { .. }
            | Operation::RegisterTargets { .. }
            | Operation::DeregisterTargets { .. } => target_group::call(call).await,
            Operation::CreateListener { .. }
            | Operation::ModifyListener { .. }
            | Operation::AddListenerCertificates { .. }
            | Operation::RemoveListenerCertificates { .. }
            | Operation::ModifyListenerAttributes { .. }
            | Operation::DeleteListener { .. } => listener::call(call).await,
            Operation::CreateRule { .. }
            | Operation::ModifyRule { .. }
            | Operation::SetRulePriorities { .. }
            | Operation::DeleteRule { .. } => rule::call(call).await,
            Operation::AddTags { .. }
            | Operation::RemoveTags { .. }
            | Operation::CreateTags { .. }
            | Operation::DeleteTags { .. } => tag::call(call).await.map(|()| None),
            Operation::AssociateWebAcl { .. }
            | Operation::DisassociateWebAcl { .. }
            | Operation::CreateProtection { .. }
            | Operation::DeleteProtection { .. } => add_on::call(call).await.map(|()| None),
            Operation::ApplyTargetGroupBinding { .. } | Operation::DeleteTargetGroupBinding { .. } => {
                binding::call(call, self.executor.bindings).await.map(|()| None)
            }
            _ => load_balancer::call(call).await,
        }
    }
}

fn settle(now: &mut UnderWay<'_>, place: usize, result: Result<(), Error>, progress: &mut impl FnMut(Event<'_>)) {
    let status = result.map_or_else(Status::Failed, |()| Status::Done);
    for settled in now.walk.settle(place, status) {
        progress(Event::Finished(settled, now.walk.status(settled)));
    }
}

/// What no error may repeat.
fn secrets(operation: &Operation) -> Vec<&str> {
    let actions = match operation {
        Operation::CreateListener { spec, .. } | Operation::ModifyListener { spec, .. } => &spec.default_actions,
        Operation::CreateRule { spec, .. } | Operation::ModifyRule { spec, .. } => &spec.actions,
        _ => return Vec::new(),
    };
    actions.iter().flat_map(gwchain_core::model::action::Action::secrets).collect()
}
