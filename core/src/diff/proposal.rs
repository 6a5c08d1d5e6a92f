//! A change set with all that it was made from: what is shown, saved, agreed to and carried out.
//!
//! What changes is decided elsewhere.

use serde::Serialize;

use super::change::{Action, Change, ChangeSet, ResourceId, ResourceKind};
use super::digest::Digests;
use super::drift::Drifts;
use super::operation::Operation;
use super::resource::{ResourceChange, by_resource};
use super::{Context, Wanted, diff};
use crate::account::{Account, StackId};
use crate::id::Text;
use crate::model::Stack;
use crate::plan::Plan;
use crate::plan::document::{Planned, resources};
use crate::render::Locator;

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

/// Whether what AWS can't change may be replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replacements {
    /// It may.
    Allowed,
    /// Nobody has said so.
    Refused,
}

/// Why nothing of a proposal may be carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What is in the way.
    pub reason: String,
    /// What to do about it.
    pub help: &'static str,
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
    /// Why nothing of it may be carried out, if so.
    pub fn refusal(&self, replacements: Replacements) -> Option<Refusal> {
        if !self.set.unanswered.is_empty() {
            let open: Vec<String> = self.set.unanswered.iter().map(ToString::to_string).collect();
            let reason = format!("the plan leaves open what its calls need: {}", open.join("; "));
            return Some(Refusal { reason, help: "see the help beside each question above" });
        }
        let replaced: Vec<String> = by_resource(&self.set)
            .iter()
            .filter(|one| one.action == Action::Replace && replacements == Replacements::Refused)
            .map(|one| format!("{} {}", one.resource.kind.noun(), self.name(one)))
            .collect();
        let reason = format!("{} would be replaced", replaced.join(", "));
        let help = "say --allow-replace if that is meant: a load balancer gets another DNS name and other addresses";
        (!replaced.is_empty()).then_some(Refusal { reason, help })
    }

    /// Whether bindings are planned, and no cluster is there to hold them.
    pub fn lacks_bindings(&self) -> bool {
        self.account.bindings.is_none() && self.plan.stacks().iter().any(|stack| !stack.bindings.is_empty())
    }

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

    /// The object that brought a planned resource about, and where it stands.
    pub fn cause(&self, resource: &ResourceId) -> Option<String> {
        let cause = self.planned(resource)?.cause;
        let object = self.plan.manifests.object(cause);
        let locator = Locator::new(self.plan.manifests);
        let place = locator.field(cause, "metadata.name").filter(|_| !object.is_in_cluster());
        let place = place.map(|found| format!(" ({}:{}:{})", found.file.name, found.start.line, found.start.column));
        Some(object.describe() + &place.unwrap_or_default())
    }

    /// The name on AWS of what goes, or of what all share; of what has none, its id in the stack.
    pub fn name(&self, one: &ResourceChange<'_>) -> Text {
        let shared = one.changes().find_map(|change| match &change.operation {
            Operation::CreateSecurityGroup { spec, .. } => spec.group_name.known(),
            _ => None,
        });
        if let Some(name) = shared {
            return name.clone();
        }
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
