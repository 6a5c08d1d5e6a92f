//! What is known about the account and the cluster: the contents of `environment.yaml`.
//! It does not read files or guess: an absent field is unanswered.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{self, Deserializer, Unexpected, Visitor};
use serde::{Deserialize, Serialize};

use crate::price::PriceList;
use crate::quota::Quotas;

use super::{
    Certificate, ExistingLoadBalancer, Flags, NamedArn, Provisioning, ProvisioningState, SecurityGroup, Subnet, Vpc,
};

/// Answers about the account and cluster. Every field is optional: an absent one is unanswered, an empty list is
/// an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub struct Environment {
    /// The controller's `--cluster-name`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cluster_name: Option<String>,
    /// The AWS region.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// The AWS account's twelve digits.
    #[serde(rename = "accountID", skip_serializing_if = "Option::is_none")]
    pub account_id: Option<String>,
    /// The day, or the point in time of RFC 3339, that certificates are judged by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub now: Option<String>,
    /// The cluster's VPC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vpc: Option<Vpc>,
    /// All subnets EC2 would list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subnets: Option<Vec<Subnet>>,
    /// All security groups of the VPC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub security_groups: Option<Vec<SecurityGroup>>,
    /// All issued certificates of the account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificates: Option<Vec<Certificate>>,
    /// All trust stores.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trust_stores: Option<Vec<NamedArn>>,
    /// All target groups that manifests refer to by name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_groups: Option<Vec<NamedArn>>,
    /// Load balancers that carry the tracking tags of Gateways.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub existing_load_balancers: Option<Vec<ExistingLoadBalancer>>,
    /// How simulated deployments end, by Gateway.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub provisioning: Vec<Provisioning>,
    /// How all other simulated deployments end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_provisioning_state: Option<ProvisioningState>,
    /// The shared backend security group, if none carries its tags yet.
    #[serde(rename = "autoBackendSecurityGroupID", skip_serializing_if = "Option::is_none")]
    pub auto_backend_security_group_id: Option<String>,
    /// Feature gates that differ from the reference's defaults.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub feature_gates: BTreeMap<String, bool>,
    /// The controller's flags.
    pub flags: Flags,
    /// Whether the class controller runs, which accepts GatewayClasses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub run_gateway_class_controller: Option<bool>,
    /// Whether the controller runs that accepts ListenerRuleConfigurations.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub run_listener_rule_configuration_controller: Option<bool>,
    /// How much of the API server's admission applies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub admission: Option<AdmissionMode>,
    /// Quotas that AWS has raised for the account.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub quotas: Quotas,
    /// Prices in place of the built-in ones; they come from a file of their own.
    #[serde(skip)]
    pub prices: Option<PriceList>,
    /// Which CRDs of Gateway API are installed.
    #[serde(rename = "gatewayAPIChannel", skip_serializing_if = "Option::is_none")]
    pub gateway_api_channel: Option<GatewayApiChannel>,
}

/// How much of the API server's admission the manifests go through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum AdmissionMode {
    /// Refused objects are dropped.
    #[default]
    Enforce,
    /// Refusals are reported, the objects kept.
    Report,
    /// Defaulting only.
    Off,
    /// Not even defaulting.
    None,
}

/// A bare `off` is a boolean in YAML 1.1 and means the mode all the same.
impl<'de> Deserialize<'de> for AdmissionMode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ModeVisitor)
    }
}

struct ModeVisitor;

impl Visitor<'_> for ModeVisitor {
    type Value = AdmissionMode;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("enforce, report, off or none")
    }

    fn visit_bool<E: de::Error>(self, truth: bool) -> Result<AdmissionMode, E> {
        if truth { Err(E::invalid_value(Unexpected::Bool(truth), &self)) } else { Ok(AdmissionMode::Off) }
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<AdmissionMode, E> {
        match text {
            "enforce" => Ok(AdmissionMode::Enforce),
            "report" => Ok(AdmissionMode::Report),
            "off" => Ok(AdmissionMode::Off),
            "none" => Ok(AdmissionMode::None),
            _ => Err(E::unknown_variant(text, &["enforce", "report", "off", "none"])),
        }
    }
}

/// Release channel of the Gateway API CRDs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum GatewayApiChannel {
    /// Stable kinds and fields only.
    #[default]
    Standard,
    /// Everything.
    Experimental,
}

impl Environment {
    /// Whether a feature gate is on: as the environment says, else the reference's default; unknown gates are off.
    pub fn gate(&self, name: &str) -> bool {
        let stated = self.feature_gates.get(name);
        stated.copied().unwrap_or(matches!(
            name,
            "GatewayListenerSet"
                | "ALBGatewayAPI"
                | "NLBGatewayAPI"
                | "SubnetsClusterTagCheck"
                | "SubnetDiscoveryByReachability"
        ))
    }
}

#[cfg(test)]
mod tests;
