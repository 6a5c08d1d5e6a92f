//! Conditions and transforms of rules as the SDK takes them.
//!
//! They hold no references: nothing is looked up here.

use aws_sdk_elasticloadbalancingv2::types::{
    HostHeaderConditionConfig, HostHeaderRewriteConfig, HttpHeaderConditionConfig, HttpRequestMethodConditionConfig,
    PathPatternConditionConfig, QueryStringConditionConfig, QueryStringKeyValuePair, RewriteConfig, RuleCondition,
    RuleTransform, SourceIpConditionConfig, TransformTypeEnum, UrlRewriteConfig,
};
use gwchain_core::id::Text;
use gwchain_core::model::listener::{Condition, QueryStringPair, Rewrites, Transform};

/// A list that is left out if there is nothing in it.
fn list(values: &[Text]) -> Option<Vec<String>> {
    (!values.is_empty()).then(|| values.iter().map(Text::to_string).collect())
}

pub(super) fn of(condition: &Condition) -> RuleCondition {
    let rule = RuleCondition::builder();
    match condition {
        Condition::HostHeader { config } => {
            let host = HostHeaderConditionConfig::builder().set_values(list(&config.values));
            rule.field("host-header").host_header_config(host.set_regex_values(list(&config.regex_values)).build())
        }
        Condition::PathPattern { config } => {
            let path = PathPatternConditionConfig::builder().set_values(list(&config.values));
            rule.field("path-pattern").path_pattern_config(path.set_regex_values(list(&config.regex_values)).build())
        }
        Condition::HttpHeader { config } => {
            let header = HttpHeaderConditionConfig::builder().http_header_name(&*config.http_header_name);
            let header = header.set_values(list(&config.patterns.values));
            let header = header.set_regex_values(list(&config.patterns.regex_values));
            rule.field("http-header").http_header_config(header.build())
        }
        Condition::HttpRequestMethod { config } => {
            let method = HttpRequestMethodConditionConfig::builder().set_values(list(&config.values));
            rule.field("http-request-method").http_request_method_config(method.build())
        }
        Condition::SourceIp { config } => {
            let source = SourceIpConditionConfig::builder().set_values(list(&config.values));
            rule.field("source-ip").source_ip_config(source.build())
        }
        Condition::QueryString { config } => {
            let pairs = config.values.iter().map(pair).collect();
            let query = QueryStringConditionConfig::builder().set_values(Some(pairs));
            rule.field("query-string").query_string_config(query.build())
        }
    }
    .build()
}

fn pair(pair: &QueryStringPair) -> QueryStringKeyValuePair {
    let key = pair.key.as_ref().map(Text::to_string);
    QueryStringKeyValuePair::builder().set_key(key).value(&*pair.value).build()
}

pub(super) fn transform(transform: &Transform) -> RuleTransform {
    let rule = RuleTransform::builder();
    match transform {
        Transform::HostHeader { config } => {
            let host = HostHeaderRewriteConfig::builder().set_rewrites(Some(rewrites(config)));
            rule.r#type(TransformTypeEnum::HostHeaderRewrite).host_header_rewrite_config(host.build())
        }
        Transform::Url { config } => {
            let url = UrlRewriteConfig::builder().set_rewrites(Some(rewrites(config)));
            rule.r#type(TransformTypeEnum::UrlRewrite).url_rewrite_config(url.build())
        }
    }
    .build()
}

fn rewrites(config: &Rewrites) -> Vec<RewriteConfig> {
    let one = |rewrite: &gwchain_core::model::listener::Rewrite| {
        RewriteConfig::builder().regex(&*rewrite.regex).replace(&*rewrite.replace).build()
    };
    config.rewrites.iter().map(one).collect()
}
