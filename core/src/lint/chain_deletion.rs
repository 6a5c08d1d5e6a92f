//! GWC0113: chains that AWS won't let anybody take down.
//!
//! Source: NLB guide: an ALB can't be deleted while it is registered with an NLB.

use std::collections::BTreeSet;

use super::{Chain, Scope};
use crate::diagnostic::{Code, Diagnostic};

const PROTECTION: &str = "deletion_protection.enabled";

/// One finding per pair of load balancers.
pub fn lint(scope: &Scope<'_, '_>, findings: &mut Vec<Diagnostic>) {
    let mut pairs = BTreeSet::new();
    for chain in scope.chains.iter().filter(|chain| pairs.insert((chain.front, chain.alb))) {
        findings.extend(being_deleted(scope, chain).or_else(|| half_protected(scope, chain)));
    }
}

fn being_deleted(scope: &Scope<'_, '_>, chain: &Chain<'_, '_>) -> Option<Diagnostic> {
    let (front, alb) = (&scope.gateways[chain.front], &scope.gateways[chain.alb]);
    if !alb.node.gateway.meta.deleting || front.node.gateway.meta.deleting {
        return None;
    }
    let (front, label) = (front.node.label(), alb.node.label());
    let message = format!("Gateway {label} is being deleted while the NLB of Gateway {front} forwards to its ALB");
    let finding = Diagnostic::new(Code::ChainDeletion, chain.place(), message)
        .related(alb.field("metadata.deletionTimestamp"), "deleted here");
    Some(finding.help("take the Gateway out of the route first: AWS deletes no ALB that is registered with an NLB"))
}

fn half_protected(scope: &Scope<'_, '_>, chain: &Chain<'_, '_>) -> Option<Diagnostic> {
    let (front, alb) = (&scope.gateways[chain.front], &scope.gateways[chain.alb]);
    let (value, place) = front.attribute(PROTECTION)?;
    let is_alb_protected = alb.attribute(PROTECTION).is_some_and(|(value, _)| &**value == "true");
    if &**value != "true" || is_alb_protected {
        return None;
    }
    let (front, alb) = (front.node.label(), alb.node.label());
    let message = format!(
        "the NLB of Gateway {front} is protected from deletion, the ALB of Gateway {alb} behind it is not: deleting \
         both leaves the NLB, and the ALB in use"
    );
    let finding = Diagnostic::new(Code::ChainDeletion, place, message).related(chain.place(), "the chain");
    Some(finding.help("set deletion_protection.enabled on both or on none"))
}
