//! The schemas of all kinds, read once from the generated `schemas.json`.
//! It does not apply them.

mod load;

use super::cel::Check;
use super::pattern::Matches;
use crate::source::{Node, NodeValue};
use std::sync::{Arc, OnceLock};

/// What a value of a kind, or of one of its fields, may be.
pub struct Schema {
    pub(super) kind: Type,
    pub(super) format: Format,
    pub(super) properties: Vec<Property>,
    pub(super) items: Option<Arc<Schema>>,
    /// For the values of keys that are no properties.
    pub(super) additional: Option<Arc<Schema>>,
    pub(super) required: Vec<&'static str>,
    pub(super) default: Option<Node>,
    /// Empty if any value will do.
    pub(super) allowed: Vec<NodeValue>,
    pub(super) pattern: Option<&'static Pattern>,
    pub(super) length: Bounds,
    pub(super) size: Bounds,
    pub(super) range: Bounds,
    pub(super) list: List,
    pub(super) keeps_unknown: bool,
    /// The value of an item `{type: IPAddress}` must be an IP address.
    pub(super) is_address: bool,
    pub(super) rules: Vec<Rule>,
    /// Whether there are rules here or below.
    pub(super) has_rules: bool,
    /// The built-in kind this is the root of, whose defaults and checks no schema can state.
    pub(super) builtin: Option<Builtin>,
    pub(super) is_root: bool,
}

pub(super) struct Property {
    pub(super) name: &'static str,
    pub(super) schema: Arc<Schema>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    Object,
    Array,
    String,
    Integer,
    Boolean,
    IntOrString,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    None,
    Int32,
    Int64,
    DateTime,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Builtin {
    Service,
    Namespace,
}

/// The smallest and the largest number allowed.
#[derive(Clone, Copy, Default)]
pub(super) struct Bounds {
    pub(super) min: Option<i64>,
    pub(super) max: Option<i64>,
}

pub(super) enum List {
    Plain,
    Set,
    /// Items differ in the values of these fields.
    Keyed(Vec<&'static str>),
}

pub(super) struct Pattern {
    pub(super) text: String,
    pub(super) matches: Matches,
}

/// A rule (CEL) with what the API server says if it does not hold.
#[derive(Clone, Copy)]
pub(super) struct Rule {
    pub(super) message: &'static str,
    pub(super) check: Check,
}

impl Schema {
    pub(super) fn property(&self, name: &str) -> Option<&Schema> {
        self.properties.iter().find(|property| property.name == name).map(|property| &*property.schema)
    }

    /// The schema of the value under `key`.
    pub(super) fn child(&self, key: &str) -> Option<&Schema> {
        self.property(key).or(self.additional.as_deref())
    }
}

/// A kind that can be admitted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KindInfo {
    /// Its API group; empty for the core group.
    pub group: &'static str,
    /// Its name.
    pub kind: &'static str,
    /// The versions the API server has it in.
    pub served_versions: Vec<&'static str>,
    /// Whether its objects lie in namespaces.
    pub namespaced: bool,
}

struct Tables {
    infos: Vec<KindInfo>,
    /// In the order of `infos`.
    schemas: Vec<KindSchemas>,
}

struct KindSchemas {
    main: Arc<Schema>,
    /// Versions whose schema is another one.
    others: Vec<(&'static str, Arc<Schema>)>,
}

fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(load::tables)
}

/// All kinds, by group and name.
pub fn kinds() -> &'static [KindInfo] {
    &tables().infos
}

/// The schema of a kind. Its served versions share it.
pub fn schema(group: &str, kind: &str) -> Option<&'static Schema> {
    find(group, kind).map(|schemas| &*schemas.main)
}

/// The schema of a kind in one version, which may also be one that is no longer served.
///
/// They differ for TCPRoute, TLSRoute and UDPRoute `v1alpha2`, which allow 16 rules instead of one.
pub fn schema_at(group: &str, version: &str, kind: &str) -> Option<&'static Schema> {
    let schemas = find(group, kind)?;
    let other = schemas.others.iter().find(|(other, _)| *other == version);
    Some(other.map_or(&*schemas.main, |(_, schema)| schema))
}

/// Whether the API server has the kind in this version.
pub fn served(group: &str, version: &str, kind: &str) -> bool {
    let mut infos = kinds().iter().filter(|info| info.group == group && info.kind == kind);
    infos.any(|info| info.served_versions.contains(&version))
}

fn find(group: &str, kind: &str) -> Option<&'static KindSchemas> {
    let place = kinds().iter().position(|info| info.group == group && info.kind == kind)?;
    tables().schemas.get(place)
}
