//! A change set with all that it was made from: what is shown, saved, agreed to and carried out.
//!
//! What changes is decided elsewhere.

use serde::Serialize;

use super::change::{Change, ChangeSet, ResourceId, ResourceKind};
use super::digest::Digests;
use super::drift::Drifts;
use super::resource::ResourceChange;
use super::{Context, Wanted, diff};
use crate::account::{Account, StackId};
use crate::id::Text;
use crate::model::Stack;
use crate::plan::Plan;
use crate::plan::document::{Planned, resources};

/// Where changes are made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Scope {
    /// The cluster's name, which tags carry.
    pub cluster: String,
    /// The AWS region.
    pub region: String,
}

/// Changes that somebody may agree to.
#[derive(Clone, Debug)]
pub struct Proposal<'a, 'm> {
    /// What is wanted; without stacks where all that is named is taken down.
    pub plan: Plan<'a, 'm>,
    /// What exists.
    pub account: &'a Account,
    /// What leads from the one to the other.
    pub set: ChangeSet,
    /// What of it is drift.
    pub drifts: Drifts,
    /// What it is recognised by.
    pub digests: Digests,
    /// Where.
    pub scope: Scope,
}

/// The stacks that `plan` shows, with those that they depend on.
pub fn wanted<'p>(plan: &Plan<'p, '_>) -> Vec<Wanted<'p>> {
    let all = plan.pipeline.stacks();
    let mut names: Vec<&Text> = plan.stacks().iter().map(|stack| &stack.id).collect();
    let mut next = 0;
    while next < names.len() {
        let depends = all.iter().filter(|stack| stack.id == *names[next]).flat_map(|stack| &stack.depends_on);
        let new: Vec<&Text> = depends.filter(|name| !names.contains(name)).collect();
        names.extend(new);
        next += 1;
    }
    let wanted = all.into_iter().filter(|stack| names.contains(&&stack.id));
    wanted.map(|stack| Wanted { stack: StackId::of(stack), model: Some(stack) }).collect()
}

/// What takes `stacks` down.
pub fn taken_down(stacks: impl IntoIterator<Item = StackId>) -> Vec<Wanted<'static>> {
    stacks.into_iter().map(|stack| Wanted { stack, model: None }).collect()
}

impl<'a, 'm> Proposal<'a, 'm> {
    /// What makes `wanted` true, which is of `plan` or goes. `today` is the plan of a cluster over which `plan`'s files
    /// are laid.
    pub fn new(
        plan: Plan<'a, 'm>,
        wanted: &[Wanted<'_>],
        today: Option<&Plan<'_, '_>>,
        account: &'a Account,
        scope: Scope,
    ) -> Self {
        let flags = &plan.pipeline.resolver.environment.flags;
        let context = Context {
            cluster: &scope.cluster,
            account,
            external_tags: &flags.external_managed_tags,
            default_tags: &flags.default_tags,
        };
        let set = diff(wanted, context);
        let drifts = match today {
            Some(today) => Drifts::of(today, &diff(&self::wanted(today), context)),
            None => Drifts::of(&plan, &set),
        };
        let digests = Digests::of(&set, wanted, account, &scope.cluster);
        Self { plan, account, set, drifts, digests, scope }
    }
}

impl<'a> Proposal<'a, '_> {
    /// The planned stack of a resource.
    pub fn stack(&self, resource: &ResourceId) -> Option<&'a Stack> {
        let wanted = resource.stack.as_ref()?;
        let mut stacks = self.plan.pipeline.stacks().into_iter();
        stacks.find(|stack| stack.id == wanted.gateway && stack.lb_type == wanted.lb_type)
    }

    /// The resource as planned.
    pub fn planned(&self, resource: &ResourceId) -> Option<Planned<'a>> {
        let mut all = resources(self.stack(resource)?).into_iter();
        all.find(|planned| planned.spec.kind() == resource.kind.as_str() && *planned.id == *resource.id)
    }

    /// The name on AWS of what goes; of what has none, its id in the stack.
    pub fn name(&self, one: &ResourceChange<'_>) -> Text {
        let deleted = one.changes().find_map(|change: &Change| change.operation.deleted());
        let named = deleted.and_then(|arn| match one.resource.kind {
            ResourceKind::LoadBalancer => {
                let mut all = self.account.load_balancers.iter();
                all.find(|lb| lb.load_balancer_arn == *arn).map(|lb| &lb.load_balancer_name)
            }
            ResourceKind::TargetGroup => {
                let mut all = self.account.target_groups.iter();
                all.find(|group| group.target_group_arn == *arn).map(|group| &group.target_group_name)
            }
            ResourceKind::SecurityGroup => {
                let mut all = self.account.security_groups.iter();
                all.find(|group| group.group_id == *arn).map(|group| &group.group_name)
            }
            _ => None,
        });
        named.cloned().unwrap_or_else(|| one.resource.id.clone())
    }
}
