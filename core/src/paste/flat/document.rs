//! Restores one document: the column of each of its lines.
//!
//! It writes nothing.

mod body;
mod header;
mod managed;

use std::ops::Range;

use super::super::Unclear;
use super::super::line::{Entry, Form, Line};
use super::super::walk::Rigor;
use super::speaks;
use crate::source::Span;
use body::Body;
use header::Header;

/// The column of each line; `None` when it is no part of the document.
pub(super) type Columns = Vec<Option<usize>>;

/// What became of a document.
pub(super) enum Restored {
    /// There is one way to read it.
    Whole(Columns),
    /// Its kind does not matter here; its header is read.
    Header(Columns),
    /// It can't be read.
    Unclear(Unclear),
}

/// Restores the document that `range` of `lines` holds, with what follows it.
pub(super) fn restore(lines: &[Line<'_>], range: &Range<usize>) -> Restored {
    let own = &lines[range.clone()];
    let restored = match items(own) {
        Some(items) => list(own, &items),
        None => object(own, 0),
    };
    restored.unwrap_or_else(Restored::Unclear)
}

type Result = std::result::Result<Restored, Unclear>;

/// First lines of the objects in a list, and the line after the last object.
///
/// An item is taken for an object if it begins as kubectl writes one; an owner reference doesn't.
fn items(lines: &[Line<'_>]) -> Option<Vec<usize>> {
    let at = lines.iter().position(|line| line.key() == Some("items"))?;
    let speaking: Vec<usize> = (at + 1..lines.len()).filter(|at| speaks(&lines[*at])).collect();
    let begins = |at: &&[usize]| {
        let is_item = matches!(lines[at[0]].form, Form::MapItem(_, Entry { key: "apiVersion", .. }));
        is_item && lines[at[1]].given("kind").is_some() && lines[at[2]].key() == Some("metadata")
    };
    let mut found: Vec<usize> = speaking.windows(3).filter(begins).map(|at| at[0]).collect();
    let is_list = |line: &Line<'_>| line.given("kind").is_some_and(|kind| kind.ends_with("List"));
    let end = lines.iter().rposition(is_list).filter(|end| *end > at).unwrap_or(lines.len());
    found.push(end);
    (found.first() == speaking.first()).then_some(found)
}

fn list(lines: &[Line<'_>], items: &[usize]) -> Result {
    let mut columns = vec![None; lines.len()];
    for at in (0..items[0]).chain(items[items.len() - 1]..lines.len()) {
        let is_below = ["resourceVersion", "selfLink"].contains(&lines[at].key().unwrap_or_default());
        columns[at] = speaks(&lines[at]).then_some(if is_below { 2 } else { 0 });
    }
    for pair in items.windows(2) {
        if let Restored::Whole(own) | Restored::Header(own) = object(&lines[pair[0]..pair[1]], 2)? {
            columns[pair[0]..pair[1]].clone_from_slice(&own);
        }
    }
    Ok(Restored::Whole(columns))
}

/// An object that begins at the first of `lines`, `column` from the margin.
fn object(lines: &[Line<'_>], column: usize) -> Result {
    let header = Header::of(lines);
    let Some((kind, schema)) = header.schema() else { return Ok(Restored::Header(header::stub(lines, column))) };
    let dropped = managed::lines(lines);
    let is_end = |(line, dropped): (&Line<'_>, &bool)| line.form == Form::Prose && !dropped;
    let end = lines.iter().zip(&dropped).position(is_end).unwrap_or(lines.len());
    let body = Body { lines, end, dropped: &dropped, schema, kind, column };
    for rigor in [Rigor::Valid, Rigor::Nulls, Rigor::Shapes] {
        if let Some(columns) = body.columns(rigor)? {
            return Ok(Restored::Whole(columns));
        }
    }
    Err(body.hindrance())
}

fn unclear(line: &Line<'_>, message: String) -> Unclear {
    Unclear { span: Span { start: line.start as u32, end: line.end() as u32 }, message }
}
