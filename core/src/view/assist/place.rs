//! From the way to the cursor to the schema of what stands there.
//! It reads no text.

use super::cursor::{Cursor, Step};
use crate::admission::{Schema, kinds, schema_at};

/// What holds the cursor.
pub struct Place {
    /// The object's kind.
    pub kind: &'static str,
    /// Its schema.
    pub schema: &'static Schema,
}

impl Place {
    /// The schema of what holds the cursor; `None` for kinds and fields that nobody knows.
    pub fn find(cursor: &Cursor<'_>) -> Option<Self> {
        let kind = cursor.kind?;
        let (group, version) = match cursor.api_version?.split_once('/') {
            Some((group, version)) => (group, version),
            None => ("", cursor.api_version?),
        };
        let info = kinds().iter().find(|info| info.group == group && info.kind == kind)?;
        let mut schema = schema_at(group, version, kind)?;
        for step in &cursor.path {
            schema = match step {
                Step::Key(key) => schema.below(key)?,
                Step::Item => schema.item()?,
            };
        }
        Some(Self { kind: info.kind, schema })
    }
}
