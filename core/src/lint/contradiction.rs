//! GWC0506: a status that a controller wrote says something else than the plan.
//!
//! `Programmed` is left alone unless it names a failure, or nothing is planned: a plan does not know how far a deployment
//! is. A status of an older generation, and one that is Unknown, says nothing yet.

use std::collections::BTreeMap;

use super::{Scope, Subject};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::id::{ObjectIx, Text};
use crate::manifest::Object;
use crate::manifest::gateway::ParentRef;
use crate::manifest::route::Route;
use crate::source::Node;
use crate::status::listener::ListenerStatus;
use crate::status::route::{Parents, parents};
use crate::status::{Condition, gateway, listener_set};

/// One finding per condition of a Gateway, of its listeners, and of a route on one parent.
pub fn lint(scope: &Scope<'_, '_>, findings: &mut Vec<Diagnostic>) {
    for subject in &scope.gateways {
        of_gateway(scope, subject, findings);
    }
    for set in &scope.manifests.listener_sets {
        let at = set.meta.object;
        let written = Written { object: scope.manifests.object(at), at };
        let planned = listener_set::status(scope.pipeline, set);
        written.compare("status", &written.object.describe(), &planned.conditions, findings);
        of_listeners(&written, planned.listeners, findings);
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
    let mut planned = gateway::conditions(subject.node, subject.built);
    if let Err(failure) = &subject.built.result {
        planned.retain(|condition| condition.kind != "Programmed");
        planned.push(Condition::new("Programmed", false, "Invalid", failure.message()));
    }
    written.compare("status", &written.object.describe(), &planned, findings);
    of_listeners(&written, gateway::listeners(subject.node, subject.built), findings);
}

fn of_listeners(written: &Written<'_>, planned: Vec<ListenerStatus>, findings: &mut Vec<Diagnostic>) {
    let planned: BTreeMap<String, ListenerStatus> =
        planned.into_iter().map(|listener| (listener.name.clone(), listener)).collect();
    for (index, listener) in written.list("status.listeners").iter().enumerate() {
        let name = listener.get("name").and_then(Node::as_str).unwrap_or_default();
        if let Some(planned) = planned.get(name) {
            let label = format!("listener {name} of {}", written.object.describe());
            let path = format!("status.listeners[{index}]");
            written.compare(&path, &label, &planned.conditions, findings);
            findings.extend(attached(written, listener, &path, &label, planned.attached_routes));
        }
    }
}

/// A number of attached routes that a controller wrote about this generation.
fn attached(written: &Written<'_>, listener: &Node, path: &str, label: &str, planned: usize) -> Option<Diagnostic> {
    let conditions = listener.get("conditions").and_then(Node::as_seq).unwrap_or_default();
    let is_current = |condition: &Node| !written.is_outdated(condition);
    let said = listener.get("attachedRoutes")?.as_int().filter(|said| usize::try_from(*said) != Ok(planned))?;
    if conditions.is_empty() || !conditions.iter().all(is_current) {
        return None;
    }
    let place = Place::Path(written.at, Text::from(format!("{path}.attachedRoutes")));
    let text = format!("{label}: the status says that {said} routes are attached, by the plan {planned} are");
    let help = "its controller may read other routes than these, or count routes that it refuses";
    Some(Diagnostic::new(Code::StatusContradicts, place, text).help(help))
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

    /// Whether a condition is about an older generation of the object.
    fn is_outdated(&self, condition: &Node) -> bool {
        let generation = self.object.node.at("metadata.generation").and_then(Node::as_int).unwrap_or_default();
        condition.get("observedGeneration").and_then(Node::as_int).is_some_and(|seen| seen < generation)
    }

    /// Compares the conditions below `path` with those that the plan means.
    fn compare(&self, path: &str, label: &str, planned: &[Condition], findings: &mut Vec<Diagnostic>) {
        for (index, node) in self.list(&format!("{path}.conditions")).iter().enumerate() {
            let text = |key: &str| node.get(key).and_then(Node::as_str).unwrap_or_default();
            let planned = planned.iter().find(|planned| planned.kind == text("type"));
            let Some(planned) = planned.filter(|planned| contradicts(text("status"), text("reason"), planned)) else {
                continue;
            };
            if self.is_outdated(node) {
                continue;
            }
            let place = Place::Path(self.at, Text::from(format!("{path}.conditions[{index}]")));
            findings.push(finding(label, (text("status"), text("reason"), text("message")), planned, place));
        }
    }
}

fn contradicts(status: &str, reason: &str, planned: &Condition) -> bool {
    match planned.kind.as_str() {
        "Programmed" => match status {
            "False" => reason != "Pending" && planned.reason == "Pending",
            "True" => planned.status == "False" && planned.reason != "Pending",
            _ => false,
        },
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
        ("Programmed", _) if status == "False" && reason != "Pending" => format!("has nothing for it: {message}"),
        ("Programmed", _) => "has a load balancer for it".to_owned(),
        (_, true) => format!("{kind}={status} ({reason})"),
        (_, false) => format!("{kind}={status} ({reason}: {message})"),
    }
}
