//! What is not in the plan although it is written: listeners, routes, rules and backends.
//!
//! The reasons are findings; none is worded here again.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::super::explain::hard;
use super::build::Builder;
use super::sketch::{Column, Face, Sketched};
use super::{EdgeKind, Extent, LineStyle, NodeKind};
use crate::diagnostic::{Code, Diagnostic, Effect, Place};
use crate::id::{LoadBalancerType, ObjectIx};
use crate::resolve::attach::PortRoute;
use crate::resolve::load::LoadedRoute;

/// What is left out for one reason that has nodes of its own in an overview; more share one.
const FEW: usize = 3;

/// Letters and lines of a reason.
const WIDTH: usize = 36;
const LINES: usize = 3;

/// Something that is left out: the object, the part of it, and the findings that say why.
struct Missing {
    object: ObjectIx,
    path: String,
    found: Vec<usize>,
}

/// Nodes of rules by their frame and the rules of routes that they stand for.
type Rules = FxHashMap<(usize, String), Vec<usize>>;

impl Builder<'_, '_> {
    /// Draws what findings take out of the plan, Gateway by Gateway.
    pub fn left_out(&mut self, findings: &[Diagnostic]) {
        let missing = missing(findings);
        if missing.is_empty() {
            return;
        }
        let mut by_object: FxHashMap<ObjectIx, Vec<&Missing>> = FxHashMap::default();
        for one in &missing {
            by_object.entry(one.object).or_default().push(one);
        }
        let mut rules = Rules::default();
        for (position, node) in self.sketch.nodes.iter().enumerate() {
            let Some(frame) = node.gateway else { continue };
            for rule in &node.rules {
                rules.entry((frame, rule.clone())).or_default().push(position);
            }
        }
        for index in 0..self.gateways.len() {
            if self.frames[index].is_some() {
                self.left_out_of(index, &by_object, &rules, findings);
            }
        }
    }

    fn left_out_of(
        &mut self,
        index: usize,
        by_object: &FxHashMap<ObjectIx, Vec<&Missing>>,
        rules: &Rules,
        findings: &[Diagnostic],
    ) {
        let (node, built) = self.gateways[index];
        let mut objects = vec![node.object()];
        objects.extend(node.sets.accepted.iter().chain(&node.sets.rejected).map(|set| set.meta.object));
        objects.extend(built.loaded.iter().flat_map(|loaded| loaded.routes.iter().map(LoadedRoute::object)));
        let mut reasons: BTreeMap<Code, Vec<&Missing>> = BTreeMap::new();
        for one in objects.iter().filter_map(|object| by_object.get(object)).flatten() {
            reasons.entry(findings[one.found[0]].code).or_default().push(one);
        }
        for (code, all) in reasons {
            if all.len() > FEW && self.extent == Extent::Overview {
                self.missing_node(index, &format!("{code}"), &all, rules, findings);
            } else {
                for one in all {
                    let describe = self.plan.manifests.object(one.object).describe();
                    self.missing_node(index, &format!("{describe}/{}", one.path), &[one], rules, findings);
                }
            }
        }
    }

    fn entry(&self, index: usize) -> Column {
        match self.lb_type(index) {
            LoadBalancerType::Application => Column::Listener,
            LoadBalancerType::Network => Column::NetworkListener,
        }
    }

    fn missing_node(&mut self, index: usize, id: &str, all: &[&Missing], rules: &Rules, findings: &[Diagnostic]) {
        let first = all[0];
        let object = self.plan.manifests.object(first.object).describe();
        let mut face = match all.len() {
            1 => self.missing_name(index, first, &object),
            many => Face::named(format!("✗ {many} left out")).line(LineStyle::Detail, format!("as {object}")),
        };
        let told = if all.len() == 1 { first.found.as_slice() } else { &first.found[..1] };
        for finding in told.iter().filter_map(|found| findings.get(*found)) {
            face = reason(face, &finding.message, &object);
        }
        for one in all {
            face.found.extend(&one.found);
            face.anchor(one.object, one.path.clone(), false);
        }
        let mut froms: Vec<usize> = all.iter().flat_map(|one| self.froms(index, one, rules)).collect();
        let last = froms.iter().map(|from| self.sketch.nodes[*from].column).max();
        froms.retain(|from| Some(self.sketch.nodes[*from].column) == last);
        let column = match last {
            Some(Column::NetworkListener) => Column::NetworkTarget,
            Some(Column::Listener) => Column::Rule,
            Some(Column::Rule) => Column::Target,
            _ => self.entry(index),
        };
        let id = format!("{}/left-out/{id}", self.label(index));
        let node = self.sketch.add(Sketched::new(id, NodeKind::LeftOut, column, self.frames[index], face));
        for from in froms {
            self.sketch.link(from, node, EdgeKind::LeftOut, None);
        }
    }

