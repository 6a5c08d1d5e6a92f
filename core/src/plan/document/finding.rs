//! Everything that is to be said about the manifests of a plan.
//!
//! The verdicts themselves are put into words by [`crate::diagnose`].

use crate::diagnose;
use crate::diagnostic::{Code, Diagnostic, Effect, Place};
use crate::manifest::gateway::Gateway;
use crate::origin::FieldPath;
use crate::plan::Plan;

/// Findings about what is shown, by place, each once.
pub fn findings(plan: &Plan<'_, '_>) -> Vec<Diagnostic> {
    let mut findings: Vec<Diagnostic> = plan.without_class().map(without_class).collect();
    findings.extend(diagnose::all(plan.pipeline).into_iter().filter(|finding| is_shown(plan, finding)));
    findings
}

fn without_class(gateway: &Gateway) -> Diagnostic {
    let name = &gateway.spec.gateway_class_name;
    let message = format!("Gateway {}: GatewayClass {name} is not among the manifests", gateway.meta.id);
    let place = Place::Field(gateway.meta.object, FieldPath::new("spec.gatewayClassName"));
    let help = "add the GatewayClass: its controllerName tells whether to plan an ALB or an NLB";
    Diagnostic::new(Code::GatewayBlocked, place, message).effect(Effect::BlocksGateway).help(help)
}

/// What concerns a Gateway that is not shown is not told; mistakes in the text always are.
fn is_shown(plan: &Plan<'_, '_>, finding: &Diagnostic) -> bool {
    let (Place::Field(object, _) | Place::Path(object, _)) = &finding.place else { return true };
    let object = plan.manifests.object(*object);
    &*object.kind != "Gateway" || plan.shows(&object.id)
}
