//! The subnets of one load balancer: checks of the configuration, choice, and mapping of addresses.
//! It does not know where the configuration came from, nor what else uses the subnets.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::answer::Stop;
use crate::id::Text;

use super::{Answer, Environment, LoadBalancerType, Subnet, SubnetSelection, Want};

mod discovery;
mod entries;
mod identifiers;
mod mapping;
mod requirements;

/// One entry of a LoadBalancerConfiguration's `loadBalancerSubnets`; an empty identifier counts as absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SubnetConfig {
    /// Subnet id (`subnet-…`) or `Name` tag.
    pub identifier: Option<String>,
    /// `eipalloc-…`.
    pub eip_allocation: Option<String>,
    /// An IPv4 address of the subnet.
    #[serde(rename = "privateIPv4Allocation")]
    pub private_ipv4_allocation: Option<String>,
    /// An IPv6 address of the subnet.
    pub ipv6_allocation: Option<String>,
    /// `auto_assigned` or an IPv6 block `/80` of the subnet.
    #[serde(rename = "sourceNatIPv6Prefix")]
    pub source_nat_ipv6_prefix: Option<String>,
}

/// What one load balancer asks of its subnets.
#[derive(Clone, Debug)]
pub struct SubnetRequest<'a> {
    /// ALB or NLB.
    pub lb_type: LoadBalancerType,
    /// `internal` or `internet-facing`.
    pub scheme: &'a str,
    /// `ipv4`, `dualstack` or `dualstack-without-public-ipv4`.
    pub ip_address_type: &'a str,
    /// `loadBalancerSubnets`.
    pub entries: &'a [SubnetConfig],
    /// `loadBalancerSubnetsSelector`; an empty one counts as absent.
    pub selector: Option<&'a BTreeMap<String, Vec<String>>>,
    /// `namespace/name`, by which an existing load balancer is found.
    pub gateway: &'a str,
}

/// One subnet of a load balancer with its fixed addresses, serialised as in the reference's stack JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SubnetMapping {
    /// Elastic IP allocation.
    #[serde(rename = "allocationID", skip_serializing_if = "Option::is_none")]
    pub allocation_id: Option<String>,
    /// Fixed private IPv4 address.
    #[serde(rename = "privateIPv4Address", skip_serializing_if = "Option::is_none")]
    pub private_ipv4_address: Option<String>,
    /// Fixed IPv6 address.
    #[serde(rename = "ipv6Address", skip_serializing_if = "Option::is_none")]
    pub ipv6_address: Option<String>,
    /// IPv6 block for source NAT.
    #[serde(rename = "sourceNatIpv6Prefix", skip_serializing_if = "Option::is_none")]
    pub source_nat_ipv6_prefix: Option<String>,
    /// `subnet-…`.
    #[serde(rename = "subnetID")]
    pub subnet_id: Text,
}

/// The subnets of one load balancer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChosenSubnets<'e> {
    /// One per subnet, in the load balancer's order.
    pub mappings: Vec<SubnetMapping>,
    /// The subnets behind the mappings, in the same order; `None` when only their ids are known.
    pub subnets: Option<Vec<&'e Subnet>>,
    /// Whether the configuration sets source NAT prefixes (ELBv2 `EnablePrefixForIpv6SourceNat`).
    pub ipv6_source_nat: bool,
}

impl<'e> ChosenSubnets<'e> {
    /// CIDR blocks of one family: each subnet's IPv4 block, or all their associated IPv6 blocks.
    pub fn cidrs(&self, ipv6: bool) -> Result<Vec<&'e str>, Want> {
        let Some(subnets) = &self.subnets else {
            let subnets = self.mappings.iter().map(|mapping| mapping.subnet_id.to_string()).collect();
            return Err(Want::SubnetCidrs { subnets });
        };
        let blocks = |subnet: &&'e Subnet| if ipv6 { &subnet.ipv6_cidrs } else { std::slice::from_ref(&subnet.cidr) };
        Ok(subnets.iter().flat_map(blocks).map(String::as_str).collect())
    }
}

/// The subnets found for a request; their details are unknown if only ids were given and nobody was asked.
struct Found<'a> {
    ids: Vec<Text>,
    details: Option<Vec<&'a Subnet>>,
}

