//! Checks texts, numbers and addresses against a schema.
//! It does not check types.

use super::{error, invalid, type_error, unplaced};
use crate::admission::error::{ErrorKind, FieldError, quoted};
use crate::admission::format;
use crate::admission::path::Path;
use crate::admission::schema::{Format, Schema};
use crate::source::{Map, Node};
use std::net::IpAddr;

/// Only the first thing wrong with a text's length and pattern is reported.
pub(super) fn check_text(schema: &Schema, node: &Node, text: &str, path: &Path<'_>, errors: &mut Vec<FieldError>) {
    let length = text.chars().count() as i64;
    if let Some(max) = schema.length.max.filter(|max| length > *max) {
        let unit = if max == 1 { "byte" } else { "bytes" };
        errors.push(error(path, node, ErrorKind::Invalid, format!("Too long: may not be more than {max} {unit}")));
    } else if let Some(min) = schema.length.min.filter(|min| length < *min) {
        errors.push(invalid(path, node, &quoted(text), &format!("should be at least {min} chars long")));
    } else if let Some(pattern) = schema.pattern.filter(|pattern| !(pattern.matches)(text)) {
        errors.push(invalid(path, node, &quoted(text), &format!("should match '{}'", pattern.text)));
    }
    if schema.format == Format::DateTime && !format::is_date_time(text) {
        errors.push(type_error(path, node, "date-time", &quoted(text)));
    }
}

pub(super) fn check_number(schema: &Schema, node: &Node, number: i64, path: &Path<'_>, errors: &mut Vec<FieldError>) {
    if schema.format == Format::Int32 && i32::try_from(number).is_err() {
        errors.push(unplaced(node, &format!("Checked value must be of type integer with format int32 in {path}")));
    }
    if let Some(max) = schema.range.max.filter(|max| number > *max) {
        let wrong = format!("should be less than or equal to {max}");
        errors.push(invalid(path, node, &number.to_string(), &wrong));
    }
    if let Some(min) = schema.range.min.filter(|min| number < *min) {
        let wrong = format!("should be greater than or equal to {min}");
        errors.push(invalid(path, node, &number.to_string(), &wrong));
    }
}

/// The API server reports the schema's `oneOf`, the `anyOf` inside it, and the first branch of that.
pub(super) fn check_address(map: &Map, node: &Node, path: &Path<'_>, errors: &mut Vec<FieldError>) {
    let is_ip = map.get("type").and_then(Node::as_str) == Some("IPAddress");
    let Some((value, text)) = map.get("value").and_then(|value| Some((value, value.as_str()?))) else {
        return;
    };
    if !is_ip || text.parse::<IpAddr>().is_ok() {
        return;
    }
    let value_path = path.field("value");
    let one = format!("{} must validate one and only one schema (oneOf). Found none valid", quoted(&path.to_string()));
    let any = format!("{} must validate at least one schema (anyOf)", quoted(&value_path.to_string()));
    errors.push(unplaced(node, &one));
    errors.push(unplaced(value, &any));
    errors.push(type_error(&value_path, value, "ipv4", &quoted(text)));
}
