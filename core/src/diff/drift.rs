//! Drift told apart from intended change: what differs although nobody has written anything else.
//!
//! AWS keeps no record of what was planned last, so the cluster is asked. What a controller has programmed at the
//! Gateway's present generation was once as planned: where it differs now, somebody changed it on AWS. A value that is
//! written in an object which says which of its generations was seen is judged by that object; a configuration does not
//! say so, and is judged only if it was never edited since it was created. Without a status nothing is told, and what
//! goes is not judged, as an object that was deleted leaves no trace.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value as Json;

use super::change::{Action, ChangeSet, FieldChange, ResourceId, ResourceKind};
use super::resource::{ResourceChange, by_resource};
use crate::id::{ObjectIx, Text};
use crate::manifest::Manifests;
use crate::model::Stack;
use crate::origin::Origin;
use crate::plan::Plan;
use crate::plan::document::{Planned, resources};
use crate::source::Node;

/// Why something differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Drift {
    /// Somebody changed it on AWS.
    Certain,
    /// That, or a configuration was edited and no controller has looked at it yet.
    Possible,
}

impl Drift {
    /// The words for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Certain => "drift",
            Self::Possible => "drift, or not carried out yet",
        }
    }
}

/// A field of a resource with both its values; without field the whole resource.
type Key = (ResourceId, Option<(Text, Option<Json>, Option<Json>)>);

/// What of a change set is drift.
#[derive(Clone, Debug, Default)]
pub struct Drifts(Vec<(Key, Drift)>);

impl Drifts {
    /// What of `set`, which leads from AWS to `plan`, is drift. Where files are laid over a cluster, both are the
    /// cluster's own: what differs without the files is not intended by them.
    pub fn of(plan: &Plan<'_, '_>, set: &ChangeSet) -> Self {
        let stacks = plan.pipeline.stacks();
        let of_stack: BTreeMap<&str, Judge<'_>> =
            stacks.iter().map(|stack| (&*stack.id, Judge::new(plan.manifests, stack))).collect();
        let mut found = Vec::new();
        let all = by_resource(set);
        let renewed: Vec<_> =
            all.iter().filter(|one| is_new_load_balancer(one)).map(|one| &one.resource.stack).collect();
        for one in &all {
            let gateway = one.resource.stack.as_ref().map(|stack| &*stack.gateway);
            let Some(judge) = gateway.and_then(|gateway| of_stack.get(gateway)).filter(|judge| judge.is_settled())
            else {
                continue;
            };
            let planned = judge.planned(one.resource);
            // What hangs on a load balancer comes anew with it.
            let is_own = one.resource.kind == ResourceKind::LoadBalancer || !renewed.contains(&&one.resource.stack);
            if one.action == Action::Create && is_own {
                let drift = planned.and_then(|planned| judge.object(planned.cause));
                found.extend(drift.map(|drift| ((one.resource.clone(), None), drift)));
            }
            for field in one.fields() {
                let drift = judge.field(field, planned);
                found.extend(drift.map(|drift| (key(one.resource, field), drift)));
            }
        }
        Self(found)
    }

    /// The verdict on a field.
    pub fn field(&self, resource: &ResourceId, field: &FieldChange) -> Option<Drift> {
        self.get(&key(resource, field))
    }

    /// The verdict on a resource that is missing.
    pub fn missing(&self, resource: &ResourceId) -> Option<Drift> {
        self.get(&(resource.clone(), None))
    }

    fn get(&self, key: &Key) -> Option<Drift> {
        self.0.iter().find(|(known, _)| known == key).map(|(_, drift)| *drift)
    }
}

fn is_new_load_balancer(one: &ResourceChange<'_>) -> bool {
    one.resource.kind == ResourceKind::LoadBalancer && matches!(one.action, Action::Create | Action::Replace)
}

fn key(resource: &ResourceId, field: &FieldChange) -> Key {
    (resource.clone(), Some((field.field.clone(), field.before.clone(), field.after.clone())))
}

/// Judges one stack.
struct Judge<'a> {
    manifests: &'a Manifests,
    stack: &'a Stack,
    planned: OnceCell<Vec<Planned<'a>>>,
}

impl<'a> Judge<'a> {
    fn new(manifests: &'a Manifests, stack: &'a Stack) -> Self {
        Self { manifests, stack, planned: OnceCell::new() }
    }

    /// Whether a controller has carried out the Gateway as it stands.
    fn is_settled(&self) -> bool {
        let node = self.node(self.stack.gateway);
        programmed(node).is_some() && seen(node) == Some(true)
    }

    fn node(&self, object: ObjectIx) -> &'a Node {
        &self.manifests.object(object).node
    }

    fn planned(&self, resource: &ResourceId) -> Option<&Planned<'a>> {
        let all = self.planned.get_or_init(|| resources(self.stack));
        all.iter().find(|planned| planned.spec.kind() == resource.kind.as_str() && *planned.id == *resource.id)
    }

    fn field(&self, field: &FieldChange, planned: Option<&Planned<'a>>) -> Option<Drift> {
        let name = field.field.split(['[', '.']).next().unwrap_or_default();
        let recorded = planned.and_then(|planned| planned.origins.get(name));
        match field.origin.as_ref().or(recorded) {
            Some(Origin::Field { object, .. }) => self.object(*object),
            _ => Some(Drift::Certain),
        }
    }

    /// The verdict on what `object` alone decides.
    fn object(&self, object: ObjectIx) -> Option<Drift> {
        let node = self.node(object);
        match seen(node) {
            Some(true) => Some(Drift::Certain),
            Some(false) => None,
            None if self.is_unedited(node) => Some(Drift::Certain),
            None => Some(Drift::Possible),
        }
    }

    /// Whether an object without status is as it was when the Gateway was programmed.
    fn is_unedited(&self, node: &Node) -> bool {
        let created = node.at("metadata.creationTimestamp").and_then(Node::as_str);
        let programmed = programmed(self.node(self.stack.gateway)).and_then(|found| text(found, "lastTransitionTime"));
        let generation = node.at("metadata.generation").and_then(Node::as_int);
        // API servers write both in one form, in UTC, which sorts as time does.
        generation == Some(1) && created.zip(programmed).is_some_and(|(created, programmed)| created <= programmed)
    }
}

fn text<'n>(node: &'n Node, key: &str) -> Option<&'n str> {
    node.get(key)?.as_str()
}

fn conditions(node: &Node) -> impl Iterator<Item = &Node> {
    let list = |path: &str| node.at(path).and_then(Node::as_seq).unwrap_or_default();
    let of_parents = list("status.parents").iter().filter_map(|parent| parent.get("conditions")?.as_seq()).flatten();
    list("status.conditions").iter().chain(of_parents)
}

/// The condition of a Gateway that says that its load balancer is there.
fn programmed(node: &Node) -> Option<&Node> {
    conditions(node).find(|one| text(one, "type") == Some("Programmed") && text(one, "status") == Some("True"))
}

/// Whether all that report on an object have seen its present generation; `None` if nobody reports.
fn seen(node: &Node) -> Option<bool> {
    let generation = node.at("metadata.generation").and_then(Node::as_int)?;
    let mut observed = conditions(node).filter_map(|one| one.get("observedGeneration")?.as_int()).peekable();
    observed.peek()?;
    Some(observed.all(|one| one == generation))
}
