//! Load balancers as `DescribeLoadBalancers` and its companions tell them.
//!
//! What they shall be is `model`'s.

use serde::{Deserialize, Serialize};

use super::{Listener, Pairs};
use crate::id::Text;

/// One subnet of a load balancer: an entry of `AvailabilityZones`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[expect(missing_docs, reason = "ELBv2's own fields")]
pub struct ZoneSubnet {
    pub subnet_id: Text,
    pub zone_name: Option<Text>,
    pub source_nat_ipv6_prefixes: Vec<Text>,
}

/// `State`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct State {
    /// `active`, `provisioning`, `active_impaired` or `failed`.
    pub code: Text,
}

/// A protection of AWS Shield.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Protection {
    /// Id to delete it by.
    pub id: Text,
    /// Who made it.
    pub name: Text,
}

/// A load balancer with everything that hangs on it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[expect(missing_docs, reason = "ELBv2's own fields")]
pub struct LoadBalancer {
    pub load_balancer_arn: Text,
    pub load_balancer_name: Text,
    #[serde(rename = "DNSName")]
    pub dns_name: Text,
    #[serde(rename = "Type")]
    pub lb_type: Text,
    pub scheme: Text,
    pub ip_address_type: Text,
    pub vpc_id: Text,
    pub state: State,
    pub availability_zones: Vec<ZoneSubnet>,
    pub security_groups: Vec<Text>,
    pub enforce_security_group_inbound_rules_on_private_link_traffic: Option<Text>,
    pub enable_prefix_for_ipv6_source_nat: Option<Text>,
    pub customer_owned_ipv4_pool: Option<Text>,
    pub ipam_pool: Option<Text>,
    pub tags: Pairs,
    pub attributes: Option<Pairs>,
    pub listeners: Option<Vec<Listener>>,
    /// Capacity units that are reserved; `None` if nobody looked.
    pub capacity_units: Option<i64>,
    /// ARN of the web ACL, empty without one; `None` if nobody looked.
    pub web_acl: Option<Text>,
    /// The protection, if any; `None` if nobody looked.
    pub protection: Option<Option<Protection>>,
}

impl LoadBalancer {
    /// Whether it serves.
    pub fn is_active(&self) -> bool {
        matches!(&*self.state.code, "active" | "active_impaired")
    }
}
