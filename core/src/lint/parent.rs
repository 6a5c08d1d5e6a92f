//! GWC0312: routes and ListenerSets whose parent is not among the manifests.
//!
//! A parent that is there and has no fitting listener is `diagnose`'s business.

use std::collections::{BTreeMap, BTreeSet};

use super::{Scope, edit};
use crate::admission::nearest;
use crate::diagnostic::{Code, Diagnostic, Effect, Place};
use crate::id::Text;
use crate::manifest::gateway::ParentRef;
use crate::manifest::meta::Meta;
use crate::origin::FieldPath;
use crate::resolve::listeners::is_gateway_api;

/// Kinds of parents.
const KINDS: [&str; 2] = ["Gateway", "ListenerSet"];

/// Names among which the nearest is sought, so that time stays linear.
const COMPARED: usize = 100;

/// Names by kind and namespace, in their order.
type Names<'m> = BTreeMap<(&'static str, &'m str), Vec<&'m str>>;

/// Gateways and ListenerSets, and objects that were refused: of those somebody has already spoken.
struct Known<'m> {
    names: Names<'m>,
    refused: BTreeSet<&'m str>,
}

/// One finding per `parentRef`.
pub fn lint(scope: &Scope<'_, '_>, findings: &mut Vec<Diagnostic>) {
    let refused = scope.manifests.rejected.iter().map(|rejected| &*rejected.object).collect();
    let known = Known { names: names(scope), refused };
    for route in &scope.manifests.routes {
        for (at, parent) in route.spec.parent_refs.iter().enumerate() {
            let path = FieldPath::indexed("spec.parentRefs[]", &[at]);
            findings.extend(missing(scope, &known, &route.meta, parent, path));
        }
    }
    for set in &scope.manifests.listener_sets {
        findings.extend(missing(scope, &known, &set.meta, &set.spec.parent_ref, FieldPath::new("spec.parentRef")));
    }
}

fn names<'m>(scope: &Scope<'_, 'm>) -> Names<'m> {
    let mut names = Names::new();
    let gateways = scope.manifests.gateways.iter().map(|gateway| ("Gateway", &gateway.meta.id));
    let sets = scope.manifests.listener_sets.iter().map(|set| ("ListenerSet", &set.meta.id));
    for (kind, id) in gateways.chain(sets) {
        names.entry((kind, &id.namespace)).or_default().push(&id.name);
    }
    names
}

fn missing(
    scope: &Scope<'_, '_>,
    known: &Known<'_>,
    child: &Meta,
    parent: &ParentRef,
    path: FieldPath,
) -> Option<Diagnostic> {
    let Some(kind) = KINDS.into_iter().find(|kind| *kind == parent.kind()) else {
        return unknown_kind(scope, child, parent, path);
    };
    let namespace = parent.namespace(child.namespace());
    let siblings = known.names.get(&(kind, &**namespace)).map(Vec::as_slice).unwrap_or_default();
    if !is_gateway_api(parent.group.as_ref()) || siblings.binary_search(&&*parent.name).is_ok() {
        return None;
    }
    if known.refused.contains(&*format!("{kind} {namespace}/{}", parent.name)) {
        return None;
    }
    let label = scope.manifests.object(child.object).describe();
    let message =
        format!("{label} names {kind} {namespace}/{} as its parent, which is not among the manifests", parent.name);
    let place = Place::Field(child.object, path.child(".name"));
    let finding = Diagnostic::new(Code::ParentMissing, place.clone(), message);
    let finding = if scope.pipeline.options.complete { finding.effect(Effect::DropsRoute) } else { finding };
    if let Some(near) = nearest(&parent.name, siblings.iter().copied().take(COMPARED)) {
        let fix = edit::value(scope.manifests, &place, &near, format!("name {kind} {near}"));
        return Some(finding.help(format!("did you mean {near}?")).fix(fix));
    }
    Some(finding.help(elsewhere(&known.names, kind, &parent.name)))
}

/// Of the Gateway API's own kinds only two can be parents; those of other groups are other people's business.
fn unknown_kind(scope: &Scope<'_, '_>, child: &Meta, parent: &ParentRef, path: FieldPath) -> Option<Diagnostic> {
    if !is_gateway_api(parent.group.as_ref()) {
        return None;
    }
    let (label, kind) = (scope.manifests.object(child.object).describe(), parent.kind());
    let message = format!("{label} names a parent of kind {kind}, and there is no such kind of parent");
    let place = Place::Field(child.object, path.child(".kind"));
    let finding = Diagnostic::new(Code::ParentMissing, place.clone(), message);
    let Some(near) = nearest(kind, KINDS.into_iter()) else {
        return Some(finding.help("a parent is a Gateway or a ListenerSet"));
    };
    let fix = edit::value(scope.manifests, &place, &near, format!("write {near}"));
    Some(finding.help(format!("did you mean {near}?")).fix(fix))
}

/// The remedy when no name of the namespace is near.
fn elsewhere(names: &Names<'_>, kind: &str, name: &Text) -> String {
    let found = names.iter().find(|((other, _), names)| *other == kind && names.contains(&&**name));
    match found {
        Some(((_, namespace), _)) => format!("there is one in namespace {namespace}: set namespace in the parentRef"),
        None => format!("add the {kind}'s manifest: without it nothing is planned for this"),
    }
}
