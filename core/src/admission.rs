//! What the API server does to an object when it is created: unknown fields go, defaults come, schema and rules are checked.
//! It does not choose versions, namespaces or generated metadata; those are the caller's.

mod builtin;
mod cel;
mod defaulting;
mod error;
mod fields;
mod format;
mod metadata;
mod outline;
mod path;
mod pattern;
mod schema;
mod service;
pub(crate) mod suggestion;
mod validation;

#[cfg(test)]
mod tests;

pub use error::{ErrorKind, FieldError, UnknownField};
pub(crate) use fields::Shape;
pub use outline::{Field, Outline};
pub use schema::{KindInfo, Schema, kinds, schema, schema_at, served};
pub use suggestion::nearest;

use crate::source::Node;
use path::Path;
use schema::Builtin;

/// How much of admission is done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// All of it.
    #[default]
    Enforce,
    /// The same without the further checks of Services, as the vectors' harness admits.
    Schemas,
    /// Unknown fields are removed and defaults applied; nothing is refused.
    DefaultOnly,
    /// The object stays as it is.
    Nothing,
}

/// What admission found. An object with `errors` would not have been created.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Admission {
    /// Why the API server refuses the object, in no particular order.
    pub errors: Vec<FieldError>,
    /// Fields that were removed because the kind does not have them.
    pub unknown: Vec<UnknownField>,
}

/// Admits `object`, which is changed to what the API server would store.
///
/// Rules (CEL) run only if the schema found nothing, as they may rely on it.
pub fn admit(schema: &Schema, object: &mut Node, mode: Mode) -> Admission {
    let mut admission = Admission::default();
    if mode == Mode::Nothing {
        return admission;
    }
    defaulting::apply(schema, object, &mut admission.unknown);
    builtin::default_fields(schema, object);
    if matches!(mode, Mode::Enforce | Mode::Schemas) {
        validate(schema, object, &mut admission.errors);
    }
    if mode == Mode::Enforce && schema.builtin == Some(Builtin::Service) && admission.errors.is_empty() {
        service::check(object, &mut admission.errors);
    }
    admission
}

fn validate(schema: &Schema, object: &Node, errors: &mut Vec<FieldError>) {
    validation::check(schema, object, &Path::Root, errors);
    metadata::check(schema, object, errors);
    builtin::check(schema, object, errors);
    if errors.iter().all(|error| error.kind == ErrorKind::Duplicate) {
        cel::check(schema, object, &Path::Root, errors);
    }
}
