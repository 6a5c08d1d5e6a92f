//! GWC0314: a hostname of a route that none of its listeners serves, while others of its hostnames are.
//!
//! A route with no fitting hostname at all is not attached, which `diagnose` says.

use std::collections::BTreeMap;

use super::Scope;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::id::{ObjectIx, Text};
use crate::manifest::route::Route;
use crate::origin::FieldPath;
use crate::resolve::attach::Attachment;

/// Listeners that are shown beside a hostname.
const SHOWN: usize = 3;

/// What the Gateways of a route make of it.
struct Served<'p> {
    route: &'p Route,
    hosts: Vec<&'p Text>,
    /// By `parentRef`: whether a Gateway of the manifests is meant.
    known: Vec<bool>,
    listeners: Vec<(Place, String)>,
}

/// One finding per hostname.
pub fn lint(scope: &Scope<'_, '_>, findings: &mut Vec<Diagnostic>) {
    for served in collected(scope).into_values() {
        // A parent that is not among the manifests may well have a listener for the hostname.
        if !served.hosts.is_empty() && served.known.iter().all(|known| *known) {
            of_route(&served, findings);
        }
    }
}

fn collected<'p>(scope: &'p Scope<'p, '_>) -> BTreeMap<ObjectIx, Served<'p>> {
    let mut all: BTreeMap<ObjectIx, Served<'p>> = BTreeMap::new();
    for subject in &scope.gateways {
        let Some(loaded) = subject.loaded() else { continue };
        for route in &loaded.routes {
            let parents = &route.attached.parents;
            let served = all.entry(route.object()).or_insert_with(|| Served {
                route: route.route(),
                hosts: Vec::new(),
                known: vec![false; parents.len()],
                listeners: Vec::new(),
            });
            for (known, parent) in served.known.iter_mut().zip(parents) {
                *known |= *parent != Attachment::NotOurs;
            }
        }
        for (port, attached) in &loaded.ports {
            for one in attached {
                let route = &loaded.routes[one.route];
                let Some(served) = all.get_mut(&route.object()) else { continue };
                served.hosts.extend(one.hosts.effective(route.route()));
                if served.listeners.len() < SHOWN {
                    let label = format!("listener on port {port} of Gateway {}", subject.node.label());
                    served.listeners.push((subject.listener_place(*port), label));
                }
            }
        }
    }
    all
}

fn of_route(served: &Served<'_>, findings: &mut Vec<Diagnostic>) {
    let hosts = served.route.spec.hostnames.iter().enumerate();
    for (at, host) in hosts.filter(|(_, host)| !served.hosts.iter().any(|own| is_part(own, host))) {
        let place = Place::Field(served.route.meta.object, FieldPath::indexed("spec.hostnames[]", &[at]));
        let message = format!("{}: no listener serves hostname {host}", served.route.describe());
        let finding = Diagnostic::new(Code::HostUnserved, place, message);
        let finding = finding.help("give a listener a hostname that covers it, or take it out of the route");
        let related = served.listeners.iter().cloned();
        findings.push(related.fold(finding, |finding, (place, label)| finding.related(place, label)));
    }
}

/// Whether `own` is `host` or, where that is a wildcard, one of its hosts.
fn is_part(own: &str, host: &str) -> bool {
    own == host || host.strip_prefix('*').is_some_and(|suffix| own.ends_with(suffix))
}
