//! GWC0104: an ALB in more hands than AWS allows.
//!
//! Source: NLB guide, "Use an Application Load Balancer as a target": at most two NLBs per ALB.

use std::collections::{BTreeMap, BTreeSet};

use super::Scope;
use crate::diagnostic::{Code, Diagnostic};
use crate::quota::NLBS_PER_ALB as MOST;

/// One finding per ALB.
pub fn lint(scope: &Scope<'_, '_>, findings: &mut Vec<Diagnostic>) {
    let mut fronts: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for chain in &scope.chains {
        fronts.entry(chain.alb).or_default().insert(chain.front);
    }
    for (alb, fronts) in fronts.into_iter().filter(|(_, fronts)| fronts.len() > MOST) {
        let alb_node = scope.gateways[alb].node;
        let count = fronts.len();
        let message = format!(
            "Gateway {} is the target of {count} NLBs, AWS registers an ALB with at most {MOST}",
            alb_node.label()
        );
        let mut chains = scope.chains.iter().filter(|chain| chain.alb == alb);
        let mut finding = None;
        for front in fronts {
            let Some(chain) = chains.find(|chain| chain.front == front) else { continue };
            let label = format!("NLB of Gateway {}", scope.gateways[front].node.label());
            finding = Some(match finding {
                None => Diagnostic::new(Code::ChainFan, scope.gateways[alb].field("spec.gatewayClassName"), &*message)
                    .help("send the traffic through one or two NLBs, or give the ALB Gateway a twin")
                    .related(chain.place(), label),
                Some(finding) => Diagnostic::related(finding, chain.place(), label),
            });
        }
        findings.extend(finding);
    }
}
