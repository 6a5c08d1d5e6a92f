//! GWC0501: a load balancer that AWS can't change into the planned one, so that it is replaced.
//!
//! What exists is known from the environment only. Source: controller §3.4, scheme and type are fixed for life.

use super::{Scope, Subject};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::fact::ExistingLoadBalancer;
use crate::origin::Origin;

/// One finding per Gateway.
pub fn lint(scope: &Scope<'_, '_>, findings: &mut Vec<Diagnostic>) {
    findings.extend(replaced(scope).into_iter().map(|(subject, existing)| finding(subject, existing)));
}

/// Gateways whose load balancer is replaced, with the one that goes.
pub fn replaced<'s, 'p, 'm>(scope: &'s Scope<'p, 'm>) -> Vec<(&'s Subject<'p, 'm>, &'p ExistingLoadBalancer)> {
    let existing = scope.pipeline.resolver.environment.existing_load_balancers.as_deref().unwrap_or_default();
    let other = |subject: &'s Subject<'p, 'm>| {
        let label = subject.node.label();
        let planned = subject.stack()?.load_balancer.as_ref()?;
        let differs = |one: &&ExistingLoadBalancer| {
            one.class != subject.node.lb_type || (!one.scheme.is_empty() && *one.scheme != *planned.spec.scheme)
        };
        existing.iter().filter(|one| one.gateway == label).find(differs).map(|one| (subject, one))
    };
    scope.gateways.iter().filter_map(other).collect()
}

fn finding(subject: &Subject<'_, '_>, existing: &ExistingLoadBalancer) -> Diagnostic {
    let planned = subject.stack().and_then(|stack| stack.load_balancer.as_ref());
    let scheme = planned.map(|planned| planned.spec.scheme.as_str()).unwrap_or_default();
    let (before, after) = if existing.class == subject.node.lb_type {
        (existing.scheme.as_str(), scheme)
    } else {
        (existing.class.short(), subject.node.lb_type.short())
    };
    let place = match planned.and_then(|planned| planned.origins.get("scheme")) {
        Some(Origin::Field { object, path }) if existing.class == subject.node.lb_type => Place::Field(*object, *path),
        _ => subject.field("spec.gatewayClassName"),
    };
    let label = subject.node.label();
    let message = format!("the load balancer of Gateway {label} changes from {before} to {after}: AWS replaces it");
    let help = format!(
        "keep {before}, or plan for the new DNS name and for clients that are cut off; a second Gateway beside this one \
         lets them move first"
    );
    Diagnostic::new(Code::Replacement, place, message).help(help)
}
