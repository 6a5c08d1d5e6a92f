//! How much of AWS's limits a stack uses: counted once, for lints, tables and documents.
//!
//! What lies in the account already, and what is registered at deployment, it does not know and says so.

mod certificate;
mod group;
pub mod rule;

use crate::id::LoadBalancerType;
use crate::model::Stack;
use crate::quota::{ALB_AS_TARGETS, NEAR, Quota, Quotas};

/// Use of one limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Budget {
    /// The limit.
    pub quota: Quota,
    /// What the plan uses for certain.
    pub used: usize,
    /// What the account has.
    pub limit: usize,
    /// What else will count, known at deployment.
    pub open: Option<String>,
    /// The resource that uses most, where the limit is one of single resources.
    pub at: Option<String>,
}

/// How near a limit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "BudgetLevel"))]
pub enum Level {
    /// Far.
    Fine,
    /// At least [`NEAR`] percent are used.
    Near,
    /// More is used than AWS takes.
    Over,
}

impl Budget {
    /// Use of `quota`.
    fn new(quota: Quota, quotas: &Quotas, used: usize) -> Self {
        Self { quota, used, limit: quota.limit(quotas), open: None, at: None }
    }

    fn open(mut self, open: Option<String>) -> Self {
        self.open = open;
        self
    }

    /// How near the limit is; of small limits only what is over counts.
    pub fn level(&self) -> Level {
        if self.used > self.limit {
            Level::Over
        } else if !self.quota.is_small() && self.used * 100 >= self.limit * NEAR {
            Level::Near
        } else {
            Level::Fine
        }
    }
}

/// Budgets of one load balancer, those that people ask for first in front.
pub fn of_stack(stack: &Stack, quotas: &Quotas) -> Vec<Budget> {
    let mut budgets = match stack.lb_type {
        LoadBalancerType::Application => of_alb(stack, quotas),
        LoadBalancerType::Network => of_nlb(stack, quotas),
    };
    budgets.extend(group::rules(stack, quotas));
    budgets.extend(group::groups(stack, quotas));
    if stack.lb_type == LoadBalancerType::Application {
        budgets.extend(rule::budgets(stack, quotas));
    }
    budgets
}

/// Budgets of a Region: what all stacks take of them together, beside what exists already.
pub fn of_region(stacks: &[&Stack], quotas: &Quotas) -> Vec<Budget> {
    let balancers = |lb_type| {
        let all = stacks.iter().filter(|stack| stack.load_balancer.is_some());
        all.filter(|stack| stack.lb_type == lb_type).count()
    };
    let groups = stacks.iter().map(|stack| stack.target_groups.len()).sum();
    [
        (Quota::Albs, balancers(LoadBalancerType::Application)),
        (Quota::Nlbs, balancers(LoadBalancerType::Network)),
        (Quota::TargetGroups, groups),
    ]
    .map(|(quota, used)| Budget::new(quota, quotas, used))
    .into()
}

fn of_alb(stack: &Stack, quotas: &Quotas) -> Vec<Budget> {
    let verify = |mode: &str| mode == "verify";
    let verifying = stack.listeners.iter().filter_map(|listener| listener.spec.mutual_authentication.as_ref());
    let verifying = verifying.filter(|mutual| verify(&mutual.mode)).count();
    vec![
        Budget::new(Quota::RulesPerAlb, quotas, stack.rules.len()),
        Budget::new(Quota::TargetGroupsPerAlb, quotas, stack.target_groups.len()),
        Budget::new(Quota::TargetsPerAlb, quotas, 0).open(registered(stack)),
        Budget::new(Quota::ListenersPerAlb, quotas, stack.listeners.len()),
        certificate::budget(Quota::CertificatesPerAlb, stack, quotas),
        Budget::new(Quota::VerifyingListenersPerAlb, quotas, verifying),
    ]
}

fn of_nlb(stack: &Stack, quotas: &Quotas) -> Vec<Budget> {
    let share = ALB_AS_TARGETS[usize::from(crosses_zones(stack))];
    let targets = stack.alb_targets.len() * share;
    vec![
        Budget::new(Quota::ListenersPerNlb, quotas, stack.listeners.len()),
        Budget::new(Quota::TargetsPerZoneOfNlb, quotas, targets).open(registered(stack)),
        Budget::new(Quota::TargetsPerNlb, quotas, targets).open(registered(stack)),
        certificate::budget(Quota::CertificatesPerNlb, stack, quotas),
    ]
}

/// Whether an NLB balances over its zones, which it does not unless told to.
pub fn crosses_zones(stack: &Stack) -> bool {
    let attributes = stack.load_balancer.iter().flat_map(|resource| &resource.spec.load_balancer_attributes);
    let mut cross = attributes.filter(|attribute| &*attribute.key == "load_balancing.cross_zone.enabled");
    cross.any(|attribute| &*attribute.value == "true")
}

/// What is registered at deployment: pods or nodes behind the Services of bindings.
fn registered(stack: &Stack) -> Option<String> {
    let of_type = |target_type: &str| {
        stack.bindings.iter().filter(|binding| binding.spec.template.spec.target_type == target_type).count()
    };
    let name = |count: usize, what: &str| match count {
        0 => None,
        1 => Some(format!("the {what} of 1 target group")),
        _ => Some(format!("the {what} of {count} target groups")),
    };
    let parts: Vec<String> =
        [name(of_type("ip"), "pods"), name(of_type("instance"), "nodes")].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" and "))
}
