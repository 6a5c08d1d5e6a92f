//! Findings with places as editors count them, and fixes as edits of their texts.
//!
//! What is found, and what may be mended how, was decided before.

use serde::Serialize;

use super::range::{Range, Ranges};
use crate::diagnostic::{Diagnostic, Fix, Related};

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
pub struct Finding {
    /// `GWC0101` and so on.
    pub code: &'static str,
    /// How bad it is.
    #[cfg_attr(feature = "typescript", ts(type = "\"note\" | \"warning\" | \"error\""))]
    pub severity: &'static str,
    /// Names the object and the value.
    pub message: String,
    /// The remedy in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// What it takes out of the plan.
    #[cfg_attr(
        feature = "typescript",
        ts(type = "\"None\" | \"DropsRule\" | \"DropsRoute\" | \"DropsObject\" | \"BlocksGateway\"")
    )]
    pub effect: &'static str,
    /// The object concerned, `Kind namespace/name`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
    /// Where it was caused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub range: Option<Range>,
    /// Other places that it is about.
    pub related: Vec<RelatedFinding>,
    /// The remedy as edits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<FindingFix>,
}

/// Another place of a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
pub struct RelatedFinding {
    /// What is there.
    pub message: String,
    /// Where it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub range: Option<Range>,
}

/// Edits that belong together and don't overlap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct FindingFix {
    /// What they do, in the imperative.
    pub title: String,
    /// All of them refer to the texts as they are.
    pub edits: Vec<TextEdit>,
}

/// One edit: an empty stretch inserts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct TextEdit {
    /// What is replaced.
    pub range: Range,
    /// The new text.
    pub text: String,
}

pub(super) fn finding(ranges: &Ranges<'_>, found: &Diagnostic) -> Finding {
    Finding {
        code: found.code.as_str(),
        severity: found.severity().as_str(),
        message: found.message.clone(),
        help: found.help.clone(),
        effect: found.effect.as_str(),
        object: ranges.locator.object(&found.place),
        range: ranges.place(&found.place),
        related: found.related.iter().map(|related| related_finding(ranges, related)).collect(),
        fix: found.fix.as_ref().map(|fix| edits(ranges, fix)),
    }
}

fn related_finding(ranges: &Ranges<'_>, related: &Related) -> RelatedFinding {
    RelatedFinding { message: related.message.clone(), range: ranges.place(&related.place) }
}

fn edits(ranges: &Ranges<'_>, fix: &Fix) -> FindingFix {
    let edits = fix.edits.iter().filter_map(|edit| {
        Some(TextEdit { range: ranges.span(edit.file, edit.span)?, text: edit.replacement.clone() })
    });
    FindingFix { title: fix.title.clone(), edits: edits.collect() }
}
