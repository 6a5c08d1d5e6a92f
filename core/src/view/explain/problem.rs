//! What is not in the plan, and why: blocked Gateways, refused routes, dropped rules and backends.
//!
//! It repeats what the pipeline found, at the place where the reader misses it.

use std::collections::BTreeMap;

use super::super::page::{Span, Style};
use super::tree::{Item, Source};
use super::{Teller, Told};
use crate::diagnostic::{Code, Diagnostic, Effect, Place};
use crate::id::{LoadBalancerType, ObjectIx};
use crate::manifest::gateway::Gateway;
use crate::manifest::route::Route;
use crate::pipeline::Failure;
use crate::resolve::attach::Attachment;
use crate::resolve::load::LoadedRoute;
use crate::translate::RouteNote;

/// Findings of one code that are told.
const REMARKS: usize = 3;

fn problem(text: impl AsRef<str>) -> Item {
    Item::of(Style::Problem, format!("✗ {}", text.as_ref()))
}

impl Teller<'_, '_> {
    /// Why the Gateway has no stack.
    pub(super) fn blocked(&self, index: usize) -> Item {
        let (node, built) = self.gateways[index];
        let Err(failure) = &built.result else { return Item::default() };
        let mut item = problem(format!("nothing is planned: {}", failure.message()));
        item.sources.extend(match failure {
            Failure::Config(error) => Some(self.source(error.object, error.field)),
            Failure::Build(error) => error.place.map(|(object, path)| self.source(object, &path.to_string())),
            Failure::Load(_) | Failure::Panic => None,
        });
        if item.sources.is_empty() {
            item.sources.push(self.source(node.object(), ""));
        }
        item
    }

    /// Listeners, ListenerSets and routes that are left out, and remarks.
    pub(super) fn gateway_problems(&mut self, index: usize) -> Vec<Item> {
        let mut items = self.listeners_left_out(index);
        items.extend(self.sets_left_out(index));
        items.extend(self.routes_left_out(index));
        items.extend(self.remarks(index));
        items
    }

    fn listeners_left_out(&mut self, index: usize) -> Vec<Item> {
        let (node, built) = self.gateways[index];
        let planned = |port| {
            let stack = built.result.as_ref().ok();
            stack.is_some_and(|stack| stack.listeners.iter().any(|listener| listener.spec.port == port))
        };
        let mut items = Vec::new();
        for listener in &node.listeners {
            let spec = listener.spec;
            let name = format!("listener {}:{} \"{}\"", spec.protocol, spec.port, spec.name);
            let mut item = match &listener.fault {
                Some(fault) => problem(format!("{name} is not valid: {} ({})", fault.message, fault.reason)),
                None if built.result.is_ok() && !planned(spec.port) => {
                    problem(format!("{name} is not created: no route gives it anything to serve"))
                }
                None => continue,
            };
            item.sources.push(self.source(listener.object, &format!("spec.listeners[{}]", listener.index)));
            item.children = self.route_problems(index, spec.port);
            items.push(item);
        }
        items
    }

    fn sets_left_out(&self, index: usize) -> Vec<Item> {
        let sets = self.gateways[index].0.sets.rejected.iter();
        sets.map(|set| {
            let mut item = problem(format!("ListenerSet {} is not allowed by allowedListeners", set.meta.id));
            item.sources.push(self.source(set.meta.object, "spec.parentRef"));
            item
        })
        .collect()
    }

    fn routes_left_out(&mut self, index: usize) -> Vec<Item> {
        let routes = self.gateways[index].1.loaded.as_ref().map(|loaded| loaded.routes.as_slice()).unwrap_or_default();
        let mut items = Vec::new();
        for route in routes {
            for (parent, attachment) in route.attached.parents.iter().enumerate() {
                if let Attachment::Refused(fault) = attachment {
                    let label = route.route().describe();
                    let mut item = problem(format!("{label} is not attached: {} ({})", fault.message, fault.reason));
                    item.sources.push(self.source(route.object(), &format!("spec.parentRefs[{parent}]")));
                    items.push(item);
                }
            }
            if self.gateways[index].1.result.is_err() {
                items.extend(self.faults(index, route, None));
            }
        }
        items
    }

