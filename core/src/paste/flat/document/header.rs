//! What tells of which kind an object is, and which lines that needs.
//!
//! It places no other line.

use super::super::super::line::{Form, Line};
use super::Columns;
use crate::admission::{self, Schema};

pub(super) struct Header<'l> {
    api_version: &'l str,
    kind: Option<&'l str>,
}

impl<'l> Header<'l> {
    /// Of an object that begins at the first line, which may be an item of a list.
    pub(super) fn of(lines: &'l [Line<'_>]) -> Self {
        let first = match &lines[0].form {
            Form::MapItem(_, entry) => entry.text(),
            _ => None,
        };
        let api_version = first.or_else(|| lines.iter().find_map(|line| line.given("apiVersion")));
        Self { api_version: api_version.unwrap_or_default(), kind: lines.iter().find_map(|line| line.given("kind")) }
    }

    /// The kind and its schema, if there is one.
    pub(super) fn schema(&self) -> Option<(&'l str, &'static Schema)> {
        let (group, version) = self.api_version.split_once('/').unwrap_or(("", self.api_version));
        let kind = self.kind?;
        let schema = admission::schema_at(group, version, kind).or_else(|| admission::schema(group, kind))?;
        Some((kind, schema))
    }
}

/// Columns of the lines that tell what an object is and how it is called.
pub(super) fn stub(lines: &[Line<'_>], column: usize) -> Columns {
    let mut columns = vec![None; lines.len()];
    let inner = if column > 0 { column + 2 } else { 0 };
    let mut place = |key: &str, from: usize, column: usize| {
        let at = (from..lines.len()).find(|at| lines[*at].key() == Some(key))?;
        columns[at] = Some(column);
        Some(at)
    };
    place("apiVersion", 0, inner);
    place("kind", 0, inner);
    if let Some(metadata) = place("metadata", 0, inner) {
        place("name", metadata, inner + 2);
    }
    columns[0] = Some(column);
    columns
}
