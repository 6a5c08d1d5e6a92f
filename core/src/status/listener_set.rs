//! Status of ListenerSets (translation §4.3).
//!
//! Whether a set is accepted was decided by `resolve::listeners`.

use crate::manifest::gateway::ListenerSet;
use crate::pipeline::{Built, Pipeline};
use crate::resolve::gateway::GatewayNode;
use crate::resolve::listeners::ListenerOwner;

use super::gateway::{of_owner, progress};
use super::listener::{ListenerStatus, Progress};
use super::{Condition, initial};

/// Conditions and listeners of a ListenerSet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListenerSetStatus {
    /// Conditions.
    pub conditions: Vec<Condition>,
    /// Listeners, by name.
    pub listeners: Vec<ListenerStatus>,
}

/// Status of `set`: that which its Gateway gives it, else that which it has.
pub fn status(pipeline: &Pipeline<'_>, set: &ListenerSet) -> ListenerSetStatus {
    for (node, built) in pipeline.gateways() {
        if !built.deployment.is_deployed() {
            continue;
        }
        if let Some(position) = node.sets.accepted.iter().position(|other| std::ptr::eq(*other, set)) {
            return accepted(node, built, position);
        }
        if node.sets.rejected.iter().any(|other| std::ptr::eq(*other, set)) {
            return rejected();
        }
    }
    ListenerSetStatus { conditions: initial(&set.status), listeners: Vec::new() }
}

fn rejected() -> ListenerSetStatus {
    let condition = |kind| Condition::new(kind, false, "NotAllowed", "Parent Gateway rejected ListenerSet");
    ListenerSetStatus { conditions: vec![condition("Accepted"), condition("Programmed")], listeners: Vec::new() }
}

fn accepted(node: &GatewayNode<'_>, built: &Built<'_>, position: usize) -> ListenerSetStatus {
    let own = || node.listeners.iter().filter(|listener| listener.owner == ListenerOwner::Set(position));
    let (all, valid) = (own().count(), own().filter(|listener| listener.is_valid()).count());
    let (reason, message) =
        if valid == all { ("Accepted", "Accepted") } else { ("ListenersNotValid", "Some listeners are not valid") };
    let programmed = progress(&built.deployment) == Progress::Programmed;
    let (programmed_reason, programmed_message) = match (programmed, valid > 0) {
        (true, true) => ("Programmed", "Programmed"),
        (true, false) => ("ListenersNotValid", "No valid listeners to materialize"),
        (false, _) => ("Pending", "Parent gateway not yet programmed"),
    };
    let mut listeners = of_owner(node, built, ListenerOwner::Set(position));
    listeners.sort_by(|a, b| a.name.cmp(&b.name));
    ListenerSetStatus {
        conditions: vec![
            Condition::new("Accepted", valid > 0, reason, message),
            Condition::new("Programmed", programmed && valid > 0, programmed_reason, programmed_message),
        ],
        listeners,
    }
}
