//! Listeners and rules as `DescribeListeners` and `DescribeRules` tell them.
//!
//! What they shall be is `model`'s.

use serde::{Deserialize, Serialize};

use super::{Action, Pairs, RuleCondition, Transform};
use crate::id::Text;

/// `MutualAuthentication`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[expect(missing_docs, reason = "ELBv2's own fields")]
pub struct MutualAuthentication {
    pub mode: Text,
    pub trust_store_arn: Option<Text>,
    pub ignore_client_certificate_expiry: Option<bool>,
    pub advertise_trust_store_ca_names: Option<Text>,
}

/// A listener with what hangs on it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[expect(missing_docs, reason = "ELBv2's own fields")]
pub struct Listener {
    pub listener_arn: Text,
    pub port: i64,
    pub protocol: Text,
    pub default_actions: Vec<Action>,
    pub ssl_policy: Option<Text>,
    pub alpn_policy: Vec<Text>,
    pub mutual_authentication: Option<MutualAuthentication>,
    /// ARN of the default certificate.
    pub default_certificate: Option<Text>,
    /// ARNs of the list that `DescribeListenerCertificates` gives beside the default one.
    #[serde(rename = "SniCertificates")]
    pub certificates: Option<Vec<Text>>,
    pub tags: Option<Pairs>,
    pub attributes: Option<Pairs>,
    /// Rules but the default one.
    pub rules: Option<Vec<Rule>>,
}

/// A rule of a listener.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[expect(missing_docs, reason = "ELBv2's own fields")]
pub struct Rule {
    pub rule_arn: Text,
    pub priority: Text,
    pub conditions: Vec<RuleCondition>,
    pub actions: Vec<Action>,
    pub transforms: Vec<Transform>,
    pub tags: Option<Pairs>,
}

impl Rule {
    /// The priority as a number; `None` for the default rule.
    pub fn number(&self) -> Option<usize> {
        self.priority.parse().ok()
    }
}
