//! Conditions and transforms of rules.

use aws_sdk_elasticloadbalancingv2::types as sdk;
use gwchain_core::account::condition::{QueryConfig, QueryPair, RewriteConfig, ValuesConfig};
use gwchain_core::account::{Rewrite, RuleCondition, Transform};

use super::{maybe, text, texts};

/// A condition with the configuration of its field.
pub(crate) fn condition(condition: &sdk::RuleCondition) -> RuleCondition {
    RuleCondition {
        field: text(condition.field()),
        values: texts(condition.values()),
        host_header_config: condition.host_header_config().map(|one| values(one.values(), one.regex_values())),
        path_pattern_config: condition.path_pattern_config().map(|one| values(one.values(), one.regex_values())),
        http_header_config: condition.http_header_config().map(header),
        http_request_method_config: condition.http_request_method_config().map(|one| values(one.values(), &[])),
        source_ip_config: condition.source_ip_config().map(|one| values(one.values(), &[])),
        query_string_config: condition.query_string_config().map(query),
    }
}

fn values(all: &[String], regexes: &[String]) -> ValuesConfig {
    ValuesConfig { values: texts(all), regex_values: texts(regexes), http_header_name: None }
}

fn header(config: &sdk::HttpHeaderConditionConfig) -> ValuesConfig {
    let http_header_name = maybe(config.http_header_name());
    ValuesConfig { http_header_name, ..values(config.values(), config.regex_values()) }
}

fn query(config: &sdk::QueryStringConditionConfig) -> QueryConfig {
    let pair = |pair: &sdk::QueryStringKeyValuePair| QueryPair { key: maybe(pair.key()), value: text(pair.value()) };
    QueryConfig { values: config.values().iter().map(pair).collect() }
}

/// A transform with the configuration of its type.
pub(crate) fn transform(transform: &sdk::RuleTransform) -> Transform {
    Transform {
        kind: text(transform.r#type().map(sdk::TransformTypeEnum::as_str)),
        host_header_rewrite_config: transform.host_header_rewrite_config().map(|one| rewrites(one.rewrites())),
        url_rewrite_config: transform.url_rewrite_config().map(|one| rewrites(one.rewrites())),
    }
}

fn rewrites(all: &[sdk::RewriteConfig]) -> RewriteConfig {
    let rewrite = |one: &sdk::RewriteConfig| Rewrite { regex: text(one.regex()), replace: text(one.replace()) };
    RewriteConfig { rewrites: all.iter().map(rewrite).collect() }
}

#[cfg(test)]
mod tests;
