//! What helps somebody who writes manifests: fields and values that fit where the cursor is, and what a field may be.
//! It reads lines, not YAML: half-written text is its daily bread. It judges nothing.

mod cursor;
mod place;

#[cfg(test)]
mod tests;

use serde::Serialize;

use crate::admission::{Outline, kinds};
use cursor::{Cursor, Step, Subject};
use place::Place;

/// What may be written at the cursor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Completions {
    /// First byte of what a completion replaces; the last is the cursor's.
    pub from: usize,
    /// Required fields first, then by name.
    pub options: Vec<Completion>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Completion {
    /// The field or value.
    pub label: String,
    /// What takes the place of what is written, with the colon of a field.
    pub insert: String,
    /// What a field holds.
    pub detail: String,
    /// Whether the API server refuses the object without it.
    pub required: bool,
}

/// What a field may be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Hint {
    /// The object's kind.
    pub kind: String,
    /// The field, as `spec.rules[].matches[].path`.
    pub path: String,
    /// What it holds.
    #[serde(rename = "type")]
    pub value: String,
    /// Whether the API server refuses the object without it.
    pub required: bool,
    /// What the API server fills in when it is absent.
    pub default: Option<String>,
    /// The values it may have; none for any.
    pub allowed: Vec<String>,
}

/// Fields or values that fit at byte `offset` of `text`.
pub fn complete(text: &str, offset: usize) -> Option<Completions> {
    let cursor = Cursor::at(text, offset)?;
    let from = offset - cursor.typed.len();
    let mut options = match &cursor.subject {
        Subject::Key { present } => keys(&cursor, present),
        Subject::Value { key } => values(&cursor, key),
    };
    options.retain(|option| option.label.to_lowercase().starts_with(&cursor.typed.to_lowercase()));
    options.sort_by(|one, other| (!one.required, &one.label).cmp(&(!other.required, &other.label)));
    (!options.is_empty()).then_some(Completions { from, options })
}

/// What the field at byte `offset` of `text` may be.
pub fn describe(text: &str, offset: usize) -> Option<Hint> {
    let start = text.get(..offset)?.rfind('\n').map_or(0, |at| at + 1);
    let line = text.get(start..)?.lines().next().unwrap_or_default();
    let (_, key) = cursor::entry(line)?;
    let inside = Cursor::at(text, start + line.find(key)?)?;
    let place = Place::find(&inside)?;
    let field = place.schema.fields().find(|field| field.name == key)?;
    let Outline { kind, is_required, default, allowed } = field.value;
    let mut path: String = inside.path.iter().map(Step::shown).collect();
    path.push_str(&format!(".{key}"));
    let path = path.trim_start_matches('.').to_owned();
    Some(Hint { kind: place.kind.to_owned(), path, value: kind, required: is_required, default, allowed })
}

fn keys(cursor: &Cursor<'_>, present: &[&str]) -> Vec<Completion> {
    let Some(place) = Place::find(cursor) else { return headers(cursor, present) };
    let absent = place.schema.fields().filter(|field| !present.contains(&field.name));
    absent.map(|field| key(field.name, &field.value)).collect()
}

fn key(name: &str, value: &Outline) -> Completion {
    let is_collection = value.kind == "object" || value.kind.starts_with("list of");
    let insert = if is_collection { format!("{name}:") } else { format!("{name}: ") };
    let mut detail = value.kind.clone();
    if let Some(default) = &value.default {
        detail.push_str(&format!(", default {default}"));
    }
    Completion { label: name.to_owned(), insert, detail, required: value.is_required }
}

/// What an object begins with, before anybody knows its kind.
fn headers(cursor: &Cursor<'_>, present: &[&str]) -> Vec<Completion> {
    if !cursor.path.is_empty() {
        return Vec::new();
    }
    let names = ["apiVersion", "kind", "metadata", "spec"].into_iter().filter(|name| !present.contains(name));
    names.map(|name| option(name, format!("{name}: "), String::new())).collect()
}

fn option(label: &str, insert: String, detail: String) -> Completion {
    Completion { label: label.to_owned(), insert, detail, required: false }
}

fn values(cursor: &Cursor<'_>, key: &str) -> Vec<Completion> {
    match (cursor.path.is_empty(), key) {
        (true, "kind") => {
            kinds().iter().map(|info| option(info.kind, info.kind.to_owned(), group(info.group))).collect()
        }
        (true, "apiVersion") => versions(cursor),
        _ => {
            let Some(place) = Place::find(cursor) else { return Vec::new() };
            let Some(field) = place.schema.fields().find(|field| field.name == key) else { return Vec::new() };
            let default = field.value.default.unwrap_or_default();
            let detail = |value: &str| if value == default { "default".to_owned() } else { String::new() };
            field.value.allowed.iter().map(|value| option(value, value.clone(), detail(value))).collect()
        }
    }
}

/// Versions of the object's kind, or of all.
fn versions(cursor: &Cursor<'_>) -> Vec<Completion> {
    let fits = |kind: &str| cursor.kind.is_none_or(|own| own == kind);
    let mut all: Vec<String> = kinds()
        .iter()
        .filter(|info| fits(info.kind))
        .flat_map(|info| info.served_versions.iter().map(|version| written(info.group, version)))
        .collect();
    all.sort();
    all.dedup();
    all.into_iter().map(|version| option(&version, version.clone(), String::new())).collect()
}

fn written(group: &str, version: &str) -> String {
    if group.is_empty() { version.to_owned() } else { format!("{group}/{version}") }
}

fn group(group: &str) -> String {
    if group.is_empty() { "core".to_owned() } else { group.to_owned() }
}
