//! GWC0502: API versions that are deprecated, or that a cluster no longer serves.
//!
//! Source: the CRDs of Gateway API v1.6 and of the AWS Load Balancer Controller v3.5.

use super::{Scope, edit};
use crate::admission::served;
use crate::diagnostic::{Code, Diagnostic, Fix, Place};
use crate::id::{ObjectIx, RouteKind, Text};
use crate::manifest::Object;

/// One finding per object.
pub fn lint(scope: &Scope<'_, '_>, findings: &mut Vec<Diagnostic>) {
    for (at, object) in (0_u32..).zip(&scope.manifests.objects) {
        findings.extend(deprecated(scope, ObjectIx(at), object));
    }
}

fn deprecated(scope: &Scope<'_, '_>, at: ObjectIx, object: &Object) -> Option<Diagnostic> {
    let (group, version) = object.api_version.split_once('/')?;
    if version == "v1" || !served(group, "v1", &object.kind) {
        return None;
    }
    let label = object.describe();
    let what = if served(group, version, &object.kind) { "deprecated" } else { "no longer served" };
    let message = format!("{label} is of {group}/{version}, which is {what}");
    let place = Place::Path(at, Text::from("apiVersion"));
    let finding = Diagnostic::new(Code::VersionDeprecated, place.clone(), message);
    Some(finding.help(format!("write apiVersion: {group}/v1")).fix(fix(scope, object, &place, group)))
}

/// Layer-4 routes of v1 have one rule only, so that those with more stay as they are.
fn fix(scope: &Scope<'_, '_>, object: &Object, place: &Place, group: &str) -> Option<Fix> {
    let rules = object.node.at("spec.rules").and_then(crate::source::Node::as_seq).map_or(0, <[_]>::len);
    let single = matches!(RouteKind::parse(&object.kind), Some(RouteKind::Tcp | RouteKind::Tls | RouteKind::Udp));
    if single && rules > 1 {
        return None;
    }
    edit::value(scope.manifests, place, &format!("{group}/v1"), format!("write {group}/v1"))
}
