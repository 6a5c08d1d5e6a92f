//! What a schema says about single fields, for whoever looks for the place of a line.
//!
//! It validates no object; `validation` does.

use super::path::Path;
use super::schema::{Schema, Type};
use super::validation;
use crate::source::Node;

/// What the values of a schema consist of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Keys with values.
    Map,
    /// Items.
    List,
    /// One value.
    Scalar,
}

/// A key that a map may have.
#[derive(Clone, Copy)]
pub(crate) struct Field {
    /// Position among the named fields; `None` where keys are free.
    pub(crate) position: Option<u32>,
    pub(crate) schema: &'static Schema,
}

impl Schema {
    pub(crate) fn shape(&self) -> Shape {
        match self.kind {
            Type::Object => Shape::Map,
            Type::Array => Shape::List,
            Type::String | Type::Integer | Type::Boolean | Type::IntOrString => Shape::Scalar,
        }
    }

    /// The field of that name, if a map of this schema may have one.
    pub(crate) fn field(&'static self, key: &str) -> Option<Field> {
        let named = self.properties.iter().zip(0..).find(|(property, _)| property.name == key);
        match named {
            Some((property, position)) => Some(Field { position: Some(position), schema: &property.schema }),
            None => self.additional.as_deref().map(|schema| Field { position: None, schema }),
        }
    }

    pub(crate) fn item(&'static self) -> Option<&'static Schema> {
        self.items.as_deref()
    }

    /// Whether a map with the named fields of `used`, a bit each, has all it must have.
    pub(crate) fn is_satisfied(&'static self, used: u64) -> bool {
        let has = |name: &&'static str| {
            self.field(name).and_then(|field| field.position).is_none_or(|position| used & (1 << position) != 0)
        };
        self.required.iter().all(has)
    }

    /// Whether the API server would find nothing wrong with a value, rules (CEL) aside.
    pub(crate) fn accepts(&self, value: &Node) -> bool {
        let mut errors = Vec::new();
        validation::check(self, value, &Path::Root, &mut errors);
        errors.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::super::schema::{Schema, kinds, schema};

    fn widest(schema: &Schema) -> usize {
        let below = schema.properties.iter().map(|property| &property.schema).chain(&schema.items);
        below.map(|child| widest(child)).max().unwrap_or(0).max(schema.properties.len())
    }

    #[test]
    fn a_bit_suffices_for_every_field() {
        for info in kinds() {
            let schema = schema(info.group, info.kind).expect("listed kinds have schemas");
            assert!(widest(schema) <= 64, "{}", info.kind);
        }
    }
}
