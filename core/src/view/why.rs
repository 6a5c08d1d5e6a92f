//! Why a planned value is what it is: the layers that had a say, who won, and by which rule.
//!
//! It looks the value and its origin up in the plan and computes neither again.

mod blocked;
mod deviation;
mod fields;
mod layer;
mod props;
mod rule;
mod subject;
mod verdict;

use serde_json::Value as Json;

use super::explain::hard;
use super::page::{Line, Page, Style};
use super::places::Places;
use crate::manifest::Manifests;
use crate::model::Stack;
use crate::origin::Origin;
use crate::pipeline::{Built, Pipeline};
use crate::resolve::gateway::GatewayNode;

use fields::Field;
use layer::Layer;
use subject::{Kind, Subject, locate};

/// What an answer is made from.
struct Asker<'a, 'm> {
    manifests: &'m Manifests,
    pipeline: &'a Pipeline<'m>,
    node: &'a GatewayNode<'m>,
    built: &'a Built<'m>,
    index: usize,
    places: Places<'m>,
}

/// Why field `asked` of the Gateway at `index` is what it is, or which fields there are instead.
pub fn field(
    manifests: &Manifests,
    pipeline: &Pipeline<'_>,
    index: usize,
    asked: &str,
    width: usize,
) -> Result<Page, String> {
    let asker = Asker::new(manifests, pipeline, index)?;
    let Some(stack) = asker.stack() else { return asker.blocked(asked, width) };
    let (kind, rest) = locate(stack, asked)?;
    let subject = Subject::of(stack, &kind)?;
    if rest.is_empty() { Ok(asker.whole(&subject, width)) } else { asker.answer(&subject, rest, width) }
}

/// The fields of a resource, `TYPE/ID` or an id of the stack, with their origins.
pub fn resource(
    manifests: &Manifests,
    pipeline: &Pipeline<'_>,
    index: usize,
    asked: &str,
    width: usize,
) -> Result<Page, String> {
    let asker = Asker::new(manifests, pipeline, index)?;
    let stack = asker.stack().ok_or_else(|| asker.nothing())?;
    let kind = subject::named(stack, asked)?;
    Ok(asker.whole(&Subject::of(stack, &kind)?, width))
}

impl<'a, 'm> Asker<'a, 'm> {
    fn new(manifests: &'m Manifests, pipeline: &'a Pipeline<'m>, index: usize) -> Result<Self, String> {
        let (node, built) = pipeline.gateways().nth(index).ok_or("no such Gateway")?;
        Ok(Self { manifests, pipeline, node, built, index, places: Places::new(manifests) })
    }

    fn stack(&self) -> Option<&'a Stack> {
        self.built.result.as_ref().ok()
    }

    /// All fields of a resource with their values and origins.
    fn whole(&self, subject: &Subject, width: usize) -> Page {
        let mut page = Page::default();
        page.line(Style::Heading, format!("{} of Gateway {}", subject.kind, self.node.label()));
        page.line(Style::Origin, format!("brought about by {}", self.manifests.object(subject.cause).describe()));
        page.gap();
        for (name, value) in subject.json.as_object().into_iter().flatten() {
            let mut line = Line::of(Style::Name, name);
            line.push(Style::Plain, ": ");
            line.push(Style::Value, cut(&shown(value), width.saturating_sub(name.len() + 2)));
            page.lines.push(line);
            for (field, origin) in subject.origins.iter().filter(|(field, _)| belongs(field, name)) {
                let what = if field == name { String::new() } else { format!("{field}: ") };
                page.line(Style::Origin, format!("    {what}{}", self.places.of(origin)));
            }
        }
        page
    }

    fn answer(&self, subject: &Subject, asked: &str, width: usize) -> Result<Page, String> {
        let field = fields::find(&subject.kind, asked)?;
        let origin = origin_of(subject, &field);
        let layers = self.layers(subject, &field, origin);
        let value = fields::at(&subject.json, &field.stack);
        let mut page = Page::default();
        let mut heading = Line::of(Style::Heading, &field.stack);
        heading.push(Style::Plain, ": ");
        let room = width.saturating_sub(heading.width());
        heading.push(Style::Value, value.map_or_else(|| "not set".to_owned(), |value| cut(&shown(value), 2 * room)));
        page.lines.push(heading);
        page.line(Style::Origin, format!("of {} of Gateway {}", subject.kind, self.node.label()));
        layer::list(&layers, "who had a say, the strongest first:", &mut page, width);
        page.gap();
        let verdict = verdict::verdict(self.node, subject, &field, &layers, origin);
        let mut text: Vec<String> = hard(&verdict, width.saturating_sub(2));
        if let Some(deviation) = self.deviation(subject, &field) {
            text.extend(hard(&deviation, width.saturating_sub(2)));
        }
        text.iter().for_each(|line| page.line(Style::Plain, line));
        Ok(page)
    }

    /// The configurations, then what counts when they say nothing.
    fn layers(&self, subject: &Subject, field: &Field, origin: Option<&Origin>) -> Vec<Layer> {
        let mut layers = match &subject.kind {
            Kind::TargetGroup(id) | Kind::Binding(id) => self.target_layers(id, field),
            Kind::Listener(port) => self.listener_layers(*port, field),
            Kind::Rule(_) => self.rule_layers(subject, field),
            _ => self.configuration_layers(field),
        };
        let is_inherited =
            matches!(subject.kind, Kind::TargetGroup(_) | Kind::Rule(_)) && field.stack.starts_with("tags");
        if is_inherited && self.pipeline.options.profile.tags_inherited {
            layers.extend(self.configuration_layers(field));
        }
        layers.extend(self.last_layer(subject, field, origin, &layers));
        layer::decide(&mut layers, origin, field, fields::at(&subject.json, &field.stack));
        self.overrule(&mut layers, field);
        layers
    }
}

/// The origin of a field, else that of the field it lies in.
fn origin_of<'s>(subject: &'s Subject, field: &Field) -> Option<&'s Origin> {
    let mut name = field.stack.as_str();
    loop {
        if let Some(origin) = subject.origins.get(name) {
            return Some(origin);
        }
        name = name.rfind(['.', '[']).map(|end| &name[..end])?;
    }
}

fn belongs(field: &str, name: &str) -> bool {
    field.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// A JSON value as a reader would write it.
fn shown(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Object(map) if map.len() == 1 && map.contains_key("pending") => {
            map.get("pending").and_then(Json::as_str).unwrap_or_default().to_owned()
        }
        value => value.to_string(),
    }
}

fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    text.chars().take(width.saturating_sub(1)).chain(std::iter::once('…')).collect()
}
