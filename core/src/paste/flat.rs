//! Restores the indentation of documents that lost it, where their schemas leave only one way.
//!
//! How lines may stand is `walk`'s to say, where documents begin `region`'s.

mod document;
mod rewrite;

use super::Unclear;
use super::excerpt::Excerpt;
use super::line::{self, Form, Line};
use super::region::{Kind, Region, regions};
use crate::source::Span;
use document::{Restored, restore as restore_document};
use rewrite::Rewrite;

/// A text with its indentation.
#[derive(Debug, Default)]
pub(super) struct Text {
    pub(super) excerpt: Excerpt,
    /// Documents of the old text that were restored.
    pub(super) documents: Vec<Span>,
    pub(super) unclear: Vec<Unclear>,
    /// Stretches of the old text and what shall stand there.
    pub(super) edits: Vec<(Span, String)>,
}

/// Keys that stand beside `metadata` and `spec`, never right below them.
const BESIDE: [&str; 8] = ["apiVersion", "data", "kind", "metadata", "spec", "status", "stringData", "type"];

/// Whether some document's `metadata` or `spec` has lost what is below it to the margin.
pub(super) fn is_flat(text: &str) -> bool {
    ["metadata:", "spec:"].iter().any(|key| text.match_indices(key).any(|(at, _)| is_lost(text, at, at + key.len())))
}

/// Whether the key from `start` to `end` has a line to itself, and the next line is a key that belongs below it.
fn is_lost(text: &str, start: usize, end: usize) -> bool {
    let is_line = start == 0 || text[..start].ends_with('\n');
    let mut below = text[end..].split('\n');
    let is_bare = below.next().is_some_and(|rest| rest.trim().is_empty());
    let mut below = below.filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    let key = below.next().and_then(|next| line::lines(next)[0].entry_key());
    is_line && is_bare && key.is_some_and(|key| !BESIDE.contains(&key))
}

/// Restores all documents of `text` that can be.
pub(super) fn restore(text: &str) -> Text {
    let mut lines = line::lines(text);
    line::join(&mut lines, text);
    let mut out = Text::default();
    let mut rewrite = Rewrite::new(text, &lines);
    for region in regions(&lines) {
        rewrite.separate(&region);
        match region.kind {
            Kind::Flat => flat(&lines, &region, &mut rewrite, &mut out),
            Kind::Other => rewrite.comment(&region),
            Kind::Indented => rewrite.keep(&region),
        }
    }
    (out.excerpt, out.edits) = rewrite.finish();
    if out.documents.is_empty() {
        out.edits.clear();
    }
    out
}

fn flat(lines: &[Line<'_>], region: &Region, rewrite: &mut Rewrite<'_, '_>, out: &mut Text) {
    match restore_document(lines, &region.lines) {
        Restored::Whole(columns) => {
            let last = columns.iter().rposition(Option::is_some).unwrap_or(0);
            let (first, last) = (&lines[region.lines.start], &lines[region.lines.start + last]);
            out.documents.push(Span { start: first.start as u32, end: last.end() as u32 });
            rewrite.indent(region, &columns);
        }
        Restored::Header(columns) => rewrite.stub(region, &columns),
        Restored::Unclear(unclear) => {
            out.unclear.push(unclear);
            rewrite.hide(region);
        }
    }
}

/// Whether the line says something that a rewritten text must not say as YAML.
fn speaks(line: &Line<'_>) -> bool {
    !line.is_silent() && line.form != Form::Separator
}
