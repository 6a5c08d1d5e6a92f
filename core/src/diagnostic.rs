//! What gwchain has to say about the user's manifests: a message with a code, a place and a remedy.
//!
//! It decides nothing: the pipeline's steps make diagnostics, front ends render them.

mod code;
mod page;

pub use code::{Code, Effect, Severity, table};
pub use page::page;

use crate::id::{ObjectIx, Text};
use crate::origin::FieldPath;
use crate::source::{FileId, Span};

/// A place in the input: an object's field, or a span of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
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
}

impl Diagnostic {
    /// A finding without effect on the plan.
    pub fn new(code: Code, place: Place, message: impl Into<String>) -> Self {
        Self { code, effect: Effect::None, message: message.into(), help: None, place }
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

    /// How bad it is: the code's severity, raised to an error when something is dropped.
    pub fn severity(&self) -> Severity {
        match self.effect {
            Effect::None => self.code.severity(),
            Effect::DropsRule | Effect::DropsRoute | Effect::DropsObject | Effect::BlocksGateway => Severity::Error,
        }
    }
}
