//! Configurations that break the rules of their kinds.

use super::{Case, case};

pub(super) fn actions() -> Vec<Case> {
    let kind = "ListenerRuleConfiguration";
    let spec = |actions: &str| format!("spec: {{actions: [{actions}]}}");
    let fixed = "{type: fixed-response, fixedResponseConfig: {statusCode: 404}}";
    let jwt = "{type: jwt-validation, jwtValidationConfig: {issuer: i, jwksEndpoint: e}}";
    let mut cases = vec![
        case(
            kind,
            spec(&format!("{jwt}, {jwt}")),
            "spec",
            "At most one pre-routing action (authenticate-oidc, authenticate-cognito, or jwt-validation) can be specified",
        ),
        case(
            kind,
            spec(&format!("{fixed}, {fixed}")),
            "spec",
            "At most one routing action (fixed-response or forward or redirect) can be specified",
        ),
        case(
            kind,
            spec("{type: fixed-response, fixedResponseConfig: {statusCode: 301}}"),
            "spec.actions[0].fixedResponseConfig.statusCode",
            "301: StatusCode must be a valid HTTP status code in the 2XX, 4XX, or 5XX range",
        ),
        case(
            kind,
            "spec: {conditions: [{field: source-ip}]}",
            "spec.conditions[0]",
            "sourceIPConfig must be specified only when field is 'source-ip'",
        ),
    ];
    let pairs = [
        ("forward", "forwardConfig"),
        ("redirect", "redirectConfig"),
        ("fixed-response", "fixedResponseConfig"),
        ("authenticate-cognito", "authenticateCognitoConfig"),
        ("authenticate-oidc", "authenticateOIDCConfig"),
        ("jwt-validation", "jwtValidationConfig"),
    ];
    cases.extend(pairs.map(|(action, field)| {
        let message = format!("{field} must be specified only when type is '{action}'");
        case(kind, spec(&format!("{{type: {action}}}")), "spec.actions[0]", &message)
    }));
    let excess = "{type: jwt-validation, jwtValidationConfig: {issuer: i, jwksEndpoint: e}, redirectConfig: {}}";
    cases.push(case(
        kind,
        spec(excess),
        "spec.actions[0]",
        "redirectConfig must be specified only when type is 'redirect'",
    ));
    cases
}

pub(super) fn authentication() -> Vec<Case> {
    let with = |fields: &str, message: &str| {
        let spec = format!(
            "spec: {{listenerConfigurations: [{{protocolPort: 'HTTPS:443', mutualAuthentication: {{{fields}}}}}]}}"
        );
        case("LoadBalancerConfiguration", spec, "spec.listenerConfigurations[0].mutualAuthentication", message)
    };
    let unsupported = "Mutual Authentication mode 'off' or 'passthrough' does not support";
    vec![
        with("mode: verify", "trustStore is required when mutualAuthentication mode is 'verify'"),
        with("mode: passthrough, trustStore: a", &format!("{unsupported} 'trustStore'")),
        with(
            "mode: 'off', ignoreClientCertificateExpiry: false",
            &format!("{unsupported} 'ignoreClientCertificateExpiry'"),
        ),
        with("mode: 'off', advertiseTrustStoreCaNames: 'on'", &format!("{unsupported} 'advertiseTrustStoreCaNames'")),
    ]
}
