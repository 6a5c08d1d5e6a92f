//! Checks lists: their items, their length, and that items differ where they must.
//! It does not check what the items are.

use super::{check as check_item, error, exceeds, invalid, too_many};
use crate::admission::error::{ErrorKind, FieldError, printed};
use crate::admission::path::Path;
use crate::admission::schema::{List, Schema};
use crate::source::Node;
use std::collections::BTreeSet;

pub(super) fn check(schema: &Schema, node: &Node, items: &[Node], path: &Path<'_>, errors: &mut Vec<FieldError>) {
    if let Some(schema) = &schema.items {
        for (index, item) in items.iter().enumerate() {
            check_item(schema, item, &path.index(index), errors);
        }
    }
    if let Some(min) = schema.size.min.filter(|min| (items.len() as i64) < *min) {
        let wrong = format!("should have at least {min} items");
        errors.push(invalid(path, node, &items.len().to_string(), &wrong));
    }
    if exceeds(items.len(), schema.size) {
        errors.push(too_many(path, node, items.len(), schema.size));
    }
    check_unique(&schema.list, items, path, errors);
}

fn check_unique(list: &List, items: &[Node], path: &Path<'_>, errors: &mut Vec<FieldError>) {
    let identity = |item: &Node| match list {
        List::Plain => None,
        List::Set => Some(printed(&item.value)),
        List::Keyed(keys) => Some(key_fields(item, keys)),
    };
    if items.len() < 2 {
        return;
    }
    let mut seen = BTreeSet::new();
    for (index, item) in items.iter().enumerate() {
        let Some(identity) = identity(item) else {
            return;
        };
        if seen.contains(&identity) {
            errors.push(error(&path.index(index), item, ErrorKind::Duplicate, format!("Duplicate value: {identity}")));
        } else {
            seen.insert(identity);
        }
    }
}

fn key_fields(item: &Node, keys: &[&str]) -> String {
    let fields = keys.iter().filter_map(|key| Some(((*key).to_owned(), serde_json::Value::from(item.get(key)?))));
    serde_json::Value::Object(fields.collect()).to_string()
}
