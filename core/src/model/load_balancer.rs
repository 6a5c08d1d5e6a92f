//! Load balancers, their security groups and their add-ons.
//!
//! Field names and order are those of translation §9.3.

use serde::Serialize;

use super::Value;
use super::tags::Tags;
use crate::fact::{SubnetMapping, Want};
use crate::id::Text;
use crate::manifest::config::{Attribute, MinimumCapacity};

/// Subnets of a load balancer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subnets {
    /// Chosen.
    Known(Vec<SubnetMapping>),
    /// Chosen at deployment.
    Pending(Want),
}

impl Serialize for Subnets {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Known(mappings) => mappings.serialize(serializer),
            Self::Pending(want) => Value::from(want.clone()).serialize(serializer),
        }
    }
}

impl Subnets {
    fn is_absent(&self) -> bool {
        matches!(self, Self::Known(mappings) if mappings.is_empty())
    }
}

/// `AWS::ElasticLoadBalancingV2::LoadBalancer`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "ELBv2's own fields")]
pub struct LoadBalancer {
    pub name: Value,
    #[serde(rename = "type")]
    pub lb_type: &'static str,
    pub scheme: Text,
    pub ip_address_type: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enable_prefix_for_ipv6_source_nat: Option<&'static str>,
    #[serde(skip_serializing_if = "Subnets::is_absent")]
    pub subnet_mapping: Subnets,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub security_groups: Vec<Value>,
    #[serde(rename = "securityGroupsInboundRulesOnPrivateLink", skip_serializing_if = "Option::is_none")]
    pub security_groups_inbound_rules_on_private_link: Option<Text>,
    #[serde(rename = "customerOwnedIPv4Pool", skip_serializing_if = "Option::is_none")]
    pub customer_owned_ipv4_pool: Option<Text>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub load_balancer_attributes: Vec<Attribute>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minimum_load_balancer_capacity: Option<MinimumCapacity>,
    #[serde(skip_serializing_if = "Tags::is_empty")]
    pub tags: Tags,
    #[serde(rename = "ipv4IPAMPool", skip_serializing_if = "Option::is_none")]
    pub ipv4_ipam_pool: Option<Text>,
}

/// One permission of a security group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "EC2's own fields")]
pub struct IpPermission {
    pub ip_protocol: &'static str,
    pub from_port: i64,
    pub to_port: i64,
    #[serde(flatten)]
    pub source: PermissionSource,
}

/// Where a permission lets traffic in from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PermissionSource {
    /// IPv4 CIDR.
    Ipv4(Text),
    /// IPv6 CIDR.
    Ipv6(Text),
    /// Another security group.
    Group(Value),
    /// A prefix list.
    PrefixList(Text),
}

impl Serialize for PermissionSource {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        enum Entry<'a> {
            #[serde(rename = "ipRanges")]
            Ipv4([Cidr<'a>; 1]),
            #[serde(rename = "ipv6Ranges")]
            Ipv6([Cidr6<'a>; 1]),
            #[serde(rename = "userIDGroupPairs")]
            Group([Group<'a>; 1]),
            #[serde(rename = "prefixLists")]
            Prefix([List<'a>; 1]),
        }
        #[derive(Serialize)]
        struct Cidr<'a> {
            #[serde(rename = "cidrIP")]
            cidr: &'a Text,
        }
        #[derive(Serialize)]
        struct Cidr6<'a> {
            #[serde(rename = "cidrIPv6")]
            cidr: &'a Text,
        }
        #[derive(Serialize)]
        struct Group<'a> {
            #[serde(rename = "groupID")]
            group: &'a Value,
        }
        #[derive(Serialize)]
        struct List<'a> {
            #[serde(rename = "listID")]
            list: &'a Text,
        }
        match self {
            Self::Ipv4(cidr) => Entry::Ipv4([Cidr { cidr }]),
            Self::Ipv6(cidr) => Entry::Ipv6([Cidr6 { cidr }]),
            Self::Group(group) => Entry::Group([Group { group }]),
            Self::PrefixList(list) => Entry::Prefix([List { list }]),
        }
        .serialize(serializer)
    }
}

/// `AWS::EC2::SecurityGroup`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "EC2's own fields")]
pub struct SecurityGroup {
    pub group_name: Value,
    pub description: &'static str,
    #[serde(skip_serializing_if = "Tags::is_empty")]
    pub tags: Tags,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ingress: Vec<IpPermission>,
}

/// `AWS::WAFv2::WebACLAssociation`; an empty ARN removes the association.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "WAFv2's own fields")]
pub struct WebAclAssociation {
    #[serde(rename = "webACLARN")]
    pub web_acl_arn: Text,
    #[serde(rename = "resourceARN")]
    pub resource_arn: Value,
}

/// `AWS::Shield::Protection`; `enabled: false` removes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "Shield's own fields")]
pub struct ShieldProtection {
    pub enabled: bool,
    #[serde(rename = "resourceARN")]
    pub resource_arn: Value,
}
