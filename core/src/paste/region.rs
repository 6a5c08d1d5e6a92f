//! Where documents begin and end in a text whose separators may be lost, and what between them is none.
//!
//! It places no line.

use std::ops::Range;

use super::line::{Entry, Form, Line, Value};

/// A stretch of lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Region {
    pub(super) lines: Range<usize>,
    pub(super) kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Begins with `apiVersion` or `kind`, and has no indentation.
    Flat,
    /// The same, with its indentation.
    Indented,
    /// No document.
    Other,
}

/// Cuts at separators and where a document begins.
pub(super) fn regions(lines: &[Line<'_>]) -> Vec<Region> {
    let mut cuts = vec![0];
    let mut before: Option<usize> = None;
    for (at, line) in lines.iter().enumerate() {
        let begins = match before {
            Some(before) => begins(&lines[before], line, cuts.last() == Some(&before)),
            None => true,
        };
        if line.form == Form::Separator || (is_header(line) && begins) {
            cuts.push(at);
        }
        if !line.is_silent() {
            before = Some(at);
        }
    }
    cuts.push(lines.len());
    let pairs = cuts.windows(2).filter(|pair| pair[0] < pair[1]);
    pairs.map(|pair| region(lines, pair[0]..pair[1])).collect()
}

fn is_header(line: &Line<'_>) -> bool {
    line.given("apiVersion").is_some() || line.given("kind").is_some_and(|kind| kind.starts_with(char::is_uppercase))
}

/// `kind` is a field of many maps, and `apiVersion` of some: whether a line with one of them begins a document, after
/// the line `before`, which may have begun one.
fn begins(before: &Line<'_>, line: &Line<'_>, before_begins: bool) -> bool {
    if line.given("kind").is_some() {
        return before.form == Form::Separator || (before.is_prose() && !before_begins);
    }
    let opens = matches!(&before.form, Form::Entry(Entry { value: Value::Nothing, .. }));
    let follows_kind = before_begins && before.given("kind").is_some();
    !opens && !follows_kind
}

fn region(lines: &[Line<'_>], range: Range<usize>) -> Region {
    let kind = if !is_header(&lines[range.start]) {
        Kind::Other
    } else if body(lines, &range).any(|line| line.form == Form::Indented) {
        Kind::Indented
    } else {
        Kind::Flat
    };
    Region { lines: range, kind }
}

fn body<'l, 't>(lines: &'l [Line<'t>], range: &Range<usize>) -> impl Iterator<Item = &'l Line<'t>> {
    lines[range.clone()].iter().take_while(|line| line.form != Form::Prose)
}
