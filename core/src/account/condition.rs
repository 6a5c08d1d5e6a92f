//! Conditions and transforms of rules as ELBv2 describes them, and the same as `model` has them.
//!
//! Nothing is compared here.

use serde::{Deserialize, Serialize};

use crate::id::Text;
use crate::model::listener::{
    Condition, HttpHeaderConfig, Patterns, QueryStringPair, Rewrite as Planned, Rewrites,
    Transform as PlannedTransform, Values,
};

/// Values or regular expressions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[expect(missing_docs, reason = "ELBv2's own fields")]
pub struct ValuesConfig {
    pub values: Vec<Text>,
    pub regex_values: Vec<Text>,
    pub http_header_name: Option<Text>,
}

/// A query parameter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[expect(missing_docs, reason = "ELBv2's own fields")]
pub struct QueryPair {
    pub key: Option<Text>,
    pub value: Text,
}

/// `QueryStringConfig`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[expect(missing_docs, reason = "ELBv2's own fields")]
pub struct QueryConfig {
    pub values: Vec<QueryPair>,
}

/// A condition: `Field` and the configuration of that field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[expect(missing_docs, reason = "ELBv2's own fields")]
pub struct RuleCondition {
    pub field: Text,
    /// The older form of host and path conditions.
    pub values: Vec<Text>,
    pub host_header_config: Option<ValuesConfig>,
    pub path_pattern_config: Option<ValuesConfig>,
    pub http_header_config: Option<ValuesConfig>,
    pub http_request_method_config: Option<ValuesConfig>,
    pub source_ip_config: Option<ValuesConfig>,
    pub query_string_config: Option<QueryConfig>,
}

impl RuleCondition {
    /// The condition as `model` has it; `None` for a field that gateways never use.
    pub fn planned(&self) -> Option<Condition> {
        Some(match &*self.field {
            "host-header" => Condition::HostHeader { config: self.patterns(self.host_header_config.as_ref()) },
            "path-pattern" => Condition::PathPattern { config: self.patterns(self.path_pattern_config.as_ref()) },
            "http-header" => {
                let config = self.http_header_config.as_ref()?;
                let http_header_name = config.http_header_name.clone()?;
                Condition::HttpHeader {
                    config: HttpHeaderConfig { http_header_name, patterns: self.patterns(Some(config)) },
                }
            }
            "http-request-method" => Condition::HttpRequestMethod {
                config: Values { values: self.http_request_method_config.as_ref()?.values.clone() },
            },
            "source-ip" => {
                Condition::SourceIp { config: Values { values: self.source_ip_config.as_ref()?.values.clone() } }
            }
            "query-string" => {
                let pair = |pair: &QueryPair| QueryStringPair { key: pair.key.clone(), value: pair.value.clone() };
                let values = self.query_string_config.as_ref()?.values.iter().map(pair).collect();
                Condition::QueryString { config: Values { values } }
            }
            _ => return None,
        })
    }

    fn patterns(&self, config: Option<&ValuesConfig>) -> Patterns {
        match config {
            Some(config) => Patterns { values: config.values.clone(), regex_values: config.regex_values.clone() },
            None => Patterns::values(self.values.clone()),
        }
    }
}

/// A rewrite.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[expect(missing_docs, reason = "ELBv2's own fields")]
pub struct Rewrite {
    pub regex: Text,
    pub replace: Text,
}

/// The rewrites of a transform.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[expect(missing_docs, reason = "ELBv2's own fields")]
pub struct RewriteConfig {
    pub rewrites: Vec<Rewrite>,
}

/// A transform: `Type` and the configuration of that type.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[expect(missing_docs, reason = "ELBv2's own fields")]
pub struct Transform {
    #[serde(rename = "Type")]
    pub kind: Text,
    pub host_header_rewrite_config: Option<RewriteConfig>,
    pub url_rewrite_config: Option<RewriteConfig>,
}

impl Transform {
    /// The transform as `model` has it; `None` for one that gateways never use.
    pub fn planned(&self) -> Option<PlannedTransform> {
        match &*self.kind {
            "host-header-rewrite" => {
                Some(PlannedTransform::HostHeader { config: rewrites(self.host_header_rewrite_config.as_ref()?)? })
            }
            "url-rewrite" => Some(PlannedTransform::Url { config: rewrites(self.url_rewrite_config.as_ref()?)? }),
            _ => None,
        }
    }
}

fn rewrites(config: &RewriteConfig) -> Option<Rewrites> {
    let [one] = config.rewrites.as_slice() else {
        return None;
    };
    Some(Rewrites { rewrites: [Planned { regex: one.regex.clone(), replace: one.replace.clone() }] })
}
