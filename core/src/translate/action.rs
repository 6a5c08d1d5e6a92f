//! Actions of ALB rules (translation §7.3).
//!
//! Which target groups a forward names is decided by the caller.

use crate::diagnostic::Code;
use crate::fact::Want;
use crate::id::Text;
use crate::manifest::core::Secret;
use crate::manifest::route::{Filter, RequestRedirect};
use crate::manifest::rule_config::{ListenerRuleConfiguration, OidcConfig, RuleAction, SessionConfig};
use crate::model::action::{
    Action, CognitoConfig, FixedResponseConfig, ForwardConfig, JwtConfig, OidcConfig as OidcAction, RedirectConfig,
    Session, TargetGroupTuple,
};
use crate::resolve::Resolver;

use super::BuildError;

/// Action types that authenticate.
pub const AUTHENTICATION: [&str; 3] = ["authenticate-cognito", "authenticate-oidc", "jwt-validation"];
/// Action types that route.
const ROUTING: [&str; 3] = ["fixed-response", "forward", "redirect"];

fn unusable(text: impl Into<String>) -> BuildError {
    BuildError::new(Code::RuleUnusable, text)
}

/// A filter that no rule of an ALB can stand for.
fn unsupported(resolver: &Resolver<'_>, filter: &Text, advice: &str) -> BuildError {
    let own = || format!("an ALB has no {filter}");
    let reference = || {
        format!(
            "Unsupported filter type: {filter}. {advice}To specify header modification, please configure it through \
             LoadBalancerConfiguration."
        )
    };
    let help = match &**filter {
        "RequestHeaderModifier" | "ResponseHeaderModifier" => {
            "remove the filter: an ALB changes headers for whole listeners, by listenerAttributes of a \
             LoadBalancerConfiguration"
        }
        "CORS" => {
            "remove the filter and let the backend answer, or set access_control headers as listenerAttributes of a \
             LoadBalancerConfiguration"
        }
        "ExternalAuth" => "remove the filter; a ListenerRuleConfiguration authenticates by Cognito, OIDC or JWT",
        _ => "remove the filter, or let the backend do it",
    };
    unusable(resolver.own_text(own, reference)).help(help)
}

/// The routing action of a rule that answers by itself: fixed response or redirect.
pub fn own_answer(
    resolver: &Resolver<'_>,
    filters: &[Filter],
    grpc: bool,
    configuration: Option<&ListenerRuleConfiguration>,
) -> Result<Option<Action>, BuildError> {
    let routing = configuration.and_then(|configuration| configuration.action(&ROUTING)).map(|(_, action)| action);
    if let Some(fixed) = routing.and_then(|action| action.fixed_response_config.as_ref()) {
        let content_type = fixed.content_type.clone().or_else(|| Some(Text::from("text/plain")));
        let status_code = Text::from(fixed.status_code.to_string());
        let config = FixedResponseConfig { content_type, message_body: fixed.message_body.clone(), status_code };
        return Ok(Some(Action::FixedResponse { config }));
    }
    if grpc {
        return match filters.iter().find(|filter| &*filter.kind != "ExtensionRef") {
            None => Ok(None),
            Some(filter) => Err(unsupported(resolver, &filter.kind, "")),
        };
    }
    http_redirect(resolver, filters, routing)
}

fn http_redirect(
    resolver: &Resolver<'_>,
    filters: &[Filter],
    routing: Option<&RuleAction>,
) -> Result<Option<Action>, BuildError> {
    let redirects = routing.is_some_and(|action| &*action.kind == "redirect");
    if let ([only], true) = (filters, redirects)
        && &*only.kind == "ExtensionRef"
    {
        return Err(unusable(
            "HTTPRouteFilterRequestRedirect must be provided if RedirectActionConfig in ListenerRuleConfiguration is \
             provided",
        ));
    }
    for filter in filters {
        match (&*filter.kind, &filter.request_redirect) {
            ("RequestRedirect", Some(redirect)) => {
                let query = routing.and_then(|action| action.redirect_config.as_ref()?.query.clone());
                return redirect_action(redirect, query).map(Some);
            }
            ("ExtensionRef" | "URLRewrite" | "RequestRedirect", _) => {}
            _ => return Err(unsupported(resolver, &filter.kind, "Only request redirect is supported. ")),
        }
    }
    Ok(None)
}

