//! GWC0111: NLB and ALB of a chain that don't stand in the same zones, or balance across zones twice.
//!
//! Source: NLB guide, "Use an Application Load Balancer as a target": match the zones, leave cross-zone off.

use std::collections::{BTreeMap, BTreeSet};

use super::{Chain, Scope, Subject, edit};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::load_balancer::Subnets;

const CROSS_ZONE: &str = "load_balancing.cross_zone.enabled";

/// One finding per pair of load balancers and one per NLB.
pub fn lint(scope: &Scope<'_, '_>, findings: &mut Vec<Diagnostic>) {
    let subnets = scope.pipeline.resolver.environment.subnets.iter().flatten();
    let zones: BTreeMap<&str, &str> = subnets.map(|subnet| (&*subnet.id, &*subnet.az)).collect();
    let (mut pairs, mut fronts) = (BTreeSet::new(), BTreeSet::new());
    for chain in &scope.chains {
        if pairs.insert((chain.front, chain.alb)) {
            findings.extend(differing(scope, chain, &zones));
        }
        if fronts.insert(chain.front) {
            findings.extend(cross_zone(scope, chain));
        }
    }
}

fn differing(scope: &Scope<'_, '_>, chain: &Chain<'_, '_>, zones: &BTreeMap<&str, &str>) -> Option<Diagnostic> {
    let (front, alb) = (&scope.gateways[chain.front], &scope.gateways[chain.alb]);
    let (of_front, of_alb) = (zones_of(front, zones)?, zones_of(alb, zones)?);
    if of_front == of_alb {
        return None;
    }
    let listed = |zones: &BTreeSet<&str>| zones.iter().copied().collect::<Vec<_>>().join(", ");
    let message = format!(
        "the NLB of Gateway {} stands in {}, the ALB of Gateway {} behind it in {}",
        front.node.label(),
        listed(&of_front),
        alb.node.label(),
        listed(&of_alb)
    );
    let help =
        "give both subnets in the same zones: an NLB without cross-zone balancing reaches targets of its zone only";
    Some(Diagnostic::new(Code::ChainZones, chain.place(), message).help(help))
}

/// Zones of the subnets; none unless all are known.
fn zones_of<'z>(subject: &Subject<'_, '_>, zones: &BTreeMap<&str, &'z str>) -> Option<BTreeSet<&'z str>> {
    let Subnets::Known(mappings) = &subject.stack()?.load_balancer.as_ref()?.spec.subnet_mapping else { return None };
    let found: Option<BTreeSet<&str>> = mappings
        .iter()
        .map(|mapping| zones.get(&*mapping.subnet_id).copied().filter(|zone| !zone.is_empty()))
        .collect();
    found.filter(|zones| !zones.is_empty())
}

fn cross_zone(scope: &Scope<'_, '_>, chain: &Chain<'_, '_>) -> Option<Diagnostic> {
    let front = &scope.gateways[chain.front];
    let (value, place) = front.attribute(CROSS_ZONE)?;
    if &**value != "true" {
        return None;
    }
    let message = format!("the NLB of Gateway {} balances across zones in front of an ALB", front.node.label());
    let help = "the ALB balances across zones itself: without it on the NLB, bytes cross zones once and an ALB counts \
                as 50 targets instead of 100";
    let fix = edit::value(scope.manifests, &place, "false", "switch it off");
    let finding = Diagnostic::new(Code::ChainZones, place, message).related(chain.place(), "the chain");
    Some(finding.help(help).fix(fix))
}
