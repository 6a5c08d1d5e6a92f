//! GWC0315: settings of Gateways and routes that AWS's load balancers have no counterpart of, so that nobody reads them.
//!
//! Filters of rules are not among them: a rule with a filter that can't be built is left out, and `translate` says so.

use super::Scope;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::id::{ObjectIx, Text};
use crate::manifest::route::Route;
use crate::source::Node;

/// Fields of a rule, and what to do instead.
const OF_RULES: &[(&str, &str)] = &[
    ("timeouts", "remove them; idle_timeout.timeout_seconds among loadBalancerAttributes holds for the whole ALB"),
    ("retry", "remove it, and let the client or the backend try again"),
    ("sessionPersistence", "remove it; stickiness.enabled among targetGroupAttributes binds clients to targets"),
];

/// One finding per field.
pub fn lint(scope: &Scope<'_, '_>, findings: &mut Vec<Diagnostic>) {
    for subject in &scope.gateways {
        let object = subject.node.object();
        if scope
            .manifests
            .object(object)
            .node
            .at("spec.addresses")
            .and_then(Node::as_seq)
            .is_some_and(|all| !all.is_empty())
        {
            let message = format!("nobody reads addresses of Gateway {}: AWS assigns them", subject.node.label());
            let help = "remove them; Elastic IPs go into loadBalancerSubnets[].eipAllocation of an NLB";
            findings.push(finding(object, "spec.addresses", message, help));
        }
        for route in subject.loaded().into_iter().flat_map(|loaded| &loaded.routes) {
            of_route(scope, route.route(), subject.node.lb_type.short(), findings);
        }
    }
}

fn of_route(scope: &Scope<'_, '_>, route: &Route, short: &str, findings: &mut Vec<Diagnostic>) {
    let object = route.meta.object;
    let rules = scope.manifests.object(object).node.at("spec.rules").and_then(Node::as_seq).unwrap_or_default();
    for (at, rule) in rules.iter().enumerate() {
        for (field, help) in OF_RULES.iter().filter(|(field, _)| rule.get(field).is_some()) {
            let message =
                format!("{}: nobody reads {field} of rule {at}: an {short} has no such thing", route.describe());
            findings.push(finding(object, &format!("spec.rules[{at}].{field}"), message, help));
        }
        let backends = rule.get("backendRefs").and_then(Node::as_seq).unwrap_or_default();
        let filtered =
            |backend: &Node| backend.get("filters").and_then(Node::as_seq).is_some_and(|all| !all.is_empty());
        for (backend, _) in backends.iter().enumerate().filter(|(_, backend)| filtered(backend)) {
            let path = format!("spec.rules[{at}].backendRefs[{backend}].filters");
            let message = format!("{}: nobody reads filters of a backend of rule {at}", route.describe());
            findings.push(finding(object, &path, message, "move them to the rule, or let the backend do it"));
        }
    }
}

fn finding(object: ObjectIx, path: &str, message: String, help: &str) -> Diagnostic {
    Diagnostic::new(Code::SettingIgnored, Place::Path(object, Text::from(path)), message).help(help)
}
