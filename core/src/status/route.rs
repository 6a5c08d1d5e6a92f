//! Status of routes, parent by parent (translation §3.7).
//!
//! The verdicts themselves come from `resolve::load` and `translate`.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::manifest::gateway::ParentRef;
use crate::manifest::route::Route;
use crate::pipeline::{Built, Failure, Pipeline};
use crate::resolve::attach::{Attachment, entry_of};
use crate::resolve::gateway::GatewayNode;
use crate::resolve::load::{Loaded, LocatedFault, RouteUpdate, verdict};
use crate::translate::RouteNote;

use super::Condition;

/// `Kind [ns/]name[#section][:port]` of a `parentRef`.
pub fn parent_label(parent: &ParentRef) -> String {
    let mut label = format!("{} ", parent.kind());
    if let Some(namespace) = &parent.namespace {
        label.push_str(namespace);
        label.push('/');
    }
    label.push_str(&parent.name);
    if let Some(section) = &parent.section_name {
        label.push('#');
        label.push_str(section);
    }
    if let Some(port) = parent.port {
        label.push_str(&format!(":{port}"));
    }
    label
}

/// Conditions by position of the `parentRef`.
pub type Parents = BTreeMap<usize, Vec<Condition>>;

/// What every Gateway says to its routes, by the route's object.
pub fn parents<'m>(pipeline: &Pipeline<'m>) -> BTreeMap<crate::id::ObjectIx, Parents> {
    let mut all: BTreeMap<crate::id::ObjectIx, Parents> = BTreeMap::new();
    for (node, built) in pipeline.gateways() {
        let Some(loaded) = &built.loaded else {
            blocked(pipeline, node, built, &mut all);
            continue;
        };
        let mut noted: FxHashMap<usize, Vec<&RouteNote>> = FxHashMap::default();
        built.notes.iter().for_each(|(route, note)| noted.entry(*route).or_default().push(note));
        for update in &loaded.updates {
            let route = &loaded.routes[update.route];
            let mut conditions = conditions(update);
            let own = noted.get(&update.route).map(Vec::as_slice).unwrap_or_default();
            notes(node, built, update, own, &mut conditions);
            let parents = all.entry(route.object()).or_default();
            parents.entry(update.parent).or_insert(conditions);
        }
    }
    all
}

fn conditions(update: &RouteUpdate) -> Vec<Condition> {
    let condition = |kind, holds: bool| match holds {
        true => Condition::new(kind, true, kind, ""),
        false => Condition::new(kind, false, update.reason, update.message.clone()),
    };
    vec![condition("Accepted", update.accepted), condition("ResolvedRefs", update.resolved_refs)]
}

/// What building found out changes the verdict of loading.
fn notes(
    node: &GatewayNode<'_>,
    built: &Built<'_>,
    update: &RouteUpdate,
    own: &[&RouteNote],
    conditions: &mut Vec<Condition>,
) {
    let Some(loaded) = &built.loaded else { return };
    let route = &loaded.routes[update.route];
    if route.attached.parents[update.parent] != Attachment::Attached {
        return;
    }
    let ports = ports(node, loaded, update);
    let lost =
        |port: &i64| own.iter().any(|note| matches!(note, RouteNote::NotAccepted { port: lost, .. } if lost == port));
    let all_lost = !ports.is_empty() && ports.iter().all(lost);
    let mut partial: Vec<(usize, &'static str, &str)> =
        if built.own_texts { partial_faults(&route.faults) } else { Vec::new() };
    let mut unresolved: Vec<(usize, &'static str, &str)> = Vec::new();
    for note in own {
        match note {
            RouteNote::NotAccepted { reason, message, port } if all_lost && ports.contains(port) => {
                super::set(conditions, Condition::new("Accepted", false, reason, message.clone()));
            }
            RouteNote::PartiallyInvalid { port, rule, message } if ports.contains(port) => {
                partial.push((*rule, "UnsupportedValue", message));
            }
            RouteNote::Unresolved { port, rule, reason, message } if ports.contains(port) => {
                unresolved.push((*rule, reason, message));
            }
            _ => {}
        }
    }
    if let Some((reason, text)) = summary(&mut unresolved) {
        super::set(conditions, Condition::new("ResolvedRefs", false, reason, text));
    }
    if let Some((reason, text)) = summary(&mut partial) {
        super::set(conditions, Condition::new("PartiallyInvalid", true, reason, text));
    }
}

/// Ports on which a parent takes the route.
fn ports(node: &GatewayNode<'_>, loaded: &Loaded<'_>, update: &RouteUpdate) -> Vec<i64> {
    let parent = &loaded.routes[update.route].route().spec.parent_refs[update.parent];
    let namespace = parent.namespace(loaded.routes[update.route].route().meta.namespace());
    let listeners = node
        .valid_listeners()
        .filter(|listener| listener.parent.namespace == *namespace && listener.parent.name == parent.name)
        .filter(|listener| parent.section_name.as_ref().is_none_or(|section| *section == listener.spec.name));
    let named = listeners.map(|listener| listener.spec.port).filter(|port| parent.port.is_none_or(|own| own == *port));
    let serves = |port: &i64| loaded.ports.get(port).is_some_and(|list| entry_of(list, update.route).is_some());
    named.filter(serves).collect()
}

/// Faults of rules that are no references.
fn partial_faults(faults: &[LocatedFault]) -> Vec<(usize, &'static str, &str)> {
    let of_rules = faults.iter().filter(|located| verdict(located.fault.reason).1);
    of_rules.map(|located| (located.rule, located.fault.reason, located.fault.message.as_str())).collect()
}

/// The first reason, and every rule's message once, by rule.
fn summary(found: &mut Vec<(usize, &'static str, &str)>) -> Option<(&'static str, String)> {
    found.sort_by_key(|(rule, ..)| *rule);
    found.dedup();
    let reason = found.first()?.1;
    let texts: Vec<String> = found.iter().map(|(rule, _, message)| format!("rule {rule}: {message}")).collect();
    Some((reason, texts.join("; ")))
}

/// Routes of a Gateway that was not even looked at are told why.
fn blocked<'m>(
    pipeline: &Pipeline<'m>,
    node: &GatewayNode<'m>,
    built: &Built<'m>,
    all: &mut BTreeMap<crate::id::ObjectIx, Parents>,
) {
    let (Err(Failure::Config(error)), true) = (&built.result, built.own_texts) else { return };
    let id = &node.gateway.meta.id;
    for route in pipeline.resolver.index.routes_of(id) {
        if route.kind.load_balancer() != node.lb_type {
            continue;
        }
        for (position, parent) in route.spec.parent_refs.iter().enumerate() {
            if names(parent, route, node) {
                let text = format!("Gateway {id} can't be built: {}", error.message);
                let conditions = vec![
                    Condition::new("Accepted", false, "Pending", text),
                    Condition::new("ResolvedRefs", true, "ResolvedRefs", ""),
                ];
                all.entry(route.meta.object).or_default().entry(position).or_insert(conditions);
            }
        }
    }
}

fn names(parent: &ParentRef, route: &Route, node: &GatewayNode<'_>) -> bool {
    let id = &node.gateway.meta.id;
    parent.kind() == "Gateway" && parent.name == id.name && *parent.namespace(route.meta.namespace()) == id.namespace
}
