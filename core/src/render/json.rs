//! A diagnostic as JSON.
//!
//! The form is part of the plan document: docs/schemas/plan.schema.json.

use serde::Serialize;

use super::{Located, Locator};
use crate::diagnostic::{Diagnostic, Place};

/// A stretch of a file, lines and columns from 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "names of the document")]
pub struct Location {
    pub file: String,
    pub line: u32,
    pub column: u32,
    pub end_line: u32,
    pub end_column: u32,
}

impl From<Located<'_>> for Location {
    fn from(found: Located<'_>) -> Self {
        Self {
            file: found.file.name.clone(),
            line: found.start.line,
            column: found.start.column,
            end_line: found.end.line,
            end_column: found.end.column,
        }
    }
}

/// A diagnostic with names and places spelled out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "names of the document")]
pub struct Report {
    pub code: &'static str,
    pub severity: &'static str,
    pub message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    pub effect: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
}

/// Spells `diagnostic` out.
pub fn report(locator: &Locator<'_>, diagnostic: &Diagnostic) -> Report {
    let object = match &diagnostic.place {
        Place::Field(object, _) | Place::Path(object, _) => Some(locator.manifests().object(*object).describe()),
        Place::Text(..) | Place::Nowhere => None,
    };
    Report {
        code: diagnostic.code.as_str(),
        severity: diagnostic.severity().as_str(),
        message: diagnostic.message.clone(),
        help: diagnostic.help.clone(),
        effect: diagnostic.effect.as_str(),
        object,
        location: locator.place(&diagnostic.place).map(Location::from),
    }
}
