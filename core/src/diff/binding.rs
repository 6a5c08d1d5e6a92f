//! TargetGroupBindings, matched by their target group (controller §3.4, §4.2).
//!
//! What they register is the business of the controller that reads them.

use serde_json::Value as Json;

use super::Stacked;
use super::change::{Action, ResourceKind};
use super::draft::{Draft, Drafts, Token};
use super::existing::GONE;
use super::field::{Fields, shown};
use super::operation::Operation;
use crate::account::{Binding as Seen, Pairs, tag_prefix};
use crate::id::Text;
use crate::model::target_group::{NetworkingPeer, TargetGroupBinding};
use crate::model::{Resource, Value};

/// Annotations in which the controller keeps what it registered last.
const CHECKPOINTS: [&str; 2] = ["elbv2.k8s.aws/checkpoint", "elbv2.k8s.aws/checkpoint-timestamp"];

/// Drafts what becomes of the bindings, if anybody looked at the cluster.
pub fn draft(stacked: Stacked<'_>, drafts: &mut Drafts) {
    let Some(seen) = &stacked.existing.bindings else {
        return;
    };
    let mut kept: Vec<&Seen> = Vec::new();
    for planned in stacked.wanted.model.iter().flat_map(|stack| &stack.bindings) {
        let group = stacked.names.bind(&planned.spec.template.spec.target_group_arn, &stacked.wanted.stack);
        let found = seen.iter().find(|one| one.target_group().map(Text::from).as_ref() == group.known());
        kept.extend(found);
        apply(stacked, drafts, planned, found.copied());
    }
    for gone in seen.iter().filter(|one| !kept.iter().any(|kept| std::ptr::eq(*kept, **one))) {
        delete(stacked, drafts, gone);
    }
}

fn apply(stacked: Stacked<'_>, drafts: &mut Drafts, planned: &Resource<TargetGroupBinding>, seen: Option<&Seen>) {
    let id = stacked.id(ResourceKind::TargetGroupBinding, &planned.id);
    let binding = bound(stacked, &planned.spec);
    let mut fields = Fields::default();
    if let Some(seen) = seen {
        compare(&mut fields, &binding, seen, planned);
        if fields.is_empty() {
            return;
        }
    }
    let action = if seen.is_some() { Action::Update } else { Action::Create };
    let group = stacked.names.output(&planned.spec.template.spec.target_group_arn, &stacked.wanted.stack);
    let operation = Operation::ApplyTargetGroupBinding { binding: Box::new(binding) };
    let mut draft = Draft::new(id.clone(), action, operation).fields(fields.done()).needs(group).gives(id);
    for source in peers(&planned.spec) {
        draft = draft.needs(stacked.names.output(source, &stacked.wanted.stack));
    }
    drafts.add(draft);
}

/// The security groups that may reach the targets.
fn peers(planned: &TargetGroupBinding) -> impl Iterator<Item = &Value> {
    let rules = planned.template.spec.networking.iter().flat_map(|networking| &networking.ingress);
    rules.flat_map(|rule| &rule.from).filter_map(|peer| match peer {
        NetworkingPeer::SecurityGroup { group_id } => Some(group_id),
        NetworkingPeer::IpBlock { .. } => None,
    })
}

fn bound(stacked: Stacked<'_>, planned: &TargetGroupBinding) -> TargetGroupBinding {
    let bind = |value: &Value| stacked.names.bind(value, &stacked.wanted.stack);
    let mut binding = planned.clone();
    let spec = &mut binding.template.spec;
    spec.target_group_arn = bind(&spec.target_group_arn);
    for rule in spec.networking.iter_mut().flat_map(|networking| &mut networking.ingress) {
        for peer in &mut rule.from {
            if let NetworkingPeer::SecurityGroup { group_id } = peer {
                *group_id = bind(group_id);
            }
        }
    }
    let labels = binding.template.metadata.labels.get_or_insert_default();
    let prefix = tag_prefix(stacked.wanted.stack.lb_type);
    if let Some((namespace, name)) = stacked.wanted.stack.gateway.split_once('/') {
        labels.insert(format!("{prefix}/stack-namespace").into(), namespace.into());
        labels.insert(format!("{prefix}/stack-name").into(), name.into());
    }
    binding
}

fn compare(fields: &mut Fields, binding: &TargetGroupBinding, seen: &Seen, planned: &Resource<TargetGroupBinding>) {
    let wanted = serde_json::to_value(&binding.template.spec).unwrap_or_default();
    let mut names: Vec<&String> = wanted.as_object().into_iter().flat_map(serde_json::Map::keys).collect();
    names.extend(seen.spec.as_object().into_iter().flat_map(serde_json::Map::keys));
    names.sort();
    names.dedup();
    for name in names {
        let (now, wanted) = (seen.spec.get(name), wanted.get(name));
        if !is_same(now, wanted) {
            fields.note(&format!("spec.{name}"), now.cloned(), wanted.cloned(), planned.origins.get(name).cloned());
        }
    }
    let metadata = &binding.template.metadata;
    let all = [("labels", &metadata.labels, &seen.labels), ("annotations", &metadata.annotations, &seen.annotations)];
    for (name, wanted, now) in all {
        let wanted: Pairs =
            wanted.iter().flat_map(|all| all.iter()).map(|(key, value)| (key.clone(), value.clone())).collect();
        let now: Pairs = now.iter().filter(|(key, _)| !CHECKPOINTS.contains(&key.as_str())).map(own).collect();
        if now != wanted {
            fields.note(name, shown(&now), shown(&wanted), None);
        }
    }
}

fn own((key, value): (&Text, &Text)) -> (Text, Text) {
    (key.clone(), value.clone())
}

/// Absent, null and false are one: the API server leaves out what is empty.
fn is_same(now: Option<&Json>, wanted: Option<&Json>) -> bool {
    let filled = |json: Option<&Json>| json.filter(|json| !matches!(json, Json::Null | Json::Bool(false))).cloned();
    filled(now) == filled(wanted)
}

fn delete(stacked: Stacked<'_>, drafts: &mut Drafts, seen: &Seen) {
    let id = stacked.id(ResourceKind::TargetGroupBinding, &format!("{}/{}", seen.namespace, seen.name).into());
    let operation = Operation::DeleteTargetGroupBinding { namespace: seen.namespace.clone(), name: seen.name.clone() };
    let mut draft = Draft::new(id, Action::Delete, operation).because(GONE);
    if let Some(group) = seen.target_group().map(Text::from) {
        // The load balancers that use the group turn away from it first.
        draft = draft.ends(&group).gives_token(Token::Emptied(group));
    }
    // With the binding go the permissions that let the shared group's load balancers reach its targets.
    if let Some(shared) = stacked.context.account.shared_security_group(stacked.context.cluster) {
        draft = draft.drops(shared.group_id.clone(), &format!("{}/{}", seen.namespace, seen.name).into());
    }
    drafts.add(draft);
}
