//! Actions as ELBv2 describes them, and the same as `model` has them.
//!
//! Defaults that ELBv2 fills in are left as they are: [`crate::diff`] knows them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::Text;
use crate::manifest::rule_config::{AdditionalClaim, Stickiness};
use crate::model::{Value, action as model};

/// A target group of a forward action.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[expect(missing_docs, reason = "ELBv2's own fields")]
pub struct TargetGroupTuple {
    pub target_group_arn: Text,
    pub weight: Option<i64>,
}

/// `TargetGroupStickinessConfig`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[expect(missing_docs, reason = "ELBv2's own fields")]
pub struct StickinessConfig {
    pub enabled: Option<bool>,
    pub duration_seconds: Option<i64>,
}

/// `ForwardConfig`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[expect(missing_docs, reason = "ELBv2's own fields")]
pub struct ForwardConfig {
    pub target_groups: Vec<TargetGroupTuple>,
    pub target_group_stickiness_config: Option<StickinessConfig>,
}

/// `FixedResponseConfig`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[expect(missing_docs, reason = "ELBv2's own fields")]
pub struct FixedResponseConfig {
    pub content_type: Option<Text>,
    pub message_body: Option<Text>,
    pub status_code: Text,
}

/// `RedirectConfig`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[expect(missing_docs, reason = "ELBv2's own fields")]
pub struct RedirectConfig {
    pub host: Option<Text>,
    pub path: Option<Text>,
    pub port: Option<Text>,
    pub protocol: Option<Text>,
    pub query: Option<Text>,
    pub status_code: Text,
}

/// What the two authentications share.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[expect(missing_docs, reason = "ELBv2's own fields")]
pub struct Session {
    pub authentication_request_extra_params: Option<BTreeMap<Text, Text>>,
    pub on_unauthenticated_request: Option<Text>,
    pub scope: Option<Text>,
    pub session_cookie_name: Option<Text>,
    pub session_timeout: Option<i64>,
}

/// `AuthenticateCognitoConfig`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[expect(missing_docs, reason = "ELBv2's own fields")]
pub struct CognitoConfig {
    #[serde(flatten)]
    pub session: Session,
    pub user_pool_arn: Text,
    pub user_pool_client_id: Text,
    pub user_pool_domain: Text,
}

/// `AuthenticateOidcConfig`; ELBv2 never tells the client's secret.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[expect(missing_docs, reason = "ELBv2's own fields")]
pub struct OidcConfig {
    #[serde(flatten)]
    pub session: Session,
    pub issuer: Text,
    pub authorization_endpoint: Text,
    pub token_endpoint: Text,
    pub user_info_endpoint: Text,
    pub client_id: Text,
}

/// A claim of a `JwtValidationConfig`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[expect(missing_docs, reason = "ELBv2's own fields")]
pub struct Claim {
    pub format: Text,
    pub name: Text,
    pub values: Vec<Text>,
}

/// `JwtValidationConfig`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[expect(missing_docs, reason = "ELBv2's own fields")]
pub struct JwtConfig {
    pub jwks_endpoint: Text,
    pub issuer: Text,
    pub additional_claims: Vec<Claim>,
}

/// An action: `Type` and the configuration of that type.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[expect(missing_docs, reason = "ELBv2's own fields")]
pub struct Action {
    #[serde(rename = "Type")]
    pub kind: Text,
    pub order: Option<i64>,
    pub target_group_arn: Option<Text>,
    pub forward_config: Option<ForwardConfig>,
    pub fixed_response_config: Option<FixedResponseConfig>,
    pub redirect_config: Option<RedirectConfig>,
    pub authenticate_oidc_config: Option<OidcConfig>,
    pub authenticate_cognito_config: Option<CognitoConfig>,
    pub jwt_validation_config: Option<JwtConfig>,
}

/// `actions` in their order, as `model` has them; `None` if one is of a type that gateways never have.
pub fn planned(actions: &[Action]) -> Option<Vec<model::Action>> {
    let mut ordered: Vec<&Action> = actions.iter().collect();
    ordered.sort_by_key(|action| action.order);
    ordered.into_iter().map(Action::planned).collect()
}

