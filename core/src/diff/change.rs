//! What a change set is made of: changes, each of which is one call, and the order that binds them.
//!
//! It decides nothing: the modules beside it draft changes, [`super::order`] puts them in order.

use serde::Serialize;

use super::operation::Operation;
use crate::account::StackId;
use crate::fact::Want;
use crate::id::Text;
use crate::origin::Origin;

pub use crate::plan::compare::Action;

/// Types of resources that changes touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[expect(missing_docs, reason = "one per resource type")]
pub enum ResourceKind {
    SecurityGroup,
    LoadBalancer,
    TargetGroup,
    Listener,
    ListenerRule,
    TargetGroupBinding,
}

impl ResourceKind {
    /// What people call it, as in a plan's table.
    pub fn noun(self) -> &'static str {
        match self {
            Self::SecurityGroup => "security group",
            Self::LoadBalancer => "load balancer",
            Self::TargetGroup => "target group",
            Self::Listener => "listener",
            Self::ListenerRule => "rule",
            Self::TargetGroupBinding => "binding",
        }
    }

    /// The name of the type in plans, as in the stack JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SecurityGroup => "AWS::EC2::SecurityGroup",
            Self::LoadBalancer => "AWS::ElasticLoadBalancingV2::LoadBalancer",
            Self::TargetGroup => "AWS::ElasticLoadBalancingV2::TargetGroup",
            Self::Listener => "AWS::ElasticLoadBalancingV2::Listener",
            Self::ListenerRule => "AWS::ElasticLoadBalancingV2::ListenerRule",
            Self::TargetGroupBinding => "K8S::ElasticLoadBalancingV2::TargetGroupBinding",
        }
    }
}

/// A resource of a stack, or the cluster's shared security group, which belongs to none.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct ResourceId {
    /// The stack.
    pub stack: Option<StackId>,
    /// Its type.
    pub kind: ResourceKind,
    /// Its id inside the stack, also its resource tag; for what has left the plan, what is known of it.
    pub id: Text,
}

/// A field of a resource that changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    /// As in the stack JSON; a tag or attribute with its key, `tags[team]`.
    pub field: Text,
    /// What it is; `None` if nothing.
    pub before: Option<serde_json::Value>,
    /// What it shall be; `None` if nothing.
    pub after: Option<serde_json::Value>,
    /// Why.
    pub origin: Option<Origin>,
}

/// One call, with what it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The resource.
    pub resource: ResourceId,
    /// What becomes of it.
    pub action: Action,
    /// The call.
    pub operation: Operation,
    /// Fields that this call changes; none where a resource comes or goes whole.
    pub fields: Vec<FieldChange>,
    /// Why a resource is replaced, or goes.
    pub cause: Option<String>,
    /// Positions in [`ChangeSet::changes`] of those that must have succeeded before, all of them smaller.
    pub after: Vec<usize>,
}

/// A change that nobody may make as things stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Blocked {
    /// The resource that stays.
    pub resource: ResourceId,
    /// What is in the way.
    pub reason: String,
    /// What to do about it.
    pub help: String,
}

/// Everything that leads from an account to a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangeSet {
    /// In an order that can be carried out.
    pub changes: Vec<Change>,
    /// What is not touched although it should be.
    pub blocked: Vec<Blocked>,
    /// Questions of the plan that must be answered first.
    pub unanswered: Vec<Want>,
}

impl ChangeSet {
    /// Whether plan and account agree.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.blocked.is_empty() && self.unanswered.is_empty()
    }

    /// Whether a resource is replaced.
    pub fn replaces(&self) -> bool {
        self.changes.iter().any(|change| change.action == Action::Replace)
    }
}
