//! The load balancer itself (translation §5.5) and its add-ons (§5.8).
//!
//! Security groups and subnets are chosen elsewhere.

use crate::diagnostic::Code;
use crate::fact::{Answer, Environment, SubnetRequest, choose_subnets};
use crate::id::{LoadBalancerType, Text};
use crate::manifest::config::MinimumCapacity;
use crate::manifest::gateway::Gateway;
use crate::model::load_balancer::{LoadBalancer, ShieldProtection, Subnets, WebAclAssociation};
use crate::model::{Resource, Value};
use crate::origin::{FieldPath, Origin, Origins};

use super::names::generated;
use super::{BuildError, Builder, limit};

const UNNAMED: &str = "name: k8s-<namespace>-<name>-<hash of cluster, Gateway uid and scheme>";

/// Whether `text` is a true boolean as Go's `strconv.ParseBool` reads it; what it can't read is false.
pub fn is_true(text: &str) -> bool {
    matches!(text, "1" | "t" | "T" | "TRUE" | "true" | "True")
}

/// Whether the Gateway's annotation says that an add-on was enabled.
pub fn was_enabled(gateway: &Gateway, addon: &str) -> bool {
    let is_it = |key: &str| key.strip_prefix("gateway.k8s.aws.addon.") == Some(addon);
    gateway.meta.annotations.iter().any(|(key, value)| is_it(key) && is_true(value))
}

/// Names of the add-ons of a load balancer type, as in their annotations.
pub fn addons(lb_type: LoadBalancerType) -> &'static [&'static str] {
    match lb_type {
        LoadBalancerType::Application => &["wafv2", "shield", "provisionedcapacity"],
        LoadBalancerType::Network => &["provisionedcapacity"],
    }
}

