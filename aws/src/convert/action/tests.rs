//! Actions by value.

use aws_sdk_elasticloadbalancingv2::types as sdk;
use gwchain_core::account::planned_actions;
use serde_json::json;

use super::actions;

fn as_json(action: sdk::Action) -> serde_json::Value {
    let mut json = serde_json::to_value(&actions(&[action])[0]).expect("an action is JSON");
    json.as_object_mut().expect("and an object").retain(|_, field| !field.is_null());
    json
}

fn action(kind: &str) -> sdk::builders::ActionBuilder {
    sdk::Action::builder().r#type(kind.into())
}

#[test]
fn forwarding_keeps_weights_and_stickiness() {
    let tuple = sdk::TargetGroupTuple::builder().target_group_arn("arn:tg").weight(7).build();
    let sticky = sdk::TargetGroupStickinessConfig::builder().enabled(true).duration_seconds(60).build();
    let config = sdk::ForwardActionConfig::builder().target_groups(tuple).target_group_stickiness_config(sticky);
    let seen = as_json(action("forward").order(1).forward_config(config.build()).build());
    let wanted = json!({
        "Type": "forward", "Order": 1,
        "ForwardConfig": {
            "TargetGroups": [{"TargetGroupArn": "arn:tg", "Weight": 7}],
            "TargetGroupStickinessConfig": {"Enabled": true, "DurationSeconds": 60},
        },
    });
    assert_eq!(seen, wanted);
}

#[test]
fn a_redirect_keeps_all_its_parts() {
    let config = sdk::RedirectActionConfig::builder();
    let config = config.protocol("HTTPS").port("443").host("#{host}").path("/#{path}").query("#{query}");
    let config = config.status_code(sdk::RedirectActionStatusCodeEnum::Http301).build();
    let seen = as_json(action("redirect").redirect_config(config).build());
    let wanted = json!({"Protocol": "HTTPS", "Port": "443", "Host": "#{host}", "Path": "/#{path}", "Query": "#{query}",
                        "StatusCode": "HTTP_301"});
    assert_eq!(seen["RedirectConfig"], wanted);
}

#[test]
fn authentication_tells_no_secret() {
    let config =
        sdk::AuthenticateOidcActionConfig::builder().issuer("https://id").client_id("me").client_secret("s3cr3t");
    let config = config.authorization_endpoint("https://id/a").token_endpoint("https://id/t").scope("openid");
    let config = config.user_info_endpoint("https://id/u").session_timeout(9);
    let config = config.on_unauthenticated_request(sdk::AuthenticateOidcActionConditionalBehaviorEnum::Deny).build();
    let all = actions(&[action("authenticate-oidc").authenticate_oidc_config(config).build()]);
    let text = serde_json::to_string(&all).expect("it is JSON");
    assert!(!text.contains("s3cr3t"), "{text}");
    let oidc = all[0].authenticate_oidc_config.as_ref().expect("it is told");
    assert_eq!((&*oidc.issuer, oidc.session.session_timeout), ("https://id", Some(9)));
    assert_eq!(oidc.session.on_unauthenticated_request.as_deref(), Some("deny"));
    assert!(planned_actions(&all).is_some());
}

#[test]
fn tokens_are_checked_for_their_claims() {
    let claim = sdk::JwtValidationActionAdditionalClaim::builder().name("scope").values("shop");
    let claim = claim.format(sdk::JwtValidationActionAdditionalClaimFormatEnum::SpaceSeparatedValues).build();
    let config = sdk::JwtValidationActionConfig::builder().issuer("https://id").jwks_endpoint("https://id/k");
    let seen = as_json(action("jwt-validation").jwt_validation_config(config.additional_claims(claim).build()).build());
    let claims = json!([{"Format": "space-separated-values", "Name": "scope", "Values": ["shop"]}]);
    assert_eq!(seen["JwtValidationConfig"]["AdditionalClaims"], claims);
}