fn redirect_action(redirect: &RequestRedirect, query: Option<Text>) -> Result<Action, BuildError> {
    let has_wildcard = |value: &Text| value.contains(['*', '?']);
    let mut config = RedirectConfig { host: redirect.hostname.clone(), query, ..RedirectConfig::default() };
    if let Some(path) = &redirect.path {
        if let Some(full) = &path.replace_full_path {
            if has_wildcard(full) {
                return Err(unusable(format!("ReplaceFullPath shouldn't contain wildcards: {full}")));
            }
            config.path = Some(full.clone());
        } else if let Some(prefix) = path.replace_prefix_match.as_ref().filter(|prefix| has_wildcard(prefix)) {
            return Err(unusable(format!("ReplacePrefixMatch shouldn't contain wildcards: {prefix}")));
        }
    }
    if let Some(scheme) = &redirect.scheme {
        let protocol = scheme.to_ascii_uppercase();
        config.port = Some(Text::from(match &*protocol {
            "HTTP" => "80",
            "HTTPS" => "443",
            _ => return Err(unusable(format!("unsupported redirect scheme: {protocol}"))),
        }));
        config.protocol = Some(Text::from(protocol));
    }
    if let Some(port) = redirect.port {
        config.port = Some(Text::from(port.to_string()));
    }
    let code = redirect.status_code.map_or_else(String::new, |code| format!("HTTP_{code}"));
    config.status_code = Text::from(code);
    Ok(Action::Redirect { config: Box::new(config) })
}

/// Forwards to `target_groups`, or answers 500 when none of them takes anything.
pub fn forward(target_groups: Vec<TargetGroupTuple>, configuration: Option<&ListenerRuleConfiguration>) -> Action {
    if target_groups.iter().all(|tuple| tuple.weight == Some(0)) {
        return Action::answer("500");
    }
    let routing = configuration.and_then(|configuration| configuration.action(&ROUTING)).map(|(_, action)| action);
    let stickiness = routing.filter(|action| &*action.kind == "forward");
    let stickiness =
        stickiness.and_then(|action| action.forward_config.as_ref()?.target_group_stickiness_config.clone());
    Action::Forward { config: ForwardConfig { target_groups, target_group_stickiness_config: stickiness } }
}

/// The action that authenticates, if the rule has one.
pub fn authentication(configuration: Option<&ListenerRuleConfiguration>) -> Option<&RuleAction> {
    configuration.and_then(|configuration| configuration.action(&AUTHENTICATION)).map(|(_, action)| action)
}

/// Builds an authenticating action of a route in `namespace`.
pub fn authenticate(
    resolver: &Resolver<'_>,
    namespace: &Text,
    action: &RuleAction,
) -> Result<Option<Action>, BuildError> {
    if let Some(cognito) = &action.authenticate_cognito_config {
        let config = CognitoConfig {
            session: session(&cognito.session),
            user_pool_arn: cognito.user_pool_arn.clone(),
            user_pool_client_id: cognito.user_pool_client_id.clone(),
            user_pool_domain: cognito.user_pool_domain.clone(),
        };
        return Ok(Some(Action::AuthenticateCognito { config: Box::new(config) }));
    }
    if let Some(oidc) = &action.authenticate_oidc_config {
        return Ok(Some(Action::AuthenticateOidc { config: Box::new(oidc_action(resolver, namespace, oidc)?) }));
    }
    let Some(jwt) = &action.jwt_validation_config else { return Ok(None) };
    let config = JwtConfig {
        jwks_endpoint: jwt.jwks_endpoint.clone(),
        issuer: jwt.issuer.clone(),
        additional_claims: jwt.additional_claims.clone(),
    };
    Ok(Some(Action::JwtValidation { config: Box::new(config) }))
}

fn session(config: &SessionConfig) -> Session {
    Session {
        authentication_request_extra_params: config
            .authentication_request_extra_params
            .clone()
            .filter(|params| !params.is_empty()),
        on_unauthenticated_request: config.on_unauthenticated_request.clone(),
        scope: config.scope.clone(),
        session_cookie_name: config.session_cookie_name.clone(),
        session_timeout: config.session_timeout,
    }
}

fn oidc_action(resolver: &Resolver<'_>, namespace: &Text, oidc: &OidcConfig) -> Result<OidcAction, BuildError> {
    let name = oidc.secret.as_ref().map(|secret| &*secret.name).unwrap_or_default();
    let (client_id, client_secret) = match resolver.index.secret(namespace, name) {
        Some(secret) => credentials(secret)?,
        None if resolver.complete => return Err(unusable(format!("secrets \"{name}\" not found"))),
        None => {
            let want = Want::SecretKeys { secret: format!("{namespace}/{name}") };
            (Text::from(want.to_string()), Text::from(want.to_string()))
        }
    };
    Ok(OidcAction {
        session: session(&oidc.session),
        issuer: oidc.issuer.clone(),
        authorization_endpoint: oidc.authorization_endpoint.clone(),
        token_endpoint: oidc.token_endpoint.clone(),
        user_info_endpoint: oidc.user_info_endpoint.clone(),
        client_id,
        client_secret,
    })
}

fn credentials(secret: &Secret) -> Result<(Text, Text), BuildError> {
    let id = secret.value("clientID").or_else(|| secret.value("clientId"));
    let missing = |key: &str| unusable(format!("missing {key}, secret: {}", secret.meta.id));
    let id = id.ok_or_else(|| missing("clientID"))?;
    let key = secret.value("clientSecret").ok_or_else(|| missing("clientSecret"))?;
    let id = id.trim_end_matches(char::is_whitespace);
    let key = key.trim_end_matches(char::is_control);
    Ok((Text::from(id), Text::from(key)))
}
