//! Permissions of security groups, compared without their descriptions (controller §3.7).
//!
//! Which group needs which is `translate`'s business.

use super::Stacked;
use crate::account::Permission;
use crate::id::Text;
use crate::model::Value;
use crate::model::load_balancer::{IpPermission, PermissionSource};

/// A planned permission with its source bound.
pub fn bound(stacked: Stacked<'_>, permission: &IpPermission) -> IpPermission {
    let mut bound = permission.clone();
    if let PermissionSource::Group(group) = &permission.source {
        bound.source = PermissionSource::Group(stacked.names.bind(group, &stacked.wanted.stack));
    }
    bound
}

/// The same as an account tells it; `None` while its source is an output to come.
pub fn observed(permission: &IpPermission) -> Option<Permission> {
    let source = match &permission.source {
        PermissionSource::Ipv4(cidr) => cidr.clone(),
        PermissionSource::Ipv6(cidr) => canonical_cidr(cidr),
        PermissionSource::PrefixList(list) => list.clone(),
        PermissionSource::Group(Value::Known(id)) => id.clone(),
        PermissionSource::Group(_) => return None,
    };
    Some(Permission {
        ip_protocol: Text::new_static(permission.ip_protocol),
        from_port: permission.from_port,
        to_port: permission.to_port,
        source,
    })
}

/// EC2 writes IPv6 blocks in their shortest form.
fn canonical_cidr(cidr: &Text) -> Text {
    let Some((address, length)) = cidr.split_once('/') else {
        return cidr.clone();
    };
    match address.parse::<std::net::Ipv6Addr>() {
        Ok(address) => format!("{address}/{length}").into(),
        Err(_) => cidr.clone(),
    }
}