    /// Findings that take nothing out of the plan; of those with one code only the first.
    fn remarks(&self, index: usize) -> Vec<Item> {
        let mut codes: BTreeMap<Code, Vec<&Diagnostic>> = BTreeMap::new();
        for finding in self.gateways[index].1.diagnostics.iter().filter(|finding| finding.effect == Effect::None) {
            let same = codes.entry(finding.code).or_default();
            if same.iter().all(|known| known.message != finding.message) {
                same.push(finding);
            }
        }
        let mut items = Vec::new();
        for (code, findings) in codes {
            let (told, cut) = findings.split_at(findings.len().min(REMARKS));
            items.extend(told.iter().map(|finding| self.remark(finding)));
            if !cut.is_empty() {
                items.push(Item::of(Style::Pending, format!("… {} more of {code}", cut.len())));
            }
        }
        items
    }

    fn remark(&self, finding: &Diagnostic) -> Item {
        let text = format!("{} {}: {}", finding.severity().as_str(), finding.code, finding.message);
        let mut item = Item::of(Style::Pending, text);
        item.sources.extend(self.place(&finding.place));
        if let Some(help) = &finding.help {
            item.row("help", vec![Span::new(Style::Plain, help)], Vec::new());
        }
        item
    }

    fn place(&self, place: &Place) -> Option<Source> {
        match place {
            Place::Field(object, path) => Some(self.source(*object, &path.to_string())),
            Place::Path(object, path) => Some(self.source(*object, path)),
            Place::Text(..) | Place::Nowhere => None,
        }
    }

    /// What is wrong with one rule of a route.
    pub(super) fn rule_problems(&mut self, index: usize, route: ObjectIx, rule: usize) -> Vec<Item> {
        let loaded = self.gateways[index].1.loaded.as_ref();
        let routes = loaded.map(|loaded| loaded.routes.as_slice()).unwrap_or_default();
        let found = routes.iter().find(|loaded| loaded.object() == route);
        found.map(|found| self.faults(index, found, Some(rule))).unwrap_or_default()
    }

    /// What is wrong with the routes of a port and was not told at a rule.
    pub(super) fn route_problems(&mut self, index: usize, port: i64) -> Vec<Item> {
        let Some(loaded) = self.gateways[index].1.loaded.as_ref() else { return Vec::new() };
        let mut items = Vec::new();
        for (position, route) in loaded.routes.iter().enumerate() {
            let here = loaded.ports.get(&port).into_iter().flatten().any(|attached| attached.route == position);
            if here {
                items.extend(self.faults(index, route, None));
                items.extend(self.unserved(index, position, port));
            }
        }
        items
    }

    fn unserved(&self, index: usize, position: usize, port: i64) -> Vec<Item> {
        let (_, built) = self.gateways[index];
        let Some(route) = built.loaded.as_ref().and_then(|loaded| loaded.routes.get(position)) else {
            return Vec::new();
        };
        let note = |(of, note): &(usize, RouteNote)| match note {
            RouteNote::NotAccepted { port: at, reason, message } if *of == position && *at == port => {
                let mut item = problem(format!("{} is not served: {message} ({reason})", route.route().describe()));
                item.sources.push(self.source(route.object(), ""));
                Some(item)
            }
            _ => None,
        };
        built.notes.iter().filter_map(note).collect()
    }

