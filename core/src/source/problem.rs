//! What can be wrong with a text before any object is looked at.
//! It does not decide how a problem is shown.

use super::{FileId, MAX_BYTES, MAX_DEPTH, MAX_PROBLEMS, Span};

/// The kinds of problems.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProblemCode {
    /// The text is neither YAML nor JSON.
    Syntax,
    /// A map states a key twice.
    DuplicateKey,
    /// The text is longer than [`MAX_BYTES`].
    TooLarge,
    /// Maps and lists nest deeper than [`MAX_DEPTH`].
    TooDeep,
    /// Aliases expand to too much, or an alias lies inside what it names.
    AliasBomb,
    /// A document is a list or a scalar.
    NotAnObject,
    /// A key that JSON has no text for, such as a list.
    UnsupportedKey,
    /// A value that JSON has no text for, such as `.nan`, or that its tag does not fit.
    UnsupportedValue,
}

/// One problem, with the place it was found at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Its kind.
    pub code: ProblemCode,
    /// What is wrong: lower case, no full stop.
    pub message: String,
    /// What to do about it, where that is known.
    pub help: Option<String>,
    /// The text it is in.
    pub file: FileId,
    /// Where in the text.
    pub span: Span,
    /// An earlier place this one clashes with.
    pub related: Option<Span>,
    /// What is left without effect, the first of two equal keys with its value.
    pub void: Option<Span>,
}

impl Problem {
    pub(super) fn new(code: ProblemCode, file: FileId, span: Span, message: impl Into<String>) -> Problem {
        Problem { code, message: message.into(), help: None, file, span, related: None, void: None }
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Problem {
        self.help = Some(help.into());
        self
    }
}

/// Adds `problem`, unless there are so many already that nobody would read it.
pub(super) fn report(problems: &mut Vec<Problem>, problem: Problem) {
    if problems.len() < MAX_PROBLEMS {
        problems.push(problem);
    }
}

pub(super) fn too_large(file: FileId, bytes: usize) -> Problem {
    let message = format!("the text has {bytes} bytes, more than the limit of {MAX_BYTES}");
    Problem::new(ProblemCode::TooLarge, file, Span { start: 0, end: 0 }, message)
        .help("split the file; each part is read on its own")
}

pub(super) fn too_deep(file: FileId, span: Span) -> Problem {
    let message = format!("maps and lists nest deeper than {MAX_DEPTH} levels");
    Problem::new(ProblemCode::TooDeep, file, span, message)
}
