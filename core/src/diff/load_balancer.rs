//! Load balancers: created, changed where AWS can, replaced where it can't (controller §3.4, §3.5).
//!
//! Listeners are `listener`'s. A name, or an address of a subnet, is fixed when a load balancer is made: nothing here
//! compares them.

use std::collections::BTreeSet;

use super::bind::LOAD_BALANCER;
use super::change::{Action, Blocked, ResourceId, ResourceKind};
use super::draft::{Draft, Drafts, Token};
use super::field::{Fields, shown};
use super::operation::Operation;
use super::{Stacked, mapping, tags};
use crate::account::{LoadBalancer as Lb, Pairs};
use crate::id::Text;
use crate::model::load_balancer::LoadBalancer;
use crate::model::{Resource, Value};

const DELETION_PROTECTION: &str = "deletion_protection.enabled";

/// Drafts what becomes of the load balancer and of those it replaces.
pub fn draft(stacked: Stacked<'_>, drafts: &mut Drafts) {
    let id = stacked.id(ResourceKind::LoadBalancer, &Text::new_static(LOAD_BALANCER));
    let planned = stacked.wanted.model.and_then(|stack| stack.load_balancer.as_ref());
    match (planned, stacked.existing.load_balancer) {
        (Some(planned), Some(lb)) => update(stacked, drafts, &id, planned, lb),
        (Some(planned), None) => create(stacked, drafts, &id, planned),
        (None, _) => {}
    }
    for (lb, cause) in &stacked.existing.old_load_balancers {
        delete(stacked, drafts, &id, lb, cause);
    }
}

/// What keeps the whole stack as it is: a load balancer that would have to go and may not.
pub fn blocked(stacked: Stacked<'_>) -> Option<Blocked> {
    let planned = stacked.wanted.model.and_then(|stack| stack.load_balancer.as_ref());
    let verb = if planned.is_some() { "replaced" } else { "deleted" };
    stacked.existing.old_load_balancers.iter().find_map(|(lb, cause)| {
        let (obstacle, help) = obstacle(stacked, lb, planned)?;
        Some(Blocked {
            resource: stacked.id(ResourceKind::LoadBalancer, &Text::new_static(LOAD_BALANCER)),
            reason: format!("{} can't be {verb} ({cause}): {obstacle}", lb.load_balancer_name),
            help,
        })
    })
}

fn obstacle(stacked: Stacked<'_>, lb: &Lb, planned: Option<&Resource<LoadBalancer>>) -> Option<(String, String)> {
    if is_protected(lb, planned) {
        let help = format!("set {DELETION_PROTECTION} to false in the LoadBalancerConfiguration first");
        return Some(("deletion protection is on".to_owned(), help));
    }
    let holder = stacked.names.outside_holder(&lb.load_balancer_arn, None)?.gateway;
    let help = format!("plan or destroy Gateway {holder} together with this one, or take its reference away first");
    Some((format!("Gateway {holder} has it as a target"), help))
}

/// Whether deletion protection is on and the plan doesn't take it off.
fn is_protected(lb: &Lb, planned: Option<&Resource<LoadBalancer>>) -> bool {
    let is_on =
        lb.attributes.as_ref().and_then(|all| all.get(DELETION_PROTECTION)).is_some_and(|value| value == "true");
    let attributes = planned.map(|planned| planned.spec.load_balancer_attributes.as_slice()).unwrap_or_default();
    let taken_off = attributes.iter().any(|one| one.key == DELETION_PROTECTION && one.value == "false");
    is_on && !taken_off
}

