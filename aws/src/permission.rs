//! Every call that this crate makes, with what IAM asks for it: the source of `deploy/iam-policy.json`.
//!
//! `aws/tests/iam.rs` holds the calls in the source and this list to each other.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

/// A call and what it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Permission {
    /// IAM's name of the service, the part of an action before the colon.
    pub service: &'static str,
    /// The call, also the part after the colon.
    pub call: &'static str,
    /// Actions that AWS checks beside it.
    pub also: &'static [&'static str],
    /// What it may be made on.
    pub on: On,
}

/// What a call may be made on. The cluster tag is the line between what is gwchain's and what is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum On {
    /// Anything: it changes nothing, or IAM knows no resource of it by tags.
    Anything,
    /// What is made with the cluster tag, of this ARN.
    Made(&'static str),
    /// What carries the cluster tag, of this ARN.
    Ours(&'static str),
}

const ELB: &str = "elasticloadbalancing";
const LOAD_BALANCER: &str = "arn:aws:elasticloadbalancing:*:*:loadbalancer/*";
const TARGET_GROUP: &str = "arn:aws:elasticloadbalancing:*:*:targetgroup/*";
const LISTENER: &str = "arn:aws:elasticloadbalancing:*:*:listener/*";
const RULE: &str = "arn:aws:elasticloadbalancing:*:*:listener-rule/*";
const ANY_ELB: &str = "arn:aws:elasticloadbalancing:*:*:*/*";
const SECURITY_GROUP: &str = "arn:aws:ec2:*:*:security-group/*";

const fn of(service: &'static str, call: &'static str, on: On) -> Permission {
    Permission { service, call, also: &[], on }
}

const fn with(service: &'static str, call: &'static str, on: On, also: &'static [&'static str]) -> Permission {
    Permission { service, call, also, on }
}

/// What creating a load balancer looks at in the name of who creates it.
const NETWORK: &[&str] = &[
    "ec2:DescribeAccountAttributes",
    "ec2:DescribeAddresses",
    "ec2:DescribeCoipPools",
    "ec2:DescribeInternetGateways",
    "ec2:DescribeIpamPools",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeSubnets",
    "ec2:DescribeVpcs",
];
/// Actions of listeners and rules may authenticate with Cognito.
const COGNITO: &[&str] = &["cognito-idp:DescribeUserPoolClient"];
/// A web ACL is set on a load balancer.
const WEB_ACL: &[&str] = &["elasticloadbalancing:SetWebAcl"];

const PERMISSIONS: &[Permission] = &[
    of("acm", "DescribeCertificate", On::Anything),
    of("acm", "ListCertificates", On::Anything),
    of("ec2", "AuthorizeSecurityGroupIngress", On::Ours(SECURITY_GROUP)),
    of("ec2", "CreateSecurityGroup", On::Made(SECURITY_GROUP)),
    of("ec2", "CreateTags", On::Ours(SECURITY_GROUP)),
    of("ec2", "DeleteSecurityGroup", On::Ours(SECURITY_GROUP)),
    of("ec2", "DeleteTags", On::Ours(SECURITY_GROUP)),
    of("ec2", "DescribeAvailabilityZones", On::Anything),
    of("ec2", "DescribeInstances", On::Anything),
    of("ec2", "DescribeRouteTables", On::Anything),
    of("ec2", "DescribeSecurityGroups", On::Anything),
    of("ec2", "DescribeSubnets", On::Anything),
    of("ec2", "DescribeVpcs", On::Anything),
    of("ec2", "RevokeSecurityGroupIngress", On::Ours(SECURITY_GROUP)),
    of(ELB, "AddListenerCertificates", On::Ours(LISTENER)),
    of(ELB, "AddTags", On::Ours(ANY_ELB)),
    with(ELB, "CreateListener", On::Made(ANY_ELB), COGNITO),
    with(ELB, "CreateLoadBalancer", On::Made(LOAD_BALANCER), NETWORK),
    with(ELB, "CreateRule", On::Made(ANY_ELB), COGNITO),
    of(ELB, "CreateTargetGroup", On::Made(TARGET_GROUP)),
    of(ELB, "DeleteListener", On::Ours(LISTENER)),
    of(ELB, "DeleteLoadBalancer", On::Ours(LOAD_BALANCER)),
    of(ELB, "DeleteRule", On::Ours(RULE)),
    of(ELB, "DeleteTargetGroup", On::Ours(TARGET_GROUP)),
    of(ELB, "DeregisterTargets", On::Ours(TARGET_GROUP)),
    of(ELB, "DescribeCapacityReservation", On::Anything),
    of(ELB, "DescribeListenerAttributes", On::Anything),
    of(ELB, "DescribeListenerCertificates", On::Anything),
    of(ELB, "DescribeListeners", On::Anything),
    of(ELB, "DescribeLoadBalancerAttributes", On::Anything),
    of(ELB, "DescribeLoadBalancers", On::Anything),
    of(ELB, "DescribeRules", On::Anything),
    of(ELB, "DescribeTags", On::Anything),
    of(ELB, "DescribeTargetGroupAttributes", On::Anything),
    of(ELB, "DescribeTargetGroups", On::Anything),
    of(ELB, "DescribeTargetHealth", On::Anything),
    of(ELB, "DescribeTrustStores", On::Anything),
    of(ELB, "ModifyCapacityReservation", On::Ours(LOAD_BALANCER)),
    of(ELB, "ModifyIpPools", On::Ours(LOAD_BALANCER)),
    with(ELB, "ModifyListener", On::Ours(LISTENER), COGNITO),
    of(ELB, "ModifyListenerAttributes", On::Ours(LISTENER)),
    of(ELB, "ModifyLoadBalancerAttributes", On::Ours(LOAD_BALANCER)),
    with(ELB, "ModifyRule", On::Ours(RULE), COGNITO),
    of(ELB, "ModifyTargetGroup", On::Ours(TARGET_GROUP)),
    of(ELB, "ModifyTargetGroupAttributes", On::Ours(TARGET_GROUP)),
    of(ELB, "RegisterTargets", On::Ours(TARGET_GROUP)),
    of(ELB, "RemoveListenerCertificates", On::Ours(LISTENER)),
    of(ELB, "RemoveTags", On::Ours(ANY_ELB)),
    of(ELB, "SetIpAddressType", On::Ours(LOAD_BALANCER)),
    of(ELB, "SetRulePriorities", On::Ours(RULE)),
    of(ELB, "SetSecurityGroups", On::Ours(LOAD_BALANCER)),
    of(ELB, "SetSubnets", On::Ours(LOAD_BALANCER)),
    of("shield", "CreateProtection", On::Anything),
    of("shield", "DeleteProtection", On::Anything),
    of("shield", "DescribeProtection", On::Anything),
    of("shield", "GetSubscriptionState", On::Anything),
    with("wafv2", "AssociateWebACL", On::Anything, WEB_ACL),
    with("wafv2", "DisassociateWebACL", On::Anything, WEB_ACL),
    of("wafv2", "GetWebACLForResource", On::Anything),
];

