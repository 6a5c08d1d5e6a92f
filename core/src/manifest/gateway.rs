//! GatewayClass, Gateway, ListenerSet and ReferenceGrant, the fields of translation §1.1.
//!
//! Fields that the translation ignores are not read.

use serde::Deserialize;

use super::meta::{LabelSelector, Meta, Status, StringMap};
use crate::id::Text;

/// A reference to an object that configures another.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ParametersRef {
    /// API group.
    pub group: Text,
    /// Kind.
    pub kind: Text,
    /// Name.
    pub name: Text,
    /// Namespace, only meaningful on a GatewayClass.
    pub namespace: Option<Text>,
}

/// `GatewayClass.spec`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct GatewayClassSpec {
    /// Which controller serves the class.
    pub controller_name: Text,
    /// Configuration of the class.
    pub parameters_ref: Option<ParametersRef>,
}

/// GatewayClass.
#[derive(Clone, Debug)]
pub struct GatewayClass {
    /// Metadata.
    pub meta: Meta,
    /// Specification.
    pub spec: GatewayClassSpec,
    /// Status as given.
    pub status: Status,
}

/// `namespaces` of `allowedRoutes` and `allowedListeners`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct FromNamespaces {
    /// `Same`, `All`, `Selector` or `None`.
    pub from: Option<Text>,
    /// Namespaces of `Selector`.
    pub selector: Option<LabelSelector>,
}

/// One entry of `allowedRoutes.kinds`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RouteGroupKind {
    /// API group.
    pub group: Option<Text>,
    /// Kind.
    pub kind: Text,
}

/// `listener.allowedRoutes`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct AllowedRoutes {
    /// From which namespaces.
    pub namespaces: Option<FromNamespaces>,
    /// Which kinds.
    pub kinds: Vec<RouteGroupKind>,
}

/// `listener.tls`, of which only the mode counts.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListenerTls {
    /// `Terminate` or `Passthrough`.
    pub mode: Option<Text>,
}

/// A listener of a Gateway or ListenerSet.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ListenerSpec {
    /// Name, unique inside its object.
    pub name: Text,
    /// Host it serves, any when absent.
    pub hostname: Option<Text>,
    /// Port, 1–65535 once validated.
    pub port: i64,
    /// `HTTP`, `HTTPS`, `TCP`, `UDP`, `TLS`.
    pub protocol: Text,
    /// TLS settings.
    pub tls: Option<ListenerTls>,
    /// Who may attach.
    pub allowed_routes: Option<AllowedRoutes>,
}

impl ListenerSpec {
    /// The hostname, unless absent or empty.
    pub fn host(&self) -> Option<&Text> {
        self.hostname.as_ref().filter(|host| !host.is_empty())
    }

    /// Whether TLS is handed through to the targets.
    pub fn is_passthrough(&self) -> bool {
        self.tls.as_ref().and_then(|tls| tls.mode.as_deref()) == Some("Passthrough")
    }
}

/// `Gateway.spec.infrastructure`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Infrastructure {
    /// Labels for what is made.
    pub labels: Option<StringMap>,
    /// Annotations for what is made.
    pub annotations: Option<StringMap>,
    /// Configuration of the Gateway.
    pub parameters_ref: Option<ParametersRef>,
}

/// `Gateway.spec.allowedListeners`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct AllowedListeners {
    /// From which namespaces ListenerSets may come.
    pub namespaces: Option<FromNamespaces>,
}

/// `Gateway.spec`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct GatewaySpec {
    /// Name of the GatewayClass.
    pub gateway_class_name: Text,
    /// Listeners.
    pub listeners: Vec<ListenerSpec>,
    /// Infrastructure.
    pub infrastructure: Option<Infrastructure>,
    /// Which ListenerSets may attach.
    pub allowed_listeners: Option<AllowedListeners>,
}

/// Gateway.
#[derive(Clone, Debug)]
pub struct Gateway {
    /// Metadata.
    pub meta: Meta,
    /// Specification.
    pub spec: GatewaySpec,
    /// Status as given.
    pub status: Status,
}

impl Gateway {
    /// `spec.infrastructure.parametersRef`.
    pub fn parameters_ref(&self) -> Option<&ParametersRef> {
        self.spec.infrastructure.as_ref()?.parameters_ref.as_ref()
    }

    /// Whether the dry-run annotation asks for a plan only.
    pub fn is_dry_run(&self) -> bool {
        self.meta.annotations.get("gateway.k8s.aws/dry-run").is_some_and(|value| &**value == "true")
    }
}

/// A reference to the parent of a route or ListenerSet.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase", default)]
pub struct ParentRef {
    /// API group, absent without API-server defaults.
    pub group: Option<Text>,
    /// Kind, absent without API-server defaults.
    pub kind: Option<Text>,
    /// Namespace, that of the object itself when absent.
    pub namespace: Option<Text>,
    /// Name.
    pub name: Text,
    /// One listener.
    pub section_name: Option<Text>,
    /// Listeners of one port.
    pub port: Option<i64>,
}

impl ParentRef {
    /// The kind, `Gateway` when absent.
    pub fn kind(&self) -> &str {
        self.kind.as_deref().unwrap_or("Gateway")
    }

    /// The namespace, `default` when absent.
    pub fn namespace<'a>(&'a self, default: &'a Text) -> &'a Text {
        self.namespace.as_ref().unwrap_or(default)
    }
}

/// `ListenerSet.spec`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ListenerSetSpec {
    /// The Gateway it adds to.
    pub parent_ref: ParentRef,
    /// Listeners.
    pub listeners: Vec<ListenerSpec>,
}

/// ListenerSet.
#[derive(Clone, Debug)]
pub struct ListenerSet {
    /// Metadata.
    pub meta: Meta,
    /// Specification.
    pub spec: ListenerSetSpec,
    /// Status as given.
    pub status: Status,
}

/// One entry of `ReferenceGrant.spec.from`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct GrantFrom {
    /// API group.
    pub group: Text,
    /// Kind.
    pub kind: Text,
    /// Namespace.
    pub namespace: Text,
}

/// One entry of `ReferenceGrant.spec.to`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct GrantTo {
    /// API group, empty for core.
    pub group: Text,
    /// Kind.
    pub kind: Text,
    /// One object only.
    pub name: Option<Text>,
}

/// `ReferenceGrant.spec`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ReferenceGrantSpec {
    /// Who may refer.
    pub from: Vec<GrantFrom>,
    /// To what.
    pub to: Vec<GrantTo>,
}

/// ReferenceGrant.
#[derive(Clone, Debug)]
pub struct ReferenceGrant {
    /// Metadata.
    pub meta: Meta,
    /// Specification.
    pub spec: ReferenceGrantSpec,
}
