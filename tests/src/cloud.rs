//! AWS in memory, as strict as AWS: it makes the calls of a change set and refuses what AWS would.
//!
//! It knows nothing of plans, and does nothing on its own but to bring load balancers up.

mod describe;
mod ec2;
mod elb;
mod rules;
mod targets;

use std::collections::{HashMap, HashSet};

use gwchain_core::account::{Account, Action, StackId, TargetGroup};
use gwchain_core::diff::{Change, ChangeSet, Operation, ResourceId, output};
use gwchain_core::id::Text;
use gwchain_core::model::Value;

/// An account with what it has been asked.
#[derive(Debug, Default)]
pub struct Cloud {
    /// What exists.
    pub account: Account,
    serial: u64,
}

/// ARNs and ids that creations have given, with the places of these.
#[derive(Debug, Default)]
struct Outputs(HashMap<ResourceId, (usize, Text)>);

/// A call with what its arguments stand for.
struct Call<'a> {
    stack: Option<&'a StackId>,
    outputs: &'a Outputs,
    /// Changes that are made before this one in any order that keeps to the set's.
    before: &'a HashSet<usize>,
}

impl Call<'_> {
    fn text(&self, value: &Value) -> Result<Text, String> {
        if let Value::Known(text) | Value::HiddenCertificate(text) = value {
            return Ok(text.clone());
        }
        let stack = self.stack.ok_or_else(|| format!("{value} of no stack"))?;
        let of_gateway = |gateway: &Text| {
            self.outputs.0.keys().filter_map(|id| id.stack.as_ref()).find(|stack| stack.gateway == *gateway).cloned()
        };
        let id = output(value, stack, of_gateway).ok_or_else(|| format!("{value} is not known"))?;
        let (place, output) = self.outputs.0.get(&id).ok_or_else(|| format!("{value} does not exist yet"))?;
        match self.before.contains(place) {
            true => Ok(output.clone()),
            false => Err(format!("{value} need not exist yet: its creation is not among those that come before")),
        }
    }
}

impl Cloud {
    /// An empty account of a cluster.
    pub fn new() -> Self {
        Self { account: Account { bindings: Some(Vec::new()), ..Account::default() }, serial: 0 }
    }

    /// With target groups that others have made.
    pub fn with_target_groups<'a>(mut self, arns: impl IntoIterator<Item = &'a str>) -> Self {
        let group = |arn: &str| TargetGroup { target_group_arn: arn.into(), ..TargetGroup::default() };
        self.account.target_groups.extend(arns.into_iter().map(group));
        self
    }

    /// Makes the calls of `set` in order, at most `calls` of them, and tells how many it made; an error if AWS refuses
    /// one, or if one comes before what it waits for.
    pub fn apply(&mut self, set: &ChangeSet, calls: usize) -> Result<usize, String> {
        let mut outputs = Outputs::default();
        let mut before: Vec<HashSet<usize>> = Vec::new();
        for (place, change) in set.changes.iter().enumerate() {
            if place == calls {
                return Ok(calls);
            }
            if change.after.iter().any(|earlier| *earlier >= place) {
                return Err(format!("change {place} waits for one that comes later"));
            }
            let earlier = change.after.iter().flat_map(|one| before[*one].iter().chain([one])).copied().collect();
            before.push(earlier);
            self.call(change, &mut outputs, (place, &before[place]))
                .map_err(|error| format!("{} of {:?}: {error}", change.operation.name(), change.resource))?;
            self.hold_chain_law()?;
        }
        Ok(set.changes.len())
    }

    fn arn(&mut self, kind: &str, name: &str) -> Text {
        self.serial += 1;
        format!("arn:aws:elasticloadbalancing:eu-west-1:111122223333:{kind}/{name}/{:016x}", self.serial).into()
    }

    fn call(
        &mut self,
        change: &Change,
        outputs: &mut Outputs,
        (place, before): (usize, &HashSet<usize>),
    ) -> Result<(), String> {
        let call = Call { stack: change.resource.stack.as_ref(), outputs, before };
        let created = match &change.operation {
            Operation::CreateSecurityGroup { .. }
            | Operation::AuthorizeSecurityGroupIngress { .. }
            | Operation::RevokeSecurityGroupIngress { .. }
            | Operation::DeleteSecurityGroup { .. }
            | Operation::CreateTags { .. }
            | Operation::DeleteTags { .. } => self.security_groups(&change.operation, &call),
            Operation::CreateTargetGroup { .. }
            | Operation::ModifyTargetGroup { .. }
            | Operation::ModifyTargetGroupAttributes { .. }
            | Operation::DeleteTargetGroup { .. }
            | Operation::RegisterTargets { .. }
            | Operation::DeregisterTargets { .. }
            | Operation::ApplyTargetGroupBinding { .. }
            | Operation::DeleteTargetGroupBinding { .. } => self.target_groups(&change.operation, &call),
            Operation::CreateRule { .. }
            | Operation::ModifyRule { .. }
            | Operation::SetRulePriorities { .. }
            | Operation::DeleteRule { .. } => self.rules(&change.operation, &call),
            other => self.load_balancers(other, &call),
        }?;
        if let Some(arn) = created {
            outputs.0.insert(change.resource.clone(), (place, arn));
        }
        Ok(())
    }

    /// At no time does a target group have two ALBs, nor a listener a target group that does not exist.
    fn hold_chain_law(&self) -> Result<(), String> {
        for group in self.account.target_groups.iter().filter(|group| group.target_type == "alb") {
            if group.targets.iter().flatten().count() > 1 {
                return Err(format!("{} has two ALBs", group.target_group_name));
            }
        }
        let exists = |arn: &Text| self.account.target_groups.iter().any(|group| group.target_group_arn == *arn);
        let dangling = self.held().map(|(_, group)| group).find(|group| !exists(group));
        dangling.map_or(Ok(()), |group| Err(format!("a listener has lost its target group {group}")))
    }

    /// Each use of a target group, with the load balancer.
    fn held(&self) -> impl Iterator<Item = (&Text, &Text)> {
        self.account.load_balancers.iter().flat_map(|lb| {
            let listeners = lb.listeners.iter().flatten();
            let actions = listeners.flat_map(|listener| {
                let rules = listener.rules.iter().flatten().flat_map(|rule| &rule.actions);
                listener.default_actions.iter().chain(rules)
            });
            actions.flat_map(Action::target_groups).map(move |group| (&lb.load_balancer_arn, group))
        })
    }
}
