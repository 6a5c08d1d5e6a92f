//! Finds mistakes that neither the API server nor the translation stumbles over, by reading what came of both.
//!
//! It changes nothing: a lint adds findings, the plan stays what it is.

mod address;
mod answer;
mod budget;
mod certificate;
mod chain_deletion;
mod chain_exposure;
mod chain_fan;
mod chain_health;
mod chain_setting;
mod chain_split;
mod chain_zones;
mod contradiction;
pub mod edit;
mod expiry;
pub mod grant;
mod host;
mod host_unserved;
mod ignored;
mod listener_tls;
mod open_door;
mod parent;
mod peak;
mod prefix_list;
mod replacement;
mod scope;
mod shadow;
mod share;
mod signature;
mod tie;
mod unused;
mod version;
mod weight;

use crate::diagnostic::Diagnostic;
use crate::pipeline::Pipeline;

pub use scope::{Chain, Scope, Subject};

/// A rule: reads the scope, adds its findings.
type Lint = fn(&Scope<'_, '_>, &mut Vec<Diagnostic>);

/// All lints; their order is of no account, as findings are sorted by place.
const LINTS: &[Lint] = &[
    address::lint,
    budget::lint,
    certificate::lint,
    chain_deletion::lint,
    chain_exposure::lint,
    chain_fan::lint,
    chain_health::lint,
    chain_setting::lint,
    chain_split::lint,
    chain_zones::lint,
    contradiction::lint,
    expiry::lint,
    host::lint,
    host_unserved::lint,
    ignored::lint,
    listener_tls::lint,
    open_door::lint,
    parent::lint,
    peak::lint,
    prefix_list::lint,
    replacement::lint,
    shadow::lint,
    share::lint,
    tie::lint,
    unused::lint,
    version::lint,
    weight::lint,
];

/// Findings of all lints.
pub fn lint(pipeline: &Pipeline<'_>) -> Vec<Diagnostic> {
    let scope = Scope::new(pipeline);
    let mut findings = Vec::new();
    for lint in LINTS {
        lint(&scope, &mut findings);
    }
    findings
}
