//! ALBs as targets of an NLB's target groups: one at a time, and only one that serves (users-and-limits §4.3).
//!
//! Pods and nodes are registered through TargetGroupBindings.

use super::Stacked;
use super::change::{Action, FieldChange, ResourceId, ResourceKind};
use super::draft::{Draft, Drafts, Token};
use super::field::shown;
use super::operation::Operation;
use crate::account::{Target, TargetGroup as Group};
use crate::id::Text;
use crate::model::Resource;
use crate::model::target_group::AlbTarget;

/// Drafts registrations, and deregistrations from groups that stay and that go.
pub fn draft(stacked: Stacked<'_>, drafts: &mut Drafts) {
    for planned in stacked.wanted.model.iter().flat_map(|stack| &stack.alb_targets) {
        register(stacked, drafts, planned);
    }
    for (id, group, _) in &stacked.existing.old_target_groups {
        let id = stacked.id(ResourceKind::TargetGroup, id);
        for target in registered(group).filter(|_| group.target_type == "alb") {
            let draft = deregistration(&id, Action::Delete, group, target);
            // The load balancers that use the group turn away from it first.
            drafts.add(draft.ends(&group.target_group_arn));
        }
    }
}

fn registered(group: &Group) -> impl Iterator<Item = &Target> {
    group.targets.iter().flatten().filter(|target| target.is_registered())
}

fn register(stacked: Stacked<'_>, drafts: &mut Drafts, planned: &Resource<AlbTarget>) {
    let id = stacked.id(ResourceKind::TargetGroup, &planned.id);
    let alb = stacked.names.bind(&planned.spec.target_arn, &stacked.wanted.stack);
    let group = stacked.existing.target_group(&planned.id);
    let is_planned = |target: &&Target| {
        alb.known() == Some(&target.id) && target.port.is_none_or(|port| port == planned.spec.target_port)
    };
    let mut action = Action::Create;
    if let Some(group) = group {
        if group.targets.is_none() || registered(group).any(|target| is_planned(&target)) {
            return;
        }
        action = Action::Update;
        for old in registered(group).filter(|target| !is_planned(target)) {
            let draft = deregistration(&id, Action::Update, group, old);
            let draft = if stacked.names.is_in_the_way(&old.id) { draft } else { ready(stacked, draft, planned) };
            drafts.add(draft);
        }
    }
    let (load_balancer, port) = (alb.clone(), planned.spec.target_port);
    let bound = stacked.names.bind(&planned.spec.arn, &stacked.wanted.stack);
    let operation = Operation::RegisterTargets { group: bound, load_balancer, port };
    let fields = FieldChange {
        field: Text::new_static("target"),
        before: group.and_then(|group| shown(registered(group).next().map(|target| &target.id))),
        after: shown(&alb),
        origin: planned.origins.get("TargetARN").cloned(),
    };
    let draft = Draft::new(id.clone(), action, operation).needs(Some(id.clone())).fields(vec![fields]);
    let mut draft = ready(stacked, draft, planned).gives_token(Token::Registered(id));
    draft.needs.extend(group.map(|group| Token::Emptied(group.target_group_arn.clone())));
    drafts.add(draft);
}

/// A draft that waits for the ALB to serve on the port.
fn ready(stacked: Stacked<'_>, mut draft: Draft, planned: &Resource<AlbTarget>) -> Draft {
    if let Some(alb) = stacked.names.output(&planned.spec.target_arn, &stacked.wanted.stack) {
        let listener = ResourceId {
            stack: alb.stack.clone(),
            kind: ResourceKind::Listener,
            id: planned.spec.target_port.to_string().into(),
        };
        draft = draft.needs(Some(alb.clone())).needs(Some(listener)).waits(Token::Active(alb));
    }
    draft
}

fn deregistration(id: &ResourceId, action: Action, group: &Group, target: &Target) -> Draft {
    let operation = Operation::DeregisterTargets {
        group: group.target_group_arn.clone(),
        load_balancer: target.id.clone(),
        port: target.port,
    };
    let arn = &group.target_group_arn;
    let mut draft = Draft::new(id.clone(), action, operation).gives_token(Token::Emptied(arn.clone()));
    draft = draft.drops(target.id.clone(), arn);
    if let Some(port) = target.port {
        draft = draft.drops(format!("{}:{port}", target.id), arn);
    }
    draft.fields(vec![FieldChange {
        field: Text::new_static("target"),
        before: shown(&target.id),
        after: None,
        origin: None,
    }])
}
