//! Finds mistakes that neither the API server nor the translation stumbles over, by reading what came of both.
//!
//! It changes nothing: a lint adds findings, the plan stays what it is.

mod chain_fan;
mod scope;

use crate::diagnostic::Diagnostic;
use crate::pipeline::Pipeline;

pub use scope::{Chain, Scope};

/// A rule: reads the scope, adds its findings.
type Lint = fn(&Scope<'_, '_>, &mut Vec<Diagnostic>);

/// All lints; their order is of no account, as findings are sorted by place.
const LINTS: &[Lint] = &[chain_fan::lint];

/// Findings of all lints.
pub fn lint(pipeline: &Pipeline<'_>) -> Vec<Diagnostic> {
    let scope = Scope::new(pipeline);
    let mut findings = Vec::new();
    for lint in LINTS {
        lint(&scope, &mut findings);
    }
    findings
}
