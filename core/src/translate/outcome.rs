//! How building ends other than well: for a Gateway, a listener, a rule.
//!
//! What becomes of the rest is decided in `isolation`.

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::id::ObjectIx;
use crate::origin::FieldPath;

/// Why something can't be built: the reference's text, or gwchain's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuildError {
    /// Code of the diagnostic.
    pub code: Code,
    /// What is wrong.
    pub message: String,
    /// The field that caused it.
    pub place: Option<(ObjectIx, FieldPath)>,
    /// Reason of the `ResolvedRefs=False` of whoever refers to it, if it is a reference that leads nowhere.
    pub reason: Option<&'static str>,
    /// What to do about it.
    pub help: Option<&'static str>,
}

impl BuildError {
    /// An error without a place.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), place: None, reason: None, help: None }
    }

    /// Adds the place, unless there is one.
    #[must_use]
    pub fn at(mut self, object: ObjectIx, path: FieldPath) -> Self {
        self.place.get_or_insert((object, path));
        self
    }

    /// Says that it is a reference that leads nowhere.
    #[must_use]
    pub fn reason(mut self, reason: &'static str) -> Self {
        self.reason = Some(reason);
        self
    }

    /// Adds the remedy.
    #[must_use]
    pub fn help(mut self, help: &'static str) -> Self {
        self.help = Some(help);
        self
    }

    /// `finding` with the remedy, if there is one.
    pub fn with_help(&self, finding: Diagnostic) -> Diagnostic {
        match self.help {
            Some(help) => finding.help(help),
            None => finding,
        }
    }

    /// As a place of a diagnostic.
    pub fn place(&self) -> Place {
        self.place.map_or(Place::Nowhere, |(object, path)| Place::Field(object, path))
    }
}

/// What building tells a route beyond its verdict from loading.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum RouteNote {
    /// One rule is left out or answers 500.
    PartiallyInvalid {
        /// Port of the listener.
        port: i64,
        /// Position of the rule.
        rule: usize,
        /// Why.
        message: String,
    },
    /// A backend of one rule leads nowhere.
    Unresolved {
        /// Port of the listener.
        port: i64,
        /// Position of the rule.
        rule: usize,
        /// Reason of `ResolvedRefs=False`.
        reason: &'static str,
        /// Why.
        message: String,
    },
    /// The route serves nothing on its parent.
    NotAccepted {
        /// Port of the listener that doesn't serve it.
        port: i64,
        /// Reason of `Accepted=False`.
        reason: &'static str,
        /// Why.
        message: String,
    },
}

/// A valid listener that could not be built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListenerFailure {
    /// Its port.
    pub port: i64,
    /// Reason of the listener's `ResolvedRefs=False`, if a reference leads nowhere.
    pub reason: Option<&'static str>,
    /// Why.
    pub message: String,
}
