//! Listeners and rules. What further calls tell of them is `None`.

use aws_sdk_elasticloadbalancingv2::types as sdk;
use gwchain_core::account::{Listener, MutualAuthentication, Rule};

use super::action::actions;
use super::condition::{condition, transform};
use super::{maybe, text, texts};

/// A listener as `DescribeListeners` tells it.
pub(crate) fn listener(listener: &sdk::Listener) -> Listener {
    let default = listener.certificates().first();
    Listener {
        listener_arn: text(listener.listener_arn()),
        port: listener.port().map(i64::from).unwrap_or_default(),
        protocol: text(listener.protocol().map(sdk::ProtocolEnum::as_str)),
        default_actions: actions(listener.default_actions()),
        ssl_policy: maybe(listener.ssl_policy()),
        alpn_policy: texts(listener.alpn_policy()),
        mutual_authentication: listener.mutual_authentication().map(mutual_authentication),
        default_certificate: default.and_then(|one| maybe(one.certificate_arn())),
        certificates: None,
        tags: None,
        attributes: None,
        rules: None,
    }
}

fn mutual_authentication(config: &sdk::MutualAuthenticationAttributes) -> MutualAuthentication {
    let names = config.advertise_trust_store_ca_names();
    MutualAuthentication {
        mode: text(config.mode()),
        trust_store_arn: maybe(config.trust_store_arn()),
        ignore_client_certificate_expiry: config.ignore_client_certificate_expiry(),
        advertise_trust_store_ca_names: maybe(names.map(sdk::AdvertiseTrustStoreCaNamesEnum::as_str)),
    }
}

/// A rule; `None` for a listener's default one.
pub(crate) fn rule(rule: &sdk::Rule) -> Option<Rule> {
    (rule.is_default() != Some(true)).then(|| Rule {
        rule_arn: text(rule.rule_arn()),
        priority: text(rule.priority()),
        conditions: rule.conditions().iter().map(condition).collect(),
        actions: actions(rule.actions()),
        transforms: rule.transforms().iter().map(transform).collect(),
        tags: None,
    })
}

#[cfg(test)]
mod tests;
