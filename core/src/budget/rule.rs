//! Limits of one rule and one action: the rule of an ALB that uses most.
//!
//! Whether AWS would take a rule was decided by translation; under the reference's profile it decides nothing.

use super::Budget;
use crate::id::Text;
use crate::model::action::Action;
use crate::model::listener::{Condition, ListenerRule};
use crate::model::{Resource, Stack};
use crate::quota::{Quota, Quotas};

type Count = fn(&ListenerRule) -> usize;

/// Nothing for a load balancer without rules.
pub(super) fn budgets(stack: &Stack, quotas: &Quotas) -> Vec<Budget> {
    let counts: [(Quota, Count); 3] = [
        (Quota::ValuesPerRule, |rule| values_of(&rule.conditions)),
        (Quota::WildcardsPerRule, |rule| wildcards_of(&rule.conditions)),
        (Quota::TargetGroupsPerAction, |rule| rule.actions.iter().map(groups).max().unwrap_or_default()),
    ];
    let most = |(quota, count): (Quota, Count)| {
        let by_use = |resource: &&Resource<ListenerRule>| count(&resource.spec);
        let top = stack.rules.iter().rev().max_by_key(by_use)?;
        let used = count(&top.spec);
        Some(Budget { at: Some(top.id.to_string()), ..Budget::new(quota, quotas, used) })
    };
    counts.into_iter().filter_map(most).collect()
}

fn groups(action: &Action) -> usize {
    match action {
        Action::Forward { config } => config.target_groups.len(),
        _ => 0,
    }
}

/// Values of all conditions of a rule.
pub fn values_of(conditions: &[Condition]) -> usize {
    conditions.iter().map(values).map(|(globs, others)| globs.len() + others.len()).sum()
}

/// Wildcards of all conditions of a rule.
pub fn wildcards_of(conditions: &[Condition]) -> usize {
    let globs = conditions.iter().flat_map(|condition| values(condition).0);
    globs.map(|value| value.matches(['*', '?']).count()).sum()
}

/// Values in which wildcards count, and the others.
pub fn values(condition: &Condition) -> (Vec<&Text>, Vec<&Text>) {
    match condition {
        Condition::HostHeader { config } | Condition::PathPattern { config } => {
            (config.values.iter().collect(), config.regex_values.iter().collect())
        }
        Condition::HttpHeader { config } => {
            (config.patterns.values.iter().collect(), config.patterns.regex_values.iter().collect())
        }
        Condition::HttpRequestMethod { config } | Condition::SourceIp { config } => {
            (Vec::new(), config.values.iter().collect())
        }
        Condition::QueryString { config } => (config.values.iter().map(|pair| &pair.value).collect(), Vec::new()),
    }
}
