//! Actions of listeners and rules as the SDK takes them.
//!
//! Secrets of authentications pass through here, on their way to AWS and nowhere else.

use std::collections::{BTreeMap, HashMap};

use aws_sdk_elasticloadbalancingv2::types::{
    Action, ActionTypeEnum, AuthenticateCognitoActionConfig, AuthenticateOidcActionConfig, FixedResponseActionConfig,
    ForwardActionConfig, JwtValidationActionAdditionalClaim, JwtValidationActionConfig, RedirectActionConfig,
    TargetGroupStickinessConfig, TargetGroupTuple,
};
use gwchain_core::id::Text;
use gwchain_core::model::action as model;

use super::super::argument::{Call, int};
use crate::error::Error;

/// Actions in their order, which AWS wants to be told where there are several.
pub(in crate::execute) fn all(call: &Call<'_>, actions: &[model::Action]) -> Result<Vec<Action>, Error> {
    let is_one = actions.len() == 1;
    let numbered = actions.iter().zip(1..);
    numbered.map(|(action, order)| one(call, action, (!is_one).then_some(order))).collect()
}

fn one(call: &Call<'_>, action: &model::Action, order: Option<i32>) -> Result<Action, Error> {
    let built = Action::builder().set_order(order);
    let built = match action {
        model::Action::Forward { config } => {
            built.r#type(ActionTypeEnum::Forward).forward_config(forward(call, config)?)
        }
        model::Action::FixedResponse { config } => {
            built.r#type(ActionTypeEnum::FixedResponse).fixed_response_config(fixed(config))
        }
        model::Action::Redirect { config } => built.r#type(ActionTypeEnum::Redirect).redirect_config(redirect(config)),
        model::Action::AuthenticateOidc { config } => {
            built.r#type(ActionTypeEnum::AuthenticateOidc).authenticate_oidc_config(oidc(config))
        }
        model::Action::AuthenticateCognito { config } => {
            built.r#type(ActionTypeEnum::AuthenticateCognito).authenticate_cognito_config(cognito(config))
        }
        model::Action::JwtValidation { config } => {
            built.r#type(ActionTypeEnum::JwtValidation).jwt_validation_config(jwt(config))
        }
    };
    Ok(built.build())
}

fn text(text: Option<&Text>) -> Option<String> {
    text.map(Text::to_string)
}

fn forward(call: &Call<'_>, config: &model::ForwardConfig) -> Result<ForwardActionConfig, Error> {
    let tuple = |tuple: &model::TargetGroupTuple| {
        let arn = call.text(&tuple.arn)?;
        Ok(TargetGroupTuple::builder().target_group_arn(arn).set_weight(tuple.weight.map(int)).build())
    };
    let groups: Result<Vec<_>, Error> = config.target_groups.iter().map(tuple).collect();
    let stickiness = config.target_group_stickiness_config.as_ref().map(|stickiness| {
        let built = TargetGroupStickinessConfig::builder().set_enabled(stickiness.enabled);
        built.set_duration_seconds(stickiness.duration_seconds.map(int)).build()
    });
    let built = ForwardActionConfig::builder().set_target_groups(Some(groups?));
    Ok(built.set_target_group_stickiness_config(stickiness).build())
}

fn fixed(config: &model::FixedResponseConfig) -> FixedResponseActionConfig {
    let built = FixedResponseActionConfig::builder().status_code(&*config.status_code);
    let built = built.set_content_type(text(config.content_type.as_ref()));
    built.set_message_body(text(config.message_body.as_ref())).build()
}

fn redirect(config: &model::RedirectConfig) -> RedirectActionConfig {
    RedirectActionConfig::builder()
        .set_host(text(config.host.as_ref()))
        .set_path(text(config.path.as_ref()))
        .set_port(text(config.port.as_ref()))
        .set_protocol(text(config.protocol.as_ref()))
        .set_query(text(config.query.as_ref()))
        .status_code(config.status_code.as_str().into())
        .build()
}

fn params(params: Option<&BTreeMap<Text, Text>>) -> Option<HashMap<String, String>> {
    params.map(|all| all.iter().map(|(key, value)| (key.to_string(), value.to_string())).collect())
}

fn oidc(config: &model::OidcConfig) -> AuthenticateOidcActionConfig {
    let session = &config.session;
    // AWS keeps a secret that nobody has read anew.
    let is_kept = config.client_secret.is_empty();
    AuthenticateOidcActionConfig::builder()
        .issuer(&*config.issuer)
        .authorization_endpoint(&*config.authorization_endpoint)
        .token_endpoint(&*config.token_endpoint)
        .user_info_endpoint(&*config.user_info_endpoint)
        .client_id(&*config.client_id)
        .set_client_secret((!is_kept).then(|| config.client_secret.to_string()))
        .set_use_existing_client_secret(is_kept.then_some(true))
        .set_authentication_request_extra_params(params(session.authentication_request_extra_params.as_ref()))
        .set_on_unauthenticated_request(session.on_unauthenticated_request.as_deref().map(Into::into))
        .set_scope(text(session.scope.as_ref()))
        .set_session_cookie_name(text(session.session_cookie_name.as_ref()))
        .set_session_timeout(session.session_timeout)
        .build()
}

fn cognito(config: &model::CognitoConfig) -> AuthenticateCognitoActionConfig {
    let session = &config.session;
    AuthenticateCognitoActionConfig::builder()
        .user_pool_arn(&*config.user_pool_arn)
        .user_pool_client_id(&*config.user_pool_client_id)
        .user_pool_domain(&*config.user_pool_domain)
        .set_authentication_request_extra_params(params(session.authentication_request_extra_params.as_ref()))
        .set_on_unauthenticated_request(session.on_unauthenticated_request.as_deref().map(Into::into))
        .set_scope(text(session.scope.as_ref()))
        .set_session_cookie_name(text(session.session_cookie_name.as_ref()))
        .set_session_timeout(session.session_timeout)
        .build()
}

fn jwt(config: &model::JwtConfig) -> JwtValidationActionConfig {
    let claims: Vec<_> = config.additional_claims.iter().map(claim).collect();
    let built = JwtValidationActionConfig::builder().jwks_endpoint(&*config.jwks_endpoint).issuer(&*config.issuer);
    built.set_additional_claims((!claims.is_empty()).then_some(claims)).build()
}

fn claim(claim: &gwchain_core::manifest::rule_config::AdditionalClaim) -> JwtValidationActionAdditionalClaim {
    let values = claim.values.iter().map(Text::to_string).collect();
    let built = JwtValidationActionAdditionalClaim::builder().format(claim.format.as_str().into()).name(&*claim.name);
    built.set_values(Some(values)).build()
}
