//! What is not in the plan, and why: blocked Gateways, refused routes, dropped rules and backends.
//!
//! It puts the findings of [`crate::diagnose`] where the reader misses something, and words none of them again.

use std::collections::BTreeMap;

use super::super::page::{Span, Style};
use super::focus::Mark;
use super::tree::{Item, Source};
use super::{Teller, Told};
use crate::diagnose;
use crate::diagnostic::{Code, Diagnostic, Effect, Place};
use crate::id::ObjectIx;
use crate::resolve::listeners::Listener;

/// Findings of one code that are told when nothing is missing because of them.
const REMARKS: usize = 3;

/// What was found about one Gateway.
pub(super) struct Findings {
    /// What takes something out of the plan.
    problems: Vec<Problem>,
    /// What doesn't.
    remarks: Vec<Diagnostic>,
}

struct Problem {
    finding: Diagnostic,
    object: Option<ObjectIx>,
    path: String,
}

impl Findings {
    pub(super) fn of(findings: Vec<Diagnostic>) -> Self {
        let (remarks, problems): (Vec<_>, Vec<_>) =
            findings.into_iter().partition(|finding| finding.effect == Effect::None);
        Self { problems: problems.into_iter().map(Problem::of).collect(), remarks }
    }
}

impl Problem {
    fn of(finding: Diagnostic) -> Self {
        let (object, path) = match &finding.place {
            Place::Field(object, path) => (Some(*object), path.to_string()),
            Place::Path(object, path) => (Some(*object), path.to_string()),
            Place::Text(..) | Place::Nowhere => (None, String::new()),
        };
        Self { finding, object, path }
    }

    fn lies_in(&self, object: ObjectIx, path: &str) -> bool {
        let below = |rest: &str| rest.is_empty() || rest.starts_with(['.', '[']);
        self.object == Some(object) && self.path.strip_prefix(path).is_some_and(below)
    }
}

impl Teller<'_, '_> {
    /// Conditions in the object's status that say something else than the plan.
    pub(super) fn contradictions(&self, object: ObjectIx) -> Vec<Item> {
        let is_it = |finding: &&Diagnostic| {
            let at = match &finding.place {
                Place::Field(at, _) | Place::Path(at, _) => Some(*at),
                Place::Text(..) | Place::Nowhere => None,
            };
            finding.code == Code::StatusContradicts && at == Some(object)
        };
        diagnose::all(self.pipeline).iter().filter(is_it).map(|finding| self.item(finding)).collect()
    }

    /// Why the Gateway has no stack.
    pub(super) fn blocked(&mut self, index: usize) -> Vec<Item> {
        self.problems(index, |problem| problem.finding.effect == Effect::BlocksGateway)
    }

    /// Listeners, ListenerSets and routes that are left out, and remarks.
    pub(super) fn gateway_problems(&mut self, index: usize) -> Vec<Item> {
        let (node, _) = self.gateways[index];
        let mut items: Vec<Item> =
            node.listeners.iter().filter_map(|listener| self.left_out_listener(index, listener)).collect();
        items.extend(self.problems(index, |_| true));
        items.extend(self.remarks(index));
        items
    }

    fn left_out_listener(&mut self, index: usize, listener: &Listener<'_>) -> Option<Item> {
        let (spec, path) = (listener.spec, format!("spec.listeners[{}]", listener.index));
        let mut found = self.problems(index, |problem| problem.lies_in(listener.object, &path));
        if found.is_empty() {
            found.extend(self.unserved_listener(index, listener, &path));
        }
        let mut items = found.into_iter();
        let mut item = items.next()?;
        item.children.extend(items);
        item.children.extend(self.route_problems(index, spec.port));
        Some(item)
    }

    /// A listener against which nothing speaks, but no route gives it anything to serve.
    fn unserved_listener(&self, index: usize, listener: &Listener<'_>, path: &str) -> Option<Item> {
        let (_, built) = self.gateways[index];
        let spec = listener.spec;
        let stack = built.result.as_ref().ok()?;
        let is_planned = stack.listeners.iter().any(|planned| planned.spec.port == spec.port);
        let has_failed = built.failed_listeners.iter().any(|failure| failure.port == spec.port);
        if is_planned || has_failed {
            return None;
        }
        let name = format!("listener {}:{} \"{}\"", spec.protocol, spec.port, spec.name);
        let text = format!("✗ {name} is not created: no route gives it anything to serve");
        let mut item = Item::of(Style::Problem, text);
        item.sources.push(self.source(listener.object, path));
        Some(item)
    }

    /// Findings that take nothing out of the plan; of those with one code only the first.
    fn remarks(&self, index: usize) -> Vec<Item> {
        let mut codes: BTreeMap<Code, Vec<&Diagnostic>> = BTreeMap::new();
        for finding in &self.findings[index].remarks {
            let same = codes.entry(finding.code).or_default();
            if same.iter().all(|known| known.message != finding.message) {
                same.push(finding);
            }
        }
        let mut items = Vec::new();
        for (code, findings) in codes {
            let (told, cut) = findings.split_at(findings.len().min(REMARKS));
            items.extend(told.iter().map(|finding| self.item(finding)));
            if !cut.is_empty() {
                items.push(Item::of(Style::Pending, format!("… {} more of {code}", cut.len())));
            }
        }
        items
    }

    /// A finding as it is told anywhere on the page.
    pub(super) fn item(&self, finding: &Diagnostic) -> Item {
        let Diagnostic { code, message, .. } = finding;
        let mut item = match finding.effect {
            Effect::None => Item::of(Style::Pending, format!("{} {code}: {message}", finding.severity().as_str())),
            _ => Item::of(Style::Problem, format!("✗ {code}: {message}")),
        };
        item.sources.extend(self.places.place(&finding.place).map(Source::of));
        item.marks.extend(self.manifests.object_of(&finding.place).map(Mark::Object));
        if let Some(help) = &finding.help {
            item.row("help", vec![Span::new(Style::Plain, help)], Vec::new());
        }
        item
    }

    /// What is wrong with one rule of a route.
    pub(super) fn rule_problems(&mut self, index: usize, route: ObjectIx, rule: usize) -> Vec<Item> {
        let path = format!("spec.rules[{rule}]");
        self.problems(index, |problem| problem.lies_in(route, &path))
    }

    /// What is wrong with the routes of a port and was not told at a rule.
    pub(super) fn route_problems(&mut self, index: usize, port: i64) -> Vec<Item> {
        let Some(loaded) = self.gateways[index].1.loaded.as_ref() else { return Vec::new() };
        let attached = loaded.ports.get(&port).into_iter().flatten();
        let routes: Vec<ObjectIx> = attached.map(|attached| loaded.routes[attached.route].object()).collect();
        self.problems(index, |problem| problem.object.is_some_and(|object| routes.contains(&object)))
    }

    /// The problems that were not told before and are wanted here.
    fn problems(&mut self, index: usize, is_wanted: impl Fn(&Problem) -> bool) -> Vec<Item> {
        let all = self.findings[index].problems.iter().enumerate();
        let is_new = |position| !self.told.contains(&Told::Problem(index, position));
        let wanted = all.filter(|(position, problem)| is_new(*position) && is_wanted(problem));
        let (told, items): (Vec<_>, Vec<_>) =
            wanted.map(|(position, problem)| (Told::Problem(index, position), self.item(&problem.finding))).unzip();
        self.told.extend(told);
        items
    }
}