/// Value of an LBC field with its origin, or a default.
fn or_default(
    found: Option<(&Text, crate::id::ObjectIx)>,
    path: &'static str,
    default: (&str, &'static str),
) -> (Text, Origin) {
    match found {
        Some((value, object)) => (value.clone(), Origin::field(object, path)),
        None => (Text::from(default.0), Origin::Default(default.1)),
    }
}

/// Scheme and address type, which everything else depends on.
pub fn basics(builder: &mut Builder<'_, '_>) -> Result<(), BuildError> {
    let flag = &builder.resolver.environment.flags.default_load_balancer_scheme;
    let found = builder.config.pick(|spec| spec.scheme.as_ref());
    builder.scheme = or_default(found, "spec.scheme", (flag, "controller flag --default-load-balancer-scheme"));
    let found = builder.config.pick(|spec| spec.ip_address_type.as_ref());
    builder.ip_address_type = or_default(found, "spec.ipAddressType", ("ipv4", "default address type"));
    let scheme = &builder.scheme.0;
    if !matches!(&**scheme, "internal" | "internet-facing") {
        return Err(BuildError::new(Code::ConfigurationInvalid, format!("unknown scheme: {scheme}")));
    }
    let address_type = &builder.ip_address_type.0;
    if !matches!(&**address_type, "ipv4" | "dualstack" | "dualstack-without-public-ipv4") {
        return Err(BuildError::new(Code::ConfigurationInvalid, format!("unknown IPAddressType: {address_type}")));
    }
    Ok(())
}

/// Chooses the subnets and keeps what target group bindings need of them.
pub fn subnets(builder: &mut Builder<'_, '_>) -> Result<(Subnets, bool), BuildError> {
    let config = builder.config;
    let entries = config.pick(|spec| spec.load_balancer_subnets.as_ref()).map(|(list, _)| list.as_slice());
    let request = SubnetRequest {
        lb_type: builder.node.lb_type,
        scheme: &builder.scheme.0,
        ip_address_type: &builder.ip_address_type.0,
        entries: entries.unwrap_or_default(),
        selector: config.pick(|spec| spec.load_balancer_subnets_selector.as_ref()).map(|(selector, _)| selector),
        gateway: &builder.stack.id,
    };
    match choose_subnets(&request, builder.resolver.environment) {
        Answer::Known(chosen) => {
            let source_nat = chosen.ipv6_source_nat;
            let mappings = chosen.mappings.clone();
            builder.subnets = Some(chosen);
            Ok((Subnets::Known(mappings), source_nat))
        }
        Answer::Pending(want) => {
            let source_nat = request.entries.first().is_some_and(|entry| entry.source_nat_ipv6_prefix.is_some());
            Ok((Subnets::Pending(want), source_nat))
        }
        Answer::Failed(message) => Err(BuildError::new(Code::ConfigurationInvalid, message)),
    }
}

/// The load balancer with everything but its add-on resources.
pub fn load_balancer(
    builder: &mut Builder<'_, '_>,
    subnets: (Subnets, bool),
    security_groups: (Vec<Value>, Origin),
    active: Addons,
) -> Result<Resource<LoadBalancer>, BuildError> {
    let (config, lb_type) = (builder.config, builder.node.lb_type);
    let network = lb_type == LoadBalancerType::Network;
    let mut origins = Origins::with_capacity(12);
    let name = name(builder, &mut origins)?;
    origins.set("type", Origin::field(builder.node.class.meta.object, "spec.controllerName"));
    origins.set("scheme", builder.scheme.1.clone());
    origins.set("ipAddressType", builder.ip_address_type.1.clone());
    if network {
        origins.set("enablePrefixForIpv6SourceNat", Origin::Rule("on when subnets have source NAT prefixes"));
    }
    origins.set("subnetMapping", subnet_origin(builder, &subnets.0));
    origins.set("securityGroups", security_groups.1);
    let mut optional = |field, path, found: Option<(&Text, _)>, applies: bool| {
        let (value, object) = found.filter(|_| applies)?;
        origins.set(field, Origin::field(object, path));
        Some(value.clone())
    };
    let enforce = config.pick(|spec| spec.enforce_security_group_inbound_rules_on_private_link_traffic.as_ref());
    let private_link = "securityGroupsInboundRulesOnPrivateLink";
    let path = "spec.enforceSecurityGroupInboundRulesOnPrivateLinkTraffic";
    let enforce = optional(private_link, path, enforce, network);
    let coip = config.pick(|spec| spec.customer_owned_ipv4_pool.as_ref());
    let coip = optional("customerOwnedIPv4Pool", "spec.customerOwnedIpv4Pool", coip, !network);
    let ipam = config.pick(|spec| spec.ipv4_ipam_pool_id.as_ref());
    let ipam = optional("ipv4IPAMPool", "spec.ipv4IPAMPoolId", ipam, !network);
    if let Some((_, object)) = config.pick(|spec| spec.load_balancer_attributes.as_ref()) {
        origins.set("loadBalancerAttributes", Origin::field(object, "spec.loadBalancerAttributes"));
    }
    builder.tag_origin(&mut origins);
    let capacity = capacity(builder, active, &mut origins);
    let spec = LoadBalancer {
        name,
        lb_type: lb_type.as_str(),
        scheme: builder.scheme.0.clone(),
        ip_address_type: builder.ip_address_type.0.clone(),
        enable_prefix_for_ipv6_source_nat: network.then_some(if subnets.1 { "on" } else { "off" }),
        subnet_mapping: subnets.0,
        security_groups: security_groups.0,
        security_groups_inbound_rules_on_private_link: enforce,
        customer_owned_ipv4_pool: coip,
        load_balancer_attributes: config.attributes().into_iter().cloned().collect(),
        minimum_load_balancer_capacity: capacity,
        tags: builder.tags.clone(),
        ipv4_ipam_pool: ipam,
    };
    Ok(Resource { id: Text::from("LoadBalancer"), spec, origins, cause: builder.node.object() })
}

fn name(builder: &Builder<'_, '_>, origins: &mut Origins) -> Result<Value, BuildError> {
    if let Some((name, object)) = builder.config.pick(|spec| spec.load_balancer_name.as_ref()) {
        origins.set("name", Origin::field(object, "spec.loadBalancerName"));
        let checked = limit::load_balancer_name(builder, name);
        return checked
            .map(|()| Value::Known(name.clone()))
            .map_err(|error| error.at(object, FieldPath::new("spec.loadBalancerName")));
    }
    origins.set("name", Origin::Rule(UNNAMED));
    let known = builder.identity().map(|(cluster, uid)| [cluster, uid, &*builder.scheme.0]);
    Ok(generated(&builder.node.gateway.meta.id, known.as_ref().map(<[&str; 3]>::as_slice).map_err(Clone::clone)))
}

fn subnet_origin(builder: &Builder<'_, '_>, subnets: &Subnets) -> Origin {
    let config = builder.config;
    let entries = config.pick(|spec| spec.load_balancer_subnets.as_ref().filter(|list| !list.is_empty()));
    if let Some((_, object)) = entries {
        return Origin::field(object, "spec.loadBalancerSubnets");
    }
    let selector = config.pick(|spec| spec.load_balancer_subnets_selector.as_ref().filter(|tags| !tags.is_empty()));
    match (selector, subnets) {
        (Some((_, object)), _) => Origin::field(object, "spec.loadBalancerSubnetsSelector"),
        (None, Subnets::Pending(want)) => Origin::from(want.clone()),
        (None, Subnets::Known(_)) => Origin::Rule("subnet discovery: by role tag, one per zone"),
    }
}

/// Which configuration add-ons are read from: none while a Gateway is being deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Addons {
    /// As configured.
    Configured,
    /// All off, so that those enabled before are removed.
    Removed,
}

