//! GWC0201 to GWC0207: how much of AWS's quotas a Gateway uses.
//!
//! Source: the quota pages of ALB, NLB and VPC; values are the defaults, as nobody knows the account's.

use std::collections::BTreeSet;

use super::{Scope, Subject};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::model::{Stack, Value};

/// Percent of a quota from which on it is worth a word.
const NEAR: usize = 80;

/// Whether AWS raises a quota on request.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Quota {
    Adjustable,
    Fixed,
}

/// A quota and the use of it.
struct Budget {
    code: Code,
    noun: &'static str,
    used: usize,
    limit: usize,
    quota: Quota,
    help: &'static str,
}

/// One finding per Gateway and quota.
pub fn lint(scope: &Scope<'_, '_>, findings: &mut Vec<Diagnostic>) {
    for subject in &scope.gateways {
        let Some(stack) = subject.stack() else { continue };
        let budgets = if subject.is_alb() { of_alb(stack) } else { of_nlb(subject, stack) };
        // Above the quota of rules the translation itself speaks, unless it follows the reference.
        let is_told = scope.pipeline.options.profile.limits_checked;
        let open = |budget: &&Budget| !(is_told && budget.code == Code::RuleQuota && budget.used > budget.limit);
        let (group, groups) = (of_group(stack), of_groups(stack));
        findings.extend(
            budgets.iter().chain(&group).chain(&groups).filter(open).filter_map(|budget| finding(subject, budget)),
        );
    }
}

fn of_alb(stack: &Stack) -> Vec<Budget> {
    let help = "raise the quota \"Rules per Application Load Balancer\" (L-7EED9B64), or spread the routes";
    let rules = budget(Code::RuleQuota, "rules", stack.rules.len(), 100, help);
    let help = "spread the routes over several Gateways: this quota can't be raised";
    let groups = budget(Code::TargetGroupQuota, "target groups", stack.target_groups.len(), 100, help);
    let help = "raise the quota \"Listeners per Application Load Balancer\", or share listeners";
    let listeners = budget(Code::ListenerQuota, "listeners", stack.listeners.len(), 50, help);
    vec![rules, Budget { quota: Quota::Fixed, ..groups }, listeners, certificates(stack)]
}

fn of_nlb(subject: &Subject<'_, '_>, stack: &Stack) -> Vec<Budget> {
    let help = "spread the listeners over several Gateways: this quota can't be raised";
    let listeners = budget(Code::ListenerQuota, "listeners", stack.listeners.len(), 50, help);
    let crosses = subject.attribute("load_balancing.cross_zone.enabled").is_some_and(|(value, _)| &**value == "true");
    let share = if crosses { 100 } else { 50 };
    let help = "an ALB counts as 50 targets, as 100 with cross-zone balancing: chain fewer ALBs behind one NLB";
    let targets = budget(Code::TargetQuota, "targets per zone", stack.alb_targets.len() * share, 500, help);
    vec![Budget { quota: Quota::Fixed, ..listeners }, certificates(stack), targets]
}

fn of_group(stack: &Stack) -> Option<Budget> {
    let group = stack.security_group.as_ref()?;
    let help = "merge sourceRanges, or put them into a prefix list: one list for all ports counts by its size";
    Some(budget(Code::GroupQuota, "security group rules", group.spec.ingress.len(), 60, help))
}

/// So few groups are allowed that only more of them are worth a word.
fn of_groups(stack: &Stack) -> Option<Budget> {
    let count = stack.load_balancer.as_ref()?.spec.security_groups.len();
    let help = "merge security groups, or raise the quota of security groups per network interface";
    let groups = budget(Code::GroupQuota, "security groups", count, 5, help);
    (count > groups.limit).then_some(groups)
}

/// Certificates beside each listener's default one.
fn certificates(stack: &Stack) -> Budget {
    let extra = stack.listeners.iter().flat_map(|listener| listener.spec.certificates.iter().skip(1));
    let known: BTreeSet<&str> = extra.filter_map(|one| one.arn.known()).map(|arn| &**arn).collect();
    let hidden = stack.listeners.iter().flat_map(|listener| listener.spec.certificates.iter().skip(1));
    let hidden = hidden.filter(|one| matches!(one.arn, Value::HiddenCertificate(_))).count();
    let help = "raise the quota of certificates per load balancer, or use wildcard certificates";
    budget(Code::CertificateQuota, "certificates", known.len() + hidden, 25, help)
}

fn budget(code: Code, noun: &'static str, used: usize, limit: usize, help: &'static str) -> Budget {
    Budget { code, noun, used, limit, quota: Quota::Adjustable, help }
}

fn finding(subject: &Subject<'_, '_>, budget: &Budget) -> Option<Diagnostic> {
    let Budget { code, noun, used, limit, quota, help } = *budget;
    if used * 100 < limit * NEAR {
        return None;
    }
    let short = subject.node.lb_type.short();
    let label = subject.node.label();
    let place: Place = subject.field("spec.listeners");
    let (code, message) = if used <= limit {
        (code, format!("the {short} of Gateway {label} uses {used} of {limit} {noun}"))
    } else if quota == Quota::Adjustable {
        (code, format!("the {short} of Gateway {label} needs {used} {noun}, the default quota is {limit}"))
    } else {
        (Code::LimitExceeded, format!("the {short} of Gateway {label} needs {used} {noun}, AWS allows {limit}"))
    };
    Some(Diagnostic::new(code, place, message).help(help))
}
