//! From the text of `schemas.json` to schemas.
//! It trusts the file: the generator wrote it, and a test loads all of it.

use super::{Bounds, Builtin, Format, KindInfo, KindSchemas, List, Pattern, Property, Rule, Schema, Tables, Type};
use crate::admission::{cel, pattern};
use crate::source::{Entry, Node, NodeValue, Span};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

const TEXT: &str = include_str!("../schemas.json");

/// The file as it is written; `src/bin/schemas.rs` explains the short names.
#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct File {
    kinds: Vec<RawKind>,
    patterns: Vec<String>,
    rules: Vec<(String, String)>,
    nodes: Vec<RawSchema>,
}

#[derive(Deserialize)]
struct RawKind {
    group: &'static str,
    kind: &'static str,
    namespaced: bool,
    #[serde(borrow)]
    served: Vec<&'static str>,
    schema: usize,
    #[serde(borrow)]
    others: BTreeMap<&'static str, usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSchema {
    #[serde(default)]
    t: &'static str,
    #[serde(default)]
    f: &'static str,
    #[serde(default, borrow)]
    p: BTreeMap<&'static str, usize>,
    i: Option<usize>,
    a: Option<usize>,
    #[serde(default, borrow)]
    r: Vec<&'static str>,
    d: Option<Value>,
    #[serde(default)]
    e: Vec<Value>,
    x: Option<usize>,
    nl: Option<i64>,
    xl: Option<i64>,
    ni: Option<i64>,
    xi: Option<i64>,
    xp: Option<i64>,
    n: Option<i64>,
    m: Option<i64>,
    #[serde(default, borrow)]
    k: Vec<&'static str>,
    #[serde(default)]
    s: bool,
    #[serde(default)]
    v: Vec<usize>,
    #[serde(default)]
    u: bool,
    #[serde(default)]
    is: bool,
    #[serde(default)]
    ip: bool,
}

struct Shared {
    patterns: &'static [Pattern],
    rules: &'static [Rule],
    schemas: Vec<Arc<Schema>>,
}

pub(super) fn tables() -> Tables {
    let file: File = serde_json::from_str(TEXT).expect("schemas.json has the form its generator gives it");
    let mut shared = Shared { patterns: patterns(file.patterns), rules: rules(file.rules), schemas: Vec::new() };
    let roots: BTreeMap<usize, Option<Builtin>> = file.kinds.iter().flat_map(roots).collect();
    for (place, raw) in file.nodes.into_iter().enumerate() {
        let schema = Arc::new(shared.schema(raw, roots.get(&place).copied()));
        shared.schemas.push(schema);
    }
    let schemas = file.kinds.iter().map(|kind| shared.kind(kind)).collect();
    Tables { infos: file.kinds.into_iter().map(info).collect(), schemas }
}

fn patterns(texts: Vec<String>) -> &'static [Pattern] {
    static PATTERNS: OnceLock<Vec<Pattern>> = OnceLock::new();
    PATTERNS.get_or_init(|| {
        let pattern = |text: String| Pattern { matches: pattern::matcher(&text), text };
        texts.into_iter().map(pattern).collect()
    })
}

fn rules(texts: Vec<(String, String)>) -> &'static [Rule] {
    static TEXTS: OnceLock<Vec<(String, String)>> = OnceLock::new();
    static RULES: OnceLock<Vec<Rule>> = OnceLock::new();
    RULES.get_or_init(|| {
        let index = cel::index();
        let check = |text: &str| {
            *index.get(text).unwrap_or_else(|| panic!("a test checks that every rule has a check: {text}"))
        };
        let texts = TEXTS.get_or_init(|| texts);
        texts.iter().map(|(text, message)| Rule { message: message.trim(), check: check(text) }).collect()
    })
}

fn roots(kind: &RawKind) -> Vec<(usize, Option<Builtin>)> {
    let builtin = match (kind.group, kind.kind) {
        ("", "Service") => Some(Builtin::Service),
        ("", "Namespace") => Some(Builtin::Namespace),
        _ => None,
    };
    kind.others.values().chain([&kind.schema]).map(|place| (*place, builtin)).collect()
}

fn info(kind: RawKind) -> KindInfo {
    let RawKind { group, kind, namespaced, served, .. } = kind;
    KindInfo { group, kind, served_versions: served, namespaced }
}

impl Shared {
    fn kind(&self, kind: &RawKind) -> KindSchemas {
        let others = kind.others.iter().map(|(version, place)| (*version, self.schemas[*place].clone()));
        KindSchemas { main: self.schemas[kind.schema].clone(), others: others.collect() }
    }

    /// Children come before their parents in the file.
    fn schema(&self, raw: RawSchema, root: Option<Option<Builtin>>) -> Schema {
        let properties: Vec<Property> = raw.p.iter().map(|(name, place)| self.property(name, *place)).collect();
        let items = raw.i.map(|place| self.schemas[place].clone());
        let additional = raw.a.map(|place| self.schemas[place].clone());
        let rules: Vec<Rule> = raw.v.iter().map(|place| self.rules[*place]).collect();
        let children = properties.iter().map(|property| &property.schema).chain(&items).chain(&additional);
        let has_rules = !rules.is_empty() || children.into_iter().any(|child| child.has_rules);
        Schema {
            kind: kind(&raw),
            format: format(raw.f),
            required: raw.r,
            default: raw.d.map(|value| defaulted(value.into())),
            allowed: raw.e.into_iter().map(|value| Node::from(value).value).collect(),
            pattern: raw.x.map(|place| &self.patterns[place]),
            length: Bounds { min: raw.nl, max: raw.xl },
            size: Bounds { min: raw.ni, max: raw.xi.or(raw.xp) },
            range: Bounds { min: raw.n, max: raw.m },
            list: list(raw.s, raw.k),
            keeps_unknown: raw.u,
            is_address: raw.ip,
            builtin: root.flatten(),
            is_root: root.is_some(),
            properties,
            items,
            additional,
            rules,
            has_rules,
        }
    }

    fn property(&self, name: &'static str, place: usize) -> Property {
        Property { name, schema: self.schemas[place].clone() }
    }
}

fn kind(raw: &RawSchema) -> Type {
    match raw.t {
        "object" => Type::Object,
        "array" => Type::Array,
        "string" => Type::String,
        "integer" => Type::Integer,
        "boolean" => Type::Boolean,
        _ if raw.is => Type::IntOrString,
        other => panic!("a test loads every schema: type {other}"),
    }
}

fn format(name: &str) -> Format {
    match name {
        "" => Format::None,
        "int32" => Format::Int32,
        "int64" => Format::Int64,
        "date-time" => Format::DateTime,
        other => panic!("a test loads every schema: format {other}"),
    }
}

fn list(is_set: bool, keys: Vec<&'static str>) -> List {
    match (is_set, keys.is_empty()) {
        (true, _) => List::Set,
        (false, true) => List::Plain,
        (false, false) => List::Keyed(keys),
    }
}

fn defaulted(node: Node) -> Node {
    let value = match node.value {
        NodeValue::Seq(items) => NodeValue::Seq(items.into_iter().map(defaulted).collect()),
        NodeValue::Map(map) => NodeValue::Map(map.into_iter().map(defaulted_entry).collect()),
        scalar => scalar,
    };
    Node { span: Span::DEFAULTED, value }
}

fn defaulted_entry(entry: Entry) -> Entry {
    Entry { key: entry.key, key_span: Span::DEFAULTED, value: defaulted(entry.value) }
}
