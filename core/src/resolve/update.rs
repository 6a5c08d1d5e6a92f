//! What loading tells routes, parent by parent (translation §3.7).
//!
//! What building finds out is added in `status::route`.

use std::borrow::Cow;

use super::attach::Attachment;
use super::load::{Loaded, LocatedFault};

/// What loading says to one `parentRef` of a route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteUpdate {
    /// Position in [`Loaded::routes`].
    pub route: usize,
    /// Position in the route's `parentRefs`.
    pub parent: usize,
    /// Condition `Accepted`.
    pub accepted: bool,
    /// Condition `ResolvedRefs`.
    pub resolved_refs: bool,
    /// Reason.
    pub reason: &'static str,
    /// Message.
    pub message: Cow<'static, str>,
}

/// What every parent of every route is told; `isolated` leaves out what costs single rules only.
pub fn updates(loaded: &Loaded<'_>, isolated: bool) -> Vec<RouteUpdate> {
    let complete = loaded.error.is_none();
    let mut updates = Vec::new();
    for (position, route) in loaded.routes.iter().enumerate() {
        let of_rules = if isolated { unresolved(&route.faults) } else { first_fault(&route.faults) };
        for (parent, attachment) in route.attached.parents.iter().enumerate() {
            let update = |(accepted, resolved_refs), reason, message| RouteUpdate {
                route: position,
                parent,
                accepted,
                resolved_refs,
                reason,
                message,
            };
            match (attachment, &of_rules) {
                (Attachment::Refused(fault), _) => {
                    updates.push(update((false, true), fault.reason, fault.message.clone().into()));
                }
                (Attachment::Attached, Some((reason, message))) => {
                    updates.push(update(verdict(reason), reason, message.clone().into()));
                }
                (Attachment::Attached, None) if complete && route.attached.is_served => {
                    updates.push(update((true, true), "Accepted", "Route is accepted by Gateway".into()));
                }
                (Attachment::Attached, None) | (Attachment::NotOurs, _) => {}
            }
        }
    }
    updates
}

fn first_fault(faults: &[LocatedFault]) -> Option<(&'static str, String)> {
    faults.first().map(|located| (located.fault.reason, located.fault.message.clone()))
}

/// References that lead nowhere: the first one's reason, and every message once.
fn unresolved(faults: &[LocatedFault]) -> Option<(&'static str, String)> {
    let of_references = faults.iter().filter(|located| !verdict(located.fault.reason).1);
    let mut texts: Vec<String> = Vec::new();
    let mut reason = None;
    for LocatedFault { fault, rule, .. } in of_references {
        reason = reason.or(Some(fault.reason));
        let text = format!("rule {rule}: {}", fault.message);
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    reason.map(|reason| (reason, texts.join("; ")))
}

/// `Accepted` and `ResolvedRefs` that a reason means (translation §3.7).
pub fn verdict(reason: &str) -> (bool, bool) {
    match reason {
        "NotAllowedByListeners"
        | "NoMatchingListenerHostname"
        | "NoMatchingParent"
        | "UnsupportedValue"
        | "Pending"
        | "IncompatibleFilters" => (false, true),
        "RefNotPermitted" | "InvalidKind" | "BackendNotFound" | "UnsupportedProtocol" => (true, false),
        _ => (false, false),
    }
}
