//! How much of AWS's limits the plan uses, as part of the document.
//!
//! Counting is `budget`'s business.

use serde::Serialize;

use crate::budget::{Budget, Level, of_region, of_stack};
use crate::model::Stack;
use crate::quota::{Quota, Quotas};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub(super) struct Budgets<'p> {
    load_balancers: Vec<OfLoadBalancer<'p>>,
    region: Vec<BudgetDocument>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "LoadBalancerBudgets"))]
struct OfLoadBalancer<'p> {
    gateway: &'p str,
    limits: Vec<BudgetDocument>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
struct BudgetDocument {
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    quota: Quota,
    noun: &'static str,
    used: usize,
    limit: usize,
    is_adjustable: bool,
    level: Level,
    #[serde(skip_serializing_if = "Option::is_none")]
    open: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<String>,
}

impl From<Budget> for BudgetDocument {
    fn from(budget: Budget) -> Self {
        Self {
            level: budget.level(),
            noun: budget.quota.noun(),
            is_adjustable: budget.quota.is_adjustable(),
            quota: budget.quota,
            used: budget.used,
            limit: budget.limit,
            open: budget.open,
            at: budget.at,
        }
    }
}

pub(super) fn budgets<'p>(stacks: &[&'p Stack], quotas: &Quotas) -> Budgets<'p> {
    let documents = |budgets: Vec<Budget>| budgets.into_iter().map(BudgetDocument::from).collect();
    let of = |stack: &&'p Stack| OfLoadBalancer { gateway: &stack.id, limits: documents(of_stack(stack, quotas)) };
    let exist = stacks.iter().filter(|stack| stack.load_balancer.is_some());
    Budgets { load_balancers: exist.map(of).collect(), region: documents(of_region(stacks, quotas)) }
}
