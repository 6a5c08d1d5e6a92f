//! The calls that changes are made of, one variant each.
//!
//! Their arguments are bound: an ARN is a literal, or an output of a resource that an earlier change creates.

use crate::account::{Pairs, Permission};
use crate::fact::SubnetMapping;
use crate::id::Text;
use crate::model::Value;
use crate::model::listener::{Listener, ListenerRule};
use crate::model::load_balancer::{IpPermission, LoadBalancer, SecurityGroup};
use crate::model::target_group::{HealthCheck, TargetGroup, TargetGroupBinding};

/// A call. Creations give the resource the tags named; the executor remembers the ARN or id that comes back as the
/// resource's output.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "named after the calls and their parameters")]
pub enum Operation {
    /// Without permissions: they follow in a call of their own.
    CreateSecurityGroup {
        spec: SecurityGroup,
        tags: Pairs,
    },
    AuthorizeSecurityGroupIngress {
        group: Value,
        permissions: Vec<IpPermission>,
    },
    RevokeSecurityGroupIngress {
        group: Text,
        permissions: Vec<Permission>,
    },
    DeleteSecurityGroup {
        group: Text,
    },

    CreateTargetGroup {
        spec: TargetGroup,
        tags: Pairs,
    },
    ModifyTargetGroup {
        group: Text,
        health_check: HealthCheck,
    },
    ModifyTargetGroupAttributes {
        group: Value,
        attributes: Pairs,
    },
    DeleteTargetGroup {
        group: Text,
    },
    /// Registers an ALB.
    RegisterTargets {
        group: Value,
        load_balancer: Value,
        port: i64,
    },
    DeregisterTargets {
        group: Text,
        load_balancer: Text,
        port: Option<i64>,
    },

    CreateLoadBalancer {
        spec: Box<LoadBalancer>,
        tags: Pairs,
    },
    ModifyLoadBalancerAttributes {
        load_balancer: Value,
        attributes: Pairs,
    },
    SetSecurityGroups {
        load_balancer: Value,
        groups: Vec<Value>,
        on_private_link: Option<Text>,
    },
    SetSubnets {
        load_balancer: Text,
        subnets: Vec<SubnetMapping>,
        ip_address_type: Text,
        source_nat: Option<&'static str>,
    },
    SetIpAddressType {
        load_balancer: Text,
        ip_address_type: Text,
    },
    /// `None` takes the pool away.
    ModifyIpPools {
        load_balancer: Text,
        ipv4_pool: Option<Text>,
    },
    /// 0 resets the reservation.
    ModifyCapacityReservation {
        load_balancer: Value,
        units: i64,
    },
    DeleteLoadBalancer {
        load_balancer: Text,
    },

    /// No change: what comes after waits until the load balancer serves.
    AwaitActive {
        load_balancer: Value,
    },

    CreateListener {
        spec: Box<Listener>,
        tags: Pairs,
    },
    ModifyListener {
        listener: Text,
        spec: Box<Listener>,
    },
    /// ELBv2 takes one certificate a call.
    AddListenerCertificates {
        listener: Value,
        certificate: Value,
    },
    RemoveListenerCertificates {
        listener: Text,
        certificate: Text,
    },
    ModifyListenerAttributes {
        listener: Value,
        attributes: Pairs,
    },
    DeleteListener {
        listener: Text,
    },

    CreateRule {
        spec: Box<ListenerRule>,
        tags: Pairs,
    },
    ModifyRule {
        rule: Text,
        spec: Box<ListenerRule>,
    },
    /// Rule ARNs with their new priorities, all at once.
    SetRulePriorities {
        priorities: Vec<(Text, usize)>,
    },
    DeleteRule {
        rule: Text,
    },

    /// On load balancers, target groups, listeners and rules.
    AddTags {
        resource: Text,
        tags: Pairs,
    },
    RemoveTags {
        resource: Text,
        keys: Vec<Text>,
    },
    /// On security groups.
    CreateTags {
        group: Text,
        tags: Pairs,
    },
    DeleteTags {
        group: Text,
        keys: Vec<Text>,
    },

    AssociateWebAcl {
        load_balancer: Value,
        web_acl: Text,
    },
    DisassociateWebAcl {
        load_balancer: Text,
    },
    CreateProtection {
        load_balancer: Value,
    },
    DeleteProtection {
        protection: Text,
    },

