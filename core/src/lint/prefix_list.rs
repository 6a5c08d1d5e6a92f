//! GWC0412: prefix lists that were meant to close a load balancer which stays open to everybody.
//!
//! Source: translation, deviation B14: `securityGroupPrefixes` adds to 0.0.0.0/0 unless `sourceRanges` is set.

use super::{Scope, Subject, edit};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::model::load_balancer::PermissionSource;
use crate::origin::{FieldPath, Origin};

/// One finding per Gateway.
pub fn lint(scope: &Scope<'_, '_>, findings: &mut Vec<Diagnostic>) {
    findings.extend(scope.gateways.iter().filter_map(|subject| of_gateway(scope, subject)));
}

fn of_gateway(scope: &Scope<'_, '_>, subject: &Subject<'_, '_>) -> Option<Diagnostic> {
    let group = subject.stack()?.security_group.as_ref()?;
    let Some(Origin::Field { object, .. }) = group.origins.get("ingress.prefixLists") else { return None };
    let is_open =
        |source: &PermissionSource| matches!(source, PermissionSource::Ipv4(range) if &**range == "0.0.0.0/0");
    // Whoever writes 0.0.0.0/0 means it.
    if matches!(group.origins.get("ingress"), Some(Origin::Field { .. }))
        || !group.spec.ingress.iter().any(|one| is_open(&one.source))
    {
        return None;
    }
    let (short, label) = (subject.node.lb_type.short(), subject.node.label());
    let message =
        format!("prefix lists don't close the {short} of Gateway {label}: without sourceRanges everybody is let in");
    let place = Place::Field(*object, FieldPath::new("spec.securityGroupPrefixes"));
    let fix = edit::sibling(scope.manifests, *object, "spec", "securityGroupPrefixes", ("sourceRanges", "[]"));
    Some(
        Diagnostic::new(Code::PrefixListOpen, place, message)
            .help("add sourceRanges: [] so that only the lists count")
            .fix(fix),
    )
}
