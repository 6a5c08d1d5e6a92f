//! The security group that all load balancers of a cluster share: it comes with the first that needs it and goes with the
//! last that has it.
//!
//! It belongs to no stack. Which load balancers need it is `translate`'s business.

use super::bind::{Names, shared};
use super::change::Action;
use super::draft::{Draft, Drafts};
use super::operation::Operation;
use super::{Context, Wanted};
use crate::account::{CLUSTER_TAG, LoadBalancer, Pairs, SHARED_TAG};
use crate::fact::Want;
use crate::id::Text;
use crate::model::load_balancer::SecurityGroup;
use crate::model::tags::Tags;
use crate::model::{Stack, Value};
use crate::translate::names::shared_security_group;

/// Creates the group, if one of `wanted` needs it and there is none.
pub fn create(names: &Names<'_>, drafts: &mut Drafts, wanted: &[Wanted<'_>], context: Context<'_>) {
    if names.has(&shared()) || !is_wanted(wanted) {
        return;
    }
    let spec = SecurityGroup {
        group_name: shared_security_group(context.cluster),
        description: "[k8s] Shared Backend SecurityGroup for LoadBalancer",
        tags: Tags::default(),
        ingress: Vec::new(),
    };
    let mut tags: Pairs = context.default_tags.iter().map(|(key, value)| (key.into(), value.into())).collect();
    tags.insert(Text::new_static(CLUSTER_TAG), context.cluster.into());
    tags.insert(Text::new_static(SHARED_TAG.0), Text::new_static(SHARED_TAG.1));
    drafts.add(Draft::new(shared(), Action::Create, Operation::CreateSecurityGroup { spec, tags }).gives(shared()));
}

/// Deletes the group, if stacks are taken down and no load balancer that stays has it. All other drafts are made.
pub fn delete(drafts: &mut Drafts, wanted: &[Wanted<'_>], context: Context<'_>) {
    let Some(group) = context.account.shared_security_group(context.cluster) else {
        return;
    };
    let is_taken_down = wanted.iter().any(|one| one.model.is_none());
    let mut holders = context.account.load_balancers.iter().filter(|lb| lb.security_groups.contains(&group.group_id));
    if is_taken_down && !is_wanted(wanted) && holders.all(|lb| goes(drafts, lb)) {
        let operation = Operation::DeleteSecurityGroup { group: group.group_id.clone() };
        let draft = Draft::new(shared(), Action::Delete, operation).ends(&group.group_id);
        drafts.add(draft.because("no load balancer of the cluster needs it any more"));
    }
}

fn goes(drafts: &Drafts, lb: &LoadBalancer) -> bool {
    let is_deletion = |operation: &Operation| matches!(operation, Operation::DeleteLoadBalancer { load_balancer } if *load_balancer == lb.load_balancer_arn);
    drafts.all.iter().any(|draft| is_deletion(&draft.change.operation))
}

fn is_wanted(wanted: &[Wanted<'_>]) -> bool {
    wanted.iter().filter_map(|one| one.model).any(needs)
}

fn needs(stack: &Stack) -> bool {
    let is_shared = |value: &Value| matches!(value, Value::Pending(want) if **want == Want::BackendSecurityGroup);
    stack.load_balancer.as_ref().is_some_and(|lb| lb.spec.security_groups.iter().any(is_shared))
}
