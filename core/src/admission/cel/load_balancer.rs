//! Rules of LoadBalancerConfigurations: mutual authentication.
//! It does not check what is looked up in AWS.

use super::Check::Holds;
use super::{Check, has, text};
use crate::source::Node;

pub(super) const RULES: &[(&str, Check)] = &[
    ("!(self.mode == 'verify' && !has(self.trustStore))", Holds(|one| !verifies(one) || has(one, "trustStore"))),
    ("!(self.mode != 'verify' && has(self.trustStore))", Holds(|one| verifies(one) || !has(one, "trustStore"))),
    (
        "!(self.mode != 'verify' && has(self.ignoreClientCertificateExpiry))",
        Holds(|one| verifies(one) || !has(one, "ignoreClientCertificateExpiry")),
    ),
    (
        "!(self.mode != 'verify' && has(self.advertiseTrustStoreCaNames))",
        Holds(|one| verifies(one) || !has(one, "advertiseTrustStoreCaNames")),
    ),
];

fn verifies(authentication: &Node) -> bool {
    text(authentication, "mode") == "verify"
}
