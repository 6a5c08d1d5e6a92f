//! GWC0311: rules whose backends all have weight 0.
//!
//! A backend of weight 0 beside others is a common stage of a rollout and not mentioned.

use super::Scope;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::origin::FieldPath;

/// One finding per rule.
pub fn lint(scope: &Scope<'_, '_>, findings: &mut Vec<Diagnostic>) {
    for subject in &scope.gateways {
        for route in subject.loaded().into_iter().flat_map(|loaded| &loaded.routes) {
            let silent = |weights: &[i64]| !weights.is_empty() && weights.iter().all(|weight| *weight == 0);
            for rule in &route.rules {
                let weights: Vec<i64> = rule.backends.iter().map(|backend| backend.weight).collect();
                if !silent(&weights) {
                    continue;
                }
                let what = if subject.is_alb() { "the ALB answers 500" } else { "the listener is not created" };
                let label = route.route().describe();
                let message = format!("{label}: all backends of rule {} have weight 0, so that {what}", rule.index);
                let path = FieldPath::indexed("spec.rules[].backendRefs", &[rule.index]);
                let finding = Diagnostic::new(Code::WeightZero, Place::Field(route.object(), path), message);
                findings.push(finding.help("give one of the backends a weight, or remove the rule"));
            }
        }
    }
}
