//! The configurations that have a say in a field, and what each says.
//!
//! Which of them wins was decided when the plan was made; here its origin is recognised.

use serde_json::Value as Json;

use super::super::explain::hard;
use super::super::page::{Line, Page, Style};
use super::fields::{self, Field};
use super::subject::{Kind, Subject};
use super::{Asker, shown};
use crate::id::ObjectIx;
use crate::manifest::config::LoadBalancerConfiguration;
use crate::origin::Origin;
use crate::render::Provenance;
use crate::source::Node;

/// Whose configuration a layer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// The GatewayClass.
    Class,
    /// The Gateway.
    Gateway,
    /// A TargetGroupConfiguration.
    Target,
    /// A field of another kind, a flag, a default or a rule.
    Other,
}

/// One that has a say.
#[derive(Clone, Debug)]
pub struct Layer {
    pub owner: Owner,
    /// Who it is.
    pub label: String,
    /// The field that it could say something in, empty when it could not.
    pub leaf: String,
    /// What it says, if anything.
    pub says: Option<String>,
    /// Where.
    pub from: Option<Provenance>,
    /// The field it says it in.
    pub place: Option<(ObjectIx, String)>,
    /// Whether it decides.
    pub wins: bool,
    /// What of it does not count, as a stronger layer says otherwise.
    pub overruled: Overruled,
}

/// What of a layer does not count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Overruled {
    /// Nothing.
    #[default]
    Nothing,
    /// These keys.
    Keys(Vec<String>),
    /// All it says.
    Whole,
}

impl Layer {
    /// One that says nothing.
    pub fn silent(owner: Owner, label: String) -> Self {
        Self {
            owner,
            label,
            leaf: String::new(),
            says: None,
            from: None,
            place: None,
            wins: false,
            overruled: Overruled::Nothing,
        }
    }

    /// Adds the layer to a page.
    pub fn show(&self, page: &mut Page, width: usize) {
        let mark = if self.wins { "→ " } else { "  " };
        let mut line = Line::of(Style::Heading, format!("  {mark}"));
        line.push(if self.wins { Style::Name } else { Style::Plain }, &self.label);
        let lost = if self.overruled == Overruled::Whole { " (overruled)" } else { "" };
        match &self.says {
            Some(text) if self.leaf.is_empty() => line.push(Style::Value, format!(": {text}{lost}")),
            Some(text) => line.push(Style::Value, format!(", {}: {text}{lost}", self.leaf)),
            None if self.leaf.is_empty() => {}
            None => line.push(Style::Origin, format!(", {}: not set", self.leaf)),
        }
        let long = line.width() > width;
        if long && let Some(last) = line.0.pop() {
            page.lines.push(line);
            for part in hard(last.text.trim_start_matches([':', ',', ' ']), width.saturating_sub(8)) {
                page.line(last.style, format!("        {part}"));
            }
        } else {
            page.lines.push(line);
        }
        if let Overruled::Keys(keys) = &self.overruled {
            page.line(Style::Origin, format!("        overruled: {}", keys.join(", ")));
        }
        if let (Some(from), true) = (&self.from, self.says.is_some()) {
            page.line(Style::Origin, format!("        {from}"));
        }
    }
}

/// Adds `layers` below a line of introduction.
pub fn list(layers: &[Layer], introduction: &str, page: &mut Page, width: usize) {
    page.gap();
    if !layers.is_empty() {
        page.line(Style::Plain, introduction);
    }
    layers.iter().for_each(|layer| layer.show(page, width));
}

/// Marks the layer that the origin lies in; of united fields all that say something, of a key the first that says `value`.
pub fn decide(layers: &mut [Layer], origin: Option<&Origin>, field: &Field, value: Option<&Json>) {
    if field.is_united {
        layers.iter_mut().for_each(|layer| layer.wins = layer.says.is_some());
    } else if field.key.is_some() {
        let value = value.map(shown);
        if let Some(layer) = layers.iter_mut().find(|layer| value.is_some() && layer.says == value) {
            layer.wins = true;
        }
    } else {
        by_origin(layers, origin);
    }
}

fn by_origin(layers: &mut [Layer], origin: Option<&Origin>) {
    let Some(Origin::Field { object, path }) = origin else { return };
    let path = path.to_string();
    let inside = |outer: &str, inner: &str| {
        inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    };
    let holds = |layer: &&mut Layer| {
        let place = layer.place.as_ref().filter(|(at, _)| at == object && layer.says.is_some());
        place.is_some_and(|(_, field)| inside(field, &path) || inside(&path, field))
    };
    if let Some(layer) = layers.iter_mut().find(holds) {
        layer.wins = true;
    }
}

