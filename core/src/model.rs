//! The load balancers that the manifests mean, in ELBv2's terms.
//!
//! It holds values and their origins and computes nothing.

pub mod action;
pub mod listener;
pub mod load_balancer;
pub mod tags;
pub mod target_group;
mod value;

pub use value::{Number, Value};

use crate::id::{LoadBalancerType, ObjectIx, Text};
use crate::origin::Origins;

use listener::{Listener, ListenerRule};
use load_balancer::{LoadBalancer, SecurityGroup, ShieldProtection, WebAclAssociation};
use target_group::{AlbTarget, TargetGroup, TargetGroupBinding};

/// A resource: its id inside the stack, what it shall be, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource<S> {
    /// Id inside the stack, also the resource tag's value.
    pub id: Text,
    /// What it shall be.
    pub spec: S,
    /// Where each field comes from.
    pub origins: Origins,
    /// The object that brought it about.
    pub cause: ObjectIx,
}

/// Everything one Gateway means.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "one list per resource type")]
pub struct Stack {
    /// `ns/name` of the Gateway.
    pub id: Text,
    pub lb_type: LoadBalancerType,
    pub gateway: ObjectIx,
    pub security_group: Option<Resource<SecurityGroup>>,
    /// Absent when the Gateway is being deleted.
    pub load_balancer: Option<Resource<LoadBalancer>>,
    /// By port.
    pub listeners: Vec<Resource<Listener>>,
    /// By port and priority.
    pub rules: Vec<Resource<ListenerRule>>,
    /// In the order of their first use.
    pub target_groups: Vec<Resource<TargetGroup>>,
    pub bindings: Vec<Resource<TargetGroupBinding>>,
    pub web_acl: Option<Resource<WebAclAssociation>>,
    pub shield: Option<Resource<ShieldProtection>>,
    pub alb_targets: Vec<Resource<AlbTarget>>,
    /// Stacks whose outputs this one uses, `ns/name`.
    pub depends_on: Vec<Text>,
}

impl Stack {
    /// A stack without resources.
    pub fn empty(id: Text, lb_type: LoadBalancerType, gateway: ObjectIx) -> Self {
        Self {
            id,
            lb_type,
            gateway,
            security_group: None,
            load_balancer: None,
            listeners: Vec::new(),
            rules: Vec::new(),
            target_groups: Vec::new(),
            bindings: Vec::new(),
            web_acl: None,
            shield: None,
            alb_targets: Vec::new(),
            depends_on: Vec::new(),
        }
    }
}
