//! Status of listeners (translation §4.1).
//!
//! Which listeners are valid was decided by `resolve::listeners`.

use serde::Serialize;

use crate::id::LoadBalancerType;
use crate::resolve::listeners::{Listener, accepted_kinds, controller_kinds};
use crate::translate::ListenerFailure;

use super::Condition;

/// One entry of `status.listeners`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ListenerStatus {
    /// Name of the listener.
    pub name: String,
    /// Kinds that may attach.
    pub supported_kinds: Vec<String>,
    /// Routes attached.
    pub attached_routes: usize,
    /// Conditions.
    pub conditions: Vec<Condition>,
}

/// How far the load balancer behind a listener is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// It serves.
    Programmed,
    /// It doesn't serve yet.
    Pending,
}

/// Status of `listener`, with `attached_routes` routes.
pub fn status(
    listener: &Listener<'_>,
    lb_type: LoadBalancerType,
    attached_routes: usize,
    progress: Progress,
    failure: Option<&ListenerFailure>,
) -> ListenerStatus {
    let known = controller_kinds(lb_type);
    let named = listener.spec.allowed_routes.as_ref().is_some_and(|allowed| !allowed.kinds.is_empty());
    let supported = |kind: &&str| !named || known.contains(kind);
    let mut kinds: Vec<String> = accepted_kinds(listener.spec).filter(supported).map(str::to_owned).collect();
    kinds.sort();
    kinds.dedup();
    let mut conditions = conditions(listener, progress);
    if listener.unknown_kinds && listener.is_valid() {
        let text = format!("listener {} names route kinds that no {} takes", listener.spec.name, lb_type.short());
        super::set(&mut conditions, Condition::new("ResolvedRefs", false, "InvalidRouteKinds", text));
    }
    if let Some(ListenerFailure { reason, message, .. }) = failure {
        super::set(&mut conditions, Condition::new("Programmed", false, "Invalid", message.clone()));
        if let Some(reason) = reason {
            super::set(&mut conditions, Condition::new("ResolvedRefs", false, reason, message.clone()));
        }
    }
    ListenerStatus { name: listener.spec.name.to_string(), supported_kinds: kinds, attached_routes, conditions }
}

fn conditions(listener: &Listener<'_>, progress: Progress) -> Vec<Condition> {
    let fault = listener.fault.as_ref();
    let one_of = |reasons: &[&str]| fault.filter(|fault| reasons.contains(&fault.reason));
    let condition = |kind, holds_with_fault: bool, reasons: &[&str], reason, message| match one_of(reasons) {
        Some(fault) => Condition::new(kind, holds_with_fault, fault.reason, fault.message.clone()),
        None => Condition::new(kind, !holds_with_fault, reason, message),
    };
    let conflicts = ["HostnameConflict", "ProtocolConflict"];
    let refusals =
        ["PortUnavailable", "UnsupportedProtocol", "UnsupportedValue", "HostnameConflict", "ProtocolConflict"];
    let references = ["InvalidRouteKinds", "RefNotPermitted"];
    vec![
        condition("Accepted", false, &refusals, "Accepted", "Listener is accepted."),
        condition("Conflicted", true, &conflicts, "NoConflicts", "Listener has no conflict."),
        match (fault, progress) {
            (Some(fault), _) => Condition::new("Programmed", false, fault.programmed, "Listener is not accepted."),
            (None, Progress::Programmed) => Condition::new("Programmed", true, "Programmed", "Listener is programmed."),
            (None, Progress::Pending) => {
                Condition::new("Programmed", false, "Pending", "Listener is pending to be programmed.")
            }
        },
        condition("ResolvedRefs", false, &references, "ResolvedRefs", "Listener has all refs resolved."),
    ]
}
