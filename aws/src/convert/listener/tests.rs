//! Listeners and rules by value.

use aws_sdk_elasticloadbalancingv2::types as sdk;

use super::{listener, rule};

#[test]
fn the_first_certificate_is_the_default_one() {
    let certificate = sdk::Certificate::builder().certificate_arn("arn:cert").build();
    let mutual = sdk::MutualAuthenticationAttributes::builder().mode("verify").trust_store_arn("arn:store");
    let mutual = mutual.ignore_client_certificate_expiry(true).build();
    let one = sdk::Listener::builder().listener_arn("arn:l").port(443).protocol(sdk::ProtocolEnum::Https);
    let one = one.certificates(certificate).ssl_policy("p").alpn_policy("HTTP2Only").mutual_authentication(mutual);
    let seen = listener(&one.build());
    assert_eq!((seen.port, &*seen.protocol, seen.ssl_policy.as_deref()), (443, "HTTPS", Some("p")));
    assert_eq!((seen.default_certificate.as_deref(), &*seen.alpn_policy[0]), (Some("arn:cert"), "HTTP2Only"));
    let mutual = seen.mutual_authentication.expect("it is told");
    assert_eq!((&*mutual.mode, mutual.trust_store_arn.as_deref()), ("verify", Some("arn:store")));
    assert_eq!((seen.certificates, seen.rules, seen.attributes, seen.tags), (None, None, None, None));
}

#[test]
fn the_default_rule_is_none_of_the_rules() {
    assert_eq!(rule(&sdk::Rule::builder().is_default(true).priority("default").build()), None);
    let seen = rule(&sdk::Rule::builder().is_default(false).rule_arn("arn:r").priority("3").build());
    assert_eq!(seen.and_then(|rule| rule.number()), Some(3));
}
