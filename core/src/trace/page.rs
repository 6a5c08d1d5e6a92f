//! A trace as people read it: the way as a tree, as `explain` draws it, then what comes of it.
//!
//! Of many rules that don't take the request those are told that come near.

use super::matching::Outcome;
use super::planned::{Planned, listener_name};
use super::reason::reason;
use super::request::joined;
use super::rewrite::{After, Rewriting};
use super::step::{Share, Step, Target, Tried};
use super::{Answer, Trace};
use crate::id::ObjectIx;
use crate::manifest::rule_config::Stickiness;
use crate::model::Resource;
use crate::model::listener::{Condition, Listener, ListenerRule};
use crate::origin::{Origin, Origins};
use crate::view::explain::tree::{Item, Layout, Source};
use crate::view::explain::words;
use crate::view::page::{Page, Span, Style};
use crate::view::places::Places;

/// Rules that are told one by one where there are no more.
const FEW: usize = 8;
/// Gateways that are named as others.
const OTHERS: usize = 10;

/// The page, `width` columns wide.
pub fn page(planned: &Planned<'_, '_>, trace: &Trace<'_>, width: usize) -> Page {
    let teller = Teller { planned, trace, places: Places::new(planned.manifests) };
    let mut page = Page::default();
    match teller.places.folder() {
        "" => {}
        folder => page.line(Style::Origin, format!("files are relative to {folder}")),
    }
    page.gap();
    let layout = Layout::new(width);
    let mut client = Item::of(Style::Heading, "client ").and(Style::Value, trace.request.to_string());
    if let Some(address) = trace.request.from {
        client = client.and(Style::Plain, format!(" from {address}"));
    }
    client.children = teller.items(&trace.steps);
    layout.draw(&client, &mut page);
    page.gap();
    layout.draw(&teller.end(), &mut page);
    page
}

struct Teller<'t, 'p, 'm> {
    planned: &'t Planned<'p, 'm>,
    trace: &'t Trace<'p>,
    places: Places<'m>,
}

