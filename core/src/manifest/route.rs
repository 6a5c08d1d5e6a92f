//! The five route kinds as one type: what differs between them is which fields are filled.
//!
//! It judges nothing; `timeouts`, `retry` and the like, which ALB and NLB don't have, are not read.

use serde::Deserialize;

use super::gateway::ParentRef;
use super::meta::Meta;
use crate::id::{RouteKind, Text};

/// A path of an HTTP match or of a filter's `path`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct PathMatch {
    /// `Exact`, `PathPrefix` or `RegularExpression`.
    #[serde(rename = "type")]
    pub kind: Option<Text>,
    /// The path.
    pub value: Option<Text>,
}

/// A header or query parameter to match.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct NamedMatch {
    /// `Exact` or `RegularExpression`.
    #[serde(rename = "type")]
    pub kind: Option<Text>,
    /// Name of the header or parameter.
    pub name: Text,
    /// Value.
    pub value: Text,
}

impl NamedMatch {
    /// Whether the value is a regular expression.
    pub fn is_regex(&self) -> bool {
        self.kind.as_deref() == Some("RegularExpression")
    }
}

/// gRPC service and method.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct GrpcMethodMatch {
    /// `Exact` or `RegularExpression`.
    #[serde(rename = "type")]
    pub kind: Option<Text>,
    /// Fully qualified service.
    pub service: Option<Text>,
    /// Method.
    pub method: Option<Text>,
}

/// `method` of a match: a word for HTTP, an object for gRPC.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum MethodMatch {
    /// HTTP method.
    Http(Text),
    /// gRPC service and method.
    Grpc(GrpcMethodMatch),
}

/// One match of a rule.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RouteMatch {
    /// HTTP path.
    pub path: Option<PathMatch>,
    /// Method.
    pub method: Option<MethodMatch>,
    /// Headers.
    pub headers: Vec<NamedMatch>,
    /// Query parameters.
    pub query_params: Vec<NamedMatch>,
}

/// `path` of a redirect or rewrite.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PathModifier {
    /// `ReplaceFullPath` or `ReplacePrefixMatch`.
    #[serde(rename = "type")]
    pub kind: Text,
    /// New path.
    pub replace_full_path: Option<Text>,
    /// New prefix.
    pub replace_prefix_match: Option<Text>,
}

/// `requestRedirect`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RequestRedirect {
    /// `http` or `https`.
    pub scheme: Option<Text>,
    /// New host.
    pub hostname: Option<Text>,
    /// New path.
    pub path: Option<PathModifier>,
    /// New port.
    pub port: Option<i64>,
    /// 301, 302, 303, 307 or 308.
    pub status_code: Option<i64>,
}

/// `urlRewrite`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct UrlRewrite {
    /// New host.
    pub hostname: Option<Text>,
    /// New path.
    pub path: Option<PathModifier>,
}

/// `extensionRef`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ExtensionRef {
    /// API group.
    pub group: Text,
    /// Kind.
    pub kind: Text,
    /// Name, in the route's namespace.
    pub name: Text,
}

/// A filter of a rule.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Filter {
    /// Filter type.
    #[serde(rename = "type")]
    pub kind: Text,
    /// For `RequestRedirect`.
    pub request_redirect: Option<RequestRedirect>,
    /// For `URLRewrite`.
    pub url_rewrite: Option<UrlRewrite>,
    /// For `ExtensionRef`.
    pub extension_ref: Option<ExtensionRef>,
}

/// A backend of a rule.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct BackendRef {
    /// API group, absent without API-server defaults.
    pub group: Option<Text>,
    /// Kind, `Service` when absent.
    pub kind: Option<Text>,
    /// Namespace, the route's when absent.
    pub namespace: Option<Text>,
    /// Name.
    pub name: Text,
    /// Port.
    pub port: Option<i64>,
    /// Share of the requests, 1 when absent.
    pub weight: Option<i64>,
}

/// A rule of a route.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RouteRule {
    /// Matches (HTTP, gRPC).
    pub matches: Vec<RouteMatch>,
    /// Filters (HTTP, gRPC).
    pub filters: Vec<Filter>,
    /// Backends.
    pub backend_refs: Vec<BackendRef>,
}

/// `spec` of a route.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RouteSpec {
    /// Parents.
    pub parent_refs: Vec<ParentRef>,
    /// Hosts (HTTP, gRPC, TLS).
    pub hostnames: Vec<Text>,
    /// Rules.
    pub rules: Vec<RouteRule>,
}

/// A route of any kind.
#[derive(Clone, Debug)]
pub struct Route {
    /// Which kind.
    pub kind: RouteKind,
    /// Metadata.
    pub meta: Meta,
    /// Specification.
    pub spec: RouteSpec,
}

impl Route {
    /// `Kind ns/name`.
    pub fn describe(&self) -> String {
        format!("{} {}", self.kind, self.meta.id)
    }
}