impl Action {
    fn planned(&self) -> Option<model::Action> {
        Some(match &*self.kind {
            "forward" => model::Action::Forward { config: self.forward() },
            "fixed-response" => model::Action::FixedResponse { config: fixed(self.fixed_response_config.as_ref()?) },
            "redirect" => model::Action::Redirect { config: Box::new(redirect(self.redirect_config.as_ref()?)) },
            "authenticate-oidc" => {
                model::Action::AuthenticateOidc { config: Box::new(oidc(self.authenticate_oidc_config.as_ref()?)) }
            }
            "authenticate-cognito" => model::Action::AuthenticateCognito {
                config: Box::new(cognito(self.authenticate_cognito_config.as_ref()?)),
            },
            "jwt-validation" => {
                model::Action::JwtValidation { config: Box::new(jwt(self.jwt_validation_config.as_ref()?)) }
            }
            _ => return None,
        })
    }

    /// ARNs of the target groups it forwards to.
    pub fn target_groups(&self) -> impl Iterator<Item = &Text> {
        let listed = self.forward_config.iter().flat_map(|config| &config.target_groups);
        let single = self.target_group_arn.iter().filter(|_| self.forward_config.is_none());
        listed.map(|tuple| &tuple.target_group_arn).chain(single)
    }

    fn forward(&self) -> model::ForwardConfig {
        let weights = self.forward_config.iter().flat_map(|config| &config.target_groups);
        let mut target_groups: Vec<model::TargetGroupTuple> = weights
            .map(|tuple| model::TargetGroupTuple {
                arn: Value::Known(tuple.target_group_arn.clone()),
                weight: tuple.weight,
            })
            .collect();
        if target_groups.is_empty() {
            let single = self.target_group_arn.iter().cloned().map(Value::Known);
            target_groups.extend(single.map(|arn| model::TargetGroupTuple { arn, weight: None }));
        }
        let stickiness = self.forward_config.as_ref().and_then(|config| config.target_group_stickiness_config.as_ref());
        let target_group_stickiness_config =
            stickiness.map(|config| Stickiness { enabled: config.enabled, duration_seconds: config.duration_seconds });
        model::ForwardConfig { target_groups, target_group_stickiness_config }
    }
}

fn fixed(config: &FixedResponseConfig) -> model::FixedResponseConfig {
    model::FixedResponseConfig {
        content_type: config.content_type.clone(),
        message_body: config.message_body.clone(),
        status_code: config.status_code.clone(),
    }
}

fn redirect(config: &RedirectConfig) -> model::RedirectConfig {
    let config = config.clone();
    model::RedirectConfig {
        host: config.host,
        path: config.path,
        port: config.port,
        protocol: config.protocol,
        query: config.query,
        status_code: config.status_code,
    }
}

fn session(session: &Session) -> model::Session {
    let session = session.clone();
    model::Session {
        authentication_request_extra_params: session.authentication_request_extra_params,
        on_unauthenticated_request: session.on_unauthenticated_request,
        scope: session.scope,
        session_cookie_name: session.session_cookie_name,
        session_timeout: session.session_timeout,
    }
}

fn cognito(config: &CognitoConfig) -> model::CognitoConfig {
    model::CognitoConfig {
        session: session(&config.session),
        user_pool_arn: config.user_pool_arn.clone(),
        user_pool_client_id: config.user_pool_client_id.clone(),
        user_pool_domain: config.user_pool_domain.clone(),
    }
}

fn oidc(config: &OidcConfig) -> model::OidcConfig {
    model::OidcConfig {
        session: session(&config.session),
        issuer: config.issuer.clone(),
        authorization_endpoint: config.authorization_endpoint.clone(),
        token_endpoint: config.token_endpoint.clone(),
        user_info_endpoint: config.user_info_endpoint.clone(),
        client_id: config.client_id.clone(),
        client_secret: Text::default(),
    }
}

fn jwt(config: &JwtConfig) -> model::JwtConfig {
    let claim = |claim: &Claim| AdditionalClaim {
        format: claim.format.clone(),
        name: claim.name.clone(),
        values: claim.values.clone(),
    };
    model::JwtConfig {
        jwks_endpoint: config.jwks_endpoint.clone(),
        issuer: config.issuer.clone(),
        additional_claims: config.additional_claims.iter().map(claim).collect(),
    }
}