fn create(stacked: Stacked<'_>, drafts: &mut Drafts, id: &ResourceId, planned: &Resource<LoadBalancer>) {
    let old = stacked.existing.old_load_balancers.first();
    let action = if old.is_some() { Action::Replace } else { Action::Create };
    let mut spec = planned.spec.clone();
    let groups = std::mem::take(&mut spec.security_groups);
    spec.security_groups = groups.iter().map(|group| stacked.names.bind(group, &stacked.wanted.stack)).collect();
    let tags = tags::wanted(stacked, &planned.id, &planned.spec.tags);
    let mut draft =
        Draft::new(id.clone(), action, Operation::CreateLoadBalancer { spec: Box::new(spec), tags }).gives(id.clone());
    for group in &groups {
        draft = draft.needs(stacked.names.output(group, &stacked.wanted.stack));
    }
    if let Some((_, cause)) = old {
        draft = draft.because(cause.clone());
    }
    draft.needs.extend(stacked.names.before(ResourceKind::LoadBalancer, &planned.spec.name));
    drafts.add(draft);
    after_creation(stacked, drafts, id, action, planned);
}

/// What a load balancer can only be told once it exists.
fn after_creation(
    stacked: Stacked<'_>,
    drafts: &mut Drafts,
    id: &ResourceId,
    action: Action,
    planned: &Resource<LoadBalancer>,
) {
    let lb = || Value::LoadBalancerArn;
    let mut add = |operation| drafts.add(Draft::new(id.clone(), action, operation).needs(Some(id.clone())));
    let attributes = wanted_attributes(planned);
    if !attributes.is_empty() {
        add(Operation::ModifyLoadBalancerAttributes { load_balancer: lb(), attributes });
    }
    if let Some(on_private_link) = &planned.spec.security_groups_inbound_rules_on_private_link {
        let groups = bound_groups(stacked, planned);
        add(Operation::SetSecurityGroups {
            load_balancer: lb(),
            groups,
            on_private_link: Some(on_private_link.clone()),
        });
    }
    if let Some(web_acl) = wanted_web_acl(stacked).filter(|acl| !acl.is_empty()) {
        add(Operation::AssociateWebAcl { load_balancer: lb(), web_acl });
    }
    if wanted_protection(stacked) == Some(true) {
        add(Operation::CreateProtection { load_balancer: lb() });
    }
    if let Some(units) = wanted_capacity(planned).filter(|units| *units != 0) {
        let operation = Operation::ModifyCapacityReservation { load_balancer: lb(), units };
        let active = Token::Active(id.clone());
        drafts.add(Draft::new(id.clone(), action, operation).needs(Some(id.clone())).waits(active));
    }
    let wait = Operation::AwaitActive { load_balancer: lb() };
    let active = Token::Active(id.clone());
    drafts.add(Draft::new(id.clone(), action, wait).needs(Some(id.clone())).gives_token(active));
}

fn bound_groups(stacked: Stacked<'_>, planned: &Resource<LoadBalancer>) -> Vec<Value> {
    planned.spec.security_groups.iter().map(|group| stacked.names.bind(group, &stacked.wanted.stack)).collect()
}

fn wanted_attributes(planned: &Resource<LoadBalancer>) -> Pairs {
    let attributes = planned.spec.load_balancer_attributes.iter();
    attributes.map(|attribute| (attribute.key.clone(), attribute.value.clone())).collect()
}

fn wanted_capacity(planned: &Resource<LoadBalancer>) -> Option<i64> {
    planned.spec.minimum_load_balancer_capacity.as_ref().map(|capacity| capacity.capacity_units)
}

fn wanted_web_acl(stacked: Stacked<'_>) -> Option<Text> {
    let association = stacked.wanted.model?.web_acl.as_ref()?;
    Some(association.spec.web_acl_arn.clone())
}

fn wanted_protection(stacked: Stacked<'_>) -> Option<bool> {
    let protection = stacked.wanted.model?.shield.as_ref()?;
    Some(protection.spec.enabled)
}

fn update(stacked: Stacked<'_>, drafts: &mut Drafts, id: &ResourceId, planned: &Resource<LoadBalancer>, lb: &Lb) {
    if !lb.is_active() {
        let wait = Operation::AwaitActive { load_balancer: Value::Known(lb.load_balancer_arn.clone()) };
        drafts.add(Draft::new(id.clone(), Action::Update, wait).gives_token(Token::Active(id.clone())));
    }
    attributes(drafts, id, planned, lb);
    security_groups(stacked, drafts, id, planned, lb);
    mapping::draft(drafts, id, planned, lb);
    capacity(drafts, id, planned, lb);
    add_ons(stacked, drafts, id, lb);
    let wanted = tags::wanted(stacked, &planned.id, &planned.spec.tags);
    let place = (tags::Api::Elbv2, id, &lb.load_balancer_arn);
    tags::draft(drafts, place, (&lb.tags, &wanted), (&planned.origins, stacked.context));
}

