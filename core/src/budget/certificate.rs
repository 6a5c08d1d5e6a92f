//! Certificates of a load balancer beside each listener's default one.
//!
//! Which certificates these are was decided by translation.

use std::collections::BTreeSet;

use super::Budget;
use crate::model::{Stack, Value};
use crate::quota::{Quota, Quotas};

/// Each certificate counts once per load balancer.
pub(super) fn budget(quota: Quota, stack: &Stack, quotas: &Quotas) -> Budget {
    let extra = || stack.listeners.iter().flat_map(|listener| listener.spec.certificates.iter().skip(1));
    let all = || stack.listeners.iter().flat_map(|listener| &listener.spec.certificates);
    let known: BTreeSet<&str> = extra().filter_map(|one| one.arn.known()).map(|arn| &**arn).collect();
    let hidden = extra().filter(|one| matches!(one.arn, Value::HiddenCertificate(_))).count();
    let is_open = all().any(|one| matches!(one.arn, Value::Pending(_)));
    let open = is_open.then(|| "certificates that are discovered".to_owned());
    Budget::new(quota, quotas, known.len() + hidden).open(open)
}
