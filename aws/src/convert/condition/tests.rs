//! Conditions and transforms by value.

use aws_sdk_elasticloadbalancingv2::types as sdk;
use gwchain_core::account::Rewrite;
use gwchain_core::account::condition::QueryPair;

use super::{condition, transform};

#[test]
fn each_field_has_its_configuration() {
    let host = sdk::HostHeaderConditionConfig::builder().values("a.example").regex_values("^b").build();
    let header = sdk::HttpHeaderConditionConfig::builder().http_header_name("x-env").values("test").build();
    let pair = sdk::QueryStringKeyValuePair::builder().key("v").value("2").build();
    let query = sdk::QueryStringConditionConfig::builder().values(pair).build();
    let one = sdk::RuleCondition::builder().field("host-header").host_header_config(host).values("old");
    let one = one.http_header_config(header).query_string_config(query).build();
    let seen = condition(&one);
    assert_eq!((&*seen.field, seen.values.len()), ("host-header", 1));
    let host = seen.host_header_config.expect("it is told");
    assert_eq!((&*host.values[0], &*host.regex_values[0]), ("a.example", "^b"));
    let header = seen.http_header_config.expect("it is told");
    assert_eq!((header.http_header_name.as_deref(), &*header.values[0]), (Some("x-env"), "test"));
    let query = seen.query_string_config.expect("it is told");
    assert_eq!(query.values, [QueryPair { key: Some("v".into()), value: "2".into() }]);
    assert_eq!((seen.path_pattern_config, seen.source_ip_config), (None, None));
}

#[test]
fn a_rewrite_keeps_its_expression() {
    let rewrite = sdk::RewriteConfig::builder().regex("^/a/(.*)$").replace("/$1").build();
    let config = sdk::UrlRewriteConfig::builder().rewrites(rewrite).build();
    let one = sdk::RuleTransform::builder().r#type(sdk::TransformTypeEnum::UrlRewrite).url_rewrite_config(config);
    let seen = transform(&one.build());
    assert_eq!(&*seen.kind, "url-rewrite");
    let rewrites = seen.url_rewrite_config.expect("it is told").rewrites;
    assert_eq!(rewrites, [Rewrite { regex: "^/a/(.*)$".into(), replace: "/$1".into() }]);
}
