//! Removes what a schema does not know and adds what it has a default for, in one walk.
//! It does not refuse anything: a value of the wrong type is left as it is.

use super::error::UnknownField;
use super::path::Path;
use super::schema::{Schema, Type};
use super::suggestion;
use crate::source::{Entry, Map, Node, NodeValue};

/// Prunes `object` and applies defaults, from the root down.
pub(super) fn apply(schema: &Schema, object: &mut Node, unknown: &mut Vec<UnknownField>) {
    walk(schema, object, &Path::Root, unknown);
}

fn walk(schema: &Schema, node: &mut Node, path: &Path<'_>, unknown: &mut Vec<UnknownField>) {
    match &mut node.value {
        NodeValue::Map(map) if schema.kind == Type::Object => walk_map(schema, map, path, unknown),
        NodeValue::Seq(items) => walk_items(schema, items, path, unknown),
        _ => {}
    }
}

fn walk_map(schema: &Schema, map: &mut Map, path: &Path<'_>, unknown: &mut Vec<UnknownField>) {
    map.retain(|entry| match schema.child(&entry.key) {
        Some(child) => !is_null(&entry.value) || child.default.is_some(),
        None if schema.keeps_unknown => true,
        None => {
            unknown.push(unknown_field(schema, entry, path));
            false
        }
    });
    add_defaults(schema, map);
    for entry in map.iter_mut() {
        if let Some(child) = schema.child(&entry.key) {
            walk(child, &mut entry.value, &path.field(&entry.key), unknown);
        }
    }
}

/// A null counts as absent: no field of these kinds may be null.
fn add_defaults(schema: &Schema, map: &mut Map) {
    for property in &schema.properties {
        if let Some(default) = &property.schema.default
            && map.get(property.name).is_none_or(is_null)
        {
            map.insert(property.name, default.clone());
        }
    }
}

fn walk_items(schema: &Schema, items: &mut [Node], path: &Path<'_>, unknown: &mut Vec<UnknownField>) {
    let Some(schema) = &schema.items else {
        return;
    };
    for (index, item) in items.iter_mut().enumerate() {
        walk(schema, item, &path.index(index), unknown);
    }
}

fn is_null(node: &Node) -> bool {
    matches!(node.value, NodeValue::Null)
}

fn unknown_field(schema: &Schema, entry: &Entry, path: &Path<'_>) -> UnknownField {
    let known = schema.properties.iter().map(|property| property.name);
    UnknownField {
        path: path.field(&entry.key).to_string(),
        name: entry.key.to_string(),
        suggestion: suggestion::nearest(&entry.key, known),
        span: entry.key_span,
    }
}
