//! Cuts a text at its document separators, so that one broken document cannot hide the others.
//! It does not parse: a `---` in the first column is a separator wherever it stands, as YAML forbids it inside any scalar.

use super::Part;

/// The parts of `text`. A part starts with its `---` line, except that comments and directives above
/// the first `---` stay with it.
pub(super) fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let mut offset = start;
    let mut has_content = false;
    for line in text[start..].split_inclusive('\n') {
        if is_separator(line) {
            if has_content {
                parts.push(Part { base: start, text: &text[start..offset] });
                start = offset;
            }
            has_content = true;
        } else {
            has_content |= is_content(line);
        }
        offset += line.len();
    }
    parts.push(Part { base: start, text: &text[start..] });
    parts
}

fn is_separator(line: &str) -> bool {
    line.strip_prefix("---").is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\r', '\n']))
}

fn is_content(line: &str) -> bool {
    !line.starts_with('%') && !matches!(line.trim_start().bytes().next(), None | Some(b'#'))
}
