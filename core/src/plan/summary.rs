//! How many resources of each type a plan has: its last line.
//!
//! It compares with nothing that exists.

use std::fmt;

use serde::Serialize;

use super::Plan;
use crate::model::Stack;

/// Numbers of resources.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "one number per type")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Summary {
    pub load_balancers: usize,
    pub listeners: usize,
    pub rules: usize,
    pub target_groups: usize,
    pub target_group_bindings: usize,
    pub alb_registrations: usize,
    pub security_groups: usize,
    pub web_acl_associations: usize,
    pub shield_protections: usize,
    pub blocked_gateways: usize,
}

impl Summary {
    /// Counts.
    pub fn of(plan: &Plan<'_, '_>) -> Self {
        let mut summary = Self { blocked_gateways: plan.blocked().len(), ..Self::default() };
        for stack in plan.stacks() {
            summary.add(stack);
        }
        summary
    }

    fn add(&mut self, stack: &Stack) {
        self.load_balancers += usize::from(stack.load_balancer.is_some());
        self.listeners += stack.listeners.len();
        self.rules += stack.rules.len();
        self.target_groups += stack.target_groups.len();
        self.target_group_bindings += stack.bindings.len();
        self.alb_registrations += stack.alb_targets.len();
        self.security_groups += usize::from(stack.security_group.is_some());
        self.web_acl_associations += usize::from(stack.web_acl.is_some());
        self.shield_protections += usize::from(stack.shield.is_some());
    }

    /// Whether there is anything to create.
    pub fn creates(&self) -> bool {
        self.counts().iter().any(|(count, ..)| *count > 0)
    }

    fn counts(&self) -> [(usize, &'static str, &'static str); 9] {
        [
            (self.load_balancers, "load balancer", "load balancers"),
            (self.listeners, "listener", "listeners"),
            (self.rules, "rule", "rules"),
            (self.target_groups, "target group", "target groups"),
            (self.target_group_bindings, "target group binding", "target group bindings"),
            (self.alb_registrations, "ALB registration", "ALB registrations"),
            (self.security_groups, "security group", "security groups"),
            (self.web_acl_associations, "web ACL association", "web ACL associations"),
            (self.shield_protections, "Shield protection", "Shield protections"),
        ]
    }
}

/// `Plan: 2 load balancers, 4 listeners, …`.
impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = self.counts();
        let some = counts.iter().filter(|(count, ..)| *count > 0);
        let parts: Vec<String> =
            some.map(|(count, one, many)| format!("{count} {}", if *count == 1 { one } else { many })).collect();
        let text = if parts.is_empty() { "nothing to create".to_owned() } else { parts.join(", ") };
        write!(f, "Plan: {text}")?;
        match self.blocked_gateways {
            0 => Ok(()),
            1 => f.write_str("; 1 Gateway blocked"),
            blocked => write!(f, "; {blocked} Gateways blocked"),
        }
    }
}
