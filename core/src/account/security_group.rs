//! Security groups as `DescribeSecurityGroups` tells them.
//!
//! What they shall be is `model`'s.

use serde::{Deserialize, Serialize};

use super::Pairs;
use crate::id::Text;
use crate::model::Value;
use crate::model::load_balancer::PermissionSource;

/// One permission of one source: an entry of `IpPermissions` names several.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "EC2's own fields")]
pub struct Permission {
    pub ip_protocol: Text,
    pub from_port: i64,
    pub to_port: i64,
    /// CIDR, group id or prefix list id: their forms tell them apart.
    pub source: Text,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Cidr {
    cidr_ip: Text,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Cidr6 {
    cidr_ipv6: Text,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Group {
    group_id: Text,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct PrefixList {
    prefix_list_id: Text,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct IpPermission {
    ip_protocol: Text,
    from_port: Option<i64>,
    to_port: Option<i64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ip_ranges: Vec<Cidr>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ipv6_ranges: Vec<Cidr6>,
    #[serde(rename = "UserIdGroupPairs", skip_serializing_if = "Vec::is_empty")]
    groups: Vec<Group>,
    #[serde(rename = "PrefixListIds", skip_serializing_if = "Vec::is_empty")]
    prefix_lists: Vec<PrefixList>,
}

impl IpPermission {
    fn each(self) -> Vec<Permission> {
        let ranges = self.ip_ranges.into_iter().map(|range| range.cidr_ip);
        let ranges6 = self.ipv6_ranges.into_iter().map(|range| range.cidr_ipv6);
        let groups = self.groups.into_iter().map(|group| group.group_id);
        let lists = self.prefix_lists.into_iter().map(|list| list.prefix_list_id);
        let all = ranges.chain(ranges6).chain(groups).chain(lists);
        let one = |source| Permission {
            ip_protocol: self.ip_protocol.clone(),
            from_port: self.from_port.unwrap_or(-1),
            to_port: self.to_port.unwrap_or(-1),
            source,
        };
        all.map(one).collect()
    }
}

impl Permission {
    /// Its source as a planned permission has it.
    pub fn planned_source(&self) -> PermissionSource {
        let source = self.source.clone();
        match &*source {
            text if text.starts_with("sg-") => PermissionSource::Group(Value::Known(source)),
            text if text.starts_with("pl-") => PermissionSource::PrefixList(source),
            text if text.contains(':') => PermissionSource::Ipv6(source),
            _ => PermissionSource::Ipv4(source),
        }
    }

    fn described(&self) -> IpPermission {
        let mut out = IpPermission {
            ip_protocol: self.ip_protocol.clone(),
            from_port: Some(self.from_port),
            to_port: Some(self.to_port),
            ..IpPermission::default()
        };
        match self.planned_source() {
            PermissionSource::Ipv4(cidr_ip) => out.ip_ranges.push(Cidr { cidr_ip }),
            PermissionSource::Ipv6(cidr_ipv6) => out.ipv6_ranges.push(Cidr6 { cidr_ipv6 }),
            PermissionSource::Group(_) => out.groups.push(Group { group_id: self.source.clone() }),
            PermissionSource::PrefixList(prefix_list_id) => out.prefix_lists.push(PrefixList { prefix_list_id }),
        }
        out
    }
}

/// A security group.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[expect(missing_docs, reason = "EC2's own fields")]
pub struct SecurityGroup {
    pub group_id: Text,
    pub group_name: Text,
    pub description: Text,
    pub vpc_id: Text,
    #[serde(rename = "IpPermissions", with = "permissions")]
    pub ingress: Vec<Permission>,
    pub tags: Pairs,
}

mod permissions {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::{IpPermission, Permission};

    pub fn serialize<S: Serializer>(all: &[Permission], serializer: S) -> Result<S::Ok, S::Error> {
        all.iter().map(Permission::described).collect::<Vec<_>>().serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Permission>, D::Error> {
        let all = Vec::<IpPermission>::deserialize(deserializer)?;
        Ok(all.into_iter().flat_map(IpPermission::each).collect())
    }
}
