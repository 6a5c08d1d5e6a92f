//! Reads an `environment.yaml`, and writes one with other fields.
//!
//! What the answers mean is `fact`'s business.

mod fields;

pub use fields::{fields, with_fields};

use crate::admission::nearest;
use crate::fact::Environment;
use crate::source;

/// Parses the text of an environment file; an error names line and column.
pub fn parse(text: &str) -> Result<Environment, String> {
    let read = source::read_one(text, "an environment").map_err(with_suggestion)?;
    Ok(read.unwrap_or_default())
}

/// Adds the name that was probably meant to an error that lists the known ones, as "unknown field `a`, expected one
/// of …" does; or the quotes that a text lacks.
fn with_suggestion(mut message: String) -> String {
    if message.starts_with("invalid type: ") && message.ends_with(", expected a string") {
        message.push_str("; put it in quotes");
    }
    let mut names = message.split('`').skip(1).step_by(2);
    let near = names.next().and_then(|written| nearest(written, names));
    if let Some(near) = near.filter(|_| message.contains(": unknown ")) {
        message.push_str(&format!("; did you mean {near}?"));
    }
    message
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::AdmissionMode;

    #[test]
    fn a_bare_off_is_the_mode() {
        let mode = |text: &str| parse(text).map(|parsed| parsed.admission);
        assert_eq!(mode("admission: off"), Ok(Some(AdmissionMode::Off)));
        assert_eq!(mode("admission: 'off'"), Ok(Some(AdmissionMode::Off)));
        assert_eq!(mode("admission: none"), Ok(Some(AdmissionMode::None)));
        let wrong = "line 1, column 12: unknown variant `reprt`, expected one of `enforce`, `report`, `off`, `none`; did you mean report?";
        assert_eq!(mode("admission: reprt"), Err(wrong.to_owned()));
        assert!(mode("admission: on").is_err_and(|error| error.starts_with("line 1, column 12: invalid value")));
    }
}
