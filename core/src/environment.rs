//! Reads an `environment.yaml`.
//!
//! What the answers mean is `fact`'s business.

use serde::Deserialize;

use crate::admission::nearest;
use crate::fact::Environment;
use crate::source::{self, FileId, LineIndex};

/// Parses the text of an environment file; an error names line and column.
pub fn parse(text: &str) -> Result<Environment, String> {
    let lines = LineIndex::new(text);
    let located = |span: source::Span, message: &str| {
        if span.is_in_text() {
            let position = lines.position(span.start);
            format!("line {}, column {}: {message}", position.line, position.column)
        } else {
            message.to_owned()
        }
    };
    let parsed = source::parse(FileId(0), text);
    if let Some(problem) = parsed.problems.first() {
        return Err(located(problem.span, &problem.message));
    }
    match parsed.documents.as_slice() {
        [] => Ok(Environment::default()),
        [only] => {
            Environment::deserialize(&only.root).map_err(|error| located(error.span, &with_suggestion(error.message)))
        }
        [_, second, ..] => Err(located(second.root.span, "an environment is one document")),
    }
}

/// Adds the name that was probably meant to an error that lists the known ones: `unknown field `a`, expected one of …`.
fn with_suggestion(mut message: String) -> String {
    let mut names = message.split('`').skip(1).step_by(2);
    let near = names.next().and_then(|written| nearest(written, names));
    if let Some(near) = near.filter(|_| message.starts_with("unknown ")) {
        message.push_str(&format!("; did you mean {near}?"));
    }
    message
}
