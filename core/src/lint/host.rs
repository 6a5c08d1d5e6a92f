//! GWC0401: a hostname that routes of two namespaces claim on one listener.
//!
//! Hostnames that only the listener has are nobody's claim.

use std::collections::BTreeMap;

use super::{Scope, Subject};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::manifest::route::Route;
use crate::origin::FieldPath;

/// One finding per hostname and route that claims it after another namespace.
pub fn lint(scope: &Scope<'_, '_>, findings: &mut Vec<Diagnostic>) {
    for subject in &scope.gateways {
        of_gateway(subject, findings);
    }
}

fn of_gateway(subject: &Subject<'_, '_>, findings: &mut Vec<Diagnostic>) {
    let Some(loaded) = subject.loaded() else { return };
    for attached in loaded.ports.values() {
        let mut claims: BTreeMap<&str, (&Route, usize)> = BTreeMap::new();
        for entry in attached {
            let route = loaded.routes[entry.route].route();
            for (at, host) in route.spec.hostnames.iter().enumerate() {
                let (first, first_at) = *claims.entry(host).or_insert((route, at));
                if first.meta.namespace() != route.meta.namespace() {
                    findings.push(shared(host, (route, at), (first, first_at)));
                }
            }
        }
    }
}

fn shared(host: &str, later: (&Route, usize), first: (&Route, usize)) -> Diagnostic {
    let place =
        |(route, at): (&Route, usize)| Place::Field(route.meta.object, FieldPath::indexed("spec.hostnames[]", &[at]));
    let (label, other) = (later.0.describe(), first.0.describe());
    let message = format!("{label} claims hostname {host}, and so does {other} of another namespace");
    let finding = Diagnostic::new(Code::HostShared, place(later), message).related(place(first), "claimed here");
    finding.help("give each namespace hostnames or listeners of its own: one can take the other's requests")
}