impl Teller<'_, '_, '_> {
    /// The first step with all others behind it.
    fn items(&self, steps: &[Step<'_>]) -> Vec<Item> {
        let Some((first, rest)) = steps.split_first() else { return Vec::new() };
        let behind = self.items(rest);
        let mut item = match first {
            Step::Rules(tried) => return self.tried(tried).into_iter().chain(behind).collect(),
            Step::Targets(shares, stickiness) => return self.shares(shares, *stickiness, behind),
            Step::Gateway(index) => self.gateway(*index),
            Step::Listener(index, listener) => self.listener(*index, listener),
            Step::Route(object) => self.route(*object),
            Step::Rule(rule, rewritings) => self.rule(rule, rewritings),
            Step::Default(listener) => Item {
                sources: self.sources(&listener.origins, "defaultActions"),
                ..Item::of(Style::Plain, "no rule takes it: default action")
            },
            Step::Response { status, body } => response(*status, body.as_deref()),
            Step::Redirect { status, location } => {
                Item::of(Style::Value, format!("redirect {status} to ")).and(Style::Value, location)
            }
            Step::Nothing(why) => Item::of(Style::Problem, format!("✗ {why}")),
        };
        item.children.extend(behind);
        vec![item]
    }

    fn gateway(&self, index: usize) -> Item {
        let node = self.planned.node(index);
        let mut item = Item::of(Style::Plain, format!("{} ", node.lb_type.short()));
        item = item.and(Style::Name, format!("Gateway {}", node.label()));
        item.sources.push(self.source(node.object(), ""));
        item
    }

    fn listener(&self, index: usize, listener: &Resource<Listener>) -> Item {
        let mut item = Item::of(Style::Plain, "listener ").and(Style::Name, listener_name(&listener.spec));
        let declared = self.planned.node(index).valid_listeners();
        for one in declared.filter(|one| one.spec.port == listener.spec.port) {
            let host = one.spec.host().map(|host| format!(" for host {host}")).unwrap_or_default();
            item = item.and(Style::Plain, format!(" \"{}\"{host}", one.spec.name));
            item.sources.push(self.source(one.object, &format!("spec.listeners[{}]", one.index)));
        }
        item
    }

    fn route(&self, object: ObjectIx) -> Item {
        let mut item = Item::of(Style::Name, self.planned.manifests.object(object).describe());
        item.sources.push(self.source(object, ""));
        item
    }

    fn rule(&self, rule: &Resource<ListenerRule>, rewritings: &[Rewriting]) -> Item {
        let mut item = Item::of(Style::Value, "✓ ").and(Style::Plain, format!("rule {}: ", rule.spec.priority));
        item = item.and(Style::Value, words::conditions(&rule.spec.conditions));
        item = item.and(Style::Plain, " of ").and(Style::Name, self.planned.rule_name(rule));
        item.sources = self.sources(&rule.origins, "conditions");
        for action in rule.spec.actions.iter().rev().skip(1).rev() {
            item.row("first", vec![Span::new(Style::Value, words::action(action))], Vec::new());
        }
        for Rewriting { what, before, after } in rewritings {
            let text = match after {
                After::Text(after) => format!("{what} {before} becomes {after}"),
                After::Unchanged => format!("{what} {before} stays"),
                After::Open(regex) => format!("{what} {before} may change by {regex}"),
            };
            item.row("rewrite", vec![Span::new(Style::Value, text)], self.sources(&rule.origins, "transforms"));
        }
        item
    }

    /// Rules that don't take the request, those far from it only counted.
    fn tried(&self, all: &[Tried<'_>]) -> Vec<Item> {
        let near: Vec<&Tried<'_>> = match all.len() {
            ..=FEW => all.iter().collect(),
            _ => all.iter().filter(|tried| self.is_near(tried)).collect(),
        };
        let (told, cut) = near.split_at(near.len().min(FEW));
        let mut items: Vec<Item> = told.iter().map(|tried| self.failed(tried)).collect();
        if told.len() == all.len() {
            return items;
        }
        let hosts = all.iter().filter(|tried| tried.is_for_other_host()).count();
        let others = all.len() - near.len() - hosts;
        let counts = [(cut.len(), "for this host and path"), (hosts, "for other hosts"), (others, "for other paths")];
        let counts: Vec<String> = counts
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{count} {} {what}", if *count == 1 { "rule" } else { "rules" }))
            .collect();
        items.push(Item::of(Style::Origin, format!("… {}", counts.join(", "))));
        items
    }

    /// Whether a rule would have taken a request much like this one.
    fn is_near(&self, tried: &Tried<'_>) -> bool {
        if tried.is_for_other_host() {
            return false;
        }
        let Outcome::Failed(position) = tried.outcome else { return true };
        let Condition::PathPattern { config } = &tried.rule.spec.conditions[position] else { return true };
        let own = first_segment(&self.trace.request.path);
        config.values.iter().any(|glob| first_segment(glob) == own)
    }

    fn failed(&self, tried: &Tried<'_>) -> Item {
        let is_failed = matches!(tried.outcome, Outcome::Failed(_));
        let (sign, style) = if is_failed { ("✗ ", Style::Origin) } else { ("? ", Style::Pending) };
        let rule = tried.rule;
        let mut item = Item::of(style, sign).and(Style::Plain, format!("rule {}: ", rule.spec.priority));
        item = item.and(Style::Plain, words::conditions(&rule.spec.conditions));
        item = item.and(style, format!(": {}", reason(tried, &self.trace.request)));
        item.sources = self.sources(&rule.origins, "conditions");
        item
    }

    fn shares(&self, shares: &[Share], stickiness: Option<&Stickiness>, behind: Vec<Item>) -> Vec<Item> {
        let all: i64 = shares.iter().map(|share| share.weight).sum();
        let mut behind = Some(behind);
        let mut items: Vec<Item> = Vec::with_capacity(shares.len());
        for share in shares {
            let mut item = Item::of(Style::Plain, "target group");
            if shares.len() > 1 || share.weight == 0 {
                item = item.and(Style::Value, format!(", {} of {all}", share.weight));
            }
            item = item.and(Style::Plain, " → ").and(Style::Name, self.target(share));
            if share.is_followed {
                item.children = behind.take().unwrap_or_default();
            }
            items.push(item);
        }
        if stickiness.is_some_and(|stickiness| stickiness.enabled == Some(true)) {
            items.push(Item::of(Style::Plain, "clients stay with the target group that they got first"));
        }
        items.extend(behind.into_iter().flatten());
        items
    }

    fn target(&self, share: &Share) -> String {
        match &share.target {
            Target::Service(service) => format!("Service {service}"),
            Target::Alb(_, port) if share.is_followed => format!("ALB, port {port}"),
            Target::Alb(index, port) => format!("{}, port {port}", self.planned.title(*index)),
            Target::Other(group) => group.clone(),
        }
    }

    /// What comes of the request, and remarks.
    fn end(&self) -> Item {
        let (answer, request) = (&self.trace.answer, &self.trace.request);
        let mut item = Item::of(Style::Heading, "answer ");
        let style = if answer.error.is_some() { Style::Problem } else { Style::Value };
        // Why nothing answers stands at the end of the way, right above.
        item = item.and(style, if answer.error.is_some() { "none".to_owned() } else { said(answer) });
        if let (Some(rule), None) = (&answer.rule, &answer.error) {
            let by = if rule == "default" { "default action, no rule takes it" } else { rule };
            item.row("by", vec![Span::new(Style::Name, by)], self.deciding());
        }
        let mut row = |label, text: String| item.row(label, vec![Span::new(Style::Plain, text)], Vec::new());
        if let (Some(path), Some(host)) = (&answer.path, &answer.host) {
            let target = joined(path, answer.query.as_deref());
            row("receives", format!("{} {target} for host {host}", request.method));
        }
        let also = self.trace.also.iter().take(OTHERS).map(|index| self.planned.title(*index));
        let mut also: Vec<String> = also.collect();
        if self.trace.also.len() > OTHERS {
            also.push(format!("{} more", self.trace.also.len() - OTHERS));
        }
        if !also.is_empty() {
            row("also", format!("{} would take it; --via chooses", also.join(", ")));
        }
        for note in &self.trace.notes {
            row("note", note.clone());
        }
        item
    }

    /// Where the action of the rule that takes the request comes from.
    fn deciding(&self) -> Vec<Source> {
        let rule = self.trace.steps.iter().find_map(|step| match step {
            Step::Rule(rule, _) => Some(&rule.origins),
            Step::Default(listener) => Some(&listener.origins),
            _ => None,
        });
        let field = |origins: &Origins| if origins.get("actions").is_some() { "actions" } else { "defaultActions" };
        rule.map(|origins| self.sources(origins, field(origins))).unwrap_or_default()
    }

    fn source(&self, object: ObjectIx, path: &str) -> Source {
        Source { what: String::new(), from: self.places.at(object, path) }
    }

    fn sources(&self, origins: &Origins, field: &str) -> Vec<Source> {
        let from = |origin: &Origin| Source { what: String::new(), from: self.places.of(origin) };
        origins.get(field).map(from).into_iter().collect()
    }
}

fn first_segment(path: &str) -> &str {
    path.trim_start_matches('/').split('/').next().unwrap_or_default()
}

fn response(status: u16, body: Option<&str>) -> Item {
    let item = Item::of(Style::Value, format!("answer {status}"));
    match body {
        Some(body) => item.and(Style::Plain, format!(", body {body}")),
        None => item,
    }
}

/// The answer in one line.
pub fn said(answer: &Answer) -> String {
    if let Some(error) = &answer.error {
        return format!("none: {error}");
    }
    match (&answer.service, &answer.target_group, answer.status, &answer.redirect) {
        (Some(service), ..) if answer.services.is_empty() => format!("Service {service}"),
        (Some(_), ..) => {
            let all: i64 = answer.services.iter().map(|portion| portion.weight).sum();
            let one = |portion: &super::Portion| format!("{} ({} of {all})", portion.service, portion.weight);
            format!("Services {}", answer.services.iter().map(one).collect::<Vec<_>>().join(", "))
        }
        (None, Some(group), ..) => format!("target group {group}"),
        (None, None, Some(status), Some(location)) => format!("{status} to {location}"),
        (None, None, Some(status), None) => status.to_string(),
        (None, None, None, _) => "none".to_owned(),
    }
}
