//! Security groups and their rules.
//!
//! Source: VPC quotas: rules count for IPv4 and IPv6 apart; another group counts in both, a prefix list as often as it has room.

use super::Budget;
use crate::model::Stack;
use crate::model::load_balancer::PermissionSource;
use crate::quota::{Quota, Quotas};

/// Inbound rules of the managed group, of the address family that has more.
pub(super) fn rules(stack: &Stack, quotas: &Quotas) -> Option<Budget> {
    let ingress = &stack.security_group.as_ref()?.spec.ingress;
    let of = |counts: fn(&PermissionSource) -> bool| ingress.iter().filter(|rule| counts(&rule.source)).count();
    let ipv4 = of(|source| !matches!(source, PermissionSource::Ipv6(_)));
    let ipv6 = of(|source| !matches!(source, PermissionSource::Ipv4(_)));
    let lists = of(|source| matches!(source, PermissionSource::PrefixList(_)));
    let open = (lists > 0).then(|| "the entries that prefix lists have room for".to_owned());
    Some(Budget::new(Quota::RulesPerGroup, quotas, ipv4.max(ipv6)).open(open))
}

/// Groups of the load balancer.
pub(super) fn groups(stack: &Stack, quotas: &Quotas) -> Option<Budget> {
    let count = stack.load_balancer.as_ref()?.spec.security_groups.len();
    (count > 0).then(|| Budget::new(Quota::GroupsPerInterface, quotas, count))
}
