//! What exists on AWS, in the shapes of ELBv2's and EC2's Describe answers.
//!
//! It asks nobody: a host fills it in, and [`crate::diff`] compares it with what is planned.

pub mod action;
mod binding;
pub mod condition;
mod listener;
mod load_balancer;
mod security_group;
pub mod target_group;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::{LoadBalancerType, Text};

pub use action::{Action, planned as planned_actions};
pub use binding::Binding;
pub use condition::{Rewrite, RuleCondition, Transform};
pub use listener::{Listener, MutualAuthentication, Rule};
pub use load_balancer::{LoadBalancer, Protection, State, ZoneSubnet};
pub use security_group::{Permission, SecurityGroup};
pub use target_group::{Target, TargetGroup};

/// Tags or attributes, by key.
pub type Pairs = BTreeMap<Text, Text>;

/// The tag that names the cluster of a resource.
pub const CLUSTER_TAG: &str = "elbv2.k8s.aws/cluster";
/// The tag of the security group that all load balancers of a cluster share, and its value.
pub const SHARED_TAG: (&str, &str) = ("elbv2.k8s.aws/resource", "backend-sg");

/// What a host has seen of an account. What it did not look at is `None` and is not compared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Account {
    /// Load balancers of the cluster with their listeners and rules.
    pub load_balancers: Vec<LoadBalancer>,
    /// Target groups of the cluster with their targets.
    pub target_groups: Vec<TargetGroup>,
    /// Security groups that carry the cluster's tracking tags.
    pub security_groups: Vec<SecurityGroup>,
    /// TargetGroupBindings of the cluster; `None` without a cluster.
    pub bindings: Option<Vec<Binding>>,
}

/// A stack: the Gateway and the kind of its load balancer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct StackId {
    /// ALB or NLB: each has tracking tags of its own.
    pub lb_type: LoadBalancerType,
    /// `ns/name` of the Gateway.
    pub gateway: Text,
}

impl StackId {
    /// The name of a planned stack.
    pub fn of(stack: &crate::model::Stack) -> Self {
        Self { lb_type: stack.lb_type, gateway: stack.id.clone() }
    }
}

/// The prefix of a stack's tags (controller §0).
pub const fn tag_prefix(lb_type: LoadBalancerType) -> &'static str {
    match lb_type {
        LoadBalancerType::Application => "gateway.k8s.aws.alb",
        LoadBalancerType::Network => "gateway.k8s.aws.nlb",
    }
}

/// The tracking tags of a resource (controller §0).
pub fn tracking_tags(cluster: &str, stack: &StackId, resource: &str) -> Pairs {
    let prefix = tag_prefix(stack.lb_type);
    Pairs::from([
        (Text::new_static(CLUSTER_TAG), Text::from(cluster)),
        (Text::from(format!("{prefix}/stack")), stack.gateway.clone()),
        (Text::from(format!("{prefix}/resource")), Text::from(resource)),
    ])
}

/// The stack and the resource id that `tags` tell of a resource of `cluster`.
pub fn tracked(tags: &Pairs, cluster: &str) -> Option<(StackId, Text)> {
    if tags.get(CLUSTER_TAG)? != cluster {
        return None;
    }
    [LoadBalancerType::Application, LoadBalancerType::Network].into_iter().find_map(|lb_type| {
        let prefix = tag_prefix(lb_type);
        let gateway = tags.get(format!("{prefix}/stack").as_str())?.clone();
        let resource = tags.get(format!("{prefix}/resource").as_str())?.clone();
        Some((StackId { lb_type, gateway }, resource))
    })
}

impl Account {
    /// The stacks of `cluster` that have left something, in order.
    pub fn stacks(&self, cluster: &str) -> Vec<StackId> {
        let lbs = self.load_balancers.iter().map(|lb| &lb.tags);
        let groups = self.target_groups.iter().map(|group| &group.tags);
        let security = self.security_groups.iter().map(|group| &group.tags);
        let mut found: Vec<StackId> = lbs
            .chain(groups)
            .chain(security)
            .filter_map(|tags| tracked(tags, cluster))
            .map(|(stack, _)| stack)
            .collect();
        found.sort();
        found.dedup();
        found
    }

    /// The security group that all load balancers of `cluster` share.
    pub fn shared_security_group(&self, cluster: &str) -> Option<&SecurityGroup> {
        let is_shared = |group: &&SecurityGroup| {
            group.tags.get(CLUSTER_TAG).is_some_and(|name| name == cluster)
                && group.tags.get(SHARED_TAG.0).is_some_and(|value| value == SHARED_TAG.1)
        };
        self.security_groups.iter().find(is_shared)
    }
}
