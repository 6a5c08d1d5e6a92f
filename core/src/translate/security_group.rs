//! Security groups of a load balancer (translation §5.6).
//!
//! What a chained ALB must let in is added when stacks are put together.

use crate::diagnostic::Code;
use crate::fact::{Answer, backend_security_group, find_security_groups};
use crate::id::{LoadBalancerType, Text};
use crate::model::load_balancer::{IpPermission, PermissionSource, SecurityGroup};
use crate::model::{Resource, Value};
use crate::origin::{Origin, Origins};
use crate::resolve::listeners::Listener;

use super::names::generated;
use super::{BuildError, Builder};

/// How targets recognise traffic of the load balancer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BackendAccess {
    /// The load balancer has no security groups.
    NoGroups,
    /// It has groups, but nobody manages the rules of its targets.
    Unmanaged,
    /// By this security group.
    Group(Value),
}

impl BackendAccess {
    /// The rule by which targets let the load balancer in.
    pub fn rule(&self) -> &'static str {
        match self {
            Self::NoGroups => "the load balancer has no security group: clients and subnets are let in by address",
            Self::Unmanaged => {
                "securityGroups without manageBackendSecurityGroupRules: nobody lets the load balancer in"
            }
            Self::Group(_) => {
                "a security group of the load balancer is let in on the ports of traffic and health check"
            }
        }
    }
}

const MANAGED: &str = "managed security group, and the shared backend security group";

/// Security groups of the load balancer, in order; the managed one is added to the stack.
pub fn security_groups(builder: &mut Builder<'_, '_>) -> Result<(Vec<Value>, Origin), BuildError> {
    let config = builder.config;
    let network = builder.node.lb_type == LoadBalancerType::Network;
    if let Some((true, object)) = config.pick(|spec| spec.disable_security_group.as_ref()).filter(|_| network) {
        builder.access = BackendAccess::NoGroups;
        return Ok((Vec::new(), Origin::field(object, "spec.disableSecurityGroup")));
    }
    match config.pick(|spec| spec.security_groups.as_ref()).filter(|(list, _)| !list.is_empty()) {
        Some((list, object)) => Ok((explicit(builder, list)?, Origin::field(object, "spec.securityGroups"))),
        None => managed(builder),
    }
}

fn managed(builder: &mut Builder<'_, '_>) -> Result<(Vec<Value>, Origin), BuildError> {
    builder.stack.security_group = Some(managed_group(builder)?);
    if !builder.resolver.environment.flags.enable_backend_security_group {
        builder.access = BackendAccess::Group(Value::ManagedSecurityGroup);
        return Ok((vec![Value::ManagedSecurityGroup], Origin::Rule("managed security group")));
    }
    let backend = backend_group(builder)?;
    builder.access = BackendAccess::Group(backend.clone());
    Ok((vec![Value::ManagedSecurityGroup, backend], Origin::Rule(MANAGED)))
}

fn backend_group(builder: &Builder<'_, '_>) -> Result<Value, BuildError> {
    match backend_security_group(builder.resolver.environment) {
        Answer::Known(id) => Ok(Value::Known(Text::from(id))),
        Answer::Pending(want) => Ok(Value::from(want)),
        Answer::Failed(message) => Err(BuildError::new(Code::ConfigurationInvalid, message)),
    }
}

fn explicit(builder: &mut Builder<'_, '_>, names: &[String]) -> Result<Vec<Value>, BuildError> {
    let mut groups = match find_security_groups(names, builder.resolver.environment) {
        Answer::Known(ids) => ids.into_iter().map(|id| Value::Known(Text::from(id))).collect(),
        Answer::Pending(want) => vec![Value::from(want)],
        Answer::Failed(message) => return Err(BuildError::new(Code::ConfigurationInvalid, message)),
    };
    let manage = builder.config.pick(|spec| spec.manage_backend_security_group_rules.as_ref());
    if manage.is_none_or(|(manage, _)| !manage) {
        builder.access = BackendAccess::Unmanaged;
        return Ok(groups);
    }
    if !builder.resolver.environment.flags.enable_backend_security_group {
        let text = "backendSG feature is required to manage worker node SG rules when frontendSG manually specified";
        return Err(BuildError::new(Code::ConfigurationInvalid, text));
    }
    let backend = backend_group(builder)?;
    builder.access = BackendAccess::Group(backend.clone());
    groups.push(backend);
    Ok(groups)
}

