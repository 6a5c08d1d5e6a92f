//! Where the fields of a resource come from, with the places in the files.
//!
//! Origins were recorded by `translate`; only what holds for every resource of a type is said here.

use std::fmt;

use serde::Serialize;

use super::{Planned, Spec};
use crate::render::{Locator, Provenance};

/// Why a field is what it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum OriginDocument {
    /// Written in a manifest.
    Field {
        /// `Kind ns/name`.
        object: String,
        /// The field.
        path: String,
        /// The file, if it was read from a text.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        file: Option<String>,
        /// The line where it starts.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        line: Option<u32>,
        /// The column where it starts, in characters.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        column: Option<u32>,
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

impl From<Provenance> for OriginDocument {
    fn from(from: Provenance) -> Self {
        match from {
            Provenance::Field { object, path, place } => {
                let (line, column) = place.as_ref().map(|place| (place.line, place.column)).unzip();
                Self::Field { object, path, file: place.map(|place| place.file), line, column }
            }
            Provenance::ServerDefault { object, path } => {
                Self::Default { default: format!("API server default of {object} {path}") }
            }
            Provenance::Default(default) => Self::Default { default: default.to_owned() },
            Provenance::Rule(rule) => Self::Rule { rule },
            Provenance::Fact(want) => Self::Want { want: want.to_string() },
        }
    }
}

/// The form people read.
impl fmt::Display for OriginDocument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field { object, path, file: Some(file), line: Some(line), column: Some(column) } => {
                write!(f, "{object} {path} ({file}:{line}:{column})")
            }
            Self::Field { object, path, .. } => write!(f, "{object} {path}"),
            Self::Default { default } => f.write_str(default),
            Self::Rule { rule } => f.write_str(rule),
            Self::Want { want } => write!(f, "not known yet: {want}"),
        }
    }
}

/// Origins of all fields; of a field that was recorded twice the later counts.
pub fn origins(locator: &Locator<'_>, planned: &Planned<'_>) -> Vec<(&'static str, OriginDocument)> {
    let mut out: Vec<(&'static str, OriginDocument)> = Vec::new();
    for (field, _) in planned.origins.iter() {
        if out.iter().all(|(known, _)| *known != field) {
            let last = planned.origins.get(field);
            out.extend(last.map(|last| (field, locator.origin(last).into())));
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
