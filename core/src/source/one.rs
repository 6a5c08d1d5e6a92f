//! Reads a file of gwchain's own that holds one document: an environment, a price list.
//!
//! What the document means is its type's business.

use serde::de::DeserializeOwned;

use super::{FileId, LineIndex, Span, parse};

/// The only document of `text`, nothing when there is none; an error names line and column. `what` is what it should be.
pub fn read_one<T: DeserializeOwned>(text: &str, what: &str) -> Result<Option<T>, String> {
    let lines = LineIndex::new(text);
    let located = |span: Span, message: &str| {
        if span.is_in_text() {
            let position = lines.position(span.start);
            format!("line {}, column {}: {message}", position.line, position.column)
        } else {
            message.to_owned()
        }
    };
    let parsed = parse(FileId(0), text);
    if let Some(problem) = parsed.problems.first() {
        return Err(located(problem.span, &problem.message));
    }
    match parsed.documents.as_slice() {
        [] => Ok(None),
        [only] => T::deserialize(&only.root).map(Some).map_err(|error| located(error.span, &error.message)),
        [_, second, ..] => Err(located(second.root.span, &format!("{what} is one document"))),
    }
}
