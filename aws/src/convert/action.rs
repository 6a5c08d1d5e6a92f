//! Actions of listeners and rules.

use std::collections::HashMap;

use aws_sdk_elasticloadbalancingv2::types as sdk;
use gwchain_core::account::Action;
use gwchain_core::account::action as core;
use gwchain_core::id::Text;

use super::{maybe, text, texts};

/// Actions in AWS's order.
pub(crate) fn actions(all: &[sdk::Action]) -> Vec<Action> {
    all.iter().map(action).collect()
}

fn action(action: &sdk::Action) -> Action {
    Action {
        kind: text(action.r#type().map(sdk::ActionTypeEnum::as_str)),
        order: action.order().map(i64::from),
        target_group_arn: maybe(action.target_group_arn()),
        forward_config: action.forward_config().map(forward),
        fixed_response_config: action.fixed_response_config().map(fixed),
        redirect_config: action.redirect_config().map(redirect),
        authenticate_oidc_config: action.authenticate_oidc_config().map(oidc),
        authenticate_cognito_config: action.authenticate_cognito_config().map(cognito),
        jwt_validation_config: action.jwt_validation_config().map(jwt),
    }
}

fn forward(config: &sdk::ForwardActionConfig) -> core::ForwardConfig {
    let tuple = |tuple: &sdk::TargetGroupTuple| core::TargetGroupTuple {
        target_group_arn: text(tuple.target_group_arn()),
        weight: tuple.weight().map(i64::from),
    };
    let stickiness = |config: &sdk::TargetGroupStickinessConfig| core::StickinessConfig {
        enabled: config.enabled(),
        duration_seconds: config.duration_seconds().map(i64::from),
    };
    core::ForwardConfig {
        target_groups: config.target_groups().iter().map(tuple).collect(),
        target_group_stickiness_config: config.target_group_stickiness_config().map(stickiness),
    }
}

fn fixed(config: &sdk::FixedResponseActionConfig) -> core::FixedResponseConfig {
    core::FixedResponseConfig {
        content_type: maybe(config.content_type()),
        message_body: maybe(config.message_body()),
        status_code: text(config.status_code()),
    }
}

fn redirect(config: &sdk::RedirectActionConfig) -> core::RedirectConfig {
    core::RedirectConfig {
        host: maybe(config.host()),
        path: maybe(config.path()),
        port: maybe(config.port()),
        protocol: maybe(config.protocol()),
        query: maybe(config.query()),
        status_code: text(config.status_code().map(sdk::RedirectActionStatusCodeEnum::as_str)),
    }
}

fn extra(params: &HashMap<String, String>) -> std::collections::BTreeMap<Text, Text> {
    params.iter().map(|(key, value)| (Text::from(key), Text::from(value))).collect()
}

fn oidc(config: &sdk::AuthenticateOidcActionConfig) -> core::OidcConfig {
    let unauthenticated = config.on_unauthenticated_request();
    core::OidcConfig {
        session: core::Session {
            authentication_request_extra_params: config.authentication_request_extra_params().map(extra),
            on_unauthenticated_request: maybe(
                unauthenticated.map(sdk::AuthenticateOidcActionConditionalBehaviorEnum::as_str),
            ),
            scope: maybe(config.scope()),
            session_cookie_name: maybe(config.session_cookie_name()),
            session_timeout: config.session_timeout(),
        },
        issuer: text(config.issuer()),
        authorization_endpoint: text(config.authorization_endpoint()),
        token_endpoint: text(config.token_endpoint()),
        user_info_endpoint: text(config.user_info_endpoint()),
        client_id: text(config.client_id()),
    }
}

fn cognito(config: &sdk::AuthenticateCognitoActionConfig) -> core::CognitoConfig {
    let unauthenticated = config.on_unauthenticated_request();
    core::CognitoConfig {
        session: core::Session {
            authentication_request_extra_params: config.authentication_request_extra_params().map(extra),
            on_unauthenticated_request: maybe(
                unauthenticated.map(sdk::AuthenticateCognitoActionConditionalBehaviorEnum::as_str),
            ),
            scope: maybe(config.scope()),
            session_cookie_name: maybe(config.session_cookie_name()),
            session_timeout: config.session_timeout(),
        },
        user_pool_arn: text(config.user_pool_arn()),
        user_pool_client_id: text(config.user_pool_client_id()),
        user_pool_domain: text(config.user_pool_domain()),
    }
}

fn jwt(config: &sdk::JwtValidationActionConfig) -> core::JwtConfig {
    let claim = |claim: &sdk::JwtValidationActionAdditionalClaim| core::Claim {
        format: text(claim.format().map(sdk::JwtValidationActionAdditionalClaimFormatEnum::as_str)),
        name: text(claim.name()),
        values: texts(claim.values()),
    };
    core::JwtConfig {
        jwks_endpoint: text(config.jwks_endpoint()),
        issuer: text(config.issuer()),
        additional_claims: config.additional_claims().iter().map(claim).collect(),
    }
}

#[cfg(test)]
mod tests;