    /// Faults of a route, or of one rule of it, that were not told before.
    fn faults(&mut self, index: usize, route: &LoadedRoute<'_>, rule: Option<usize>) -> Vec<Item> {
        let (_, built) = self.gateways[index];
        let wanted = |at: usize| rule.is_none_or(|rule| rule == at);
        let object = route.object();
        let mut found: Vec<(usize, String, String, Option<&str>)> = Vec::new();
        for located in route.faults.iter().filter(|located| wanted(located.rule)) {
            let text = format!("{} ({})", located.fault.message, located.fault.reason);
            found.push((located.rule, text, located.path.to_string(), located.fault.help.as_deref()));
        }
        let routes = built.loaded.as_ref().map(|loaded| loaded.routes.as_slice()).unwrap_or_default();
        for (of, note) in &built.notes {
            if let RouteNote::PartiallyInvalid { rule: at, message, .. } = note
                && wanted(*at)
                && routes.get(*of).is_some_and(|noted| noted.object() == object)
            {
                found.push((*at, message.clone(), format!("spec.rules[{at}]"), None));
            }
        }
        let mut items = Vec::new();
        for (at, text, path, help) in found {
            let told = Told::Problem(index, object, format!("{at} {text}"));
            if self.told.insert(told) {
                let whose = if rule.is_some() { String::new() } else { format!("{}, ", route.route().describe()) };
                let mut item = problem(format!("{whose}spec.rules[{at}]: {text}"));
                item.sources.push(self.source(object, &path));
                item.children.extend(help.map(|help| Item::of(Style::Plain, format!("help: {help}"))));
                items.push(item);
            }
        }
        items
    }

    /// Objects that are in no chain at all.
    pub(super) fn left_out(&self) -> Option<Item> {
        let mut item = Item::of(Style::Heading, "not part of any load balancer");
        for rejected in &self.manifests.rejected {
            let text = format!("{} would be refused by the API server", rejected.object);
            let mut refused = problem(text);
            refused.children = rejected.errors.iter().map(|error| Item::of(Style::Plain, error)).collect();
            item.children.push(refused);
        }
        let ours = |gateway: &&Gateway| self.gateways.iter().any(|(node, _)| std::ptr::eq(node.gateway, *gateway));
        for gateway in self.manifests.gateways.iter().filter(|gateway| !ours(gateway)) {
            item.children.push(self.foreign(gateway));
        }
        for route in &self.manifests.routes {
            let object = route.meta.object;
            let loaded = self.gateways.iter().filter_map(|(_, built)| built.loaded.as_ref());
            let mut routes = loaded.flat_map(|loaded| &loaded.routes);
            let blocked = self.gateways.iter().any(|(node, built)| {
                built.loaded.is_none()
                    && route.spec.parent_refs.iter().any(|parent| parent.name == *node.gateway.meta.name())
            });
            if !blocked && !routes.any(|loaded| loaded.object() == object) {
                let mut lost = problem(format!("{}: {}", route.describe(), why_lost(route)));
                lost.sources.push(self.source(object, "spec.parentRefs"));
                item.children.push(lost);
            }
        }
        (!item.children.is_empty()).then_some(item)
    }

    fn foreign(&self, gateway: &Gateway) -> Item {
        let class = &gateway.spec.gateway_class_name;
        let why = match self.pipeline.resolver.index.class(class) {
            Some(found) => format!("GatewayClass {class} belongs to controller {}", found.spec.controller_name),
            None => format!("GatewayClass {class} is not among the manifests"),
        };
        let mut item = problem(format!("Gateway {}: {why}", gateway.meta.id));
        item.sources.push(self.source(gateway.meta.object, "spec.gatewayClassName"));
        item
    }
}

fn why_lost(route: &Route) -> String {
    let wanted = match route.kind.load_balancer() {
        LoadBalancerType::Application => "an ALB",
        LoadBalancerType::Network => "an NLB",
    };
    let names: Vec<String> = route
        .spec
        .parent_refs
        .iter()
        .map(|parent| format!("{} {}/{}", parent.kind(), parent.namespace(route.meta.namespace()), parent.name))
        .collect();
    if names.is_empty() {
        return "has no parentRefs".to_owned();
    }
    format!("no parent among the Gateways here takes it ({}); its kind needs {wanted} Gateway", names.join(", "))
}
