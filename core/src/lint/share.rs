//! GWC0316: backends that are left out of a rule while others take their share of the requests.
//!
//! Source: Gateway API, HTTPRouteRule.backendRefs: the share of an invalid backend is answered 500, which no ALB can do.

use std::collections::{BTreeMap, BTreeSet};

use super::Scope;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::id::ObjectIx;
use crate::model::action::Action;
use crate::model::listener::ListenerRule;
use crate::model::{Resource, Stack};
use crate::origin::{FieldPath, Origin};
use crate::resolve::load::{Loaded, LoadedRoute};

/// Heaviest weight that is planned as it is written.
const HEAVIEST: i64 = 999;

/// One finding per rule.
pub fn lint(scope: &Scope<'_, '_>, findings: &mut Vec<Diagnostic>) {
    let mut told = BTreeSet::new();
    for subject in scope.gateways.iter().filter(|subject| subject.is_alb()) {
        let (Some(loaded), Some(stack)) = (subject.loaded(), subject.stack()) else { continue };
        of_gateway(loaded, stack, &mut told, findings);
    }
}

fn of_gateway(
    loaded: &Loaded<'_>,
    stack: &Stack,
    told: &mut BTreeSet<(ObjectIx, usize)>,
    findings: &mut Vec<Diagnostic>,
) {
    let routes: BTreeMap<ObjectIx, &LoadedRoute<'_>> =
        loaded.routes.iter().map(|route| (route.object(), route)).collect();
    for planned in &stack.rules {
        let Some((rule, kept)) = forwarded(planned) else { continue };
        let Some(route) = routes.get(&planned.cause) else { continue };
        let Some(written) = route.route().spec.rules.get(rule) else { continue };
        let weights = || written.backend_refs.iter().map(|backend| backend.weight.unwrap_or(1));
        let wanted: i64 = weights().sum();
        if kept >= wanted
            || kept == 0
            || weights().any(|weight| weight > HEAVIEST)
            || !told.insert((planned.cause, rule))
        {
            continue;
        }
        findings.push(finding(route, rule, (wanted - kept) * 100 / wanted));
    }
}

/// Position of the rule and the sum of the weights it forwards by.
fn forwarded(planned: &Resource<ListenerRule>) -> Option<(usize, i64)> {
    let Some(Action::Forward { config }) = planned.spec.actions.last() else { return None };
    let Some(Origin::Field { path, .. }) = planned.origins.get("conditions") else { return None };
    let weights = config.target_groups.iter().filter_map(|tuple| tuple.weight);
    Some((path.first_index()?, weights.sum()))
}

fn finding(route: &LoadedRoute<'_>, rule: usize, percent: i64) -> Diagnostic {
    let message = format!(
        "{}: rule {rule} is served without some of its backends, whose {percent} % of the requests go to the others",
        route.route().describe()
    );
    let place = Place::Field(route.object(), FieldPath::indexed("spec.rules[].backendRefs", &[rule]));
    Diagnostic::new(Code::ShareLost, place, message)
        .help("make the backends valid, or take them out: the Gateway API would answer 500 for their share")
}
