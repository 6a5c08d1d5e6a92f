//! GWC0503: a hostname that ExternalDNS would publish with the addresses of both load balancers of a chain.
//!
//! Source: ExternalDNS, sources `gateway-*route`: hostnames of routes and of their annotation, addresses of Gateways.

use std::collections::BTreeMap;

use super::{Chain, Scope};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::id::Text;
use crate::origin::FieldPath;

const HOSTNAME: &str = "external-dns.alpha.kubernetes.io/hostname";
const TARGET: &str = "external-dns.alpha.kubernetes.io/target";

/// One finding per chain and hostname.
pub fn lint(scope: &Scope<'_, '_>, findings: &mut Vec<Diagnostic>) {
    for chain in &scope.chains {
        of_chain(scope, chain, findings);
    }
}

fn of_chain(scope: &Scope<'_, '_>, chain: &Chain<'_, '_>, findings: &mut Vec<Diagnostic>) {
    let Some(published) = chain.route.route().meta.annotations.get(HOSTNAME) else { return };
    let alb = &scope.gateways[chain.alb];
    if alb.node.gateway.meta.annotations.contains_key(TARGET) {
        return;
    }
    let mut claims: BTreeMap<&str, Place> = BTreeMap::new();
    for route in alb.loaded().into_iter().flat_map(|loaded| &loaded.routes) {
        for (at, host) in route.route().spec.hostnames.iter().enumerate() {
            let path = FieldPath::indexed("spec.hostnames[]", &[at]);
            claims.entry(host).or_insert(Place::Field(route.object(), path));
        }
    }
    for host in published.split(',').map(str::trim) {
        let Some(claim) = claims.get(host) else { continue };
        let place = Place::Path(chain.route.object(), Text::from(format!("metadata.annotations[{HOSTNAME}]")));
        let (front, alb) = (scope.gateways[chain.front].node.label(), alb.node.label());
        let message =
            format!("ExternalDNS would give {host} the addresses of Gateway {front} and of Gateway {alb} behind it");
        let finding = Diagnostic::new(Code::AddressTwice, place, message).related(claim.clone(), "published here, too");
        findings.push(finding.help(format!("give Gateway {alb} the annotation {TARGET} with the NLB's name")));
    }
}
