//! Actions of listeners and rules.
//!
//! Field names and order are those of translation §9.3.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use super::Value;
use crate::id::Text;
use crate::manifest::rule_config::{AdditionalClaim, Stickiness};

/// A target group of a forward action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TargetGroupTuple {
    /// The target group.
    #[serde(rename = "targetGroupARN")]
    pub arn: Value,
    /// Share, absent for QUIC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<i64>,
}

/// `forwardConfig`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "ELBv2's own fields")]
pub struct ForwardConfig {
    pub target_groups: Vec<TargetGroupTuple>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_group_stickiness_config: Option<Stickiness>,
}

/// `fixedResponseConfig`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "ELBv2's own fields")]
pub struct FixedResponseConfig {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_type: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_body: Option<Text>,
    pub status_code: Text,
}

/// `redirectConfig`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "ELBv2's own fields")]
pub struct RedirectConfig {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub host: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub port: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub query: Option<Text>,
    pub status_code: Text,
}

/// What the two authentications share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "ELBv2's own fields")]
pub struct Session {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authentication_request_extra_params: Option<BTreeMap<Text, Text>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_unauthenticated_request: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_cookie_name: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_timeout: Option<i64>,
}

/// `authenticateCognitoConfig`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "ELBv2's own fields")]
pub struct CognitoConfig {
    #[serde(flatten)]
    pub session: Session,
    #[serde(rename = "userPoolARN")]
    pub user_pool_arn: Text,
    #[serde(rename = "userPoolClientID")]
    pub user_pool_client_id: Text,
    #[serde(rename = "userPoolDomain")]
    pub user_pool_domain: Text,
}

/// `authenticateOIDCConfig`; client id and secret are never shown.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "ELBv2's own fields")]
pub struct OidcConfig {
    #[serde(flatten)]
    pub session: Session,
    pub issuer: Text,
    pub authorization_endpoint: Text,
    pub token_endpoint: Text,
    pub user_info_endpoint: Text,
    #[serde(rename = "clientID", serialize_with = "redacted")]
    pub client_id: Text,
    #[serde(serialize_with = "redacted")]
    pub client_secret: Text,
}

/// Without client id and secret.
impl fmt::Debug for OidcConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OidcConfig").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}

fn redacted<S: serde::Serializer>(_: &Text, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str("[REDACTED]")
}

/// `jwtValidationConfig`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "ELBv2's own fields")]
pub struct JwtConfig {
    pub jwks_endpoint: Text,
    pub issuer: Text,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub additional_claims: Vec<AdditionalClaim>,
}

/// An action of a listener or rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
#[expect(missing_docs, reason = "ELBv2's own action types")]
pub enum Action {
    AuthenticateCognito {
        #[serde(rename = "authenticateCognitoConfig")]
        config: Box<CognitoConfig>,
    },
    AuthenticateOidc {
        #[serde(rename = "authenticateOIDCConfig")]
        config: Box<OidcConfig>,
    },
    JwtValidation {
        #[serde(rename = "jwtValidationConfig")]
        config: Box<JwtConfig>,
    },
    FixedResponse {
        #[serde(rename = "fixedResponseConfig")]
        config: FixedResponseConfig,
    },
    Redirect {
        #[serde(rename = "redirectConfig")]
        config: Box<RedirectConfig>,
    },
    Forward {
        #[serde(rename = "forwardConfig")]
        config: ForwardConfig,
    },
}

impl Action {
    /// What nobody may see of it.
    pub fn secrets(&self) -> impl Iterator<Item = &str> {
        let config = match self {
            Self::AuthenticateOidc { config } => Some(config),
            _ => None,
        };
        config.into_iter().flat_map(|config| [&*config.client_secret, &*config.client_id])
    }

    /// A plain-text answer without body.
    pub fn answer(status_code: &'static str) -> Self {
        Self::FixedResponse {
            config: FixedResponseConfig {
                content_type: Some(Text::new_static("text/plain")),
                message_body: None,
                status_code: Text::new_static(status_code),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_secret_is_told_to_nobody_but_who_asks_for_it() {
        let session = Session {
            authentication_request_extra_params: None,
            on_unauthenticated_request: None,
            scope: None,
            session_cookie_name: None,
            session_timeout: None,
        };
        let text = Text::new_static;
        let config = Box::new(OidcConfig {
            session,
            issuer: text("https://id.example.com"),
            authorization_endpoint: Text::default(),
            token_endpoint: Text::default(),
            user_info_endpoint: Text::default(),
            client_id: text("client-7"),
            client_secret: text("hunter2"),
        });
        let action = Action::AuthenticateOidc { config };
        let shown = format!("{action:?} {}", serde_json::to_string(&action).expect("an action is JSON"));
        assert!(!shown.contains("hunter2") && !shown.contains("client-7"), "{shown}");
        assert_eq!(action.secrets().collect::<Vec<_>>(), ["hunter2", "client-7"]);
    }
}
