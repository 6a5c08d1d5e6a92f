//! The controller's flags that change a plan, with the reference's defaults.
//! It does not hold the flags that become facts of their own (cluster name, region, VPC).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Flags of the reference, by the environment file's names; an absent one has the reference's default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub struct Flags {
    /// `--default-tags`.
    pub default_tags: BTreeMap<String, String>,
    /// `--external-managed-tags`: tag keys a configuration may not set.
    pub external_managed_tags: Vec<String>,
    /// `--default-ssl-policy`.
    #[serde(rename = "defaultSSLPolicy")]
    pub default_ssl_policy: String,
    /// `--default-target-type`: `instance` or `ip`.
    pub default_target_type: String,
    /// `--default-load-balancer-scheme`: `internal` or `internet-facing`.
    pub default_load_balancer_scheme: String,
    /// `--enable-backend-security-group`.
    pub enable_backend_security_group: bool,
    /// `--backend-security-group`: an `sg-` id, empty for the shared one.
    pub backend_security_group: String,
    /// `--disable-restricted-sg-rules`.
    #[serde(rename = "disableRestrictedSGRules")]
    pub disable_restricted_sg_rules: bool,
    /// Certificate authorities whose certificates discovery may use; empty allows all.
    #[serde(rename = "allowedCertificateAuthorityARNs")]
    pub allowed_certificate_authority_arns: Vec<String>,
}

impl Default for Flags {
    fn default() -> Flags {
        Flags {
            default_tags: BTreeMap::new(),
            external_managed_tags: Vec::new(),
            default_ssl_policy: "ELBSecurityPolicy-2016-08".to_owned(),
            default_target_type: "instance".to_owned(),
            default_load_balancer_scheme: "internal".to_owned(),
            enable_backend_security_group: true,
            backend_security_group: String::new(),
            disable_restricted_sg_rules: false,
            allowed_certificate_authority_arns: Vec::new(),
        }
    }
}
