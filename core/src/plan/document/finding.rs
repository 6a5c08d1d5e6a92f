//! Everything that is to be said about the manifests of a plan.
//!
//! The verdicts themselves are put into words by [`crate::diagnose`].

use crate::diagnose;
use crate::diagnostic::{Diagnostic, Place};
use crate::plan::Plan;

/// Findings about what is shown, in the order of the files.
pub fn findings(plan: &Plan<'_, '_>) -> Vec<Diagnostic> {
    let mut findings = diagnose::all(plan.pipeline);
    findings.retain(|finding| is_shown(plan, finding));
    findings
}

/// What concerns a Gateway that is not shown is not told; mistakes in the text always are.
fn is_shown(plan: &Plan<'_, '_>, finding: &Diagnostic) -> bool {
    let (Place::Field(object, _) | Place::Path(object, _)) = &finding.place else { return true };
    let object = plan.manifests.object(*object);
    &*object.kind != "Gateway" || plan.shows(&object.id)
}