fn attributes(drafts: &mut Drafts, id: &ResourceId, planned: &Resource<LoadBalancer>, lb: &Lb) {
    let Some(now) = &lb.attributes else {
        return;
    };
    let mut fields = Fields::default();
    let attributes = fields.pairs("loadBalancerAttributes", now, &wanted_attributes(planned), &planned.origins);
    if !attributes.is_empty() {
        let load_balancer = Value::Known(lb.load_balancer_arn.clone());
        let operation = Operation::ModifyLoadBalancerAttributes { load_balancer, attributes };
        drafts.add(Draft::new(id.clone(), Action::Update, operation).fields(fields.done()));
    }
}

fn security_groups(
    stacked: Stacked<'_>,
    drafts: &mut Drafts,
    id: &ResourceId,
    planned: &Resource<LoadBalancer>,
    lb: &Lb,
) {
    let groups = bound_groups(stacked, planned);
    let wanted: Option<BTreeSet<Text>> = groups.iter().map(|group| group.known().cloned()).collect();
    let now: BTreeSet<Text> = lb.security_groups.iter().cloned().collect();
    let mut fields = Fields::default();
    if wanted.as_ref() != Some(&now) {
        let origin = planned.origins.get("securityGroups").cloned();
        fields.note("securityGroups", shown(&lb.security_groups), shown(&groups), origin);
    }
    let on_private_link = &planned.spec.security_groups_inbound_rules_on_private_link;
    if on_private_link.is_some() {
        let now = &lb.enforce_security_group_inbound_rules_on_private_link_traffic;
        fields.compare("securityGroupsInboundRulesOnPrivateLink", now, on_private_link, &planned.origins);
    }
    if fields.is_empty() {
        return;
    }
    let load_balancer = Value::Known(lb.load_balancer_arn.clone());
    let operation = Operation::SetSecurityGroups { load_balancer, groups, on_private_link: on_private_link.clone() };
    let mut draft = Draft::new(id.clone(), Action::Update, operation).fields(fields.done());
    for group in &planned.spec.security_groups {
        draft = draft.needs(stacked.names.output(group, &stacked.wanted.stack));
    }
    for group in now.into_iter().filter(|group| wanted.as_ref().is_none_or(|wanted| !wanted.contains(group))) {
        draft = draft.drops(group, &lb.load_balancer_arn);
    }
    drafts.add(draft);
}

fn capacity(drafts: &mut Drafts, id: &ResourceId, planned: &Resource<LoadBalancer>, lb: &Lb) {
    let (Some(units), Some(now)) = (wanted_capacity(planned), lb.capacity_units) else {
        return;
    };
    let mut fields = Fields::default();
    if fields.compare("minimumLoadBalancerCapacity", now, units, &planned.origins) {
        let load_balancer = Value::Known(lb.load_balancer_arn.clone());
        let operation = Operation::ModifyCapacityReservation { load_balancer, units };
        let active = Token::Active(id.clone());
        drafts.add(Draft::new(id.clone(), Action::Update, operation).fields(fields.done()).waits(active));
    }
}

