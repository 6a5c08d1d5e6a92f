//! Digests of a change set and of what it was made from: two that are equal do the same to the same account.
//!
//! Health of targets and the state of a load balancer are left out: they change by themselves.

use sha2::{Digest as _, Sha256};

use serde::Serialize;

use super::Wanted;
use super::change::ChangeSet;
use crate::account::{Account, Pairs, StackId, Target, tracked};

/// SHA-256 in hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Digests {
    /// Of the changes with all their arguments.
    pub changes: String,
    /// Of what exists of the stacks.
    pub account: String,
}

impl Digests {
    /// Of `set`, which leads from `account` to `wanted`.
    pub fn of(set: &ChangeSet, wanted: &[Wanted<'_>], account: &Account, cluster: &str) -> Self {
        // Operations hold secrets of OIDC clients, which is why they are not written anywhere.
        let changes = hex(&Sha256::digest(format!("{set:?}")));
        let seen = serde_json::to_vec(&of_stacks(account, wanted, cluster)).expect("an account's keys are strings");
        Self { changes, account: hex(&Sha256::digest(seen)) }
    }
}

/// What of `account` belongs to the stacks, or to all of the cluster.
fn of_stacks(account: &Account, wanted: &[Wanted<'_>], cluster: &str) -> Account {
    let is_ours = |tags: &Pairs| {
        let stack: Option<StackId> = tracked(tags, cluster).map(|(stack, _)| stack);
        stack.is_none_or(|stack| wanted.iter().any(|one| one.stack == stack))
    };
    let mut seen = account.clone();
    seen.load_balancers.retain(|lb| is_ours(&lb.tags));
    seen.load_balancers.iter_mut().for_each(|lb| lb.state.code = "".into());
    seen.load_balancers.sort_by(|a, b| a.load_balancer_arn.cmp(&b.load_balancer_arn));
    seen.target_groups.retain(|group| is_ours(&group.tags));
    for group in &mut seen.target_groups {
        group.targets = group.targets.take().filter(|_| group.target_type == "alb").map(settled);
    }
    seen.target_groups.sort_by(|a, b| a.target_group_arn.cmp(&b.target_group_arn));
    seen.security_groups.retain(|group| is_ours(&group.tags));
    seen.security_groups.sort_by(|a, b| a.group_id.cmp(&b.group_id));
    seen
}

fn settled(targets: Vec<Target>) -> Vec<Target> {
    let registered = targets.into_iter().filter(Target::is_registered);
    registered.map(|target| Target { state: "".into(), ..target }).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
