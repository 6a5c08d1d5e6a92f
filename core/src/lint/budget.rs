//! GWC0201 to GWC0207: how much of AWS's quotas a Gateway uses.
//!
//! It counts nothing itself; `--environment` knows what AWS has raised.

use super::{Scope, Subject};
use crate::budget::{Budget, Level, of_region, of_stack};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::quota::Quota;

/// One finding per Gateway and quota, and one per quota of the Region that the plan alone exceeds.
pub fn lint(scope: &Scope<'_, '_>, findings: &mut Vec<Diagnostic>) {
    let quotas = &scope.pipeline.resolver.environment.quotas;
    for subject in &scope.gateways {
        let Some(stack) = subject.stack() else { continue };
        findings.extend(of_stack(stack, quotas).iter().filter_map(|budget| finding(subject, budget)));
    }
    let over = of_region(&scope.pipeline.stacks(), quotas).into_iter().filter(|budget| budget.level() == Level::Over);
    findings.extend(over.map(|Budget { quota, used, limit, .. }| {
        let message = format!("the plan needs {used} {}, the quota of a Region is {limit}", quota.noun());
        Diagnostic::new(Code::LimitExceeded, Place::Nowhere, message).help(help(quota))
    }));
}

fn finding(subject: &Subject<'_, '_>, budget: &Budget) -> Option<Diagnostic> {
    let Budget { quota, used, limit, .. } = budget;
    let (short, label, noun) = (subject.node.lb_type.short(), subject.node.label(), quota.noun());
    let subject_of = format!("the {short} of Gateway {label}");
    let place = subject.field("spec.listeners");
    let (code, message) = match budget.level() {
        Level::Fine => return None,
        Level::Near => (code(*quota), format!("{subject_of} uses {used} of {limit} {noun}")),
        Level::Over if !quota.is_adjustable() => {
            (Code::LimitExceeded, format!("{subject_of} needs {used} {noun}, AWS allows {limit}"))
        }
        Level::Over if *limit == quota.granted() => {
            (Code::LimitExceeded, format!("{subject_of} needs {used} {noun}, the default quota is {limit}"))
        }
        Level::Over => (Code::LimitExceeded, format!("{subject_of} needs {used} {noun}, the quota is {limit}")),
    };
    Some(Diagnostic::new(code, place, message).help(help(*quota)))
}

fn code(quota: Quota) -> Code {
    match quota {
        Quota::RulesPerAlb => Code::RuleQuota,
        Quota::TargetGroupsPerAlb | Quota::TargetGroups => Code::TargetGroupQuota,
        Quota::ListenersPerAlb | Quota::ListenersPerNlb => Code::ListenerQuota,
        Quota::CertificatesPerAlb | Quota::CertificatesPerNlb => Code::CertificateQuota,
        Quota::TargetsPerAlb | Quota::TargetsPerZoneOfNlb | Quota::TargetsPerNlb => Code::TargetQuota,
        Quota::RulesPerGroup | Quota::GroupsPerInterface => Code::GroupQuota,
        Quota::VerifyingListenersPerAlb
        | Quota::ValuesPerRule
        | Quota::WildcardsPerRule
        | Quota::TargetGroupsPerAction
        | Quota::Albs
        | Quota::Nlbs => Code::LimitExceeded,
    }
}

fn help(quota: Quota) -> String {
    let remedy = match quota {
        Quota::RulesPerAlb => {
            "raise the quota \"Rules per Application Load Balancer\" (L-7EED9B64), or spread the routes"
        }
        Quota::TargetGroupsPerAlb => "spread the routes over several Gateways: this quota can't be raised",
        Quota::ListenersPerAlb => "raise the quota \"Listeners per Application Load Balancer\", or share listeners",
        Quota::ListenersPerNlb | Quota::VerifyingListenersPerAlb => {
            "spread the listeners over several Gateways: this quota can't be raised"
        }
        Quota::TargetsPerAlb | Quota::TargetsPerZoneOfNlb | Quota::TargetsPerNlb => {
            "an ALB counts as 50 targets, as 100 with cross-zone balancing: chain fewer ALBs behind one NLB"
        }
        Quota::CertificatesPerAlb | Quota::CertificatesPerNlb => {
            "raise the quota of certificates per load balancer, or use wildcard certificates"
        }
        Quota::RulesPerGroup => {
            "merge sourceRanges, or put them into a prefix list: one list for all ports counts by its size"
        }
        Quota::GroupsPerInterface => {
            "merge security groups, or raise the quota of security groups per network interface"
        }
        Quota::ValuesPerRule | Quota::WildcardsPerRule | Quota::TargetGroupsPerAction => "split the rule",
        Quota::Albs | Quota::Nlbs | Quota::TargetGroups => "raise the quota",
    };
    match quota.is_adjustable() {
        true => format!("{remedy}; say in --environment what it was raised to: quotas: {{{}: N}}", quota.name()),
        false => remedy.to_owned(),
    }
}
