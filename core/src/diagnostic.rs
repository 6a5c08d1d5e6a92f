//! What gwchain has to say about the user's manifests: a message with a code, a place and a remedy.
//!
//! It decides nothing: the pipeline's steps make diagnostics, front ends render them.

mod code;
mod fix;
mod page;

pub use code::{Code, Effect, Severity, table};
pub use fix::{Edit, Fix, apply, compatible};
pub use page::page;

use crate::id::{ObjectIx, Text};
use crate::origin::FieldPath;
use crate::source::{FileId, Span};

/// A place in the input: an object's field, or a span of a file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// A field of an object that was read.
    Field(ObjectIx, FieldPath),
    /// A field of an object that was read, with the path as text.
    Path(ObjectIx, Text),
    /// Text that belongs to no object that could be read.
    Text(FileId, Span),
    /// Nowhere in particular (a flag, a fact).
    Nowhere,
}

/// Another place that a finding is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Where it is.
    pub place: Place,
    /// What is there.
    pub message: String,
}

/// What a change of manifests does to a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// It was not there before.
    Introduced,
    /// It is gone.
    Fixed,
    /// It stays.
    Unchanged,
}

impl Change {
    /// Lower-case name, as in output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Introduced => "introduced",
            Self::Fixed => "fixed",
            Self::Unchanged => "unchanged",
        }
    }
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of finding.
    pub code: Code,
    /// What it takes out of the plan.
    pub effect: Effect,
    /// Names the object and the value; lower case, no full stop.
    pub message: String,
    /// The remedy.
    pub help: Option<String>,
    /// Where it was caused.
    pub place: Place,
    /// Other places that it is about.
    pub related: Vec<Related>,
    /// The remedy as edits of the files, where it is mechanical.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// A finding without effect on the plan.
    pub fn new(code: Code, place: Place, message: impl Into<String>) -> Self {
        let (effect, message) = (Effect::None, message.into());
        Self { code, effect, message, help: None, place, related: Vec::new(), fix: None }
    }

    /// Says what the finding takes out of the plan.
    #[must_use]
    pub fn effect(mut self, effect: Effect) -> Self {
        self.effect = effect;
        self
    }

    /// Adds the remedy.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn related(mut self, place: Place, message: impl Into<String>) -> Self {
        self.related.push(Related { place, message: message.into() });
        self
    }

    /// Adds the remedy as edits, if there are any.
    #[must_use]
    pub fn fix(mut self, fix: Option<Fix>) -> Self {
        self.fix = fix;
        self
    }

    /// How bad it is: the code's severity, raised to an error when something is dropped.
    pub fn severity(&self) -> Severity {
        match self.effect {
            Effect::None => self.code.severity(),
            Effect::DropsRule | Effect::DropsRoute | Effect::DropsObject | Effect::BlocksGateway => Severity::Error,
        }
    }
}
