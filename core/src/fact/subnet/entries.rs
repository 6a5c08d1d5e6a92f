//! Checks of the configured subnet entries that need no answer from AWS.
//! It does not check values such as addresses; the mapping does, once the subnets are known.

use super::{SubnetConfig, SubnetRequest, identifier};
use crate::fact::LoadBalancerType;

type Presence = fn(&SubnetConfig) -> bool;

/// The fields that all entries must set or none, in the order the reference compares them.
const ALL_OR_NONE: [(Presence, &str); 5] = [
    (|e| identifier(e).is_some(), "subnet identifiers"),
    (|e| e.eip_allocation.is_some(), "eip allocations"),
    (|e| e.ipv6_allocation.is_some(), "ipv6 allocations"),
    (|e| e.private_ipv4_allocation.is_some(), "private ipv4 allocations"),
    (|e| e.source_nat_ipv6_prefix.is_some(), "source nat prefixes"),
];

pub(super) fn check(request: &SubnetRequest<'_>) -> Result<(), String> {
    let Some(first) = request.entries.first() else {
        return Ok(());
    };
    if let Some(error) = unsupported(first, request) {
        return Err(error.to_owned());
    }
    match request.entries.iter().find_map(|entry| mixed(first, entry)) {
        Some(what) => Err(format!("Either specify all {what} or none.")),
        None => Ok(()),
    }
}

/// The first field of the first entry that does not go with the load balancer; the reference looks no further.
fn unsupported(first: &SubnetConfig, request: &SubnetRequest<'_>) -> Option<&'static str> {
    let alb = request.lb_type == LoadBalancerType::Application;
    let eip = first.eip_allocation.is_some();
    let ipv6 = first.ipv6_allocation.is_some();
    let private = first.private_ipv4_allocation.is_some();
    let rules = [
        (eip && alb, "EIP Allocation is only allowed for Network LoadBalancers"),
        (
            eip && request.scheme != "internet-facing",
            "EIPAllocation can only be set for internet facing load balancers",
        ),
        (ipv6 && alb, "IPv6Allocation is only supported for Network LoadBalancers"),
        (ipv6 && request.ip_address_type != "dualstack", "IPv6Allocation can only be set for dualstack load balancers"),
        (private && alb, "PrivateIPv4Allocation is only supported for Network LoadBalancers"),
        (private && request.scheme != "internal", "PrivateIPv4Allocation can only be set for internal load balancers"),
        (
            first.source_nat_ipv6_prefix.is_some() && alb,
            "SourceNatIPv6Prefix is only supported for Network LoadBalancers",
        ),
    ];
    rules.into_iter().find(|(broken, _)| *broken).map(|(_, error)| error)
}

fn mixed(first: &SubnetConfig, entry: &SubnetConfig) -> Option<&'static str> {
    let differing = ALL_OR_NONE.iter().find(|(set, _)| set(entry) != set(first));
    differing.map(|(_, what)| *what)
}
