//! Status of ListenerRuleConfigurations (translation §1.2.3).
//!
//! Their schema was checked when they were read.

use crate::fact::Environment;
use crate::manifest::rule_config::ListenerRuleConfiguration;
use crate::resolve::index::Index;

/// `status` of a ListenerRuleConfiguration.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleConfigurationStatus {
    /// Whether it can be used; unknown when no controller has looked at it.
    pub accepted: Option<bool>,
    /// Why not.
    pub message: Option<String>,
}

/// What its controller makes of `configuration`; without it, the status as given.
pub fn status(
    index: &Index<'_>,
    configuration: &ListenerRuleConfiguration,
    environment: &Environment,
    complete: bool,
) -> RuleConfigurationStatus {
    if environment.run_listener_rule_configuration_controller == Some(false) {
        let given = &configuration.status;
        return RuleConfigurationStatus {
            accepted: given.accepted,
            message: given.message.as_ref().map(ToString::to_string),
        };
    }
    match missing_secret(index, configuration).filter(|_| complete) {
        Some(secret) => {
            RuleConfigurationStatus { accepted: Some(false), message: Some(format!("secret [{secret}] not found")) }
        }
        None => RuleConfigurationStatus { accepted: Some(true), message: Some("Accepted".to_owned()) },
    }
}

/// `ns/name` of an OIDC Secret that does not exist.
pub fn missing_secret(index: &Index<'_>, configuration: &ListenerRuleConfiguration) -> Option<String> {
    let namespace = configuration.meta.namespace();
    let oidc = configuration.spec.actions.iter().filter_map(|action| action.authenticate_oidc_config.as_ref());
    let mut names = oidc.filter_map(|oidc| oidc.secret.as_ref()).map(|secret| &secret.name);
    let missing = names.find(|name| index.secret(namespace, name).is_none())?;
    Some(format!("{namespace}/{missing}"))
}