fn capacity(builder: &Builder<'_, '_>, active: Addons, origins: &mut Origins) -> Option<MinimumCapacity> {
    let config = builder.config;
    let merged_away = config.layers.len() > 1 && !builder.resolver.profile.capacity_merges;
    let found = config.pick(|spec| spec.minimum_load_balancer_capacity.as_ref());
    let wanted = found.filter(|_| !merged_away && active == Addons::Configured);
    if let Some((capacity, object)) = wanted.filter(|(capacity, _)| capacity.capacity_units != 0) {
        origins.set("minimumLoadBalancerCapacity", Origin::field(object, "spec.minimumLoadBalancerCapacity"));
        return Some(capacity.clone());
    }
    if !was_enabled(builder.node.gateway, "provisionedcapacity") {
        return None;
    }
    origins.set("minimumLoadBalancerCapacity", Origin::Rule("reset: it was configured before"));
    Some(MinimumCapacity { capacity_units: 0 })
}

/// WAFv2 and Shield of an ALB.
pub fn add_ons(builder: &mut Builder<'_, '_>, active: Addons) {
    if builder.node.lb_type != LoadBalancerType::Application {
        return;
    }
    let configured = active == Addons::Configured;
    let gateway = builder.node.gateway;
    let acl = builder.config.pick(|spec| spec.waf_v2.as_ref()).filter(|(waf, _)| configured && !waf.web_acl.is_empty());
    if acl.is_some() || was_enabled(gateway, "wafv2") {
        let spec = WebAclAssociation {
            web_acl_arn: acl.map_or_else(|| Text::from(""), |(waf, _)| waf.web_acl.clone()),
            resource_arn: Value::LoadBalancerArn,
        };
        let origin = acl.map_or(REMOVED, |(_, object)| Origin::field(object, "spec.wafV2.webACL"));
        builder.stack.web_acl = Some(addon(builder, spec, "webACLARN", origin));
    }
    let shield = builder.config.pick(|spec| spec.shield_configuration.as_ref());
    let shield = shield.filter(|(shield, _)| configured && shield.enabled);
    if shield.is_some() || was_enabled(gateway, "shield") {
        let spec = ShieldProtection { enabled: shield.is_some(), resource_arn: Value::LoadBalancerArn };
        let origin = shield.map_or(REMOVED, |(_, object)| Origin::field(object, "spec.shieldConfiguration.enabled"));
        builder.stack.shield = Some(addon(builder, spec, "enabled", origin));
    }
}

const REMOVED: Origin = Origin::Rule("removed: it was enabled before");

fn addon<S>(builder: &Builder<'_, '_>, spec: S, field: &'static str, origin: Origin) -> Resource<S> {
    let mut origins = Origins::default();
    origins.set(field, origin);
    origins.set("resourceARN", Origin::Rule("the load balancer of this stack"));
    Resource { id: Text::from("LoadBalancer"), spec, origins, cause: builder.node.object() }
}

/// Whether deletion protection is configured.
pub fn is_protected(builder: &Builder<'_, '_>) -> bool {
    let attributes = builder.config.attributes();
    let found = attributes.iter().find(|attribute| &*attribute.key == "deletion_protection.enabled");
    found.is_some_and(|attribute| is_true(&attribute.value))
}

/// The cluster name, or the question for it.
pub fn cluster(environment: &Environment) -> Result<&str, crate::fact::Want> {
    environment.cluster_name.as_deref().ok_or(crate::fact::Want::ClusterName)
}
