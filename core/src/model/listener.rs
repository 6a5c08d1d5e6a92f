//! Listeners and their rules.
//!
//! Field names and order are those of translation §9.3.

use serde::Serialize;

use super::Value;
use super::action::Action;
use super::tags::Tags;
use crate::id::Text;

/// A certificate of a listener.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Certificate {
    /// ARN.
    #[serde(rename = "certificateARN")]
    pub arn: Value,
}

/// Mutual TLS of a listener.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "ELBv2's own fields")]
pub struct MutualAuthentication {
    pub mode: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trust_store_arn: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ignore_client_certificate_expiry: Option<bool>,
    pub advertise_trust_store_ca_names: Text,
}

/// A listener attribute, capitalised in the stack JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
#[expect(missing_docs, reason = "ELBv2's own fields")]
pub struct ListenerAttribute {
    pub key: Text,
    pub value: Text,
}

/// `AWS::ElasticLoadBalancingV2::Listener`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "ELBv2's own fields")]
pub struct Listener {
    #[serde(rename = "loadBalancerARN")]
    pub load_balancer_arn: Value,
    pub port: i64,
    pub protocol: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub default_actions: Vec<Action>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub certificates: Vec<Certificate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ssl_policy: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alpn_policy: Option<[Text; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mutual_authentication: Option<MutualAuthentication>,
    #[serde(skip_serializing_if = "Tags::is_empty")]
    pub tags: Tags,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub listener_attributes: Vec<ListenerAttribute>,
}

/// Values or regular expressions of a condition.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "ELBv2's own fields")]
pub struct Patterns {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub regex_values: Vec<Text>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<Text>,
}

impl Patterns {
    /// Globs.
    pub fn values(values: Vec<Text>) -> Self {
        Self { values, regex_values: Vec::new() }
    }

    /// A regular expression.
    pub fn regex(regex: Text) -> Self {
        Self { values: Vec::new(), regex_values: vec![regex] }
    }
}

/// Header to match.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "ELBv2's own fields")]
pub struct HttpHeaderConfig {
    pub http_header_name: Text,
    #[serde(flatten)]
    pub patterns: Patterns,
}

/// Query parameter to match.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "ELBv2's own fields")]
pub struct QueryStringPair {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<Text>,
    pub value: Text,
}

/// A list of values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Values<T> {
    /// Values.
    pub values: Vec<T>,
}

/// A condition of a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "field")]
#[expect(missing_docs, reason = "ELBv2's own fields")]
pub enum Condition {
    #[serde(rename = "host-header")]
    HostHeader {
        #[serde(rename = "hostHeaderConfig")]
        config: Patterns,
    },
    #[serde(rename = "http-header")]
    HttpHeader {
        #[serde(rename = "httpHeaderConfig")]
        config: HttpHeaderConfig,
    },
    #[serde(rename = "http-request-method")]
    HttpRequestMethod {
        #[serde(rename = "httpRequestMethodConfig")]
        config: Values<Text>,
    },
    #[serde(rename = "path-pattern")]
    PathPattern {
        #[serde(rename = "pathPatternConfig")]
        config: Patterns,
    },
    #[serde(rename = "query-string")]
    QueryString {
        #[serde(rename = "queryStringConfig")]
        config: Values<QueryStringPair>,
    },
    #[serde(rename = "source-ip")]
    SourceIp {
        #[serde(rename = "sourceIPConfig")]
        config: Values<Text>,
    },
}

/// A rewrite of a transform.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "ELBv2's own fields")]
pub struct Rewrite {
    pub regex: Text,
    pub replace: Text,
}

/// Rewrites of a transform.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rewrites {
    /// Always one.
    pub rewrites: [Rewrite; 1],
}

/// A transform of a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type")]
#[expect(missing_docs, reason = "ELBv2's own fields")]
pub enum Transform {
    #[serde(rename = "host-header-rewrite")]
    HostHeader {
        #[serde(rename = "hostHeaderRewriteConfig")]
        config: Rewrites,
    },
    #[serde(rename = "url-rewrite")]
    Url {
        #[serde(rename = "urlRewriteConfig")]
        config: Rewrites,
    },
}

/// `AWS::ElasticLoadBalancingV2::ListenerRule`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "ELBv2's own fields")]
pub struct ListenerRule {
    #[serde(rename = "listenerARN")]
    pub listener_arn: Value,
    pub priority: usize,
    pub actions: Vec<Action>,
    #[serde(serialize_with = "null_if_empty")]
    pub conditions: Vec<Condition>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub transforms: Vec<Transform>,
    #[serde(skip_serializing_if = "Tags::is_empty")]
    pub tags: Tags,
}

fn null_if_empty<S: serde::Serializer>(conditions: &Vec<Condition>, serializer: S) -> Result<S::Ok, S::Error> {
    if conditions.is_empty() { serializer.serialize_none() } else { conditions.serialize(serializer) }
}
