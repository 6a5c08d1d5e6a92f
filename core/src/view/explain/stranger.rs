//! Objects that are in no chain: what could not be read, and Gateways and routes of others.
//!
//! What is missing inside a chain is told by `problem`.

use super::super::page::Style;
use super::Teller;
use super::tree::Item;
use crate::diagnose;
use crate::diagnostic::Effect;
use crate::id::LoadBalancerType;
use crate::manifest::gateway::Gateway;
use crate::manifest::route::Route;

impl Teller<'_, '_> {
    /// Objects that are in no chain at all.
    pub(super) fn strangers(&self) -> Option<Item> {
        let mut item = Item::of(Style::Heading, "not part of any load balancer");
        let unread = self.manifests.diagnostics.iter().filter(|finding| finding.effect != Effect::None);
        item.children.extend(unread.map(|finding| self.item(finding)));
        let ours = |gateway: &&Gateway| self.gateways.iter().any(|(node, _)| std::ptr::eq(node.gateway, *gateway));
        let foreign = self.manifests.gateways.iter().filter(|gateway| !ours(gateway));
        item.children.extend(foreign.map(|gateway| self.foreign(gateway)));
        let lost = self.manifests.routes.iter().filter(|route| self.is_lost(route));
        item.children.extend(lost.map(|route| {
            let mut item = Item::of(Style::Problem, format!("✗ {}: {}", route.describe(), why_lost(route)));
            item.sources.push(self.source(route.meta.object, "spec.parentRefs"));
            item
        }));
        (!item.children.is_empty()).then_some(item)
    }

    fn foreign(&self, gateway: &Gateway) -> Item {
        let class = &gateway.spec.gateway_class_name;
        let Some(found) = self.pipeline.resolver.index.class(class) else {
            return self.item(&diagnose::classless(gateway));
        };
        let controller = &found.spec.controller_name;
        let text = format!("Gateway {}: GatewayClass {class} belongs to controller {controller}", gateway.meta.id);
        let mut item = Item::of(Style::Problem, format!("✗ {text}"));
        item.sources.push(self.source(gateway.meta.object, "spec.gatewayClassName"));
        item
    }

    /// Whether the route is loaded nowhere, and not because the Gateway that it names is blocked.
    fn is_lost(&self, route: &Route) -> bool {
        self.gateways.iter().all(|(node, built)| match &built.loaded {
            Some(loaded) => loaded.routes.iter().all(|loaded| loaded.object() != route.meta.object),
            None => route.spec.parent_refs.iter().all(|parent| parent.name != *node.gateway.meta.name()),
        })
    }
}

fn why_lost(route: &Route) -> String {
    let wanted = match route.kind.load_balancer() {
        LoadBalancerType::Application => "an ALB",
        LoadBalancerType::Network => "an NLB",
    };
    let parents = route.spec.parent_refs.iter();
    let names: Vec<String> = parents
        .map(|parent| format!("{} {}/{}", parent.kind(), parent.namespace(route.meta.namespace()), parent.name))
        .collect();
    if names.is_empty() {
        return "has no parentRefs".to_owned();
    }
    format!("no parent among the Gateways here takes it ({}); its kind needs {wanted} Gateway", names.join(", "))
}