/// A value; what is longer stands at the top of the page already.
fn brief(value: &Json) -> String {
    let text = shown(value);
    if text.chars().count() <= BRIEF { text } else { "as above".to_owned() }
}

/// Longest value that is told twice.
const BRIEF: usize = 60;

impl<'m> Asker<'_, 'm> {
    /// The LoadBalancerConfigurations of class and Gateway, the stronger first.
    fn configurations(&self) -> Vec<(Owner, String, Option<&'m LoadBalancerConfiguration>)> {
        let index = &self.pipeline.resolver.index;
        let class = self.node.class.spec.parameters_ref.as_ref().and_then(|reference| {
            index.configuration(reference.namespace.as_deref().unwrap_or_default(), &reference.name)
        });
        let gateway = self.node.gateway.parameters_ref();
        let gateway =
            gateway.and_then(|reference| index.configuration(self.node.gateway.meta.namespace(), &reference.name));
        let of_class = (Owner::Class, format!("GatewayClass {}", self.node.class.meta.name()), class);
        let of_gateway = (Owner::Gateway, format!("Gateway {}", self.node.label()), gateway);
        if class.is_some_and(|lbc| lbc.spec.merging_mode.as_deref() == Some("prefer-gateway")) {
            vec![of_gateway, of_class]
        } else {
            vec![of_class, of_gateway]
        }
    }

    /// What the LoadBalancerConfigurations say.
    pub fn configuration_layers(&self, field: &Field) -> Vec<Layer> {
        let paths: Vec<String> = field.crd.iter().map(|crd| format!("spec.{crd}")).collect();
        self.layers_of(field, |_| paths.clone())
    }

    /// What the entries of `listenerConfigurations` for a listener say.
    pub fn listener_layers(&self, port: i64, field: &Field) -> Vec<Layer> {
        if field.stack.starts_with("tags") {
            return self.configuration_layers(field);
        }
        let declared = self.node.valid_listeners().filter(|listener| listener.spec.port == port);
        let mut keys: Vec<String> = declared.map(|listener| format!("{}:{port}", listener.spec.protocol)).collect();
        keys.push(format!("TCP_UDP:{port}"));
        keys.push(format!("TCP:{port}"));
        self.layers_of(field, |lbc| {
            let entries = lbc.spec.listener_configurations.iter().flatten().enumerate();
            let fits = |key: &str| keys.iter().any(|wanted| wanted.eq_ignore_ascii_case(key));
            let entry = entries.filter(|(_, entry)| fits(&entry.protocol_port)).last();
            let paths = |(position, _)| {
                let base = format!("spec.listenerConfigurations[{position}]");
                field.crd.iter().map(|crd| format!("{base}.{crd}")).collect()
            };
            entry.map(paths).unwrap_or_default()
        })
    }

    fn layers_of(&self, field: &Field, paths: impl Fn(&LoadBalancerConfiguration) -> Vec<String>) -> Vec<Layer> {
        if field.crd.is_empty() {
            return Vec::new();
        }
        let mut layers = Vec::new();
        for (owner, whose, found) in self.configurations() {
            let Some(lbc) = found else {
                layers.push(Layer::silent(owner, format!("{whose}: no LoadBalancerConfiguration")));
                continue;
            };
            let label = format!("LoadBalancerConfiguration {} of {whose}", lbc.meta.id);
            let paths = paths(lbc);
            if paths.is_empty() {
                layers.push(Layer::silent(owner, format!("{label}: no entry for the listener")));
            }
            layers.extend(paths.into_iter().map(|path| self.layer(owner, &label, lbc.meta.object, path)));
        }
        layers
    }

    /// Marks what loses: all that a layer without the last word says, or its keys that a stronger layer has, too.
    pub fn overrule(&self, layers: &mut [Layer], field: &Field) {
        let mut known: Vec<String> = Vec::new();
        let is_decided = layers.iter().any(|layer| layer.wins);
        for layer in layers.iter_mut().filter(|layer| layer.says.is_some()) {
            if field.is_united {
                let keys = layer.place.as_ref().map(|(object, path)| self.keys(*object, path)).unwrap_or_default();
                let (lost, new): (Vec<String>, Vec<String>) = keys.into_iter().partition(|key| known.contains(key));
                known.extend(new);
                if !lost.is_empty() {
                    layer.overruled = Overruled::Keys(lost);
                }
            } else if is_decided && !layer.wins {
                layer.overruled = Overruled::Whole;
            }
        }
    }

    /// Keys of a map, or of a list of keys and values.
    fn keys(&self, object: ObjectIx, path: &str) -> Vec<String> {
        let node = self.manifests.object(object).node.at(path);
        let of_map =
            node.and_then(Node::as_map).into_iter().flat_map(|map| map.iter().map(|entry| entry.key.to_string()));
        let of_list = node.and_then(Node::as_seq).into_iter().flatten();
        of_map.chain(of_list.filter_map(|entry| entry.get("key")?.as_str().map(str::to_owned))).collect()
    }

    /// The place of an entry in a list of keys and values, for the key in brackets at the end of `path`.
    fn entry(&self, object: ObjectIx, path: &str) -> Option<String> {
        let (list, key) = path.strip_suffix(']')?.rsplit_once('[')?;
        let entries = self.manifests.object(object).node.at(list)?.as_seq()?;
        let position = entries.iter().position(|entry| entry.get("key").and_then(Node::as_str) == Some(key))?;
        Some(format!("{list}[{position}].value"))
    }

    /// What an object says in one field.
    pub fn layer(&self, owner: Owner, label: &str, object: ObjectIx, path: String) -> Layer {
        let key = path.strip_suffix(']').and_then(|path| path.rsplit_once('[')).map(|(_, key)| key);
        let leaf = key.or_else(|| path.rsplit('.').next()).unwrap_or_default().to_owned();
        let path = self.entry(object, &path).unwrap_or(path);
        let node = self.manifests.object(object).node.at(&path);
        Layer {
            owner,
            label: label.to_owned(),
            leaf,
            says: node.map(|node| shown(&Json::from(node))),
            from: Some(self.places.at(object, &path)),
            place: Some((object, path)),
            wins: false,
            overruled: Overruled::Nothing,
        }
    }

    /// What counts when no configuration says anything: a flag, or where the value came from.
    pub fn last_layer(
        &self,
        subject: &Subject,
        field: &Field,
        origin: Option<&Origin>,
        above: &[Layer],
    ) -> Option<Layer> {
        let mut known = above.to_vec();
        let value = fields::at(&subject.json, &field.stack);
        decide(&mut known, origin, &Field { is_united: false, ..field.clone() }, value);
        let decided = known.iter().any(|layer| layer.wins);
        if let Some((flag, says)) = self.flag(subject, field) {
            let wins = !decided;
            return Some(Layer {
                says: Some(says),
                wins,
                ..Layer::silent(Owner::Other, format!("controller flag {flag}"))
            });
        }
        if decided || field.is_united || (field.key.is_some() && value.is_none()) {
            return None;
        }
        let origin = origin?;
        if let Origin::Field { object, .. } = origin
            && above.iter().any(|layer| layer.place.as_ref().is_some_and(|(at, _)| at == object))
        {
            let says = fields::at(&subject.json, &field.stack).map(brief);
            return Some(Layer { says, wins: true, ..Layer::silent(Owner::Other, "default".to_owned()) });
        }
        let from = self.places.of(origin);
        let label = match &from {
            Provenance::Field { object, .. } | Provenance::ServerDefault { object, .. } => object.clone(),
            Provenance::Default(_) => "default".to_owned(),
            Provenance::Rule(_) => "rule".to_owned(),
            Provenance::Fact(_) => "AWS or the cluster".to_owned(),
        };
        let says = fields::at(&subject.json, &field.stack).map(brief);
        Some(Layer { says, from: Some(from), wins: true, ..Layer::silent(Owner::Other, label) })
    }

    fn flag(&self, subject: &Subject, field: &Field) -> Option<(&'static str, String)> {
        let flags = &self.pipeline.resolver.environment.flags;
        if let Some(key) = field.key.as_ref().filter(|_| field.stack.starts_with("tags")) {
            return flags.default_tags.get(key).map(|value| ("--default-tags", value.clone()));
        }
        match (&subject.kind, &*field.stack) {
            (Kind::LoadBalancer, "scheme") => {
                Some(("--default-load-balancer-scheme", flags.default_load_balancer_scheme.clone()))
            }
            (Kind::Listener(_), "sslPolicy") if subject.json.get("sslPolicy").is_some() => {
                Some(("--default-ssl-policy", flags.default_ssl_policy.clone()))
            }
            (Kind::TargetGroup(id), "targetType") if self.chained(id).is_none() => {
                Some(("--default-target-type", flags.default_target_type.clone()))
            }
            (_, "tags") if !flags.default_tags.is_empty() => {
                let tags: Vec<String> =
                    flags.default_tags.iter().map(|(key, value)| format!("{key}={value}")).collect();
                Some(("--default-tags", tags.join(", ")))
            }
            _ => None,
        }
    }
}
