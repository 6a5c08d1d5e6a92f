//! The managed security group of a stack.
//!
//! Groups that users bring are theirs.

use super::bind::MANAGED_GROUP;
use super::change::{Action, FieldChange, ResourceId, ResourceKind};
use super::draft::{Draft, Drafts, Token};
use super::existing::GONE;
use super::operation::Operation;
use super::permission::{bound, observed};
use super::{Stacked, field, tags};
use crate::account::{Permission, SecurityGroup as Group};
use crate::id::Text;
use crate::model::load_balancer::{IpPermission, PermissionSource, SecurityGroup};
use crate::model::{Resource, Value};

/// Drafts what becomes of the managed group, and of others that carry its tags.
pub fn draft(stacked: Stacked<'_>, drafts: &mut Drafts) {
    let id = stacked.id(ResourceKind::SecurityGroup, &Text::new_static(MANAGED_GROUP));
    let planned = stacked.wanted.model.and_then(|stack| stack.security_group.as_ref());
    match (planned, stacked.existing.security_group) {
        (Some(planned), Some(group)) => update(stacked, drafts, &id, planned, group),
        (Some(planned), None) => create(stacked, drafts, &id, planned),
        (None, _) => {}
    }
    for group in &stacked.existing.old_security_groups {
        delete(drafts, &id, group);
    }
}

/// The planned permissions, each once: the reference repeats some, EC2 refuses that.
fn wanted(stacked: Stacked<'_>, planned: &Resource<SecurityGroup>) -> Vec<IpPermission> {
    let mut wanted: Vec<IpPermission> = Vec::new();
    for permission in planned.spec.ingress.iter().map(|one| bound(stacked, one)) {
        if !wanted.contains(&permission) {
            wanted.push(permission);
        }
    }
    wanted
}

fn create(stacked: Stacked<'_>, drafts: &mut Drafts, id: &ResourceId, planned: &Resource<SecurityGroup>) {
    let spec = SecurityGroup { ingress: Vec::new(), ..planned.spec.clone() };
    let tags = tags::wanted(stacked, &planned.id, &planned.spec.tags);
    let draft = Draft::new(id.clone(), Action::Create, Operation::CreateSecurityGroup { spec, tags });
    let mut draft = draft.gives(id.clone());
    draft.needs.extend(stacked.names.before(ResourceKind::SecurityGroup, &planned.spec.group_name));
    drafts.add(draft);
    let permissions = wanted(stacked, planned);
    authorize(stacked, drafts, id, Value::ManagedSecurityGroup, permissions, planned);
}

fn update(
    stacked: Stacked<'_>,
    drafts: &mut Drafts,
    id: &ResourceId,
    planned: &Resource<SecurityGroup>,
    group: &Group,
) {
    let wanted = wanted(stacked, planned);
    let is_missing = |one: &&IpPermission| observed(one).is_none_or(|one| !group.ingress.contains(&one));
    let missing: Vec<IpPermission> = wanted.iter().filter(is_missing).cloned().collect();
    authorize(stacked, drafts, id, Value::Known(group.group_id.clone()), missing, planned);
    let kept: Vec<Permission> = wanted.iter().filter_map(observed).collect();
    let extra: Vec<Permission> = group.ingress.iter().filter(|one| !kept.contains(one)).cloned().collect();
    revoke(drafts, id, group, extra);
    let wanted = tags::wanted(stacked, &planned.id, &planned.spec.tags);
    let place = (tags::Api::Ec2, id, &group.group_id);
    tags::draft(drafts, place, (&group.tags, &wanted), (&planned.origins, stacked.context));
}

fn authorize(
    stacked: Stacked<'_>,
    drafts: &mut Drafts,
    id: &ResourceId,
    group: Value,
    permissions: Vec<IpPermission>,
    planned: &Resource<SecurityGroup>,
) {
    if permissions.is_empty() {
        return;
    }
    let known = group.known().cloned();
    let fields = permissions.iter().map(|one| added(one, planned)).collect();
    let sources: Vec<Option<ResourceId>> = permissions.iter().map(|one| source(stacked, one)).collect();
    let action = if known.is_some() { Action::Update } else { Action::Create };
    let operation = Operation::AuthorizeSecurityGroupIngress { group, permissions };
    let mut draft = Draft::new(id.clone(), action, operation).needs(Some(id.clone()));
    if let Some(known) = known {
        draft = draft.fields(fields).gives_token(Token::Authorized(known));
    }
    for source in sources {
        draft = draft.needs(source);
    }
    drafts.add(draft);
}

fn source(stacked: Stacked<'_>, permission: &IpPermission) -> Option<ResourceId> {
    match &permission.source {
        PermissionSource::Group(group) => stacked.names.output(group, &stacked.wanted.stack),
        _ => None,
    }
}

fn added(permission: &IpPermission, planned: &Resource<SecurityGroup>) -> FieldChange {
    let origin = planned.origins.get("ingress").cloned();
    FieldChange { field: Text::new_static("ingress"), before: None, after: field::shown(permission), origin }
}

fn revoke(drafts: &mut Drafts, id: &ResourceId, group: &Group, permissions: Vec<Permission>) {
    if permissions.is_empty() {
        return;
    }
    let gone = |one: &Permission| FieldChange {
        field: Text::new_static("ingress"),
        before: field::shown(planned(one)),
        after: None,
        origin: None,
    };
    let fields = permissions.iter().map(gone).collect();
    let sources: Vec<Text> = permissions.iter().map(|one| one.source.clone()).collect();
    let operation = Operation::RevokeSecurityGroupIngress { group: group.group_id.clone(), permissions };
    // New permissions first, so that traffic which old and new allow is never cut.
    let new = Token::Authorized(group.group_id.clone());
    let mut draft = Draft::new(id.clone(), Action::Update, operation).fields(fields).waits(new);
    for source in sources {
        draft = draft.drops(source, &group.group_id);
    }
    drafts.add(draft);
}

fn planned(permission: &Permission) -> serde_json::Value {
    let source = serde_json::to_value(permission.planned_source()).unwrap_or_default();
    let mut out = serde_json::json!({
        "ipProtocol": permission.ip_protocol,
        "fromPort": permission.from_port,
        "toPort": permission.to_port,
    });
    if let (Some(out), serde_json::Value::Object(source)) = (out.as_object_mut(), source) {
        out.extend(source);
    }
    out
}

fn delete(drafts: &mut Drafts, id: &ResourceId, group: &Group) {
    let operation = Operation::DeleteSecurityGroup { group: group.group_id.clone() };
    let mut draft = Draft::new(id.clone(), Action::Delete, operation).because(GONE).ends(&group.group_id);
    draft = draft.gives_token(Token::Gone(group.group_id.clone()));
    for permission in &group.ingress {
        draft = draft.drops(permission.source.clone(), &group.group_id);
    }
    drafts.add(draft);
}
