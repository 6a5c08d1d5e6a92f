//! What a set of subnets must fulfil together: zones, locale, number, IPv6.
//! It does not choose among subnets.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::{SubnetRequest, list};
use crate::fact::{Environment, LoadBalancerType, Subnet};

/// What explicitly named subnets must fulfil, in the order the reference checks it.
pub(super) fn check_named(subnets: &[&Subnet], request: &SubnetRequest<'_>, env: &Environment) -> Result<(), String> {
    if subnets.is_empty() {
        return Err("unable to resolve at least one subnet".to_owned());
    }
    check_zones(subnets)?;
    check_placement(subnets, request, env)?;
    check_ipv6(subnets, request)
}

/// The checks that discovered subnets go through as well: one locale, and enough subnets for it.
pub(super) fn check_placement(
    subnets: &[&Subnet],
    request: &SubnetRequest<'_>,
    env: &Environment,
) -> Result<(), String> {
    let minimum = match common_locale(subnets)? {
        Some(Locale::AvailabilityZone) => zonal_minimum(request, env),
        _ => 1,
    };
    let count = subnets.len();
    if count < minimum {
        return Err(format!("subnets count less than minimal required count: {count} < {minimum}"));
    }
    Ok(())
}

/// Whether a subnet lacks the IPv6 block the load balancer needs.
pub(super) fn lacks_ipv6(subnet: &Subnet, request: &SubnetRequest<'_>) -> bool {
    request.dualstack() && subnet.ipv6_cidrs.is_empty()
}

fn zonal_minimum(request: &SubnetRequest<'_>, env: &Environment) -> usize {
    let alb = request.lb_type == LoadBalancerType::Application;
    if alb && !env.gate("ALBSingleSubnet") { 2 } else { 1 }
}

fn check_zones(subnets: &[&Subnet]) -> Result<(), String> {
    let mut by_zone: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for subnet in subnets {
        by_zone.entry(&subnet.az).or_default().push(&subnet.id);
    }
    match by_zone.into_iter().find(|(_, ids)| ids.len() > 1) {
        Some((zone, ids)) => Err(format!("multiple subnets in same Availability Zone {zone}: {}", list(ids))),
        None => Ok(()),
    }
}

fn check_ipv6(subnets: &[&Subnet], request: &SubnetRequest<'_>) -> Result<(), String> {
    let without = subnets.iter().filter(|subnet| lacks_ipv6(subnet, request));
    let ids: Vec<&str> = without.map(|subnet| subnet.id.as_str()).collect();
    if ids.is_empty() {
        return Ok(());
    }
    Err(format!(
        "subnets {} do not have an associated IPv6 CIDR block, which is required for {} load balancers",
        list(ids),
        request.ip_address_type
    ))
}

/// Kind of place a subnet lies in; a load balancer's subnets share one.
/// The variants are in the order of their names, in which the reference lists several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Locale {
    AvailabilityZone,
    LocalZone,
    Outpost,
    WavelengthZone,
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Locale::AvailabilityZone => "availability-zone",
            Locale::LocalZone => "local-zone",
            Locale::Outpost => "outpost",
            Locale::WavelengthZone => "wavelength-zone",
        })
    }
}

fn common_locale(subnets: &[&Subnet]) -> Result<Option<Locale>, String> {
    let locales: Result<BTreeSet<Locale>, String> = subnets.iter().map(|s| locale(s)).collect();
    let locales = locales?;
    if locales.len() > 1 {
        let names: Vec<String> = locales.iter().map(Locale::to_string).collect();
        let names = list(names.iter().map(String::as_str));
        return Err(format!("subnets in multiple locales: {names}"));
    }
    Ok(locales.into_iter().next())
}

fn locale(subnet: &Subnet) -> Result<Locale, String> {
    if subnet.outpost_arn.as_ref().is_some_and(|arn| !arn.is_empty()) {
        return Ok(Locale::Outpost);
    }
    match subnet.zone_type.as_deref() {
        None | Some("availability-zone") => Ok(Locale::AvailabilityZone),
        Some("local-zone") => Ok(Locale::LocalZone),
        Some("wavelength-zone") => Ok(Locale::WavelengthZone),
        Some(other) => Err(format!("unknown zone type for subnet {}: {other}", subnet.id)),
    }
}
