//! What a comparison reads beside the lists of load balancers, target groups and security groups: each of it costs the
//! host a call, so it is looked at only where the plan, or a deletion, makes something of it.
//!
//! Nothing is compared here.

use super::{Wanted, existing, listener};
use crate::account::{Account, LoadBalancer, TargetGroup, tracked};
use crate::id::{LoadBalancerType, Text};
use crate::model::Stack;

/// What to look at of a load balancer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a call of its own")]
pub struct LoadBalancerLook {
    /// `DescribeLoadBalancerAttributes`.
    pub attributes: bool,
    /// `DescribeCapacityReservation`.
    pub capacity: bool,
    /// The associated web ACL.
    pub web_acl: bool,
    /// The protection by AWS Shield.
    pub protection: bool,
}

/// What to look at of a listener.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ListenerLook {
    /// `DescribeListenerAttributes`.
    pub attributes: bool,
    /// `DescribeListenerCertificates`; without need for it the list is empty.
    pub certificates: bool,
    /// `DescribeRules`.
    pub rules: bool,
}

/// What to look at of a target group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TargetGroupLook {
    /// `DescribeTargetGroupAttributes`.
    pub attributes: bool,
    /// `DescribeTargetHealth`.
    pub targets: bool,
}

/// Which questions a comparison of `wanted` with an account has.
#[derive(Clone, Debug)]
pub struct Look<'w> {
    wanted: &'w [Wanted<'w>],
    cluster: &'w str,
    departing: Vec<Text>,
}

impl<'w> Look<'w> {
    /// For `wanted`; `account` holds the lists, with tags.
    pub fn new(wanted: &'w [Wanted<'w>], account: &Account, cluster: &'w str) -> Self {
        let existing = wanted.iter().map(|one| existing::Existing::of(one, account, cluster));
        let departing = existing.flat_map(|one| one.old_load_balancers);
        let departing = departing.map(|(lb, _)| lb.load_balancer_arn.clone()).collect();
        Self { wanted, cluster, departing }
    }

    /// What to look at of a load balancer; `None` if it belongs to no stack in question.
    pub fn load_balancer(&self, lb: &LoadBalancer) -> Option<LoadBalancerLook> {
        let (wanted, _) = self.owner(&lb.tags)?;
        let planned = wanted.model.and_then(|stack| stack.load_balancer.as_ref()).map(|lb| &lb.spec);
        Some(LoadBalancerLook {
            // Deletion protection counts when it goes.
            attributes: self.departing.contains(&lb.load_balancer_arn)
                || planned.is_some_and(|spec| !spec.load_balancer_attributes.is_empty()),
            capacity: planned.is_some_and(|spec| spec.minimum_load_balancer_capacity.is_some()),
            web_acl: wanted.model.is_some_and(|stack| stack.web_acl.is_some()),
            protection: wanted.model.is_some_and(|stack| stack.shield.is_some()),
        })
    }

    /// What to look at of the listener of `lb` on `port`.
    pub fn listener(&self, lb: &LoadBalancer, port: i64, protocol: &str) -> ListenerLook {
        let model = self.owner(&lb.tags).and_then(|(wanted, _)| wanted.model);
        let planned = model.into_iter().flat_map(|stack| &stack.listeners).find(|one| one.spec.port == port);
        ListenerLook {
            attributes: planned.is_some_and(|one| !listener::wanted_attributes(one).is_empty()),
            certificates: matches!(protocol, "HTTPS" | "TLS"),
            // An NLB has no rules but default ones.
            rules: lb.lb_type == LoadBalancerType::Application.as_str(),
        }
    }

    /// What to look at of a target group; `None` if it belongs to no stack in question and holds none of its ALBs.
    pub fn target_group(&self, group: &TargetGroup) -> Option<TargetGroupLook> {
        let is_alb = group.target_type == "alb";
        let Some((wanted, id)) = self.owner(&group.tags) else {
            let targets = is_alb && self.asks_for_holders() && tracked(&group.tags, self.cluster).is_some();
            return targets.then_some(TargetGroupLook { attributes: false, targets });
        };
        let sets = |stack: &Stack| {
            let planned = stack.target_groups.iter().find(|planned| planned.id == id);
            planned.is_some_and(|planned| !planned.spec.target_group_attributes.is_empty())
        };
        Some(TargetGroupLook { attributes: wanted.model.is_some_and(sets), targets: is_alb })
    }

    /// Whether it matters which other stacks have one of the load balancers as target: an ALB goes.
    pub fn asks_for_holders(&self) -> bool {
        !self.departing.is_empty()
    }

    /// Whether all load balancers of the cluster count, not only those of the stacks in question: one of these goes.
    pub fn asks_for_all(&self) -> bool {
        self.asks_for_holders() || self.wanted.iter().any(|one| one.model.is_none())
    }

    fn owner(&self, tags: &crate::account::Pairs) -> Option<(&'w Wanted<'w>, Text)> {
        let (stack, id) = tracked(tags, self.cluster)?;
        self.wanted.iter().find(|one| one.stack == stack).map(|one| (one, id))
    }
}
