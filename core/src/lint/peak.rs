//! GWC0208: load balancers that fit a Region's quota in the end, but not while old ones make room for new ones.
//!
//! A successor is made before its predecessor goes (controller §3.5, A8), so that both count for a while.

use super::replacement::replaced;
use super::{Scope, Subject};
use crate::diagnostic::{Code, Diagnostic};
use crate::fact::ExistingLoadBalancer;
use crate::id::LoadBalancerType;
use crate::quota::Quota;

/// One finding per quota.
pub fn lint(scope: &Scope<'_, '_>, findings: &mut Vec<Diagnostic>) {
    let replaced = replaced(scope);
    for (class, quota) in [(LoadBalancerType::Application, Quota::Albs), (LoadBalancerType::Network, Quota::Nlbs)] {
        findings.extend(over(scope, &replaced, class, quota));
    }
}

fn over(
    scope: &Scope<'_, '_>,
    replaced: &[(&Subject<'_, '_>, &ExistingLoadBalancer)],
    class: LoadBalancerType,
    quota: Quota,
) -> Option<Diagnostic> {
    let stacks = scope.pipeline.stacks();
    let planned = stacks.iter().filter(|stack| stack.lb_type == class && stack.load_balancer.is_some()).count();
    let going: Vec<&Subject<'_, '_>> =
        replaced.iter().filter(|(_, existing)| existing.class == class).map(|(subject, _)| *subject).collect();
    let limit = quota.limit(&scope.pipeline.resolver.environment.quotas);
    let first = going.first().filter(|_| planned <= limit && planned + going.len() > limit)?;
    let (gone, noun, peak) = (going.len(), quota.noun(), planned + going.len());
    let message =
        format!("replacing {gone} of {planned} {noun} needs {peak} at a time: the quota of a Region is {limit}");
    let help = format!("ask AWS to raise {}, or replace fewer at a time", quota.name());
    Some(Diagnostic::new(Code::TransitionQuota, first.field("spec.gatewayClassName"), message).help(help))
}
