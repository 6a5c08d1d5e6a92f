//! Service, Namespace and Secret of the core API group.
//!
//! Of a Secret only the presence of keys is kept, never a value beyond what a redacted action needs.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde::Deserialize;

use super::meta::{Meta, StringMap};
use crate::id::Text;

/// A port by number or name.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(untagged)]
pub enum IntOrString {
    /// Number.
    Int(i64),
    /// Name.
    String(Text),
}

/// A port of a Service.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ServicePort {
    /// Name.
    pub name: Option<Text>,
    /// Port of the Service.
    pub port: i64,
    /// Port of the pods, the Service's own when absent.
    pub target_port: Option<IntOrString>,
    /// Port of the nodes.
    pub node_port: Option<i64>,
    /// Application protocol, e.g. `kubernetes.io/h2c`.
    pub app_protocol: Option<Text>,
}

/// `Service.spec`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ServiceSpec {
    /// `ClusterIP`, `NodePort`, `LoadBalancer`, `ExternalName`.
    #[serde(rename = "type")]
    pub kind: Option<Text>,
    /// Ports.
    pub ports: Vec<ServicePort>,
    /// Families, `IPv4` and `IPv6`.
    pub ip_families: Vec<Text>,
    /// `Cluster` or `Local`.
    pub external_traffic_policy: Option<Text>,
    /// Health check port of `Local`.
    pub health_check_node_port: Option<i64>,
}

/// Service.
#[derive(Clone, Debug)]
pub struct Service {
    /// Metadata.
    pub meta: Meta,
    /// Specification.
    pub spec: ServiceSpec,
}

impl Service {
    /// Whether node ports are allocated for it.
    pub fn has_node_ports(&self) -> bool {
        matches!(self.spec.kind.as_deref(), Some("NodePort" | "LoadBalancer"))
    }

    /// Whether external traffic stays on the node it reached.
    pub fn is_local(&self) -> bool {
        self.spec.external_traffic_policy.as_deref() == Some("Local")
    }
}

/// Namespace.
#[derive(Clone, Debug)]
pub struct Namespace {
    /// Metadata; the labels include `kubernetes.io/metadata.name`.
    pub meta: Meta,
}

/// Secret.
#[derive(Clone, Debug)]
pub struct Secret {
    /// Metadata.
    pub meta: Meta,
    /// `data`, base64.
    pub data: StringMap,
    /// `stringData`, plain.
    pub string_data: StringMap,
}

impl Secret {
    /// The decoded value of a key; what is not base64 counts as it stands.
    pub fn value(&self, key: &str) -> Option<String> {
        if let Some(plain) = self.string_data.get(key) {
            return Some(plain.to_string());
        }
        let encoded = self.data.get(key)?;
        let decoded = BASE64_STANDARD.decode(encoded.as_bytes()).ok();
        Some(decoded.map_or_else(|| encoded.to_string(), |bytes| String::from_utf8_lossy(&bytes).into_owned()))
    }
}
