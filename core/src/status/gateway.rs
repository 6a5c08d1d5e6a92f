//! Status of Gateways (translation §4.2, §0).
//!
//! The state of the load balancer is an input.

use crate::pipeline::{Built, Deployment, Failure};
use crate::resolve::gateway::GatewayNode;
use crate::resolve::listeners::Listener;

use super::listener::{ListenerStatus, Progress};
use super::{Condition, initial, set, shortened};

/// Conditions of the Gateway.
pub fn conditions(node: &GatewayNode<'_>, built: &Built<'_>) -> Vec<Condition> {
    let mut conditions = initial(&node.gateway.status);
    match (&built.result, &built.deployment) {
        (Err(failure), _) => {
            if let Some((reason, message)) = refusal(failure, built) {
                set(&mut conditions, Condition::new("Accepted", false, reason, shortened(&message)));
            }
        }
        (Ok(_), Deployment::Failed(_)) => {
            set(&mut conditions, Condition::new("Accepted", false, "Invalid", CHECK_EVENTS));
        }
        (Ok(_), Deployment::None) => {}
        (Ok(_), deployment) => succeeded(node, built, deployment, &mut conditions),
    }
    conditions.sort_by(|a, b| a.kind.cmp(&b.kind));
    conditions
}

const CHECK_EVENTS: &str = "Check Gateway Events for more information.";

fn refusal(failure: &Failure, built: &Built<'_>) -> Option<(&'static str, String)> {
    match failure {
        Failure::Config(error) => Some((error.reason, error.message.clone())),
        Failure::Load(error) => error.reason.map(|reason| (reason, error.condition.clone())),
        Failure::Build(error) if built.own_texts => Some(("Invalid", error.message.clone())),
        Failure::Build(_) => Some(("Invalid", CHECK_EVENTS.to_owned())),
        Failure::Panic => None,
    }
}

fn succeeded(node: &GatewayNode<'_>, built: &Built<'_>, deployment: &Deployment, conditions: &mut Vec<Condition>) {
    let failed = |port: i64| built.failed_listeners.iter().any(|failure| failure.port == port);
    let is_good = |listener: &&Listener<'_>| listener.is_valid() && !failed(listener.spec.port);
    let bad: Vec<&str> =
        node.listeners.iter().filter(|listener| !is_good(listener)).map(|listener| &*listener.spec.name).collect();
    let reason = if bad.is_empty() { "Accepted" } else { "ListenersNotValid" };
    let message = match bad.as_slice() {
        [_, ..] if built.own_texts => format!("listeners not valid: {}", bad.join(", ")),
        _ => String::new(),
    };
    set(conditions, Condition::new("Accepted", bad.len() < node.listeners.len(), reason, message));
    let programmed = match deployment {
        Deployment::Active(found) => Condition::new("Programmed", true, "Programmed", found.arn.clone()),
        _ => Condition::with("Programmed", "Unknown", "Pending", "Waiting for load balancer to be active."),
    };
    set(conditions, programmed);
}

/// How far the load balancer is.
pub fn progress(deployment: &Deployment) -> Progress {
    match deployment {
        Deployment::Active(_) => Progress::Programmed,
        _ => Progress::Pending,
    }
}

/// `status.listeners` of the Gateway's own listeners, by name.
pub fn listeners(node: &GatewayNode<'_>, built: &Built<'_>) -> Vec<ListenerStatus> {
    let own = crate::resolve::listeners::ListenerOwner::Gateway;
    let mut all = of_owner(node, built, own);
    all.sort_by(|a, b| a.name.cmp(&b.name));
    all
}

/// Status of the listeners of one owner.
pub fn of_owner(
    node: &GatewayNode<'_>,
    built: &Built<'_>,
    owner: crate::resolve::listeners::ListenerOwner,
) -> Vec<ListenerStatus> {
    let progress = progress(&built.deployment);
    let counts = built.loaded.as_ref().map(|loaded| loaded.counts.as_slice()).unwrap_or_default();
    let listeners = node.listeners.iter().enumerate().filter(|(_, listener)| listener.owner == owner);
    let status = |(index, listener): (usize, &Listener<'_>)| {
        let count = counts.get(index).copied().unwrap_or_default();
        let failure = built.failed_listeners.iter().find(|failure| failure.port == listener.spec.port);
        super::listener::status(listener, node.lb_type, count, progress, failure.filter(|_| listener.is_valid()))
    };
    listeners.map(status).collect()
}