impl<'a> Found<'a> {
    fn detailed(subnets: Vec<&'a Subnet>) -> Found<'a> {
        Found { ids: subnets.iter().map(|subnet| subnet.id.clone()).collect(), details: Some(subnets) }
    }
}

impl SubnetRequest<'_> {
    fn dualstack(&self) -> bool {
        matches!(self.ip_address_type, "dualstack" | "dualstack-without-public-ipv4")
    }

    /// Whether the configuration sets source NAT prefixes; known even while the subnets are pending.
    pub fn ipv6_source_nat(&self) -> bool {
        let first = self.entries.first();
        first.is_some_and(|entry| entry.source_nat_ipv6_prefix.is_some())
    }

    fn pending(&self, by: SubnetSelection) -> Stop {
        let scheme = self.scheme.to_owned();
        Want::Subnets { scheme, by }.into()
    }
}

/// The subnets of a load balancer as the reference picks them: those the entries identify, else those the selector
/// matches, else those of the existing load balancer of the same scheme, else discovered ones.
/// Errors of the entries alone come first and need no answers from AWS.
pub fn choose_subnets<'e>(request: &SubnetRequest<'_>, env: &'e Environment) -> Answer<ChosenSubnets<'e>> {
    choose(request, env).into()
}

fn choose<'e>(request: &SubnetRequest<'_>, env: &'e Environment) -> Result<ChosenSubnets<'e>, Stop> {
    entries::check(request)?;
    mapping::map(request, find(request, env)?)
}

fn find<'e>(request: &SubnetRequest<'_>, env: &'e Environment) -> Result<Found<'e>, Stop> {
    let identifiers: Vec<&str> = request.entries.iter().filter_map(identifier).collect();
    if !identifiers.is_empty() {
        return identifiers::resolve(&identifiers, request, env);
    }
    if let Some(tags) = request.selector.filter(|tags| !tags.is_empty()) {
        return discovery::by_selector(tags, request, env);
    }
    match existing_subnets(request, env)? {
        Some(current) => identifiers::resolve(&current, request, env),
        None => discovery::by_role(request, env),
    }
}

fn identifier(entry: &SubnetConfig) -> Option<&str> {
    entry.identifier.as_deref().filter(|text| !text.is_empty())
}

fn existing_subnets<'e>(request: &SubnetRequest<'_>, env: &'e Environment) -> Result<Option<Vec<&'e str>>, Stop> {
    let Some(existing) = &env.existing_load_balancers else {
        return Err(unanswered_choice(request, env));
    };
    let ours = existing.iter().find(|lb| lb.gateway == request.gateway && lb.class == request.lb_type);
    let same_scheme = ours.filter(|lb| lb.scheme == request.scheme);
    Ok(same_scheme.map(|lb| lb.subnets.iter().map(String::as_str).collect()))
}

/// With neither the load balancer nor the subnets known, the broader question is the one worth showing.
fn unanswered_choice(request: &SubnetRequest<'_>, env: &Environment) -> Stop {
    if env.subnets.is_none() {
        return request.pending(SubnetSelection::Discovery);
    }
    let gateway = request.gateway.to_owned();
    Want::ExistingLoadBalancer { gateway }.into()
}

fn in_vpc(subnet: &Subnet, env: &Environment) -> Result<bool, Want> {
    match (&subnet.vpc_id, &env.vpc) {
        (None, _) => Ok(true),
        (Some(id), Some(vpc)) => Ok(*id == vpc.id),
        (Some(_), None) => Err(Want::Vpc),
    }
}

fn vpc_subnets<'e>(subnets: &'e [Subnet], env: &Environment) -> Result<Vec<&'e Subnet>, Want> {
    let mut found = Vec::with_capacity(subnets.len());
    for subnet in subnets {
        if in_vpc(subnet, env)? {
            found.push(subnet);
        }
    }
    Ok(found)
}

/// Ids as the reference prints a list of them in this area: `[a b]`.
fn list<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let texts: Vec<&str> = texts.into_iter().collect();
    format!("[{}]", texts.join(" "))
}

#[cfg(test)]
mod tests;
