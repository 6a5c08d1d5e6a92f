//! Target groups as `DescribeTargetGroups` and `DescribeTargetHealth` tell them.
//!
//! What they shall be is `model`'s.

use serde::{Deserialize, Serialize};

use super::Pairs;
use crate::id::Text;

/// `Matcher`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[expect(missing_docs, reason = "ELBv2's own fields")]
pub struct Matcher {
    pub http_code: Option<Text>,
    pub grpc_code: Option<Text>,
}

/// A registered target.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[expect(missing_docs, reason = "ELBv2's own fields")]
pub struct Target {
    pub id: Text,
    pub port: Option<i64>,
    /// `healthy`, `initial`, `draining` and the like.
    pub state: Text,
}

impl Target {
    /// Whether it counts as registered: one that drains doesn't.
    pub fn is_registered(&self) -> bool {
        self.state != "draining"
    }
}

/// A target group with its targets.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[expect(missing_docs, reason = "ELBv2's own fields")]
pub struct TargetGroup {
    pub target_group_arn: Text,
    pub target_group_name: Text,
    pub target_type: Text,
    pub port: Option<i64>,
    pub protocol: Text,
    pub protocol_version: Option<Text>,
    pub ip_address_type: Option<Text>,
    pub vpc_id: Text,
    pub health_check_protocol: Text,
    pub health_check_port: Text,
    pub health_check_path: Option<Text>,
    pub health_check_interval_seconds: i64,
    pub health_check_timeout_seconds: i64,
    pub healthy_threshold_count: i64,
    pub unhealthy_threshold_count: i64,
    pub matcher: Option<Matcher>,
    pub target_control_port: Option<i64>,
    pub load_balancer_arns: Vec<Text>,
    pub tags: Pairs,
    pub attributes: Option<Pairs>,
    pub targets: Option<Vec<Target>>,
}
