//! The AWS resources an environment may list, shaped as in `environment.yaml`.
//! It does not search them; the look-ups do.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::{LoadBalancerType, Text};

/// The cluster's VPC.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Vpc {
    /// `vpc-…`.
    pub id: String,
    /// Associated IPv4 blocks, in order; empty means not stated, as every VPC has one.
    #[serde(default)]
    pub cidrs: Vec<String>,
    /// Associated IPv6 blocks, in order.
    #[serde(default)]
    pub ipv6_cidrs: Vec<String>,
}

/// A subnet as EC2 describes it, with its zone's type and its route table's verdict.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Subnet {
    /// `subnet-…`.
    pub id: Text,
    /// Name of its zone; subnets are told apart by it.
    #[serde(default)]
    pub az: String,
    /// Id of its zone.
    #[serde(rename = "azID", default, skip_serializing_if = "Option::is_none")]
    pub az_id: Option<String>,
    /// `availability-zone` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone_type: Option<String>,
    /// Its IPv4 block; empty for an IPv6-only subnet.
    #[serde(default)]
    pub cidr: String,
    /// Associated IPv6 blocks.
    #[serde(default)]
    pub ipv6_cidrs: Vec<String>,
    /// Its tags.
    #[serde(default)]
    pub tags: BTreeMap<String, String>,
    /// Free IPv4 addresses; plenty when absent.
    #[serde(rename = "availableIPs", default, skip_serializing_if = "Option::is_none")]
    pub available_ips: Option<u32>,
    /// The Outpost it lies on.
    #[serde(rename = "outpostARN", default, skip_serializing_if = "Option::is_none")]
    pub outpost_arn: Option<String>,
    /// Whether its route table leads to an internet gateway.
    #[serde(default)]
    pub public: bool,
    /// Its VPC; the cluster's when absent.
    #[serde(rename = "vpcID", default, skip_serializing_if = "Option::is_none")]
    pub vpc_id: Option<String>,
}

/// A security group of the cluster's VPC.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SecurityGroup {
    /// `sg-…`.
    pub id: String,
    /// Its name, which is its `Name` tag too.
    #[serde(default)]
    pub name: String,
    /// Its other tags.
    #[serde(default)]
    pub tags: BTreeMap<String, String>,
}

/// An issued ACM certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Certificate {
    /// Its ARN.
    pub arn: String,
    /// Its subject alternative names.
    #[serde(default)]
    pub domains: Vec<String>,
    /// `AMAZON_ISSUED`, `IMPORTED` or `PRIVATE`; discovery does not look at it.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The private authority that issued it.
    #[serde(rename = "caARN", default, skip_serializing_if = "Option::is_none")]
    pub ca_arn: Option<String>,
    /// When it expires: a day (`2027-01-31`) or a point in time of RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_after: Option<String>,
}

/// A trust store or target group, which are looked up by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedArn {
    /// The name asked for.
    pub name: String,
    /// The answer.
    pub arn: String,
}

/// A load balancer AWS already has for a Gateway, as its tracking tags tell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExistingLoadBalancer {
    /// `namespace/name`.
    pub gateway: String,
    /// Which controller's tags it carries.
    pub class: LoadBalancerType,
    /// Its ARN.
    #[serde(default)]
    pub arn: String,
    /// Its scheme.
    #[serde(default)]
    pub scheme: String,
    /// Ids of its subnets, in the order of its zone list.
    #[serde(default)]
    pub subnets: Vec<String>,
}

/// How the simulated deployment of one Gateway ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Provisioning {
    /// `namespace/name`.
    pub gateway: String,
    /// The environment's default when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<ProvisioningState>,
    /// Replaces the simulated ARN.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// Replaces the simulated DNS name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dns_name: Option<String>,
}

/// State of a load balancer after its deployment (ELBv2 `LoadBalancerState`), or that the deployment failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProvisioningState {
    /// In service.
    #[default]
    #[serde(rename = "active")]
    Active,
    /// In service, short of resources to scale.
    #[serde(rename = "active_impaired")]
    ActiveImpaired,
    /// Being set up.
    #[serde(rename = "provisioning")]
    Provisioning,
    /// Could not be set up.
    #[serde(rename = "failed")]
    Failed,
    /// The deploy step itself fails; no load balancer comes of it.
    #[serde(rename = "failed-deploy")]
    FailedDeploy,
}
