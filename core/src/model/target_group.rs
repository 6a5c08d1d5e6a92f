//! Target groups, their bindings to Services, and the registrations of chained ALBs.
//!
//! Field names and order are those of translation §9.3.

use serde::{Serialize, Serializer};

use super::tags::Tags;
use super::{Number, Value};
use crate::id::Text;
use crate::manifest::config::Attribute;
use crate::manifest::meta::{LabelSelector, StringMap};

/// Port of a health check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HealthCheckPort {
    /// The port that traffic goes to.
    Traffic,
    /// A port of its own.
    Number(Number),
}

impl Serialize for HealthCheckPort {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Traffic => serializer.serialize_str("traffic-port"),
            Self::Number(number) => number.serialize(serializer),
        }
    }
}

/// `matcher`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "ELBv2's own fields")]
pub enum Matcher {
    #[serde(rename = "httpCode")]
    Http(Text),
    #[serde(rename = "grpcCode")]
    Grpc(Text),
}

/// `healthCheckConfig`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "ELBv2's own fields")]
pub struct HealthCheck {
    pub port: HealthCheckPort,
    pub protocol: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matcher: Option<Matcher>,
    pub interval_seconds: i64,
    pub timeout_seconds: i64,
    pub healthy_threshold_count: i64,
    pub unhealthy_threshold_count: i64,
}

/// `AWS::ElasticLoadBalancingV2::TargetGroup`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "ELBv2's own fields")]
pub struct TargetGroup {
    pub name: Value,
    pub target_type: &'static str,
    pub port: Number,
    pub protocol: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol_version: Option<Text>,
    pub ip_address_type: &'static str,
    pub health_check_config: HealthCheck,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub target_group_attributes: Vec<Attribute>,
    #[serde(skip_serializing_if = "Tags::is_empty")]
    pub tags: Tags,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_control_port: Option<i64>,
}

/// A port of a binding's network rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RulePort {
    /// By number.
    Number(Number),
    /// By name.
    Name(Text),
}

impl Serialize for RulePort {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Number(number) => number.serialize(serializer),
            Self::Name(name) => serializer.serialize_str(name),
        }
    }
}

/// Protocol and port of a network rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the CRD's own fields")]
pub struct NetworkingPort {
    pub protocol: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub port: Option<RulePort>,
}

/// Source of a network rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the CRD's own fields")]
pub enum NetworkingPeer {
    IpBlock {
        cidr: Value,
    },
    SecurityGroup {
        #[serde(rename = "groupID")]
        group_id: Value,
    },
}

/// A network rule of a binding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the CRD's own fields")]
pub struct NetworkingRule {
    pub from: Vec<NetworkingPeer>,
    pub ports: Vec<NetworkingPort>,
}

/// Network rules of a binding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Networking {
    /// Rules.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ingress: Vec<NetworkingRule>,
}

/// `metadata` of a binding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "metadata's own fields")]
pub struct BindingMetadata {
    pub name: Value,
    pub namespace: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub labels: Option<StringMap>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub annotations: Option<StringMap>,
}

/// `serviceRef` of a binding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the CRD's own fields")]
pub struct ServiceRef {
    pub name: Text,
    pub port: i64,
}

/// `spec` of a binding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the CRD's own fields")]
pub struct BindingSpec {
    #[serde(rename = "targetGroupARN")]
    pub target_group_arn: Value,
    pub target_type: &'static str,
    pub service_ref: ServiceRef,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub networking: Option<Networking>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub node_selector: Option<LabelSelector>,
    pub ip_address_type: &'static str,
    #[serde(rename = "vpcID")]
    pub vpc_id: Value,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub multi_cluster_target_group: bool,
    pub target_group_protocol: Text,
}

/// The TargetGroupBinding object itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the object's own fields")]
pub struct BindingTemplate {
    pub metadata: BindingMetadata,
    pub spec: BindingSpec,
}

/// `K8S::ElasticLoadBalancingV2::TargetGroupBinding`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TargetGroupBinding {
    /// The object to create.
    pub template: BindingTemplate,
}

/// An ALB registered with a target group of an NLB (`FrontendNLBTargetGroup`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
#[expect(missing_docs, reason = "the reference's own fields")]
pub struct AlbTarget {
    pub name: Value,
    #[serde(rename = "ARN")]
    pub arn: Value,
    pub port: i64,
    #[serde(rename = "TargetARN")]
    pub target_arn: Value,
    pub target_port: i64,
}
