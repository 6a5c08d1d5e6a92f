//! Fields of a resource that differ, as the plan document names them.
//!
//! Lists are compared as wholes, unless both have as many items: their order has a meaning.

use std::fmt;

use serde::Serialize;
use serde_json::Value;

use crate::plan::document::Spec;

/// A field that changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Field {
    /// Its path, as `healthCheckConfig.path` or `ingress[0].fromPort`.
    pub path: String,
    /// The value before; absent when the field is new.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Value>,
    /// The value after; absent when the field goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Value>,
}

/// `path: before → after`.
impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |value: &Option<Value>| match value {
            None => "(none)".to_owned(),
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
        };
        write!(f, "{}: {} → {}", self.path, shown(&self.before), shown(&self.after))
    }
}

/// What differs between two states of a resource.
pub(super) fn changed(before: &Spec<'_>, after: &Spec<'_>) -> Vec<Field> {
    let value = |spec: &Spec<'_>| serde_json::to_value(spec).expect("every key of a resource is a string");
    let mut fields = Vec::new();
    add(&mut fields, "", &value(before), &value(after));
    fields
}

/// What differs between two values of the field `path`, down to the smallest part that does.
pub fn between(path: &str, before: Option<&Value>, after: Option<&Value>) -> Vec<Field> {
    let mut fields = Vec::new();
    match (before, after) {
        (Some(before), Some(after)) => add(&mut fields, path, before, after),
        _ => fields.push(Field { path: path.to_owned(), before: before.cloned(), after: after.cloned() }),
    }
    fields
}

fn add(fields: &mut Vec<Field>, path: &str, before: &Value, after: &Value) {
    match (before, after) {
        (Value::Object(old), Value::Object(new)) if !is_reference(before) && !is_reference(after) => {
            for (key, value) in new {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                match old.get(key) {
                    Some(known) => add(fields, &path, known, value),
                    None => fields.push(Field { path, before: None, after: Some(value.clone()) }),
                }
            }
            for (key, value) in old.iter().filter(|(key, _)| !new.contains_key(*key)) {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                fields.push(Field { path, before: Some(value.clone()), after: None });
            }
        }
        (Value::Array(old), Value::Array(new)) if old.len() == new.len() => {
            for (index, (old, new)) in old.iter().zip(new).enumerate() {
                add(fields, &format!("{path}[{index}]"), old, new);
            }
        }
        _ if before == after => {}
        _ => {
            let (before, after) = (Some(before.clone()), Some(after.clone()));
            fields.push(Field { path: path.to_owned(), before, after });
        }
    }
}

/// `{"$ref": …}`: one value, though it is written as a map.
fn is_reference(value: &Value) -> bool {
    value.as_object().is_some_and(|map| map.keys().any(|key| key.starts_with('$')))
}
