//! Fixed addresses of the entries, given to the subnets that were found.
//! It does not look at identifiers: entries and subnets meet by position or by address.

use std::net::IpAddr;

use super::{ChosenSubnets, Found, SubnetConfig, SubnetMapping, SubnetRequest, list};
use crate::fact::answer::Stop;
use crate::fact::cidr::Cidr;
use crate::fact::{Subnet, Want};
use crate::id::Text;

const AUTO_ASSIGNED: &str = "auto_assigned";
const SOURCE_NAT_LENGTH: &str = "80";

/// Only NLBs get here with addresses: the checks of the entries refuse them for ALBs.
pub(super) fn map<'e>(request: &SubnetRequest<'_>, found: Found<'e>) -> Result<ChosenSubnets<'e>, Stop> {
    let mut mappings: Vec<SubnetMapping> = found.ids.iter().map(bare).collect();
    let eips = elastic_ips(request, &found)?;
    assign(&mut mappings, eips, |m| &mut m.allocation_id);
    let private = fixed_addresses(&PRIVATE_IPV4, request, &found)?;
    assign(&mut mappings, private, |m| &mut m.private_ipv4_address);
    let ipv6 = fixed_addresses(&IPV6, request, &found)?;
    assign(&mut mappings, ipv6, |m| &mut m.ipv6_address);
    let prefixes = source_nat_prefixes(request, &found)?;
    assign(&mut mappings, prefixes, |m| &mut m.source_nat_ipv6_prefix);
    Ok(ChosenSubnets { mappings, subnets: found.details, ipv6_source_nat: request.ipv6_source_nat() })
}

fn bare(id: &Text) -> SubnetMapping {
    SubnetMapping { subnet_id: id.clone(), ..SubnetMapping::default() }
}

fn assign(mappings: &mut [SubnetMapping], values: Vec<String>, field: fn(&mut SubnetMapping) -> &mut Option<String>) {
    for (mapping, value) in mappings.iter_mut().zip(values) {
        *field(mapping) = Some(value);
    }
}

fn configured<'a>(request: &SubnetRequest<'a>, field: fn(&SubnetConfig) -> &Option<String>) -> Vec<&'a str> {
    let values = request.entries.iter().map(field);
    values.filter_map(Option::as_deref).collect()
}

fn elastic_ips(request: &SubnetRequest<'_>, found: &Found<'_>) -> Result<Vec<String>, Stop> {
    let values = configured(request, |entry| &entry.eip_allocation);
    let (subnets, count) = (found.ids.len(), values.len());
    if count != 0 && count != subnets {
        return Err(
            format!("Unable to assign EIP allocations we have {subnets} subnets and {count} EIP allocations").into()
        );
    }
    Ok(values.into_iter().map(str::to_owned).collect())
}

/// A kind of fixed address that belongs to the subnet whose block contains it.
struct AddressKind {
    label: &'static str,
    family: &'static str,
    field: fn(&SubnetConfig) -> &Option<String>,
    fits: fn(&IpAddr) -> bool,
    blocks: fn(&Subnet) -> &[String],
}

const PRIVATE_IPV4: AddressKind = AddressKind {
    label: "private IPv4",
    family: "IPv4",
    field: |entry| &entry.private_ipv4_allocation,
    fits: IpAddr::is_ipv4,
    blocks: |subnet| std::slice::from_ref(&subnet.cidr),
};

const IPV6: AddressKind = AddressKind {
    label: "IPv6",
    family: "IPv6",
    field: |entry| &entry.ipv6_allocation,
    fits: IpAddr::is_ipv6,
    blocks: |subnet| &subnet.ipv6_cidrs,
};

fn fixed_addresses(kind: &AddressKind, request: &SubnetRequest<'_>, found: &Found<'_>) -> Result<Vec<String>, Stop> {
    let values = configured(request, kind.field);
    if values.is_empty() {
        return Ok(Vec::new());
    }
    let (label, subnets, count) = (kind.label, found.ids.len(), values.len());
    if count != subnets {
        return Err(
            format!("Unable to assign {label} addresses we have {subnets} subnets and {count} addresses").into()
        );
    }
    let parsed: Result<Vec<IpAddr>, String> = values.iter().map(|v| address(kind, v)).collect();
    let parsed = parsed?;
    let subnets = details(found)?.iter();
    let own: Result<Vec<String>, String> = subnets.map(|s| own_address(kind, s, &parsed)).collect();
    Ok(own?)
}

fn address(kind: &AddressKind, value: &str) -> Result<IpAddr, String> {
    let AddressKind { label, family, .. } = kind;
    let parsed: IpAddr = value.parse().map_err(|_| format!("{label} addresses must be valid IP address: {value}"))?;
    if !(kind.fits)(&parsed) {
        return Err(format!("{label} addresses must be valid {family} address: {value}"));
    }
    Ok(parsed)
}

fn own_address(kind: &AddressKind, subnet: &Subnet, all: &[IpAddr]) -> Result<String, String> {
    let blocks = (kind.blocks)(subnet);
    let own: Vec<&IpAddr> = all.iter().filter(|a| within(**a, blocks)).collect();
    match own.as_slice() {
        [address] => Ok(address.to_string()),
        _ => Err(format!("expect one {} address configured for subnet: {}", kind.label, subnet.id)),
    }
}

fn within(address: IpAddr, blocks: &[String]) -> bool {
    let mut blocks = blocks.iter().filter_map(|text| Cidr::parse(text));
    blocks.any(|block| block.contains(address))
}

fn details<'f, 'a>(found: &'f Found<'a>) -> Result<&'f [&'a Subnet], Want> {
    found.details.as_deref().ok_or_else(|| {
        let subnets = found.ids.iter().map(ToString::to_string).collect();
        Want::SubnetCidrs { subnets }
    })
}

fn source_nat_prefixes(request: &SubnetRequest<'_>, found: &Found<'_>) -> Result<Vec<String>, Stop> {
    let values = configured(request, |entry| &entry.source_nat_ipv6_prefix);
    let (subnets, count) = (found.ids.len(), values.len());
    if count != 0 && count != subnets {
        return Err(format!(
            "Unable to assign Source NAT prefix because we have {subnets} subnets and {count} prefixes"
        )
        .into());
    }
    for (index, value) in values.iter().enumerate() {
        if *value != AUTO_ASSIGNED {
            check_prefix(value, index, found)?;
        }
    }
    Ok(values.into_iter().map(str::to_owned).collect())
}

fn check_prefix(value: &str, index: usize, found: &Found<'_>) -> Result<(), Stop> {
    let address =
        prefix_address(value).map_err(|why| format!("Invalid value in source-nat-ipv6-prefixes: {value}.{why}"))?;
    let blocks = &details(found)?[index].ipv6_cidrs;
    if within(address, blocks) {
        return Ok(());
    }
    let blocks = list(blocks.iter().map(String::as_str));
    Err(format!(
        "Invalid value in source-nat-ipv6-prefixes: {value}. \
         Value must be within subnet CIDR range: {blocks}."
    )
    .into())
}

fn prefix_address(value: &str) -> Result<IpAddr, String> {
    let (address, length) = value.split_once('/').ok_or_else(String::new)?;
    if length != SOURCE_NAT_LENGTH {
        return Err(format!(" Prefix length must be {SOURCE_NAT_LENGTH}, but {length} is specified."));
    }
    let parsed = address.parse().ok().filter(IpAddr::is_ipv6);
    parsed.ok_or_else(|| " Value must be a valid IPv6 CIDR.".to_owned())
}
