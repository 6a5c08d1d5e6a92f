//! Change sets carried out: one call per change, as many at a time as their order allows.
//!
//! It decides nothing: what is called, and after what, stands in the change set. A lost answer makes a call again, and what
//! that finds done already counts as done, so that observing, comparing and executing again always leads to the plan.

mod active;
mod add_on;
mod argument;
mod binding;
mod listener;
mod load_balancer;
mod outcome;
mod patience;
mod rule;
mod run;
mod security_group;
mod stop;
mod tag;
mod target_group;
mod walk;

use gwchain_core::diff::ChangeSet;

use crate::client::Aws;

pub use binding::{Bindings, NoCluster};
pub use outcome::{Event, Outcome, Status};
pub use patience::Patience;
pub use stop::Stop;

/// What change sets are carried out with.
#[derive(Clone, Copy, Debug)]
pub struct Executor<'a, B> {
    /// The account.
    pub aws: &'a Aws,
    /// Id of the VPC in which target groups and security groups are made.
    pub vpc: &'a str,
    /// The cluster's TargetGroupBindings.
    pub bindings: &'a B,
    /// How long to wait for what takes its time.
    pub patience: Patience,
    /// What ends the work early.
    pub stop: &'a Stop,
}

impl<B: Bindings> Executor<'_, B> {
    /// Carries `set` out and tells `progress` of each step. A change that fails stops those that come after it in the
    /// set's order, and no others. `set` has no unanswered questions; what it blocks is left out of its changes.
    pub async fn execute(&self, set: &ChangeSet, progress: &mut (impl FnMut(Event<'_>) + Send)) -> Outcome {
        run::Run::new(self, set).finish(progress).await
    }
}
