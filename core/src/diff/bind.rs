//! References of planned resources bound to what exists: an ARN where the resource stays, else an output to come.
//!
//! It knows no resource but by its id.

use rustc_hash::FxHashMap;

use super::change::{ResourceId, ResourceKind};
use super::draft::Token;
use super::existing::Existing;
use super::{Context, Wanted};
use crate::account::{SHARED_TAG, StackId, Target, tracked};
use crate::fact::Want;
use crate::id::Text;
use crate::model::Value;

/// Id of a stack's load balancer.
pub const LOAD_BALANCER: &str = "LoadBalancer";
/// Id of a stack's security group.
pub const MANAGED_GROUP: &str = "ManagedLBSecurityGroup";
/// Id of the group that all load balancers of the cluster share.
const SHARED_GROUP: &str = SHARED_TAG.1;

/// The ARNs and ids of what stays.
#[derive(Debug)]
pub struct Names<'a> {
    known: FxHashMap<ResourceId, Text>,
    stacks: FxHashMap<Text, StackId>,
    departing: Vec<Departing>,
    kept: Vec<StackId>,
    context: Context<'a>,
}

/// Something that goes, and whether something of the same name comes: AWS takes a name once.
#[derive(Debug)]
struct Departing {
    kind: ResourceKind,
    name: Text,
    arn: Text,
    is_in_the_way: bool,
}

/// The resource whose output `value` is, seen from `stack`.
pub fn output(value: &Value, stack: &StackId, of_gateway: impl Fn(&Text) -> Option<StackId>) -> Option<ResourceId> {
    let own = |kind, id| Some(ResourceId { stack: Some(stack.clone()), kind, id });
    let other = |gateway, kind, id| {
        of_gateway(gateway).map(|stack| ResourceId { stack: Some(stack), kind, id: Text::new_static(id) })
    };
    match value {
        Value::LoadBalancerArn => own(ResourceKind::LoadBalancer, Text::new_static(LOAD_BALANCER)),
        Value::ListenerArn(port) => own(ResourceKind::Listener, port.to_string().into()),
        Value::TargetGroupArn(id) => own(ResourceKind::TargetGroup, id.clone()),
        Value::ManagedSecurityGroup => own(ResourceKind::SecurityGroup, Text::new_static(MANAGED_GROUP)),
        Value::OtherLoadBalancerArn(gateway) => other(gateway, ResourceKind::LoadBalancer, LOAD_BALANCER),
        Value::OtherSecurityGroup(gateway) => other(gateway, ResourceKind::SecurityGroup, MANAGED_GROUP),
        Value::Pending(want) if **want == Want::BackendSecurityGroup => Some(shared()),
        _ => None,
    }
}

/// The security group that all load balancers of the cluster share.
pub fn shared() -> ResourceId {
    ResourceId { stack: None, kind: ResourceKind::SecurityGroup, id: Text::new_static(SHARED_GROUP) }
}

impl<'a> Names<'a> {
    /// What stays of `existing`, stack by stack as in `wanted`.
    pub fn new(wanted: &[Wanted<'_>], existing: &[Existing<'a>], context: Context<'a>) -> Self {
        let mut names = Self {
            known: FxHashMap::default(),
            stacks: FxHashMap::default(),
            departing: Vec::new(),
            kept: Vec::new(),
            context,
        };
        for (one, existing) in wanted.iter().zip(existing) {
            names.stacks.insert(one.stack.gateway.clone(), one.stack.clone());
            names.stack(&one.stack, existing);
            names.departing.extend(departing(existing));
        }
        for name in wanted.iter().zip(existing).flat_map(|(one, existing)| arriving(one, existing)) {
            let same = names.departing.iter_mut().filter(|one| (one.kind, &one.name) == (name.0, &name.1));
            same.for_each(|one| one.is_in_the_way = true);
        }
        if let Some(group) = context.account.shared_security_group(context.cluster) {
            names.known.insert(shared(), group.group_id.clone());
        }
        names
    }

    fn stack(&mut self, stack: &StackId, existing: &Existing<'a>) {
        let mut know = |kind, id: Text, arn: &Text| {
            self.known.insert(ResourceId { stack: Some(stack.clone()), kind, id }, arn.clone());
        };
        if let Some(lb) = existing.load_balancer {
            know(ResourceKind::LoadBalancer, Text::new_static(LOAD_BALANCER), &lb.load_balancer_arn);
        }
        for listener in existing.listeners() {
            know(ResourceKind::Listener, listener.port.to_string().into(), &listener.listener_arn);
        }
        for (id, group) in &existing.target_groups {
            know(ResourceKind::TargetGroup, id.clone(), &group.target_group_arn);
        }
        if let Some(group) = existing.security_group {
            know(ResourceKind::SecurityGroup, Text::new_static(MANAGED_GROUP), &group.group_id);
        }
    }