fn managed_group(builder: &mut Builder<'_, '_>) -> Result<Resource<SecurityGroup>, BuildError> {
    let id = &builder.node.gateway.meta.id;
    let known = builder.identity().map(|(cluster, uid)| [cluster, &id.name, &id.namespace, uid]);
    let name = generated(id, known.as_ref().map(<[&str; 4]>::as_slice).map_err(Clone::clone));
    let mut origins = Origins::with_capacity(6);
    origins.set("groupName", Origin::Rule("name: k8s-<namespace>-<name>-<hash of cluster, name, namespace and uid>"));
    origins.set("description", Origin::Rule("fixed text"));
    builder.tag_origin(&mut origins);
    ingress_origins(builder, &mut origins);
    let spec = SecurityGroup {
        group_name: name,
        description: "[k8s] Managed SecurityGroup for LoadBalancer",
        tags: builder.tags.clone(),
        ingress: ingress(builder),
    };
    Ok(Resource { id: Text::from("ManagedLBSecurityGroup"), spec, origins, cause: builder.node.object() })
}

fn ingress_origins(builder: &Builder<'_, '_>, origins: &mut Origins) {
    let config = builder.config;
    let ranges = match config.pick(|spec| spec.source_ranges.as_ref()) {
        Some((_, object)) => Origin::field(object, "spec.sourceRanges"),
        None if is_dualstack(builder) => {
            Origin::Default("no sourceRanges: 0.0.0.0/0 and ::/0, on every port with a listener")
        }
        None => Origin::Default("no sourceRanges: 0.0.0.0/0, on every port with a listener"),
    };
    origins.set("ingress", ranges);
    let lists = config.pick(|spec| spec.security_group_prefixes.as_ref()).filter(|(lists, _)| !lists.is_empty());
    if let Some((_, object)) = lists {
        origins.set("ingress.prefixLists", Origin::field(object, "spec.securityGroupPrefixes"));
    }
    if let Some((true, object)) = config.pick(|spec| spec.enable_icmp.as_ref()) {
        origins.set("ingress.icmp", Origin::field(object, "spec.enableICMP"));
    }
}

fn is_dualstack(builder: &Builder<'_, '_>) -> bool {
    builder.ip_address_type.0.starts_with("dualstack")
}

fn ingress(builder: &Builder<'_, '_>) -> Vec<IpPermission> {
    permissions(builder, |_| true)
}

/// Leaves open only the ports on which the load balancer listens.
pub fn close_unused_ports(builder: &mut Builder<'_, '_>) {
    let ports: Vec<i64> = builder.stack.listeners.iter().map(|listener| listener.spec.port).collect();
    let ingress = permissions(builder, |port| ports.contains(&port));
    if let Some(group) = &mut builder.stack.security_group {
        group.spec.ingress = ingress;
    }
}

fn permissions(builder: &Builder<'_, '_>, is_open: impl Fn(i64) -> bool) -> Vec<IpPermission> {
    let mut permissions = Vec::new();
    for listener in builder.node.valid_listeners().filter(|listener| is_open(listener.spec.port)) {
        permissions_of(builder, listener, &mut permissions);
    }
    if builder.resolver.profile.merged_permissions {
        let mut unique: Vec<IpPermission> = Vec::with_capacity(permissions.len());
        for permission in permissions {
            if !unique.contains(&permission) {
                unique.push(permission);
            }
        }
        return unique;
    }
    permissions
}

fn permissions_of(builder: &Builder<'_, '_>, listener: &Listener<'_>, out: &mut Vec<IpPermission>) {
    let config = builder.config;
    let ip_protocol = if &*listener.spec.protocol == "UDP" { "udp" } else { "tcp" };
    let port = listener.spec.port;
    let icmp = config.pick(|spec| spec.enable_icmp.as_ref()).is_some_and(|(enabled, _)| *enabled);
    let dualstack = is_dualstack(builder);
    let everywhere = [Text::from("0.0.0.0/0"), Text::from("::/0")];
    let ranges = config.pick(|spec| spec.source_ranges.as_ref()).map_or(everywhere.as_slice(), |(list, _)| list);
    for cidr in ranges {
        let ipv6 = cidr.contains(':');
        if ipv6 && !dualstack {
            continue;
        }
        let source = if ipv6 { PermissionSource::Ipv6(cidr.clone()) } else { PermissionSource::Ipv4(cidr.clone()) };
        out.push(IpPermission { ip_protocol, from_port: port, to_port: port, source: source.clone() });
        if icmp {
            let (ip_protocol, from_port, to_port) = if ipv6 { ("icmpv6", 2, 0) } else { ("icmp", 3, 4) };
            out.push(IpPermission { ip_protocol, from_port, to_port, source });
        }
    }
    for list in config.pick(|spec| spec.security_group_prefixes.as_ref()).map(|(list, _)| list).into_iter().flatten() {
        let source = PermissionSource::PrefixList(list.clone());
        out.push(IpPermission { ip_protocol, from_port: port, to_port: port, source });
    }
}
