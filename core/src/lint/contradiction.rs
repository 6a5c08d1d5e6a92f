//! GWC0506: a status that a controller wrote says something else than the plan.
//!
//! `Programmed` is left alone unless it names a failure: a plan does not know how far a deployment is. A status of an
//! older generation, and one that is Unknown, says nothing yet.

use std::collections::BTreeMap;

use super::{Scope, Subject};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::id::{ObjectIx, Text};
use crate::manifest::Object;
use crate::manifest::gateway::ParentRef;
use crate::manifest::route::Route;
use crate::source::Node;
use crate::status::route::{Parents, parents};
use crate::status::{Condition, gateway};

/// One finding per condition of a Gateway, of its listeners, and of a route on one parent.
pub fn lint(scope: &Scope<'_, '_>, findings: &mut Vec<Diagnostic>) {
    for subject in &scope.gateways {
        of_gateway(scope, subject, findings);
    }
    let planned = parents(scope.pipeline);
    for route in &scope.manifests.routes {
        if let Some(planned) = planned.get(&route.meta.object) {
            of_route(scope, route, planned, findings);
        }
    }
}

fn of_gateway(scope: &Scope<'_, '_>, subject: &Subject<'_, '_>, findings: &mut Vec<Diagnostic>) {
    let at = subject.node.object();
    let written = Written { object: scope.manifests.object(at), at };
    let label = written.object.describe();
    written.compare("status", &label, &gateway::conditions(subject.node, subject.built), findings);
    let listeners: BTreeMap<String, Vec<Condition>> = gateway::listeners(subject.node, subject.built)
        .into_iter()
        .map(|listener| (listener.name, listener.conditions))
        .collect();
    for (index, listener) in written.list("status.listeners").iter().enumerate() {
        let name = listener.get("name").and_then(Node::as_str).unwrap_or_default();
        if let Some(planned) = listeners.get(name) {
            let label = format!("listener {name} of {label}");
            written.compare(&format!("status.listeners[{index}]"), &label, planned, findings);
        }
    }
}

fn of_route(scope: &Scope<'_, '_>, route: &Route, planned: &Parents, findings: &mut Vec<Diagnostic>) {
    let at = route.meta.object;
    let written = Written { object: scope.manifests.object(at), at };
    for (index, status) in written.list("status.parents").iter().enumerate() {
        let ours = status.get("controllerName").and_then(Node::as_str) == Some(route.kind.controller());
        let parent = status.get("parentRef").filter(|_| ours);
        let is_it = |parent: &Node| {
            let found = route.spec.parent_refs.iter().position(|own| is_same(parent, own, route.meta.namespace()));
            found.and_then(|position| planned.get(&position))
        };
        if let Some(planned) = parent.and_then(is_it) {
            written.compare(&format!("status.parents[{index}]"), &route.describe(), planned, findings);
        }
    }
}

fn is_same(written: &Node, own: &ParentRef, namespace: &Text) -> bool {
    let text = |key: &str| written.get(key).and_then(Node::as_str);
    text("kind").unwrap_or("Gateway") == own.kind()
        && text("name") == Some(&*own.name)
        && text("namespace").unwrap_or(namespace) == &**own.namespace(namespace)
        && text("sectionName") == own.section_name.as_deref()
        && written.get("port").and_then(Node::as_int) == own.port
}

/// The status of an object.
struct Written<'m> {
    object: &'m Object,
    at: ObjectIx,
}

impl<'m> Written<'m> {
    fn list(&self, path: &str) -> &'m [Node] {
        self.object.node.at(path).and_then(Node::as_seq).unwrap_or_default()
    }

    fn generation(&self) -> i64 {
        self.object.node.at("metadata.generation").and_then(Node::as_int).unwrap_or_default()
    }

    /// Compares the conditions below `path` with those that the plan means.
    fn compare(&self, path: &str, label: &str, planned: &[Condition], findings: &mut Vec<Diagnostic>) {
        for (index, node) in self.list(&format!("{path}.conditions")).iter().enumerate() {
            let text = |key: &str| node.get(key).and_then(Node::as_str).unwrap_or_default();
            let seen = node.get("observedGeneration").and_then(Node::as_int);
            let planned = planned.iter().find(|planned| planned.kind == text("type"));
            let Some(planned) = planned.filter(|planned| contradicts(text("status"), text("reason"), planned)) else {
                continue;
            };
            if seen.is_some_and(|seen| seen < self.generation()) {
                continue;
            }
            let place = Place::Path(self.at, Text::from(format!("{path}.conditions[{index}]")));
            findings.push(finding(label, (text("status"), text("reason"), text("message")), planned, place));
        }
    }
}

fn contradicts(status: &str, reason: &str, planned: &Condition) -> bool {
    match planned.kind.as_str() {
        "Programmed" => status == "False" && reason != "Pending" && planned.reason == "Pending",
        _ => {
            matches!(status, "True" | "False")
                && matches!(&*planned.status, "True" | "False")
                && status != planned.status
        }
    }
}

fn finding(label: &str, written: (&str, &str, &str), planned: &Condition, place: Place) -> Diagnostic {
    let (status, reason, message) = written;
    let kind = &planned.kind;
    let text = format!("{label}: the status says {kind}={status} ({reason}), the plan {}", outcome(planned));
    let said = if message.is_empty() { String::new() } else { format!("; the controller says: {message}") };
    let help =
        format!("its controller may read other objects than these, or decide otherwise (docs/deviations.md){said}");
    Diagnostic::new(Code::StatusContradicts, place, text).help(help)
}

fn outcome(planned: &Condition) -> String {
    let Condition { kind, status, reason, message } = planned;
    match (kind.as_str(), message.is_empty()) {
        ("Programmed", _) => "has a load balancer for it".to_owned(),
        (_, true) => format!("{kind}={status} ({reason})"),
        (_, false) => format!("{kind}={status} ({reason}: {message})"),
    }
}
