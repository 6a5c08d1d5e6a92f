//! Findings as JSON: `{"findings": […]}` of `lint`, and the `diagnostics` of the plan document.
//!
//! The form of one is that of docs/schemas/plan.schema.json in both.

use serde::Serialize;

use super::{Located, Locator};
use crate::diagnostic::{Diagnostic, Edit, Fix, Place, Related};

/// A stretch of a file, lines and columns from 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "names of the document")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
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
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
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
    pub field: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    pub related: Vec<RelatedReport>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<FixReport>,
}

/// Another place of a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
pub struct RelatedReport {
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    object: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<Location>,
}

/// A remedy as edits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct FixReport {
    title: String,
    edits: Vec<EditReport>,
}

/// A stretch of a file and its new text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct EditReport {
    location: Location,
    replacement: String,
}

/// All findings as one indented document.
pub fn json(locator: &Locator<'_>, findings: &[Diagnostic]) -> String {
    #[derive(Serialize)]
    struct Document {
        findings: Vec<Report>,
    }
    let findings = findings.iter().map(|finding| report(locator, finding)).collect();
    serde_json::to_string_pretty(&Document { findings }).expect("every key of the document is a string") + "\n"
}

/// Spells `diagnostic` out.
pub fn report(locator: &Locator<'_>, diagnostic: &Diagnostic) -> Report {
    Report {
        code: diagnostic.code.as_str(),
        severity: diagnostic.severity().as_str(),
        message: diagnostic.message.clone(),
        help: diagnostic.help.clone(),
        effect: diagnostic.effect.as_str(),
        object: locator.object(&diagnostic.place),
        field: field(locator, &diagnostic.place),
        location: locator.place(&diagnostic.place).map(Location::from),
        related: diagnostic.related.iter().map(|related| related_report(locator, related)).collect(),
        fix: diagnostic.fix.as_ref().map(|fix| fix_report(locator, fix)),
    }
}

/// The field of an object of a cluster, which stands for the location that it lacks.
fn field(locator: &Locator<'_>, place: &Place) -> Option<String> {
    locator.in_cluster(place)?;
    locator.field_path(place).filter(|field| !field.is_empty())
}

fn related_report(locator: &Locator<'_>, related: &Related) -> RelatedReport {
    RelatedReport {
        message: related.message.clone(),
        object: locator.object(&related.place),
        field: field(locator, &related.place),
        location: locator.place(&related.place).map(Location::from),
    }
}

fn fix_report(locator: &Locator<'_>, fix: &Fix) -> FixReport {
    let edit = |edit: &Edit| {
        let location = Location::from(locator.span(edit.file, edit.span)?);
        Some(EditReport { location, replacement: edit.replacement.clone() })
    };
    FixReport { title: fix.title.clone(), edits: fix.edits.iter().filter_map(edit).collect() }
}
