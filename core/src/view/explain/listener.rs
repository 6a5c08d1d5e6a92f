//! A listener: its TLS settings, then the route or the rules behind it.
//!
//! Listeners that are not in the plan are worded in `problem`.

use super::super::page::{Span, Style};
use super::focus::Mark;
use super::tree::Item;
use super::words;
use super::{Teller, Told};
use crate::id::{LoadBalancerType, Text};
use crate::model::action::{Action, TargetGroupTuple};
use crate::model::listener::{Listener, MutualAuthentication};
use crate::model::{Resource, Value};
use crate::origin::Origin;

impl<'t> Teller<'t, '_> {
    /// The listener on `port` with what is behind it.
    pub(super) fn listener(&mut self, index: usize, port: i64) -> Item {
        let Some(resource) = self.planned(index, port) else {
            return Item::of(Style::Problem, format!("no listener on port {port}"));
        };
        let mut item = self.listener_head(index, resource);
        if !self.told.insert(Told::Listener(index, port)) {
            return item.and(Style::Origin, " (told above)");
        }
        self.listener_rows(resource, &mut item);
        match self.lb_type(index) {
            LoadBalancerType::Network => item.children.extend(self.served(index, resource)),
            LoadBalancerType::Application => {
                item.children = self.rules(index, port);
                item.children.extend(self.route_problems(index, port));
                item.children.extend(resource.spec.default_actions.iter().map(|action| self.default(resource, action)));
            }
        }
        item
    }

    fn planned(&self, index: usize, port: i64) -> Option<&'t Resource<Listener>> {
        self.stack(index)?.listeners.iter().find(|listener| listener.spec.port == port)
    }

    fn listener_head(&self, index: usize, resource: &Resource<Listener>) -> Item {
        let spec = &resource.spec;
        let mut item = Item::of(Style::Plain, "listener ").and(Style::Name, format!("{}:{}", spec.protocol, spec.port));
        for declared in self.gateways[index].0.valid_listeners().filter(|declared| declared.spec.port == spec.port) {
            let host = declared.spec.host().map(|host| format!(" for host {host}")).unwrap_or_default();
            item = item.and(Style::Plain, format!(" \"{}\"{host}", declared.spec.name));
            item.sources.push(self.source(declared.object, &format!("spec.listeners[{}]", declared.index)));
        }
        item
    }

    fn listener_rows(&self, resource: &Resource<Listener>, item: &mut Item) {
        let (spec, origins) = (&resource.spec, &resource.origins);
        let mut certificates = Vec::new();
        for (position, certificate) in spec.certificates.iter().enumerate() {
            let separator = if position == 0 { "" } else { ", " };
            certificates.push(Span::new(Style::Plain, separator));
            certificates.extend(words::value(&certificate.arn));
        }
        let mut row = |label, field, text: Vec<Span>| {
            if !text.is_empty() {
                item.row(label, text, self.sources(origins, &[(field, "")]));
            }
        };
        let plain = |text: Option<String>| text.map(|text| vec![Span::new(Style::Value, text)]).unwrap_or_default();
        row("certificates", "certificates", certificates);
        row("TLS policy", "sslPolicy", plain(spec.ssl_policy.as_deref().map(str::to_owned)));
        let alpn = spec.alpn_policy.as_ref().map(|[policy]| policy.to_string());
        row("ALPN", "alpnPolicy", plain(alpn.filter(|policy| policy != "None")));
        row("mutual TLS", "mutualAuthentication", spec.mutual_authentication.as_ref().map(mutual).unwrap_or_default());
        let attributes = words::pairs(spec.listener_attributes.iter().map(|one| (&one.key, &one.value)));
        row("attributes", "listenerAttributes", plain(attributes));
    }

    fn default(&self, resource: &Resource<Listener>, action: &Action) -> Item {
        let mut item = Item::of(Style::Plain, "otherwise ").and(Style::Value, words::action(action));
        item.sources = self.sources(&resource.origins, &[("defaultActions", "")]);
        item
    }

    /// The route that an NLB listener serves, and those that it does not.
    fn served(&mut self, index: usize, resource: &Resource<Listener>) -> Vec<Item> {
        let mut items = Vec::new();
        if let Some(Origin::Field { object, .. }) = resource.origins.get("defaultActions") {
            let mut route =
                Item::of(Style::Name, self.manifests.object(*object).describe()).about(Mark::Object(*object));
            route.sources.push(self.source(*object, ""));
            for action in &resource.spec.default_actions {
                if let Action::Forward { config } = action {
                    route.children.extend(self.targets(index, &config.target_groups));
                    if let Some(stickiness) = &config.target_group_stickiness_config {
                        let text = if stickiness.enabled == Some(true) { "on" } else { "off" };
                        route.row("stickiness", vec![Span::new(Style::Value, text)], Vec::new());
                    }
                }
            }
            items.push(route);
        }
        items.extend(self.route_problems(index, resource.spec.port));
        items
    }

    /// Ids of the target groups that an NLB listener forwards to.
    pub(super) fn forwarded(&self, index: usize, port: i64) -> Vec<Text> {
        let actions = self.planned(index, port).map(|listener| listener.spec.default_actions.as_slice());
        let id = |tuple: &TargetGroupTuple| match &tuple.arn {
            Value::TargetGroupArn(id) => Some(id.clone()),
            _ => None,
        };
        let groups = actions.unwrap_or_default().iter().filter_map(|action| match action {
            Action::Forward { config } => Some(&config.target_groups),
            _ => None,
        });
        groups.flatten().filter_map(id).collect()
    }
}

fn mutual(mutual: &MutualAuthentication) -> Vec<Span> {
    let mut text = vec![Span::new(Style::Value, &mutual.mode)];
    if let Some(store) = &mutual.trust_store_arn {
        text.push(Span::new(Style::Plain, ", trust store "));
        text.extend(words::value(store));
    }
    text
}
