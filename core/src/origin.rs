//! Where a planned value comes from: a field of a manifest, a default, or a rule.
//!
//! It holds no source text: the span of a field is looked up in the manifest when somebody wants to see it.

use std::fmt;

use crate::fact::Want;
use crate::id::ObjectIx;

/// Most indexes one field path has: rule, match or backend, item.
const MAX_INDEXES: usize = 4;

/// Path of a field inside an object, as `spec.rules[0].backendRefs[1].port`, built without allocation:
/// two literal parts whose `[]` are filled with the indexes in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FieldPath {
    base: &'static str,
    leaf: &'static str,
    indexes: [u16; MAX_INDEXES],
}

impl FieldPath {
    /// A path without indexes.
    pub const fn new(base: &'static str) -> Self {
        Self { base, leaf: "", indexes: [0; MAX_INDEXES] }
    }

    /// A path whose `[]` stand for `indexes`, in order.
    pub fn indexed(base: &'static str, indexes: &[usize]) -> Self {
        let mut path = Self::new(base);
        for (slot, index) in path.indexes.iter_mut().zip(indexes) {
            *slot = u16::try_from(*index).unwrap_or(u16::MAX);
        }
        path
    }

    /// The index of the first list on the way.
    pub fn first_index(&self) -> Option<usize> {
        self.base.contains("[]").then(|| self.indexes[0].into())
    }

    /// The same path with a field below it, as `.port`.
    pub fn child(mut self, leaf: &'static str) -> Self {
        self.leaf = leaf;
        self
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut indexes = self.indexes.iter();
        for part in [self.base, self.leaf] {
            let mut pieces = part.split("[]");
            f.write_str(pieces.next().unwrap_or_default())?;
            for piece in pieces {
                write!(f, "[{}]{piece}", indexes.next().copied().unwrap_or_default())?;
            }
        }
        Ok(())
    }
}

/// Why a planned value is what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Written in a manifest, or filled in there by an API-server default.
    Field {
        /// The object that holds the field.
        object: ObjectIx,
        /// The field.
        path: FieldPath,
    },
    /// Nobody set it: the default of a controller flag or of the translation.
    Default(&'static str),
    /// Computed; the text names the rule.
    Rule(&'static str),
    /// Answered by the environment, or still asked.
    Fact(Box<Want>),
}

impl From<Want> for Origin {
    fn from(want: Want) -> Self {
        Self::Fact(Box::new(want))
    }
}

impl Origin {
    /// A field without indexes.
    pub fn field(object: ObjectIx, path: &'static str) -> Self {
        Self::Field { object, path: FieldPath::new(path) }
    }

    /// A field with indexes, see [`FieldPath::indexed`].
    pub fn indexed(object: ObjectIx, path: &'static str, indexes: &[usize]) -> Self {
        Self::Field { object, path: FieldPath::indexed(path, indexes) }
    }
}

/// The origins of one resource: the field's name in the stack JSON and where its value comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origins(Vec<(&'static str, Origin)>);

impl Origins {
    /// Room for as many fields as the largest resource has.
    pub fn with_capacity(fields: usize) -> Self {
        Self(Vec::with_capacity(fields))
    }

    /// Records where `field` comes from.
    pub fn set(&mut self, field: &'static str, origin: Origin) {
        self.0.push((field, origin));
    }

    /// Records what `later` holds after what is there.
    pub fn append(&mut self, mut later: Self) {
        self.0.append(&mut later.0);
    }

    /// Where `field` comes from; of several entries the last.
    pub fn get(&self, field: &str) -> Option<&Origin> {
        self.0.iter().rev().find(|(name, _)| *name == field).map(|(_, origin)| origin)
    }

    /// All entries in the order they were recorded.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Origin)> {
        self.0.iter().map(|(field, origin)| (*field, origin))
    }
}
