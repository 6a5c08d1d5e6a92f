//! The resources of a stack in the order in which they will exist.
//!
//! What they shall be was decided by `translate`.

use serde::Serialize;

use crate::id::ObjectIx;
use crate::model::listener::{Listener, ListenerRule};
use crate::model::load_balancer::{LoadBalancer, SecurityGroup, ShieldProtection, WebAclAssociation};
use crate::model::target_group::{AlbTarget, TargetGroup, TargetGroupBinding};
use crate::model::{Resource, Stack};
use crate::origin::Origins;

/// A resource of any type.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(untagged)]
#[expect(missing_docs, reason = "one per resource type")]
pub enum Spec<'s> {
    SecurityGroup(&'s SecurityGroup),
    LoadBalancer(&'s LoadBalancer),
    TargetGroup(&'s TargetGroup),
    Binding(&'s TargetGroupBinding),
    AlbTarget(&'s AlbTarget),
    Listener(&'s Listener),
    Rule(&'s ListenerRule),
    WebAcl(&'s WebAclAssociation),
    Shield(&'s ShieldProtection),
}

impl Spec<'_> {
    /// Type as in the stack JSON.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::SecurityGroup(_) => "AWS::EC2::SecurityGroup",
            Self::LoadBalancer(_) => "AWS::ElasticLoadBalancingV2::LoadBalancer",
            Self::TargetGroup(_) => "AWS::ElasticLoadBalancingV2::TargetGroup",
            Self::Binding(_) => "K8S::ElasticLoadBalancingV2::TargetGroupBinding",
            Self::AlbTarget(_) => "FrontendNLBTargetGroup",
            Self::Listener(_) => "AWS::ElasticLoadBalancingV2::Listener",
            Self::Rule(_) => "AWS::ElasticLoadBalancingV2::ListenerRule",
            Self::WebAcl(_) => "AWS::WAFv2::WebACLAssociation",
            Self::Shield(_) => "AWS::Shield::Protection",
        }
    }
}

/// A resource with its id and origins.
#[derive(Clone, Copy, Debug)]
pub struct Planned<'s> {
    /// Id inside the stack.
    pub id: &'s str,
    /// What it shall be.
    pub spec: Spec<'s>,
    /// Why.
    pub origins: &'s Origins,
    /// The object that brought it about.
    pub cause: ObjectIx,
}

/// Resources of `stack`: each after those it refers to.
pub fn resources(stack: &Stack) -> Vec<Planned<'_>> {
    let mut out = Vec::new();
    add(&mut out, &stack.security_group, Spec::SecurityGroup);
    add(&mut out, &stack.load_balancer, Spec::LoadBalancer);
    add(&mut out, &stack.target_groups, Spec::TargetGroup);
    add(&mut out, &stack.bindings, Spec::Binding);
    add(&mut out, &stack.alb_targets, Spec::AlbTarget);
    add(&mut out, &stack.listeners, Spec::Listener);
    add(&mut out, &stack.rules, Spec::Rule);
    add(&mut out, &stack.web_acl, Spec::WebAcl);
    add(&mut out, &stack.shield, Spec::Shield);
    out
}

fn add<'s, S: 's>(
    out: &mut Vec<Planned<'s>>,
    all: impl IntoIterator<Item = &'s Resource<S>>,
    spec: impl Fn(&'s S) -> Spec<'s>,
) {
    out.extend(all.into_iter().map(|resource| Planned {
        id: &resource.id,
        spec: spec(&resource.spec),
        origins: &resource.origins,
        cause: resource.cause,
    }));
}
