//! Finds the lines of `metadata.managedFields`, whose keys no schema knows and whose content nobody needs.
//!
//! It does not place them.

use super::super::super::line::{Form, Line, Value};

/// Keys of an entry; `name` and the like are the object's again.
const KEYS: [&str; 7] = ["apiVersion", "fieldsType", "fieldsV1", "manager", "operation", "subresource", "time"];
/// What keys below `fieldsV1` begin with.
const FIELDS: [&str; 4] = ["f:", "k:{", "v:", ".:"];

/// For each line, whether it belongs to `managedFields`.
pub(super) fn lines(lines: &[Line<'_>]) -> Vec<bool> {
    let mut is_inside = false;
    let mut inside = Vec::with_capacity(lines.len());
    for line in lines {
        is_inside = opens(line) || (is_inside && (line.is_silent() || is_part(line)));
        inside.push(is_inside);
    }
    inside
}

fn opens(line: &Line<'_>) -> bool {
    matches!(&line.form, Form::Entry(entry) if entry.key == "managedFields" && entry.value == Value::Nothing)
}

fn is_part(line: &Line<'_>) -> bool {
    let text = line.text.trim_start_matches("- ").trim_start_matches('"');
    line.key().is_some_and(|key| KEYS.contains(&key)) || FIELDS.iter().any(|start| text.starts_with(start))
}
