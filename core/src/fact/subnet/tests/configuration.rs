//! Every check of the entries, and every error of the addresses they set.
//! It does not test the choice of subnets.

use super::*;

fn check(request: SubnetRequest<'_>, texts: &[&str], error: &str) {
    let entries = entries(texts);
    let request = SubnetRequest { entries: &entries, ..request };
    // No answers: these errors need none.
    assert_eq!(outcome(&request, &Environment::default()), error);
}

fn facing(request: SubnetRequest<'_>) -> SubnetRequest<'_> {
    SubnetRequest { scheme: "internet-facing", ..request }
}

#[test]
fn what_the_load_balancer_does_not_support_is_refused() {
    let eip_alb = "EIP Allocation is only allowed for Network LoadBalancers";
    check(alb(), &["a|eipalloc-1"], eip_alb);
    let eip_internal = "EIPAllocation can only be set for internet facing load balancers";
    check(nlb(), &["a|eipalloc-1"], eip_internal);
    let ipv6_alb = "IPv6Allocation is only supported for Network LoadBalancers";
    check(alb(), &["a|||::1"], ipv6_alb);
    let ipv6_ipv4 = "IPv6Allocation can only be set for dualstack load balancers";
    check(nlb(), &["a|||::1"], ipv6_ipv4);
    let private_alb = "PrivateIPv4Allocation is only supported for Network LoadBalancers";
    check(alb(), &["a||10.0.0.1"], private_alb);
    let private_facing = "PrivateIPv4Allocation can only be set for internal load balancers";
    check(facing(nlb()), &["a||10.0.0.1"], private_facing);
    let nat_alb = "SourceNatIPv6Prefix is only supported for Network LoadBalancers";
    check(alb(), &["a||||auto_assigned"], nat_alb);
}

#[test]
fn ipv6_addresses_are_for_plain_dualstack_only() {
    let request = SubnetRequest { ip_address_type: "dualstack-without-public-ipv4", ..nlb() };
    let error = "IPv6Allocation can only be set for dualstack load balancers";
    check(request, &["a|||::1"], error);
}

#[test]
fn only_the_first_entry_says_what_is_specified() {
    let error = "Either specify all private ipv4 allocations or none.";
    check(alb(), &["a", "b||10.0.0.1"], error);
}

#[test]
fn mixed_presence_is_refused_entry_by_entry() {
    let wrong = |what| format!("Either specify all {what} or none.");
    check(nlb(), &["a", ""], &wrong("subnet identifiers"));
    check(facing(nlb()), &["a|e", "b"], &wrong("eip allocations"));
    check(nlb(), &["a", "b|||::1"], &wrong("ipv6 allocations"));
    check(nlb(), &["a||10.0.0.1", "b"], &wrong("private ipv4 allocations"));
    check(nlb(), &["a||||auto_assigned", "b"], &wrong("source nat prefixes"));
    let second_before_third = ["a", "b|||::1", ""];
    check(nlb(), &second_before_third, &wrong("ipv6 allocations"));
}

fn on_ipv6(texts: &[&str]) -> String {
    let entries = entries(texts);
    let request = SubnetRequest { ip_address_type: "dualstack", entries: &entries, ..nlb() };
    mapped(&request, &simulated(json!({"subnets": ipv6_subnets()})))
}

fn on_default(request: SubnetRequest<'_>, texts: &[&str]) -> String {
    let entries = entries(texts);
    let request = SubnetRequest { entries: &entries, ..request };
    mapped(&request, &simulated(json!({})))
}

#[test]
fn elastic_ips_go_to_discovered_subnets_by_position() {
    let found = on_default(facing(nlb()), &["|eipalloc-1", "|eipalloc-2", "|eipalloc-3"]);
    let expected = r#"{"allocationID":"eipalloc-1","subnetID":"subnet-0publica000000000"} {"allocationID":"eipalloc-2","subnetID":"subnet-0publicb000000000"} {"allocationID":"eipalloc-3","subnetID":"subnet-0publicc000000000"}"#;
    assert_eq!(found, expected);
    let error = "Unable to assign EIP allocations we have 3 subnets and 1 EIP allocations";
    assert_eq!(on_default(facing(nlb()), &["|eipalloc-1"]), error);
}

#[test]
fn private_addresses_go_to_the_subnet_that_contains_them() {
    let crossed = ["demo-private-a||192.168.130.9", "demo-private-b||192.168.100.9"];
    let expected = r#"{"privateIPv4Address":"192.168.100.9","subnetID":"subnet-0privatea00000000"} {"privateIPv4Address":"192.168.130.9","subnetID":"subnet-0privateb00000000"}"#;
    assert_eq!(on_default(nlb(), &crossed), expected);
    let both_in_a = ["demo-private-a||192.168.96.8", "demo-private-b||192.168.96.9"];
    let one = "expect one private IPv4 address configured for subnet: subnet-0privatea00000000";
    assert_eq!(on_default(nlb(), &both_in_a), one);
    assert_eq!(on_default(nlb(), &["demo-private-a||10.1.1.1"]), one);
}

#[test]
fn private_addresses_must_be_ipv4() {
    let nonsense = "private IPv4 addresses must be valid IP address: nonsense";
    assert_eq!(on_default(nlb(), &["demo-private-a||nonsense"]), nonsense);
    let ipv6 = "private IPv4 addresses must be valid IPv4 address: ::1";
    assert_eq!(on_default(nlb(), &["demo-private-a||::1"]), ipv6);
    let count = "Unable to assign private IPv4 addresses we have 3 subnets and 1 addresses";
    assert_eq!(on_default(nlb(), &["||192.168.96.9"]), count);
}

#[test]
fn ipv6_addresses_are_matched_by_block_and_written_canonically() {
    let found = on_ipv6(&["subnet-v6a|||2600:1f14:AAAA:bb01:0:0:0:9", "subnet-v6b|||2600:1f14:aaaa:bb02::9"]);
    let expected = r#"{"ipv6Address":"2600:1f14:aaaa:bb01::9","subnetID":"subnet-v6a"} {"ipv6Address":"2600:1f14:aaaa:bb02::9","subnetID":"subnet-v6b"}"#;
    assert_eq!(found, expected);
    let outside = "expect one IPv6 address configured for subnet: subnet-v6a";
    assert_eq!(on_ipv6(&["subnet-v6a|||2600::9"]), outside);
    let nonsense = "IPv6 addresses must be valid IP address: x";
    assert_eq!(on_ipv6(&["subnet-v6a|||x"]), nonsense);
    let ipv4 = "IPv6 addresses must be valid IPv6 address: 10.0.0.1";
    assert_eq!(on_ipv6(&["subnet-v6a|||10.0.0.1"]), ipv4);
    let count = "Unable to assign IPv6 addresses we have 2 subnets and 1 addresses";
    assert_eq!(on_ipv6(&["|||2600::9"]), count);
}

#[test]
fn source_nat_prefixes_are_taken_as_written() {
    let found = on_ipv6(&["subnet-v6a||||2600:1f14:aaaa:bb01:1::/80", "subnet-v6b||||auto_assigned"]);
    let expected = r#"{"sourceNatIpv6Prefix":"2600:1f14:aaaa:bb01:1::/80","subnetID":"subnet-v6a"} {"sourceNatIpv6Prefix":"auto_assigned","subnetID":"subnet-v6b"}"#;
    assert_eq!(found, expected);
}

#[test]
fn source_nat_prefixes_are_checked() {
    let start = "Invalid value in source-nat-ipv6-prefixes:";
    for (value, error) in [
        ("nonsense", "nonsense."),
        ("2600:1f14:aaaa:bb01::/64", "2600:1f14:aaaa:bb01::/64. Prefix length must be 80, but 64 is specified."),
        ("10.0.0.0/80", "10.0.0.0/80. Value must be a valid IPv6 CIDR."),
        (
            "2600:1f14:aaaa:bb02::/80",
            "2600:1f14:aaaa:bb02::/80. Value must be within subnet CIDR range: [2600:1f14:aaaa:bb01::/64].",
        ),
    ] {
        let found = on_ipv6(&[&format!("subnet-v6a||||{value}")]);
        assert_eq!(found, format!("{start} {error}"));
    }
    let count = "Unable to assign Source NAT prefix because we have 2 subnets and 1 prefixes";
    assert_eq!(on_ipv6(&["||||auto_assigned"]), count);
}

#[test]
fn the_load_balancer_learns_that_prefixes_are_set() {
    let entries = entries(&["subnet-a||||auto_assigned"]);
    let request = SubnetRequest { entries: &entries, ..nlb() };
    let env = Environment::default();
    let Answer::Known(chosen) = choose_subnets(&request, &env) else {
        panic!("ids are known");
    };
    assert!(chosen.ipv6_source_nat && request.ipv6_source_nat());
    assert!(!nlb().ipv6_source_nat());
}
