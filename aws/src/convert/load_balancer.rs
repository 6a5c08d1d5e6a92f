//! Load balancers. What further calls tell of them is `None`, their tags are empty.

use aws_sdk_elasticloadbalancingv2::types as sdk;
use gwchain_core::account::{LoadBalancer, State, ZoneSubnet};

use super::{maybe, text, texts};

/// A load balancer as `DescribeLoadBalancers` tells it.
pub(crate) fn load_balancer(lb: &sdk::LoadBalancer) -> LoadBalancer {
    let source_nat = lb.enable_prefix_for_ipv6_source_nat();
    LoadBalancer {
        load_balancer_arn: text(lb.load_balancer_arn()),
        load_balancer_name: text(lb.load_balancer_name()),
        dns_name: text(lb.dns_name()),
        lb_type: text(lb.r#type().map(sdk::LoadBalancerTypeEnum::as_str)),
        scheme: text(lb.scheme().map(sdk::LoadBalancerSchemeEnum::as_str)),
        ip_address_type: text(lb.ip_address_type().map(sdk::IpAddressType::as_str)),
        vpc_id: text(lb.vpc_id()),
        state: State { code: text(lb.state().and_then(|state| state.code()).map(sdk::LoadBalancerStateEnum::as_str)) },
        availability_zones: lb.availability_zones().iter().map(zone).collect(),
        security_groups: texts(lb.security_groups()),
        enforce_security_group_inbound_rules_on_private_link_traffic: maybe(
            lb.enforce_security_group_inbound_rules_on_private_link_traffic(),
        ),
        enable_prefix_for_ipv6_source_nat: maybe(source_nat.map(sdk::EnablePrefixForIpv6SourceNatEnum::as_str)),
        customer_owned_ipv4_pool: maybe(lb.customer_owned_ipv4_pool()),
        ipam_pool: lb.ipam_pools().and_then(|pools| maybe(pools.ipv4_ipam_pool_id())),
        ..LoadBalancer::default()
    }
}

fn zone(zone: &sdk::AvailabilityZone) -> ZoneSubnet {
    ZoneSubnet {
        subnet_id: text(zone.subnet_id()),
        zone_name: maybe(zone.zone_name()),
        source_nat_ipv6_prefixes: texts(zone.source_nat_ipv6_prefixes()),
    }
}

#[cfg(test)]
mod tests;