    fn missing_name(&self, index: usize, missing: &Missing, object: &str) -> Face {
        if let Some(listener) = self.listener_name(index, missing) {
            return Face::named(format!("✗ {listener}"));
        }
        let rule = missing.path.strip_prefix("spec.rules[").and_then(|rest| rest.split_once(']'));
        let (part, of) = match rule {
            Some((rule, rest)) => (rest.trim_start_matches('.'), format!("{object}#{rule}")),
            None => (missing.path.strip_prefix("spec.").unwrap_or(&missing.path), object.to_owned()),
        };
        match part {
            "" => Face::named(format!("✗ {of}")),
            part => Face::named(format!("✗ {part}")).line(LineStyle::Detail, format!("of {of}")),
        }
    }

    /// `listener HTTPS:443 "https"`, when it is one.
    fn listener_name(&self, index: usize, missing: &Missing) -> Option<String> {
        let listeners = &self.gateways[index].0.listeners;
        let is_it =
            |path: &str| missing.path.strip_prefix(path).is_some_and(|rest| !rest.starts_with(char::is_numeric));
        let own = listeners.iter().filter(|listener| listener.object == missing.object);
        let mut own = own.filter(|listener| is_it(&format!("spec.listeners[{}]", listener.index)));
        let spec = own.next()?.spec;
        Some(format!("{}:{} “{}”", spec.protocol, spec.port, spec.name))
    }

    /// The rules that lack a backend, else the listeners that lack the rule or the route.
    fn froms(&self, index: usize, missing: &Missing, rules: &Rules) -> Vec<usize> {
        let (label, (_, built)) = (self.label(index), self.gateways[index]);
        let object = self.plan.manifests.object(missing.object).describe();
        let rule = missing.path.strip_prefix("spec.rules[").and_then(|rest| rest.split_once(']'));
        let key = self.frames[index].zip(rule.map(|(rule, _)| format!("{object}#{rule}")));
        if let Some(nodes) = key.and_then(|key| rules.get(&key)) {
            return nodes.clone();
        }
        let Some(loaded) = &built.loaded else { return Vec::new() };
        let serves = |attached: &PortRoute| {
            loaded.routes.get(attached.route).is_some_and(|route| route.object() == missing.object)
        };
        let ports = loaded.ports.iter().filter(|(_, routes)| routes.iter().any(serves)).map(|(port, _)| port);
        ports.filter_map(|port| self.sketch.find(&format!("{label}/listener/{port}"))).collect()
    }
}

/// The first lines of a reason, without the name of the object that it begins with.
fn reason(face: Face, message: &str, object: &str) -> Face {
    let message = message.strip_prefix(object).map_or(message, |rest| rest.trim_start_matches([':', ' ']));
    let mut lines = hard(message, WIDTH);
    if lines.len() > LINES {
        lines.truncate(LINES);
        lines[LINES - 1].push('…');
    }
    lines.into_iter().fold(face, |face, line| face.line(LineStyle::Problem, line))
}

/// What findings take out, each part of an object once.
fn missing(findings: &[Diagnostic]) -> Vec<Missing> {
    let mut places: FxHashMap<(ObjectIx, String), usize> = FxHashMap::default();
    let mut all: Vec<Missing> = Vec::new();
    for (position, finding) in findings.iter().enumerate() {
        if matches!(finding.effect, Effect::None | Effect::BlocksGateway) {
            continue;
        }
        let (object, path) = match &finding.place {
            Place::Field(object, path) => (*object, path.to_string()),
            Place::Path(object, path) => (*object, path.to_string()),
            Place::Text(..) | Place::Nowhere => continue,
        };
        let path = part(&path);
        let place = *places.entry((object, path.clone())).or_insert(all.len());
        if place == all.len() {
            all.push(Missing { object, path, found: Vec::new() });
        }
        all[place].found.push(position);
    }
    all
}

/// The listener, backend, rule or parent that a path lies in.
fn part(path: &str) -> String {
    for list in ["backendRefs[", "rules[", "listeners[", "parentRefs["] {
        if let Some(start) = path.rfind(list)
            && let Some(end) = path[start..].find(']')
        {
            return path[..=start + end].to_owned();
        }
    }
    String::new()
}

impl Builder<'_, '_> {
    /// Listeners against which nothing speaks, but no route gives them anything to serve.
    pub fn unserved(&mut self, index: usize) {
        let (node, built) = self.gateways[index];
        let Some(stack) = self.stack(index) else { return };
        for declared in node.valid_listeners() {
            let port = declared.spec.port;
            let is_planned = stack.listeners.iter().any(|listener| listener.spec.port == port);
            if is_planned || built.failed_listeners.iter().any(|failure| failure.port == port) {
                continue;
            }
            let name = format!("✗ {}:{port} “{}”", declared.spec.protocol, declared.spec.name);
            let face = Face::named(name).line(LineStyle::Pending, "no route gives it anything to serve");
            let path = format!("spec.listeners[{}]", declared.index);
            let describe = self.plan.manifests.object(declared.object).describe();
            let id = format!("{}/left-out/{describe}/{path}", self.label(index));
            let face = face.at(declared.object, path);
            let node = Sketched::new(id, NodeKind::LeftOut, self.entry(index), self.frames[index], face);
            self.sketch.add(node);
        }
    }
}