    /// In Kubernetes.
    ApplyTargetGroupBinding {
        binding: Box<TargetGroupBinding>,
    },
    DeleteTargetGroupBinding {
        namespace: Text,
        name: Text,
    },
}

/// Who answers a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Server {
    /// AWS.
    Aws,
    /// The API server of the cluster.
    Kubernetes,
    /// It is no call: something is waited for.
    Nobody,
}

impl Operation {
    /// Who answers it.
    pub fn server(&self) -> Server {
        match self {
            Self::ApplyTargetGroupBinding { .. } | Self::DeleteTargetGroupBinding { .. } => Server::Kubernetes,
            Self::AwaitActive { .. } => Server::Nobody,
            _ => Server::Aws,
        }
    }

    /// ARN or id of what a deletion deletes.
    pub fn deleted(&self) -> Option<&Text> {
        match self {
            Self::DeleteSecurityGroup { group } | Self::DeleteTargetGroup { group } => Some(group),
            Self::DeleteLoadBalancer { load_balancer } => Some(load_balancer),
            Self::DeleteListener { listener } => Some(listener),
            Self::DeleteRule { rule } => Some(rule),
            _ => None,
        }
    }

    /// The name of the call.
    pub fn name(&self) -> &'static str {
        match self {
            Self::CreateSecurityGroup { .. } => "CreateSecurityGroup",
            Self::AuthorizeSecurityGroupIngress { .. } => "AuthorizeSecurityGroupIngress",
            Self::RevokeSecurityGroupIngress { .. } => "RevokeSecurityGroupIngress",
            Self::DeleteSecurityGroup { .. } => "DeleteSecurityGroup",
            Self::CreateTargetGroup { .. } => "CreateTargetGroup",
            Self::ModifyTargetGroup { .. } => "ModifyTargetGroup",
            Self::ModifyTargetGroupAttributes { .. } => "ModifyTargetGroupAttributes",
            Self::DeleteTargetGroup { .. } => "DeleteTargetGroup",
            Self::RegisterTargets { .. } => "RegisterTargets",
            Self::DeregisterTargets { .. } => "DeregisterTargets",
            Self::CreateLoadBalancer { .. } => "CreateLoadBalancer",
            Self::ModifyLoadBalancerAttributes { .. } => "ModifyLoadBalancerAttributes",
            Self::SetSecurityGroups { .. } => "SetSecurityGroups",
            Self::SetSubnets { .. } => "SetSubnets",
            Self::SetIpAddressType { .. } => "SetIpAddressType",
            Self::ModifyIpPools { .. } => "ModifyIpPools",
            Self::ModifyCapacityReservation { .. } => "ModifyCapacityReservation",
            Self::DeleteLoadBalancer { .. } => "DeleteLoadBalancer",
            Self::AwaitActive { .. } => "await active",
            Self::CreateListener { .. } => "CreateListener",
            Self::ModifyListener { .. } => "ModifyListener",
            Self::AddListenerCertificates { .. } => "AddListenerCertificates",
            Self::RemoveListenerCertificates { .. } => "RemoveListenerCertificates",
            Self::ModifyListenerAttributes { .. } => "ModifyListenerAttributes",
            Self::DeleteListener { .. } => "DeleteListener",
            Self::CreateRule { .. } => "CreateRule",
            Self::ModifyRule { .. } => "ModifyRule",
            Self::SetRulePriorities { .. } => "SetRulePriorities",
            Self::DeleteRule { .. } => "DeleteRule",
            Self::AddTags { .. } => "AddTags",
            Self::RemoveTags { .. } => "RemoveTags",
            Self::CreateTags { .. } => "CreateTags",
            Self::DeleteTags { .. } => "DeleteTags",
            Self::AssociateWebAcl { .. } => "AssociateWebACL",
            Self::DisassociateWebAcl { .. } => "DisassociateWebACL",
            Self::CreateProtection { .. } => "CreateProtection",
            Self::DeleteProtection { .. } => "DeleteProtection",
            Self::ApplyTargetGroupBinding { .. } => "apply TargetGroupBinding",
            Self::DeleteTargetGroupBinding { .. } => "delete TargetGroupBinding",
        }
    }
}
