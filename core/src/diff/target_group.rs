//! Target groups: created, changed where AWS can, replaced where it can't (controller §3.4).
//!
//! Their targets are `target`'s and `binding`'s.

use serde_json::Value as Json;

use super::change::{Action, ResourceId, ResourceKind};
use super::draft::{Draft, Drafts, Token};
use super::field::{Fields, shown};
use super::operation::Operation;
use super::{Stacked, tags};
use crate::account::{Pairs, TargetGroup as Group};
use crate::id::Text;
use crate::model::target_group::{HealthCheck, HealthCheckPort, Matcher, TargetGroup};
use crate::model::{Number, Resource, Value};

/// Drafts what becomes of the target groups, old ones included.
pub fn draft(stacked: Stacked<'_>, drafts: &mut Drafts) {
    for planned in stacked.wanted.model.iter().flat_map(|stack| &stack.target_groups) {
        let id = stacked.id(ResourceKind::TargetGroup, &planned.id);
        match stacked.existing.target_group(&planned.id) {
            Some(group) => update(stacked, drafts, &id, planned, group),
            None => create(stacked, drafts, &id, planned),
        }
    }
    for (id, group, cause) in &stacked.existing.old_target_groups {
        delete(stacked, drafts, stacked.id(ResourceKind::TargetGroup, id), group, cause);
    }
}

fn create(stacked: Stacked<'_>, drafts: &mut Drafts, id: &ResourceId, planned: &Resource<TargetGroup>) {
    let tags = tags::wanted(stacked, &planned.id, &planned.spec.tags);
    let old = stacked.existing.old_target_groups.iter().find(|(other, ..)| *other == planned.id);
    let action = if old.is_some() { Action::Replace } else { Action::Create };
    let operation = Operation::CreateTargetGroup { spec: planned.spec.clone(), tags };
    let mut draft = Draft::new(id.clone(), action, operation).gives(id.clone());
    if let Some((_, _, cause)) = old {
        draft = draft.because(cause.clone());
    }
    draft.needs.extend(stacked.names.before(ResourceKind::TargetGroup, &planned.spec.name));
    drafts.add(draft);
    let attributes = wanted_attributes(planned);
    if !attributes.is_empty() {
        let group = Value::TargetGroupArn(planned.id.clone());
        let operation = Operation::ModifyTargetGroupAttributes { group, attributes };
        drafts.add(Draft::new(id.clone(), action, operation).needs(Some(id.clone())));
    }
}

fn wanted_attributes(planned: &Resource<TargetGroup>) -> Pairs {
    let attributes = planned.spec.target_group_attributes.iter();
    attributes.map(|attribute| (attribute.key.clone(), attribute.value.clone())).collect()
}

fn update(stacked: Stacked<'_>, drafts: &mut Drafts, id: &ResourceId, planned: &Resource<TargetGroup>, group: &Group) {
    let arn = &group.target_group_arn;
    let mut fields = Fields::default();
    health_check(&mut fields, planned, group);
    if !fields.is_empty() {
        let health_check = planned.spec.health_check_config.clone();
        let operation = Operation::ModifyTargetGroup { group: arn.clone(), health_check };
        drafts.add(Draft::new(id.clone(), Action::Update, operation).fields(fields.done()));
    }
    if let Some(now) = &group.attributes {
        let mut fields = Fields::default();
        let attributes = fields.pairs("targetGroupAttributes", now, &wanted_attributes(planned), &planned.origins);
        if !attributes.is_empty() {
            let group = Value::Known(arn.clone());
            let operation = Operation::ModifyTargetGroupAttributes { group, attributes };
            drafts.add(Draft::new(id.clone(), Action::Update, operation).fields(fields.done()));
        }
    }
    let wanted = tags::wanted(stacked, &planned.id, &planned.spec.tags);
    let place = (tags::Api::Elbv2, id, arn);
    tags::draft(drafts, place, (&group.tags, &wanted), (&planned.origins, stacked.context));
}

/// What of a health check differs. What the plan leaves open is AWS's.
fn health_check(fields: &mut Fields, planned: &Resource<TargetGroup>, group: &Group) {
    let (wanted, origins) = (&planned.spec.health_check_config, &planned.origins);
    let mut one = |field: &str, before: Option<Json>, after: Option<Json>| {
        if after.is_some() && before != after {
            let field = format!("healthCheckConfig.{field}");
            fields.note(&field, before, after, origins.get("healthCheckConfig").cloned());
        }
    };
    one("port", shown(&group.health_check_port), port(wanted).and_then(shown));
    one("protocol", shown(&group.health_check_protocol), shown(&wanted.protocol));
    one("path", shown(&group.health_check_path), shown(&wanted.path));
    one("matcher", matcher_now(group).and_then(shown), wanted.matcher.as_ref().and_then(shown));
    one("intervalSeconds", shown(group.health_check_interval_seconds), shown(wanted.interval_seconds));
    one("timeoutSeconds", shown(group.health_check_timeout_seconds), shown(wanted.timeout_seconds));
    one("healthyThresholdCount", shown(group.healthy_threshold_count), shown(wanted.healthy_threshold_count));
    one("unhealthyThresholdCount", shown(group.unhealthy_threshold_count), shown(wanted.unhealthy_threshold_count));
}

/// The port as AWS writes it; `None` while nobody knows it.
fn port(wanted: &HealthCheck) -> Option<Text> {
    match &wanted.port {
        HealthCheckPort::Traffic => Some(Text::new_static("traffic-port")),
        HealthCheckPort::Number(Number::Known(port)) => Some(port.to_string().into()),
        HealthCheckPort::Number(Number::Pending(_)) => None,
    }
}

fn matcher_now(group: &Group) -> Option<Matcher> {
    let matcher = group.matcher.as_ref()?;
    let grpc = matcher.grpc_code.clone().map(Matcher::Grpc);
    grpc.or_else(|| matcher.http_code.clone().map(Matcher::Http))
}

fn delete(stacked: Stacked<'_>, drafts: &mut Drafts, id: ResourceId, group: &Group, cause: &str) {
    let is_replaced = stacked.wanted.model.is_some_and(|stack| stack.target_groups.iter().any(|one| one.id == id.id));
    let action = if is_replaced { Action::Replace } else { Action::Delete };
    let arn = &group.target_group_arn;
    let operation = Operation::DeleteTargetGroup { group: arn.clone() };
    let draft = Draft::new(id, action, operation).because(cause).ends(arn);
    drafts.add(draft.gives_token(Token::Gone(arn.clone())).waits(Token::Emptied(arn.clone())));
}
