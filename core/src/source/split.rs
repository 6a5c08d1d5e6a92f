//! Cuts a text at its document separators, so that one broken document cannot hide the others.
//! It does not parse: a `---` in the first column is a separator wherever it stands, as YAML forbids it inside any scalar.

use super::Part;

const BOM: char = '\u{feff}';

/// The parts of `text`. A part starts with its `---` line, except that comments and directives above
/// the first `---` stay with it. A byte order mark may start a part: files that were put together have it there.
pub(super) fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut offset = 0;
    let mut has_content = false;
    let mut is_open = false;
    for line in text.split_inclusive('\n') {
        let marked = line.strip_prefix(BOM);
        let bare = marked.unwrap_or(line);
        if is_separator(bare) {
            if is_open {
                parts.push(Part { base: start, text: &text[start..offset] });
                start = offset;
            }
            (is_open, has_content) = (true, is_content(&bare[3..]));
        }
        if marked.is_some() && !has_content {
            start = offset + BOM.len_utf8();
        }
        has_content |= !is_separator(bare) && is_content(bare);
        is_open |= has_content;
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
