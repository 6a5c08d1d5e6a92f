//! Whether a load balancer's own security group lets a client in.
//!
//! Groups that the plan only names, prefix lists and clients without address are not judged.

use std::net::IpAddr;

use crate::fact::cidr_contains;
use crate::id::Text;
use crate::model::load_balancer::{IpPermission, PermissionSource};
use crate::model::{Stack, Value};

/// Whether the managed group of `stack` surely refuses `client` on `port`. `through` is the stack of an NLB in front,
/// which keeps the client's address and is itself a source that the group may name.
pub fn refuses(stack: &Stack, port: i64, protocol: &str, client: IpAddr, through: Option<&Text>) -> bool {
    let Some(group) = &stack.security_group else { return false };
    let concerns = |one: &&IpPermission| {
        let ports = (one.from_port..=one.to_port).contains(&port);
        one.ip_protocol == "-1" || (one.ip_protocol == protocol && ports)
    };
    let admits = |one: &IpPermission| match &one.source {
        PermissionSource::Ipv4(block) | PermissionSource::Ipv6(block) => cidr_contains(block, client) != Some(false),
        PermissionSource::Group(Value::OtherSecurityGroup(other)) => through == Some(other),
        PermissionSource::Group(_) | PermissionSource::PrefixList(_) => true,
    };
    !group.spec.ingress.iter().filter(concerns).any(admits)
}
