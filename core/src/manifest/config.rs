//! The three configuration kinds of `gateway.k8s.aws` (translation §1.2).
//!
//! Merging them is `resolve::config`'s business.

use serde::Deserialize;

use super::meta::{LabelSelector, Meta, StringMap};
use crate::fact::SubnetConfig;
use crate::id::Text;

/// A load balancer or target group attribute.
#[derive(Clone, Debug, Default, Deserialize, serde::Serialize, PartialEq, Eq)]
#[serde(default)]
pub struct Attribute {
    /// Attribute key.
    pub key: Text,
    /// Attribute value.
    pub value: Text,
}

/// `mutualAuthentication` of a listener.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct MutualAuthentication {
    /// `off`, `passthrough` or `verify`.
    pub mode: Text,
    /// Name or ARN, for `verify`.
    pub trust_store: Option<Text>,
    /// Whether expired client certificates pass.
    pub ignore_client_certificate_expiry: Option<bool>,
    /// `on` or `off`.
    pub advertise_trust_store_ca_names: Option<Text>,
}

/// One entry of `listenerConfigurations`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ListenerConfiguration {
    /// `PROTOCOL:port`.
    pub protocol_port: Text,
    /// ARN of the default certificate.
    pub default_certificate: Option<Text>,
    /// ARNs of further certificates.
    pub certificates: Vec<Text>,
    /// TLS policy.
    pub ssl_policy: Option<Text>,
    /// ALPN policy.
    pub alpn_policy: Option<Text>,
    /// Stickiness of an NLB listener.
    pub target_group_stickiness: Option<bool>,
    /// Mutual TLS.
    pub mutual_authentication: Option<MutualAuthentication>,
    /// Listener attributes.
    pub listener_attributes: Vec<Attribute>,
    /// QUIC.
    pub quic_enabled: Option<bool>,
}

/// `minimumLoadBalancerCapacity`.
#[derive(Clone, Debug, Default, Deserialize, serde::Serialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase", default)]
pub struct MinimumCapacity {
    /// Capacity units.
    pub capacity_units: i64,
}

/// `wafV2`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct WafV2 {
    /// ARN of the web ACL.
    #[serde(rename = "webACL")]
    pub web_acl: Text,
}

/// `shieldConfiguration`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Shield {
    /// Whether Shield Advanced protects the load balancer.
    pub enabled: bool,
}

/// A reference by name.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct NameRef {
    /// Name.
    pub name: Text,
}

/// `LoadBalancerConfiguration.spec`; every field is optional.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[expect(missing_docs, reason = "the CRD's own fields, listed with their meaning in translation §1.2.1")]
pub struct LoadBalancerConfigurationSpec {
    pub merging_mode: Option<Text>,
    pub load_balancer_name: Option<Text>,
    pub scheme: Option<Text>,
    pub ip_address_type: Option<Text>,
    pub enforce_security_group_inbound_rules_on_private_link_traffic: Option<Text>,
    pub customer_owned_ipv4_pool: Option<Text>,
    #[serde(rename = "ipv4IPAMPoolId")]
    pub ipv4_ipam_pool_id: Option<Text>,
    pub load_balancer_subnets: Option<Vec<SubnetConfig>>,
    pub load_balancer_subnets_selector: Option<std::collections::BTreeMap<String, Vec<String>>>,
    pub listener_configurations: Option<Vec<ListenerConfiguration>>,
    pub disable_security_group: Option<bool>,
    pub security_groups: Option<Vec<String>>,
    pub security_group_prefixes: Option<Vec<Text>>,
    pub source_ranges: Option<Vec<Text>>,
    pub load_balancer_attributes: Option<Vec<Attribute>>,
    pub tags: Option<StringMap>,
    #[serde(rename = "enableICMP")]
    pub enable_icmp: Option<bool>,
    pub manage_backend_security_group_rules: Option<bool>,
    pub minimum_load_balancer_capacity: Option<MinimumCapacity>,
    pub waf_v2: Option<WafV2>,
    pub shield_configuration: Option<Shield>,
    pub default_target_group_configuration: Option<NameRef>,
}

/// LoadBalancerConfiguration.
#[derive(Clone, Debug)]
pub struct LoadBalancerConfiguration {
    /// Metadata.
    pub meta: Meta,
    /// Specification.
    pub spec: LoadBalancerConfigurationSpec,
}

/// `healthCheckConfig.matcher`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Matcher {
    /// HTTP codes.
    pub http_code: Option<Text>,
    /// gRPC codes.
    pub grpc_code: Option<Text>,
}

/// `healthCheckConfig`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[expect(missing_docs, reason = "the CRD's own fields, listed with their meaning in translation §1.2.2")]
pub struct HealthCheckConfig {
    pub healthy_threshold_count: Option<i64>,
    pub health_check_interval: Option<i64>,
    pub health_check_path: Option<Text>,
    pub health_check_port: Option<Text>,
    pub health_check_protocol: Option<Text>,
    pub health_check_timeout: Option<i64>,
    pub unhealthy_threshold_count: Option<i64>,
    pub matcher: Option<Matcher>,
}

/// `TargetGroupProps`; every field is optional.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[expect(missing_docs, reason = "the CRD's own fields, listed with their meaning in translation §1.2.2")]
pub struct TargetGroupProps {
    pub target_group_name: Option<Text>,
    pub ip_address_type: Option<Text>,
    pub health_check_config: Option<HealthCheckConfig>,
    pub node_selector: Option<LabelSelector>,
    pub target_group_attributes: Option<Vec<Attribute>>,
    pub target_type: Option<Text>,
    pub protocol: Option<Text>,
    pub protocol_version: Option<Text>,
    pub target_control_port: Option<i64>,
    pub enable_multi_cluster: Option<bool>,
    pub tags: Option<StringMap>,
}

/// `targetReference`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct TargetReference {
    /// API group.
    pub group: Option<Text>,
    /// `Service` (also when absent) or `Gateway`.
    pub kind: Option<Text>,
    /// Name.
    pub name: Text,
}

/// `routeIdentifier`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RouteIdentifier {
    /// Route kind.
    pub kind: Text,
    /// Route namespace, any when empty.
    pub namespace: Text,
    /// Route name, any when empty.
    pub name: Text,
}

/// One entry of `routeConfigurations`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RouteConfiguration {
    /// Which routes.
    pub route_identifier: RouteIdentifier,
    /// Their settings.
    pub target_group_props: TargetGroupProps,
}

/// `TargetGroupConfiguration.spec`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct TargetGroupConfigurationSpec {
    /// Whom it configures; absent on a default configuration.
    pub target_reference: Option<TargetReference>,
    /// Base settings.
    pub default_configuration: TargetGroupProps,
    /// Settings per route.
    pub route_configurations: Vec<RouteConfiguration>,
}

/// TargetGroupConfiguration.
#[derive(Clone, Debug)]
pub struct TargetGroupConfiguration {
    /// Metadata.
    pub meta: Meta,
    /// Specification.
    pub spec: TargetGroupConfigurationSpec,
}
