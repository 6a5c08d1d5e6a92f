//! GWC0103: a rule that splits connections between a chained ALB and other backends.
//!
//! Source: an NLB chooses a target group per connection, long before any host or path is seen.

use super::Scope;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::origin::FieldPath;
use crate::resolve::backend::{Backend, Target};

/// One finding per rule.
pub fn lint(scope: &Scope<'_, '_>, findings: &mut Vec<Diagnostic>) {
    let mut last = None;
    for chain in &scope.chains {
        let rule = (chain.route.object(), chain.rule);
        if last.replace(rule) == Some(rule) {
            continue;
        }
        let weighty = |backend: &&Backend<'_>| backend.weight > 0;
        let backends: Vec<&Backend<'_>> = chain.route.rules[chain.rule].backends.iter().filter(weighty).collect();
        let albs = backends.iter().filter(|backend| matches!(backend.target, Target::Gateway(_))).count();
        if albs == 0 || backends.len() < 2 {
            continue;
        }
        let label = chain.route.route().describe();
        let message = format!(
            "{label}: rule {} splits connections between {} backends, {albs} of them {}: an NLB chooses before it \
             sees a host or a path",
            chain.rule,
            backends.len(),
            if albs == 1 { "an ALB" } else { "ALBs" }
        );
        let path = FieldPath::indexed("spec.rules[].backendRefs", &[chain.rule]);
        let finding = Diagnostic::new(Code::ChainSplit, Place::Field(chain.route.object(), path), message);
        findings
            .push(finding.help("keep one Gateway per rule, and split requests by weights in the routes of the ALB"));
    }
}
