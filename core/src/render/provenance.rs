//! Origins in words: which file and line, default, rule or question a planned value comes from.
//!
//! It only looks up; which origin a value has was decided when it was planned.

use std::fmt;

use serde::Serialize;

use super::{Located, Locator, clean};
use crate::fact::Want;
use crate::id::ObjectIx;
use crate::origin::Origin;

/// An origin, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Provenance {
    /// Written in a manifest.
    Field {
        /// `Kind ns/name` of the object.
        object: String,
        /// The field, empty for the object itself.
        path: String,
        /// Where it starts; none for an object that was not read from text.
        place: Option<FilePlace>,
    },
    /// Filled in by the API server.
    ServerDefault {
        /// `Kind ns/name` of the object.
        object: String,
        /// The field.
        path: String,
    },
    /// A default; the text names it.
    Default(&'static str),
    /// A rule; the text names it.
    Rule(&'static str),
    /// An answer that only deployment gives.
    Fact(Want),
}

/// Where a field starts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct FilePlace {
    /// Name of the file.
    pub file: String,
    /// From 1.
    pub line: u32,
    /// From 1, in characters.
    pub column: u32,
}

impl From<Located<'_>> for FilePlace {
    fn from(found: Located<'_>) -> Self {
        Self { file: found.file.name.clone(), line: found.start.line, column: found.start.column }
    }
}

/// Text that belongs to no object.
impl From<Located<'_>> for Provenance {
    fn from(found: Located<'_>) -> Self {
        Self::Field { object: String::new(), path: String::new(), place: Some(found.into()) }
    }
}

impl Provenance {
    /// `file:line`, or what stands for it.
    pub fn place(&self) -> String {
        match self {
            Self::Field { place: Some(place), .. } => format!("{}:{}", clean(&place.file), place.line),
            Self::Field { object, place: None, .. } => object.clone(),
            Self::ServerDefault { .. } => "API server default".to_owned(),
            Self::Default(text) if text.starts_with("default") || text.starts_with("controller flag") => {
                (*text).to_owned()
            }
            Self::Default(text) => format!("default: {text}"),
            Self::Rule(text) => (*text).to_owned(),
            Self::Fact(_) => "known at deployment".to_owned(),
        }
    }

    /// Whether it is a field of an object that has no text.
    pub fn is_in_cluster(&self) -> bool {
        matches!(self, Self::Field { place: None, .. })
    }

    /// The field's path, empty when there is none.
    pub fn path(&self) -> &str {
        match self {
            Self::Field { path, .. } | Self::ServerDefault { path, .. } => path,
            Self::Default(_) | Self::Rule(_) | Self::Fact(_) => "",
        }
    }
}

impl fmt::Display for Provenance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.place())?;
        match self.path() {
            "" => Ok(()),
            path => write!(f, " {path}"),
        }
    }
}

impl Locator<'_> {
    /// The provenance of an origin.
    pub fn origin(&self, origin: &Origin) -> Provenance {
        match origin {
            Origin::Field { object, path } => self.provenance(*object, &path.to_string()),
            Origin::Default(text) => Provenance::Default(text),
            Origin::Rule(text) => Provenance::Rule(text),
            Origin::Fact(want) => Provenance::Fact(Want::clone(want)),
        }
    }

    /// The provenance of a field; an empty path is the object itself.
    pub fn provenance(&self, object: ObjectIx, path: &str) -> Provenance {
        let (label, path) = (self.manifests().object(object).describe(), path.to_owned());
        if self.is_defaulted(object, &path) {
            return Provenance::ServerDefault { object: label, path };
        }
        let place = self.field(object, &path).map(FilePlace::from);
        Provenance::Field { object: label, path, place }
    }
}