/// All calls, by service and name.
pub fn permissions() -> &'static [Permission] {
    PERMISSIONS
}

/// The least policy that lets gwchain do what it does.
pub fn policy() -> Json {
    let mut statements: Vec<Json> = grouped().into_iter().map(statement).collect();
    statements.extend([outside(), tagging(), security_groups(), service_linked_role()]);
    json!({ "Version": "2012-10-17", "Statement": statements })
}

/// Actions by what they may be done to.
fn grouped() -> BTreeMap<On, Vec<String>> {
    let mut all: BTreeMap<On, Vec<String>> = BTreeMap::new();
    for one in PERMISSIONS {
        all.entry(one.on).or_default().push(format!("{}:{}", one.service, one.call));
        all.entry(On::Anything).or_default().extend(one.also.iter().map(ToString::to_string));
    }
    for actions in all.values_mut() {
        actions.sort();
        actions.dedup();
    }
    all
}

fn statement((on, actions): (On, Vec<String>)) -> Json {
    let exists = |key: &str| json!({ "Null": { format!("{key}/elbv2.k8s.aws/cluster"): "false" } });
    match on {
        On::Anything => json!({ "Effect": "Allow", "Action": actions, "Resource": "*" }),
        On::Made(arn) => {
            json!({ "Effect": "Allow", "Action": actions, "Resource": arn, "Condition": exists("aws:RequestTag") })
        }
        On::Ours(arn) => {
            json!({ "Effect": "Allow", "Action": actions, "Resource": arn, "Condition": exists("aws:ResourceTag") })
        }
    }
}

/// A security group is made in a VPC, which has no tag of ours.
fn outside() -> Json {
    json!({ "Effect": "Allow", "Action": ["ec2:CreateSecurityGroup"], "Resource": "arn:aws:ec2:*:*:vpc/*" })
}

/// Tags that come with a creation are an action of their own.
fn tagging() -> Json {
    let creations = ["CreateListener", "CreateLoadBalancer", "CreateRule", "CreateTargetGroup"];
    json!({
        "Effect": "Allow",
        "Action": ["elasticloadbalancing:AddTags"],
        "Resource": ANY_ELB,
        "Condition": { "StringEquals": { "elasticloadbalancing:CreateAction": creations } },
    })
}

fn security_groups() -> Json {
    json!({
        "Effect": "Allow",
        "Action": ["ec2:CreateTags"],
        "Resource": SECURITY_GROUP,
        "Condition": { "StringEquals": { "ec2:CreateAction": "CreateSecurityGroup" } },
    })
}

/// The first load balancer of an account brings the service's own role with it.
fn service_linked_role() -> Json {
    json!({
        "Effect": "Allow",
        "Action": ["iam:CreateServiceLinkedRole"],
        "Resource": "*",
        "Condition": { "StringEquals": { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" } },
    })
}
