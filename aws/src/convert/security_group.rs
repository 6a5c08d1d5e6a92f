//! Security groups with their ingress, one permission per source.

use aws_sdk_ec2::types as sdk;
use gwchain_core::account::{Permission, SecurityGroup};
use gwchain_core::id::Text;

use super::{ec2_tags, text};

/// EC2's "all", which it leaves out.
const ALL: i64 = -1;

/// A security group as `DescribeSecurityGroups` tells it.
pub(crate) fn security_group(group: &sdk::SecurityGroup) -> SecurityGroup {
    let tags = ec2_tags(group.tags());
    SecurityGroup {
        group_id: text(group.group_id()),
        group_name: text(group.group_name()),
        description: text(group.description()),
        vpc_id: text(group.vpc_id()),
        ingress: group.ip_permissions().iter().flat_map(permissions).collect(),
        tags: tags.into_iter().map(|(key, value)| (key.into(), value.into())).collect(),
    }
}

fn permissions(entry: &sdk::IpPermission) -> Vec<Permission> {
    let one = |source: Text| Permission {
        ip_protocol: text(entry.ip_protocol()),
        from_port: entry.from_port().map_or(ALL, i64::from),
        to_port: entry.to_port().map_or(ALL, i64::from),
        source,
    };
    sources(entry).into_iter().map(one).collect()
}

fn sources(entry: &sdk::IpPermission) -> Vec<Text> {
    let ranges = entry.ip_ranges().iter().map(|range| range.cidr_ip());
    let ranges6 = entry.ipv6_ranges().iter().map(|range| range.cidr_ipv6());
    let groups = entry.user_id_group_pairs().iter().map(|pair| pair.group_id());
    let lists = entry.prefix_list_ids().iter().map(|list| list.prefix_list_id());
    ranges.chain(ranges6).chain(groups).chain(lists).map(text).collect()
}

#[cfg(test)]
mod tests;
