//! Everything that is to be said about the manifests of a plan.
//!
//! The verdicts themselves are put into words by [`crate::diagnose`].

use std::collections::BTreeSet;

use crate::diagnose;
use crate::diagnostic::{Diagnostic, Place};
use crate::id::{NamespacedName, ObjectIx, RouteKind};
use crate::manifest::gateway::ParentRef;
use crate::manifest::route::Route;
use crate::plan::{Plan, Shown};

/// Findings about what is shown, in the order of the files.
pub fn findings(plan: &Plan<'_, '_>) -> Vec<Diagnostic> {
    let mut findings = diagnose::all(plan.pipeline);
    if let Some(shown) = plan.shown {
        let near = Near { plan, shown, routes: attached(plan) };
        findings.retain(|finding| near.has(finding));
    }
    findings
}

/// Routes that name a Gateway that is shown as a parent.
fn attached(plan: &Plan<'_, '_>) -> BTreeSet<ObjectIx> {
    let names_one = |route: &&Route| {
        let parents = route.spec.parent_refs.iter().filter(|parent| parent.kind() == "Gateway");
        let id = |parent: &ParentRef| NamespacedName::new(parent.namespace(route.meta.namespace()), &parent.name);
        parents.map(id).any(|parent| plan.shows(&parent))
    };
    plan.manifests.routes.iter().filter(names_one).map(|route| route.meta.object).collect()
}

/// What concerns the Gateways that are shown.
struct Near<'f, 'p, 'm> {
    plan: &'f Plan<'p, 'm>,
    shown: &'f Shown,
    routes: BTreeSet<ObjectIx>,
}

impl Near<'_, '_, '_> {
    /// What concerns a Gateway that is not shown is not told; mistakes in the texts always are.
    fn has(&self, finding: &Diagnostic) -> bool {
        let (Place::Field(at, _) | Place::Path(at, _)) = &finding.place else { return true };
        let object = self.plan.manifests.object(*at);
        match &*object.kind {
            "Gateway" => self.plan.shows(&object.id),
            kind if object.is_in_cluster() => {
                let is_route = RouteKind::parse(kind).is_some();
                let is_own = self.shown.is_namespace(&object.id.namespace) || object.id.namespace.is_empty();
                self.routes.contains(at) || (is_own && !(is_route && self.shown.selector.is_some()))
            }
            _ => true,
        }
    }
}
