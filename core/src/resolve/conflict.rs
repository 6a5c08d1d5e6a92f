//! Listeners of one Gateway that can't both be served (deviation 10.2).
//!
//! TLS modes and ListenerSets are judged in `listeners`, where the earlier one wins.

use crate::manifest::gateway::ListenerSpec;

use super::listeners::{Listener, ListenerFault, ListenerOwner, fault};

/// Listeners of one Gateway that conflict with each other are all conflicted; a ListenerSet's yields alone.
pub fn spread(listeners: &mut [Listener<'_>]) {
    let conflicted = |fault: &ListenerFault| matches!(fault.reason, "HostnameConflict" | "ProtocolConflict");
    let own: Vec<usize> = (0..listeners.len())
        .filter(|position| listeners[*position].owner == ListenerOwner::Gateway)
        .filter(|position| listeners[*position].fault.as_ref().is_none_or(conflicted))
        .collect();
    if own.iter().all(|position| listeners[*position].fault.is_none()) {
        return;
    }
    for later in &own {
        for earlier in own.iter().filter(|earlier| *earlier < later) {
            let Some(found) = conflict_between(listeners[*earlier].spec, listeners[*later].spec) else { continue };
            for position in [*earlier, *later] {
                listeners[position].fault.get_or_insert_with(|| found.clone());
            }
        }
    }
}

/// Why two listeners of one Gateway can't both be served; TLS modes are not judged here.
fn conflict_between(a: &ListenerSpec, b: &ListenerSpec) -> Option<ListenerFault> {
    let port = a.port;
    if port != b.port {
        return None;
    }
    if let Some(host) = a.host().filter(|host| b.host() == Some(host)) {
        return Some(fault("HostnameConflict", format!("Hostname conflict for port {port} with hostname {host}")));
    }
    let compatible = matches!((&*a.protocol, &*b.protocol), ("TCP", "UDP") | ("UDP", "TCP"));
    (a.protocol != b.protocol && !compatible)
        .then(|| fault("ProtocolConflict", format!("Protocol conflict for port {port}")))
}
