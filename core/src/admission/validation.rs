//! Checks an object against its schema, with the API server's texts.
//! It does not run rules (CEL), nor the checks of built-in kinds that no schema states.

mod list;
mod scalar;

use super::error::{ErrorKind, FieldError, printed, quoted};
use super::path::Path;
use super::schema::{Bounds, Format, Schema, Type};
use crate::source::{Map, Node, NodeValue};

/// Adds everything that is wrong with `node` and what it holds.
pub(super) fn check(schema: &Schema, node: &Node, path: &Path<'_>, errors: &mut Vec<FieldError>) {
    check_type(schema, node, path, errors);
    match &node.value {
        NodeValue::String(text) => scalar::check_text(schema, node, text, path, errors),
        NodeValue::Int(number) => scalar::check_number(schema, node, *number, path, errors),
        NodeValue::Seq(items) => list::check(schema, node, items, path, errors),
        NodeValue::Map(map) => check_map(schema, node, map, path, errors),
        NodeValue::Null | NodeValue::Bool(_) | NodeValue::Float(_) => {}
    }
    if !schema.allowed.is_empty() && !schema.allowed.contains(&node.value) {
        errors.push(unsupported(schema, node, path));
    }
}

fn unsupported(schema: &Schema, node: &Node, path: &Path<'_>) -> FieldError {
    let allowed = schema.allowed.iter().map(|value| match value {
        NodeValue::String(text) => quoted(text),
        other => quoted(&printed(other)),
    });
    let allowed: Vec<String> = allowed.collect();
    let detail = format!("Unsupported value: {}: supported values: {}", printed(&node.value), allowed.join(", "));
    error(path, node, ErrorKind::Unsupported, detail)
}

fn error(path: &Path<'_>, node: &Node, kind: ErrorKind, detail: String) -> FieldError {
    FieldError { path: path.to_string(), detail, span: node.span, kind }
}

/// `<value>: <path> in body <wrong>`.
fn invalid(path: &Path<'_>, node: &Node, value: &str, wrong: &str) -> FieldError {
    error(path, node, ErrorKind::Invalid, format!("Invalid value: {value}: {path} in body {wrong}"))
}

/// Errors to which the API server gives no field.
fn unplaced(node: &Node, message: &str) -> FieldError {
    let detail = format!("Invalid value: \"\": {message}");
    FieldError { path: "<nil>".to_owned(), detail, span: node.span, kind: ErrorKind::Invalid }
}

fn check_type(schema: &Schema, node: &Node, path: &Path<'_>, errors: &mut Vec<FieldError>) {
    if let Some((expected, actual)) = mismatch(schema, node) {
        errors.push(type_error(path, node, expected, &quoted(actual)));
    }
}

fn type_error(path: &Path<'_>, node: &Node, expected: &str, actual: &str) -> FieldError {
    let detail = format!("Invalid value: {actual}: {path} in body must be of type {expected}: {actual}");
    let path = if let Path::Root = path { "<nil>".to_owned() } else { path.to_string() };
    FieldError { path, detail, span: node.span, kind: ErrorKind::Type }
}

/// The names of the expected and the actual type, if they differ.
///
/// A format is named instead of the type, except to text and lists: that is how the API server's validator has it.
fn mismatch(schema: &Schema, node: &Node) -> Option<(&'static str, &'static str)> {
    let (name, format) = match (&node.value, schema.kind) {
        (NodeValue::Map(_), Type::Object) | (NodeValue::Seq(_), Type::Array) => return None,
        (NodeValue::String(_), Type::String | Type::IntOrString) | (NodeValue::Bool(_), Type::Boolean) => return None,
        (NodeValue::Int(_), Type::Integer | Type::IntOrString) => return None,
        (NodeValue::Null, _) => return Some((type_name(schema.kind), "null")),
        (NodeValue::String(_), _) => return Some((type_name(schema.kind), "string")),
        (NodeValue::Seq(_), _) => return Some((type_name(schema.kind), "array")),
        (NodeValue::Map(_), _) => ("object", ""),
        (NodeValue::Bool(_), _) => ("boolean", ""),
        (NodeValue::Int(_), _) => ("integer", "int64"),
        (NodeValue::Float(_), _) => ("number", "double"),
    };
    match schema.format {
        Format::None => Some((type_name(schema.kind), name)),
        Format::Int32 => Some(("int32", format)),
        Format::Int64 => Some(("int64", format)),
        Format::DateTime => Some(("date-time", format)),
    }
}

fn type_name(kind: Type) -> &'static str {
    match kind {
        Type::Object => "object",
        Type::Array => "array",
        Type::String => "string",
        Type::Integer => "integer",
        Type::Boolean => "boolean",
        Type::IntOrString => "integer,string",
    }
}

fn check_map(schema: &Schema, node: &Node, map: &Map, path: &Path<'_>, errors: &mut Vec<FieldError>) {
    if exceeds(map.len(), schema.size) {
        errors.push(too_many(path, node, map.len(), schema.size));
        return;
    }
    if schema.is_address {
        scalar::check_address(map, node, path, errors);
    }
    for entry in map {
        if let Some(child) = schema.child(&entry.key) {
            check(child, &entry.value, &path.field(&entry.key), errors);
        }
    }
    for name in schema.required.iter().filter(|name| map.get(name).is_none()) {
        errors.push(error(&path.field(name), node, ErrorKind::Required, "Required value".to_owned()));
    }
}

fn exceeds(size: usize, bounds: Bounds) -> bool {
    bounds.max.is_some_and(|max| size as i64 > max)
}

fn too_many(path: &Path<'_>, node: &Node, size: usize, bounds: Bounds) -> FieldError {
    let max = bounds.max.unwrap_or_default();
    let items = if max == 1 { "item" } else { "items" };
    error(path, node, ErrorKind::Invalid, format!("Too many: {size}: must have at most {max} {items}"))
}
