//! Planned actions, conditions and transforms as AWS describes them afterwards, its defaults filled in.
//!
//! It refuses nothing.

use gwchain_core::account::action::{
    Action, Claim, CognitoConfig, FixedResponseConfig, ForwardConfig, JwtConfig, OidcConfig, RedirectConfig, Session,
    StickinessConfig, TargetGroupTuple,
};
use gwchain_core::account::condition::{QueryConfig, QueryPair, Rewrite, RewriteConfig, ValuesConfig};
use gwchain_core::account::{RuleCondition, Transform};
use gwchain_core::id::Text;
use gwchain_core::model::action as model;
use gwchain_core::model::listener::{Condition, Patterns, Rewrites, Transform as Planned};

use super::Call;

/// Actions, numbered from one.
pub fn actions(call: &Call<'_>, actions: &[model::Action]) -> Result<Vec<Action>, String> {
    let numbered = actions.iter().zip(1..);
    numbered.map(|(action, order)| Ok(Action { order: Some(order), ..action_of(call, action)? })).collect()
}

fn action_of(call: &Call<'_>, action: &model::Action) -> Result<Action, String> {
    let kind = serde_json::to_value(action).ok().and_then(|json| json["type"].as_str().map(Text::from));
    let mut out = Action { kind: kind.unwrap_or_default(), ..Action::default() };
    match action {
        model::Action::Forward { config } => out.forward_config = Some(forward(call, config)?),
        model::Action::FixedResponse { config } => {
            out.fixed_response_config = Some(FixedResponseConfig {
                content_type: config.content_type.clone(),
                message_body: config.message_body.clone(),
                status_code: config.status_code.clone(),
            });
        }
        model::Action::Redirect { config } => out.redirect_config = Some(redirect(config)),
        model::Action::AuthenticateOidc { config } => {
            out.authenticate_oidc_config = Some(OidcConfig {
                session: session(&config.session),
                issuer: config.issuer.clone(),
                authorization_endpoint: config.authorization_endpoint.clone(),
                token_endpoint: config.token_endpoint.clone(),
                user_info_endpoint: config.user_info_endpoint.clone(),
                client_id: config.client_id.clone(),
            });
        }
        model::Action::AuthenticateCognito { config } => {
            out.authenticate_cognito_config = Some(CognitoConfig {
                session: session(&config.session),
                user_pool_arn: config.user_pool_arn.clone(),
                user_pool_client_id: config.user_pool_client_id.clone(),
                user_pool_domain: config.user_pool_domain.clone(),
            });
        }
        model::Action::JwtValidation { config } => {
            let claims = config.additional_claims.iter().map(|claim| Claim {
                format: claim.format.clone(),
                name: claim.name.clone(),
                values: claim.values.clone(),
            });
            out.jwt_validation_config = Some(JwtConfig {
                jwks_endpoint: config.jwks_endpoint.clone(),
                issuer: config.issuer.clone(),
                additional_claims: claims.collect(),
            });
        }
    }
    Ok(out)
}

fn forward(call: &Call<'_>, config: &model::ForwardConfig) -> Result<ForwardConfig, String> {
    let tuple = |tuple: &model::TargetGroupTuple| {
        Ok::<_, String>(TargetGroupTuple {
            target_group_arn: call.text(&tuple.arn)?,
            weight: Some(tuple.weight.unwrap_or(1)),
        })
    };
    let stickiness = config.target_group_stickiness_config.as_ref();
    Ok(ForwardConfig {
        target_groups: config.target_groups.iter().map(tuple).collect::<Result<_, _>>()?,
        target_group_stickiness_config: Some(StickinessConfig {
            enabled: Some(stickiness.and_then(|config| config.enabled).unwrap_or_default()),
            duration_seconds: stickiness.and_then(|config| config.duration_seconds),
        }),
    })
}

fn redirect(config: &model::RedirectConfig) -> RedirectConfig {
    let or = |text: &Option<Text>, default: &'static str| text.clone().or(Some(Text::new_static(default)));
    RedirectConfig {
        host: or(&config.host, "#{host}"),
        path: or(&config.path, "/#{path}"),
        port: or(&config.port, "#{port}"),
        protocol: or(&config.protocol, "#{protocol}"),
        query: or(&config.query, "#{query}"),
        status_code: config.status_code.clone(),
    }
}

fn session(session: &model::Session) -> Session {
    let or = |text: &Option<Text>, default: &'static str| text.clone().or(Some(Text::new_static(default)));
    Session {
        authentication_request_extra_params: session.authentication_request_extra_params.clone(),
        on_unauthenticated_request: or(&session.on_unauthenticated_request, "authenticate"),
        scope: or(&session.scope, "openid"),
        session_cookie_name: or(&session.session_cookie_name, "AWSELBAuthSessionCookie"),
        session_timeout: session.session_timeout.or(Some(604_800)),
    }
}

/// A condition.
pub fn condition(condition: &Condition) -> RuleCondition {
    let patterns = |config: &Patterns| ValuesConfig {
        values: config.values.clone(),
        regex_values: config.regex_values.clone(),
        http_header_name: None,
    };
    let values = |values: &Vec<Text>| Some(ValuesConfig { values: values.clone(), ..ValuesConfig::default() });
    let mut out = RuleCondition::default();
    let field = match condition {
        Condition::HostHeader { config } => {
            out.host_header_config = Some(patterns(config));
            "host-header"
        }
        Condition::PathPattern { config } => {
            out.path_pattern_config = Some(patterns(config));
            "path-pattern"
        }
        Condition::HttpHeader { config } => {
            let http_header_name = Some(config.http_header_name.clone());
            out.http_header_config = Some(ValuesConfig { http_header_name, ..patterns(&config.patterns) });
            "http-header"
        }
        Condition::HttpRequestMethod { config } => {
            out.http_request_method_config = values(&config.values);
            "http-request-method"
        }
        Condition::SourceIp { config } => {
            out.source_ip_config = values(&config.values);
            "source-ip"
        }
        Condition::QueryString { config } => {
            let pairs = config.values.iter();
            let pairs = pairs.map(|pair| QueryPair { key: pair.key.clone(), value: pair.value.clone() });
            out.query_string_config = Some(QueryConfig { values: pairs.collect() });
            "query-string"
        }
    };
    out.field = Text::new_static(field);
    out
}

/// A transform.
pub fn transform(transform: &Planned) -> Transform {
    let rewrites = |config: &Rewrites| {
        let rewrites = config.rewrites.iter();
        let rewrites = rewrites.map(|one| Rewrite { regex: one.regex.clone(), replace: one.replace.clone() });
        Some(RewriteConfig { rewrites: rewrites.collect() })
    };
    match transform {
        Planned::HostHeader { config } => Transform {
            kind: Text::new_static("host-header-rewrite"),
            host_header_rewrite_config: rewrites(config),
            ..Transform::default()
        },
        Planned::Url { config } => Transform {
            kind: Text::new_static("url-rewrite"),
            url_rewrite_config: rewrites(config),
            ..Transform::default()
        },
    }
}