/// Web ACL and protection: what nobody asks for, and was not ours before, is left alone.
fn add_ons(stacked: Stacked<'_>, drafts: &mut Drafts, id: &ResourceId, lb: &Lb) {
    let arn = &lb.load_balancer_arn;
    let model = stacked.wanted.model;
    if let (Some(wanted), Some(now)) = (wanted_web_acl(stacked), &lb.web_acl) {
        let origins = model.and_then(|stack| stack.web_acl.as_ref()).map(|acl| &acl.origins);
        let mut fields = Fields::default();
        if origins.is_some_and(|origins| fields.compare("webACLARN", now, &wanted, origins)) {
            let operation = match wanted.is_empty() {
                true => Operation::DisassociateWebAcl { load_balancer: arn.clone() },
                false => Operation::AssociateWebAcl { load_balancer: Value::Known(arn.clone()), web_acl: wanted },
            };
            drafts.add(Draft::new(id.clone(), Action::Update, operation).fields(fields.done()));
        }
    }
    if let (Some(wanted), Some(now)) = (wanted_protection(stacked), &lb.protection) {
        let operation = match now {
            None if wanted => Operation::CreateProtection { load_balancer: Value::Known(arn.clone()) },
            Some(protection) if !wanted && is_ours(&protection.name) => {
                Operation::DeleteProtection { protection: protection.id.clone() }
            }
            _ => return,
        };
        let origin = model.and_then(|stack| stack.shield.as_ref()).and_then(|shield| shield.origins.get("enabled"));
        let mut fields = Fields::default();
        fields.note("shieldProtection", shown(now.is_some()), shown(wanted), origin.cloned());
        drafts.add(Draft::new(id.clone(), Action::Update, operation).fields(fields.done()));
    }
}

/// Protections that others made stay (controller §3.4).
fn is_ours(name: &str) -> bool {
    matches!(name, "managed by aws-load-balancer-controller" | "managed by aws-alb-ingress-controller")
}

fn delete(stacked: Stacked<'_>, drafts: &mut Drafts, id: &ResourceId, lb: &Lb, cause: &str) {
    let planned = stacked.wanted.model.and_then(|stack| stack.load_balancer.as_ref());
    let arn = &lb.load_balancer_arn;
    let is_replaced = planned.is_some() && stacked.existing.load_balancer.is_none();
    let action = if is_replaced { Action::Replace } else { Action::Delete };
    let mut draft = Draft::new(id.clone(), action, Operation::DeleteLoadBalancer { load_balancer: arn.clone() });
    draft = draft.because(cause).ends(arn).gives_token(Token::Gone(arn.clone()));
    if is_replaced && !stacked.names.is_in_the_way(arn) {
        draft = draft.waits(Token::Active(id.clone()));
    }
    for group in &lb.security_groups {
        draft = draft.drops(group.clone(), arn);
    }
    for group in held_target_groups(lb) {
        draft = draft.drops(group.clone(), arn);
    }
    for listener in lb.listeners.iter().flatten() {
        draft = draft.ends(&format!("{arn}:{}", listener.port).into());
    }
    take_off_protection(drafts, id, action, lb, &mut draft);
    drafts.add(draft);
}

/// The plan says that protection shall be off, else the deletion would be blocked.
fn take_off_protection(drafts: &mut Drafts, id: &ResourceId, action: Action, lb: &Lb, deletion: &mut Draft) {
    let is_on =
        lb.attributes.as_ref().and_then(|all| all.get(DELETION_PROTECTION)).is_some_and(|value| value == "true");
    if !is_on {
        return;
    }
    let attributes = Pairs::from([(Text::new_static(DELETION_PROTECTION), Text::new_static("false"))]);
    let load_balancer = Value::Known(lb.load_balancer_arn.clone());
    let operation = Operation::ModifyLoadBalancerAttributes { load_balancer, attributes };
    let token = Token::Unprotected(lb.load_balancer_arn.clone());
    drafts.add(Draft::new(id.clone(), action, operation).gives_token(token.clone()));
    deletion.needs.push(token);
}

/// ARNs of the target groups that a load balancer's listeners and rules forward to.
fn held_target_groups(lb: &Lb) -> BTreeSet<&Text> {
    let listeners = lb.listeners.iter().flatten();
    let actions = listeners.flat_map(|listener| {
        let rules = listener.rules.iter().flatten().flat_map(|rule| &rule.actions);
        listener.default_actions.iter().chain(rules)
    });
    actions.flat_map(crate::account::action::Action::target_groups).collect()
}
