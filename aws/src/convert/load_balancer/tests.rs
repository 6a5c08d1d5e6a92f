//! Load balancers by value.

use aws_sdk_elasticloadbalancingv2::types as sdk;

use super::load_balancer;

#[test]
fn everything_that_is_compared_is_told() {
    let zone = sdk::AvailabilityZone::builder().subnet_id("subnet-1").zone_name("a").source_nat_ipv6_prefixes("auto");
    let one = sdk::LoadBalancer::builder().load_balancer_arn("arn:lb").load_balancer_name("lb").dns_name("lb.aws");
    let one = one.r#type(sdk::LoadBalancerTypeEnum::Network).scheme(sdk::LoadBalancerSchemeEnum::InternetFacing);
    let one = one.ip_address_type(sdk::IpAddressType::Dualstack).vpc_id("vpc-1").security_groups("sg-1");
    let one = one.state(sdk::LoadBalancerState::builder().code(sdk::LoadBalancerStateEnum::Provisioning).build());
    let one = one.enable_prefix_for_ipv6_source_nat(sdk::EnablePrefixForIpv6SourceNatEnum::On);
    let one = one.ipam_pools(sdk::IpamPools::builder().ipv4_ipam_pool_id("ipam-1").build());
    let seen = load_balancer(&one.availability_zones(zone.build()).build());
    assert_eq!((&*seen.lb_type, &*seen.scheme), ("network", "internet-facing"));
    assert_eq!((&*seen.ip_address_type, &*seen.vpc_id, &*seen.dns_name), ("dualstack", "vpc-1", "lb.aws"));
    assert!(!seen.is_active());
    assert_eq!(
        (seen.enable_prefix_for_ipv6_source_nat.as_deref(), seen.ipam_pool.as_deref()),
        (Some("on"), Some("ipam-1"))
    );
    let zone = &seen.availability_zones[0];
    assert_eq!((&*zone.subnet_id, &*zone.source_nat_ipv6_prefixes[0]), ("subnet-1", "auto"));
    assert_eq!((seen.listeners, seen.attributes, seen.web_acl), (None, None, None));
}