    /// The resource whose output `value` is.
    pub fn output(&self, value: &Value, stack: &StackId) -> Option<ResourceId> {
        output(value, stack, |gateway| self.stacks.get(gateway).cloned())
    }

    /// `value`, as a literal where it is known.
    pub fn bind(&self, value: &Value, stack: &StackId) -> Value {
        if let Value::HiddenCertificate(arn) = value {
            return Value::Known(arn.clone());
        }
        let known = self.output(value, stack).and_then(|id| self.known.get(&id));
        known.map_or_else(|| value.clone(), |arn| Value::Known(arn.clone()))
    }

    /// Whether `arn` must go before its successor can come.
    pub fn is_in_the_way(&self, arn: &str) -> bool {
        self.departing.iter().any(|one| one.arn == arn && one.is_in_the_way)
    }

    /// What must be gone before something of that name can come.
    pub fn before(&self, kind: ResourceKind, name: &Value) -> impl Iterator<Item = Token> {
        let same = self.departing.iter().filter(move |one| one.kind == kind && name.known() == Some(&one.name));
        same.map(|one| Token::Gone(one.arn.clone()))
    }

    /// Leaves a stack as it is, whatever is wanted.
    pub fn keep(&mut self, stack: StackId) {
        self.kept.push(stack);
    }

    /// Whether a stack is left as it is.
    pub fn is_kept(&self, stack: &StackId) -> bool {
        self.kept.contains(stack)
    }

    /// The stack outside the plan, or left as it is, that has the load balancer among its targets, on `port` if that is given.
    pub fn outside_holder(&self, arn: &Text, port: Option<i64>) -> Option<StackId> {
        let holds = |target: &&Target| {
            let is_there = port.is_none_or(|port| target.port.is_none_or(|there| there == port));
            target.id == *arn && is_there && target.is_registered()
        };
        let groups = self.context.account.target_groups.iter();
        let mut holders = groups.filter(|group| group.targets.iter().flatten().any(|target| holds(&target)));
        holders.find_map(|group| {
            let (stack, _) = tracked(&group.tags, self.context.cluster)?;
            let is_outside = self.stacks.get(&stack.gateway) != Some(&stack) || self.is_kept(&stack);
            is_outside.then_some(stack)
        })
    }

    /// Whether a resource stays.
    pub fn has(&self, id: &ResourceId) -> bool {
        self.known.contains_key(id)
    }
}

fn departing(existing: &Existing<'_>) -> Vec<Departing> {
    let one =
        |kind, name: &Text, arn: &Text| Departing { kind, name: name.clone(), arn: arn.clone(), is_in_the_way: false };
    let lbs = existing.old_load_balancers.iter();
    let lbs = lbs.map(|(lb, _)| one(ResourceKind::LoadBalancer, &lb.load_balancer_name, &lb.load_balancer_arn));
    let groups = existing.old_target_groups.iter();
    let groups =
        groups.map(|(_, group, _)| one(ResourceKind::TargetGroup, &group.target_group_name, &group.target_group_arn));
    let security = existing.old_security_groups.iter();
    let security = security.map(|group| one(ResourceKind::SecurityGroup, &group.group_name, &group.group_id));
    lbs.chain(groups).chain(security).collect()
}

/// Names of what is created.
fn arriving(wanted: &Wanted<'_>, existing: &Existing<'_>) -> Vec<(ResourceKind, Text)> {
    let Some(stack) = wanted.model else {
        return Vec::new();
    };
    let lb = stack.load_balancer.iter().filter(|_| existing.load_balancer.is_none());
    let lb = lb.map(|lb| (ResourceKind::LoadBalancer, &lb.spec.name));
    let groups = stack.target_groups.iter().filter(|group| existing.target_group(&group.id).is_none());
    let groups = groups.map(|group| (ResourceKind::TargetGroup, &group.spec.name));
    let security = stack.security_group.iter().filter(|_| existing.security_group.is_none());
    let security = security.map(|group| (ResourceKind::SecurityGroup, &group.spec.group_name));
    let all = lb.chain(groups).chain(security);
    all.filter_map(|(kind, name)| Some((kind, name.known()?.clone()))).collect()
}
