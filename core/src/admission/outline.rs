//! What a schema has to say to somebody who writes an object: its fields and the values they take.
//! It judges no object.

use serde_json::Value;

use super::schema::{Schema, Type};
use crate::source::NodeValue;

/// A field.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub value: Outline,
}

/// What a value may be.
#[derive(Clone, Debug, PartialEq)]
pub struct Outline {
    /// `object`, `list of object`, `string`, `integer`, `boolean`, `integer or string`.
    pub kind: String,
    /// Whether the API server refuses the object without it.
    pub is_required: bool,
    /// What the API server fills in, as JSON.
    pub default: Option<String>,
    /// The values it may have, empty for any; booleans are listed.
    pub allowed: Vec<String>,
}

impl Schema {
    /// The fields of an object, in the order of their names.
    pub fn fields(&self) -> impl Iterator<Item = Field> + '_ {
        self.properties.iter().map(|property| Field {
            name: property.name,
            value: property.schema.outline(self.required.contains(&property.name)),
        })
    }

    /// The schema of the value under `key`, of an object's field or, for any key, of a map's value.
    pub fn below(&self, key: &str) -> Option<&Self> {
        self.child(key)
    }

    /// What a value may be.
    pub fn outline(&self, is_required: bool) -> Outline {
        let allowed = match self.kind {
            Type::Boolean => vec!["true".to_owned(), "false".to_owned()],
            _ => self.allowed.iter().map(shown).collect(),
        };
        let default = self.default.as_ref().map(|node| shown(&node.value));
        Outline { kind: self.kind_name(), is_required, default, allowed }
    }

    fn kind_name(&self) -> String {
        let name = match self.kind {
            Type::Object => "object",
            Type::Array => {
                return format!("list of {}", self.items.as_deref().map_or("values".to_owned(), Self::kind_name));
            }
            Type::String => "string",
            Type::Integer => "integer",
            Type::Boolean => "boolean",
            Type::IntOrString => "integer or string",
        };
        name.to_owned()
    }
}

/// A text without quotes, everything else as JSON.
fn shown(value: &NodeValue) -> String {
    match value {
        NodeValue::String(text) => text.to_string(),
        other => Value::from(other).to_string(),
    }
}
