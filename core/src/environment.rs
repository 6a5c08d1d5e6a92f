//! Reads an `environment.yaml`.
//!
//! What the answers mean is `fact`'s business.

use crate::admission::nearest;
use crate::fact::Environment;
use crate::source;

/// Parses the text of an environment file; an error names line and column.
pub fn parse(text: &str) -> Result<Environment, String> {
    let read = source::read_one(text, "an environment").map_err(with_suggestion)?;
    Ok(read.unwrap_or_default())
}

/// Adds the name that was probably meant to an error that lists the known ones: `unknown field `a`, expected one of …`.
fn with_suggestion(mut message: String) -> String {
    let mut names = message.split('`').skip(1).step_by(2);
    let near = names.next().and_then(|written| nearest(written, names));
    if let Some(near) = near.filter(|_| message.contains(": unknown ")) {
        message.push_str(&format!("; did you mean {near}?"));
    }
    message
}
