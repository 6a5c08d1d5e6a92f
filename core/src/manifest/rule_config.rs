//! ListenerRuleConfiguration (translation §1.2.3).
//!
//! Which of its actions apply is decided in `translate::action`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::meta::{Meta, StringMap};
use crate::id::Text;

/// `targetGroupStickinessConfig`.
#[derive(Clone, Debug, Default, Deserialize, serde::Serialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase", default)]
pub struct Stickiness {
    /// Whether clients stay with one target group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// Seconds, 1–604800.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration_seconds: Option<i64>,
}

/// `forwardConfig`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ForwardConfig {
    /// Stickiness.
    pub target_group_stickiness_config: Option<Stickiness>,
}

/// `redirectConfig`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RedirectConfig {
    /// Query string.
    pub query: Option<Text>,
}

/// `fixedResponseConfig`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct FixedResponseConfig {
    /// 2XX, 4XX or 5XX.
    pub status_code: i64,
    /// Media type.
    pub content_type: Option<Text>,
    /// Body.
    pub message_body: Option<Text>,
}

/// What Cognito and OIDC share.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SessionConfig {
    /// Extra parameters of the authentication request.
    pub authentication_request_extra_params: Option<BTreeMap<Text, Text>>,
    /// `deny`, `allow` or `authenticate`.
    pub on_unauthenticated_request: Option<Text>,
    /// OAuth scope.
    pub scope: Option<Text>,
    /// Cookie name.
    pub session_cookie_name: Option<Text>,
    /// Seconds.
    pub session_timeout: Option<i64>,
}

/// `authenticateCognitoConfig`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CognitoConfig {
    /// User pool.
    pub user_pool_arn: Text,
    /// Client.
    pub user_pool_client_id: Text,
    /// Domain.
    pub user_pool_domain: Text,
    /// Session settings.
    #[serde(flatten)]
    pub session: SessionConfig,
}

/// A reference to a Secret of the same namespace.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct SecretRef {
    /// Name.
    pub name: Text,
}

/// `authenticateOIDCConfig`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct OidcConfig {
    /// Issuer.
    pub issuer: Text,
    /// Endpoint.
    pub authorization_endpoint: Text,
    /// Endpoint.
    pub token_endpoint: Text,
    /// Endpoint.
    pub user_info_endpoint: Text,
    /// Client id and secret.
    pub secret: Option<SecretRef>,
    /// Session settings.
    #[serde(flatten)]
    pub session: SessionConfig,
}

/// One of `additionalClaims`.
#[derive(Clone, Debug, Default, Deserialize, serde::Serialize, PartialEq, Eq)]
#[serde(default)]
pub struct AdditionalClaim {
    /// Format of the value.
    pub format: Text,
    /// Name of the claim.
    pub name: Text,
    /// Accepted values.
    pub values: Vec<Text>,
}

/// `jwtValidationConfig`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct JwtConfig {
    /// Issuer.
    pub issuer: Text,
    /// Key set.
    pub jwks_endpoint: Text,
    /// Further claims.
    pub additional_claims: Vec<AdditionalClaim>,
}

/// One of `actions`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RuleAction {
    /// Action type.
    #[serde(rename = "type")]
    pub kind: Text,
    /// For `forward`.
    pub forward_config: Option<ForwardConfig>,
    /// For `redirect`.
    pub redirect_config: Option<RedirectConfig>,
    /// For `fixed-response`.
    pub fixed_response_config: Option<FixedResponseConfig>,
    /// For `authenticate-cognito`.
    pub authenticate_cognito_config: Option<CognitoConfig>,
    /// For `authenticate-oidc`.
    #[serde(rename = "authenticateOIDCConfig")]
    pub authenticate_oidc_config: Option<OidcConfig>,
    /// For `jwt-validation`.
    pub jwt_validation_config: Option<JwtConfig>,
}

/// `sourceIPConfig`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct SourceIpConfig {
    /// CIDRs.
    pub values: Vec<Text>,
}

/// One of `conditions`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RuleCondition {
    /// `source-ip`.
    pub field: Text,
    /// CIDRs.
    #[serde(rename = "sourceIPConfig")]
    pub source_ip_config: Option<SourceIpConfig>,
    /// Matches of the rule that it applies to, all when absent.
    pub match_indexes: Option<Vec<i64>>,
}

/// `ListenerRuleConfiguration.spec`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListenerRuleConfigurationSpec {
    /// At most one before routing, at most one routing.
    pub actions: Vec<RuleAction>,
    /// Extra conditions.
    pub conditions: Vec<RuleCondition>,
    /// Tags of the rule.
    pub tags: Option<StringMap>,
}

/// `ListenerRuleConfiguration.status`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListenerRuleConfigurationStatus {
    /// Whether its controller accepted it.
    pub accepted: Option<bool>,
    /// Why not.
    pub message: Option<Text>,
}

/// ListenerRuleConfiguration.
#[derive(Clone, Debug)]
pub struct ListenerRuleConfiguration {
    /// Metadata.
    pub meta: Meta,
    /// Specification.
    pub spec: ListenerRuleConfigurationSpec,
    /// Status as given.
    pub status: ListenerRuleConfigurationStatus,
}

impl ListenerRuleConfiguration {
    /// The first action whose type is in `kinds`, with its position.
    pub fn action(&self, kinds: &[&str]) -> Option<(usize, &RuleAction)> {
        self.spec.actions.iter().enumerate().find(|(_, action)| kinds.contains(&&*action.kind))
    }
}
