//! Rules of an ALB listener, in their order, gathered under the routes that they come from.
//!
//! Long lists are cut; problems of rules that are cut are told all the same.

use super::super::page::{Span, Style};
use super::Teller;
use super::focus::Mark;
use super::tree::Item;
use super::words;
use crate::id::ObjectIx;
use crate::model::action::Action;
use crate::model::listener::{ListenerRule, Transform};
use crate::model::{Resource, Value};
use crate::origin::Origin;

impl<'t> Teller<'t, '_> {
    /// One item per run of rules of one route, then what was cut.
    pub(super) fn rules(&mut self, index: usize, port: i64) -> Vec<Item> {
        let Some(stack) = self.stack(index) else { return Vec::new() };
        let rules: Vec<&'t Resource<ListenerRule>> =
            stack.rules.iter().filter(|rule| rule.spec.listener_arn == Value::ListenerArn(port)).collect();
        let (told, cut) = rules.split_at(rules.len().min(self.view.rules));
        let mut items: Vec<Item> = Vec::new();
        for run in told.chunk_by(|one, next| one.cause == next.cause) {
            let route = self.route(index, run);
            items.push(route);
        }
        items.extend(self.cut(cut));
        items
    }

    fn route(&mut self, index: usize, run: &[&Resource<ListenerRule>]) -> Item {
        let object = run[0].cause;
        let mut route = Item::of(Style::Name, self.manifests.object(object).describe()).about(Mark::Object(object));
        route.sources.push(self.source(object, ""));
        for rule in run {
            let item = self.rule(index, rule);
            route.children.push(item);
        }
        route
    }

    fn cut(&self, cut: &[&Resource<ListenerRule>]) -> Option<Item> {
        let (first, last) = (cut.first()?, cut.last()?);
        let mut routes: Vec<ObjectIx> = cut.iter().map(|rule| rule.cause).collect();
        routes.sort_unstable();
        routes.dedup();
        let of = match routes.as_slice() {
            [only] => format!("of {}", self.manifests.object(*only).describe()),
            many => format!("of {} routes", many.len()),
        };
        let numbers = format!("{}–{}", first.spec.priority, last.spec.priority);
        Some(Item::of(Style::Plain, format!("… {} more rules ({numbers}) {of}; --all shows them", cut.len())))
    }

    fn rule(&mut self, index: usize, rule: &Resource<ListenerRule>) -> Item {
        let (spec, origins) = (&rule.spec, &rule.origins);
        let mut item = Item::of(Style::Plain, format!("rule {}: ", spec.priority))
            .and(Style::Value, words::conditions(&spec.conditions));
        item.sources = self.sources(origins, &[("conditions", "")]);
        for transform in &spec.transforms {
            let sources = self.sources(origins, &[("transforms", "")]);
            item.row("rewrite", vec![Span::new(Style::Value, rewrite(transform))], sources);
        }
        let inherited = self.stack(index).and_then(|stack| stack.load_balancer.as_ref()).map(|lb| &lb.spec.tags);
        if inherited != Some(&spec.tags)
            && let Some(tags) = words::pairs(spec.tags.iter())
        {
            item.row("tags", vec![Span::new(Style::Value, tags)], self.sources(origins, &[("tags", "")]));
        }
        for action in &spec.actions {
            match action {
                Action::Forward { config } => item.children.extend(self.targets(index, &config.target_groups)),
                other => {
                    let mut answer = Item::of(Style::Value, words::action(other));
                    answer.sources = self.sources(origins, &[("actions", "")]);
                    item.children.push(answer);
                }
            }
        }
        if let Some(position) = origins.get("conditions").and_then(rule_position) {
            item.children.extend(self.rule_problems(index, rule.cause, position));
        }
        item
    }
}

fn rewrite(transform: &Transform) -> String {
    let (what, rewrites) = match transform {
        Transform::HostHeader { config } => ("host", config),
        Transform::Url { config } => ("URL", config),
    };
    let [rewrite] = &rewrites.rewrites;
    format!("{what}: {} becomes {}", rewrite.regex, rewrite.replace)
}

/// Position of the rule in its route, as the origin of its conditions tells it.
fn rule_position(origin: &Origin) -> Option<usize> {
    let Origin::Field { path, .. } = origin else { return None };
    let path = path.to_string();
    let (number, _) = path.strip_prefix("spec.rules[")?.split_once(']')?;
    number.parse().ok()
}
