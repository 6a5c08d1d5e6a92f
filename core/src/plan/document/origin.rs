//! Where the fields of a resource come from, with the places in the files.
//!
//! Origins were recorded by `translate`; only what holds for every resource of a type is said here.

use serde::Serialize;

use super::{Planned, Spec};
use crate::origin::Origin;
use crate::render::Locator;

/// Why a field is what it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum OriginDocument {
    /// Written in a manifest.
    Field {
        /// `Kind ns/name`.
        object: String,
        /// The field.
        path: String,
        /// Where it starts, if it was read from a text.
        #[serde(flatten, skip_serializing_if = "Option::is_none")]
        place: Option<FilePlace>,
    },
    /// Written nowhere.
    Default {
        /// Whose default.
        default: String,
    },
    /// Computed.
    Rule {
        /// The rule.
        rule: &'static str,
    },
    /// Answered by the environment, or still asked.
    Want {
        /// The question in words.
        want: String,
    },
}

/// Where a field starts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FilePlace {
    /// Name of the file.
    pub file: String,
    /// From 1.
    pub line: u32,
    /// From 1, in characters.
    pub column: u32,
}

/// Spells `origin` out.
pub fn origin(locator: &Locator<'_>, origin: &Origin) -> OriginDocument {
    match origin {
        Origin::Field { object, path } => {
            let (path, label) = (path.to_string(), locator.manifests().object(*object).describe());
            if locator.is_defaulted(*object, &path) {
                return OriginDocument::Default { default: format!("API server default of {label} {path}") };
            }
            let place = locator.field(*object, &path).map(|found| FilePlace {
                file: found.file.name.clone(),
                line: found.start.line,
                column: found.start.column,
            });
            OriginDocument::Field { object: label, path, place }
        }
        Origin::Default(default) => OriginDocument::Default { default: (*default).to_owned() },
        Origin::Rule(rule) => OriginDocument::Rule { rule },
        Origin::Fact(want) => OriginDocument::Want { want: want.to_string() },
    }
}

/// Origins of all fields; of a field that was recorded twice the later counts.
pub fn origins(locator: &Locator<'_>, planned: &Planned<'_>) -> Vec<(&'static str, OriginDocument)> {
    let mut out: Vec<(&'static str, OriginDocument)> = Vec::new();
    for (field, _) in planned.origins.iter() {
        if out.iter().all(|(known, _)| *known != field) {
            let last = planned.origins.get(field);
            out.extend(last.map(|last| (field, origin(locator, last))));
        }
    }
    for (field, rule) in fixed(&planned.spec) {
        if out.iter().all(|(known, _)| known != field) {
            out.push((field, OriginDocument::Rule { rule }));
        }
    }
    out
}

/// Fields that a rule decides in every resource of the type.
fn fixed(spec: &Spec<'_>) -> &'static [(&'static str, &'static str)] {
    match spec {
        Spec::AlbTarget(_) => &[
            ("Name", "the target group that the ALB is registered with"),
            ("ARN", "the target group that the ALB is registered with"),
            ("Port", "the port of the NLB listener"),
        ],
        _ => &[],
    }
}
