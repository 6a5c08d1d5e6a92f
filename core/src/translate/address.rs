//! Whether addresses of a configuration make sense together (deviation B27).
//!
//! Subnets and their addresses are checked where they are chosen.

use crate::diagnostic::Code;
use crate::fact::is_cidr;
use crate::id::{LoadBalancerType, ObjectIx, Text};
use crate::origin::FieldPath;
use crate::profile::Profile;

use super::{BuildError, Builder};

fn invalid(text: String, object: ObjectIx, path: FieldPath) -> BuildError {
    BuildError::new(Code::ConfigurationInvalid, text).at(object, path)
}

/// Refuses a configuration that AWS would refuse, or that would mean something else than it says.
pub fn check(builder: &Builder<'_, '_>) -> Result<(), BuildError> {
    if !builder.resolver.profile.addresses_validated {
        return Ok(());
    }
    source_ranges(builder)?;
    prefix_lists(builder)?;
    source_nat(builder)?;
    public_ipv4(builder)
}

fn source_ranges(builder: &Builder<'_, '_>) -> Result<(), BuildError> {
    let Some((ranges, object)) = builder.config.pick(|spec| spec.source_ranges.as_ref()) else { return Ok(()) };
    match ranges.iter().position(|range| !is_cidr(range)) {
        None => Ok(()),
        Some(index) => {
            let text = format!("source range {} is not a CIDR", ranges[index]);
            Err(invalid(text, object, FieldPath::indexed("spec.sourceRanges[]", &[index]))
                .help("write an address and a prefix length, as 10.0.0.0/8"))
        }
    }
}

fn prefix_lists(builder: &Builder<'_, '_>) -> Result<(), BuildError> {
    let Some((lists, object)) = builder.config.pick(|spec| spec.security_group_prefixes.as_ref()) else {
        return Ok(());
    };
    match lists.iter().position(|list| !list.starts_with("pl-")) {
        None => Ok(()),
        Some(index) => {
            let text = format!("{} is not the id of a prefix list", lists[index]);
            Err(invalid(text, object, FieldPath::indexed("spec.securityGroupPrefixes[]", &[index]))
                .help("ids of prefix lists begin with pl-; addresses go to sourceRanges"))
        }
    }
}

fn source_nat(builder: &Builder<'_, '_>) -> Result<(), BuildError> {
    let Some((subnets, object)) = builder.config.pick(|spec| spec.load_balancer_subnets.as_ref()) else {
        return Ok(());
    };
    let dualstack = builder.ip_address_type.0.starts_with("dualstack");
    match subnets.iter().position(|subnet| subnet.source_nat_ipv6_prefix.is_some()).filter(|_| !dualstack) {
        None => Ok(()),
        Some(index) => {
            let text = "sourceNatIPv6Prefix needs a dualstack load balancer".to_owned();
            let path = FieldPath::indexed("spec.loadBalancerSubnets[].sourceNatIPv6Prefix", &[index]);
            Err(invalid(text, object, path).help("set ipAddressType: dualstack"))
        }
    }
}

fn public_ipv4(builder: &Builder<'_, '_>) -> Result<(), BuildError> {
    let found = builder.config.pick(|spec| spec.ip_address_type.as_ref());
    let Some((_, object)) = found.filter(|(kind, _)| &***kind == "dualstack-without-public-ipv4") else {
        return Ok(());
    };
    let public_alb = builder.node.lb_type == LoadBalancerType::Application && &*builder.scheme.0 == "internet-facing";
    if public_alb {
        return Ok(());
    }
    let text = "dualstack-without-public-ipv4 is for internet-facing ALBs only".to_owned();
    Err(invalid(text, object, FieldPath::new("spec.ipAddressType")).help("use dualstack"))
}

/// Refuses a `source-ip` condition whose value is no CIDR.
pub fn check_condition(profile: &Profile, values: &[Text]) -> Result<(), BuildError> {
    match values.iter().find(|value| !is_cidr(value)) {
        Some(value) if profile.addresses_validated => {
            let text = format!("source-ip value {value} is not a CIDR");
            let help = "write an address and a prefix length, as 10.0.0.0/8";
            Err(BuildError::new(Code::ConfigurationInvalid, text).help(help))
        }
        _ => Ok(()),
    }
}
