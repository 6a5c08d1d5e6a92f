//! Security groups by value.

use aws_sdk_ec2::types as sdk;

use super::security_group;

#[test]
fn each_source_is_a_permission() {
    let entry = sdk::IpPermission::builder().ip_protocol("tcp").from_port(80).to_port(81);
    let entry = entry.ip_ranges(sdk::IpRange::builder().cidr_ip("10.0.0.0/8").build());
    let entry = entry.ipv6_ranges(sdk::Ipv6Range::builder().cidr_ipv6("::/0").build());
    let entry = entry.user_id_group_pairs(sdk::UserIdGroupPair::builder().group_id("sg-2").build());
    let entry = entry.prefix_list_ids(sdk::PrefixListId::builder().prefix_list_id("pl-1").build()).build();
    let all = sdk::IpPermission::builder().ip_protocol("-1");
    let all = all.ip_ranges(sdk::IpRange::builder().cidr_ip("0.0.0.0/0").build()).build();
    let tag = sdk::Tag::builder().key("k").value("v").build();
    let group = sdk::SecurityGroup::builder().group_id("sg-1").group_name("g").vpc_id("vpc-1").tags(tag);
    let seen = security_group(&group.ip_permissions(entry).ip_permissions(all).build());
    let sources: Vec<&str> = seen.ingress.iter().map(|one| &*one.source).collect();
    assert_eq!(sources, ["10.0.0.0/8", "::/0", "sg-2", "pl-1", "0.0.0.0/0"]);
    assert_eq!((seen.ingress[0].from_port, seen.ingress[0].to_port), (80, 81));
    assert_eq!((seen.ingress[4].from_port, seen.ingress[4].to_port), (-1, -1));
    assert_eq!(seen.tags.get("k").map(|value| &**value), Some("v"));
}
