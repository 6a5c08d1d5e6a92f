//! Writes a text anew with indentation, and keeps what the changes are as edits.
//!
//! It decides nothing; a line is indented, kept or made a comment as it is told.

use std::ops::Range;

use super::super::excerpt::Excerpt;
use super::super::line::{Form, Line};
use super::super::region::{Kind, Region};
use super::speaks;
use crate::source::Span;

pub(super) struct Rewrite<'l, 't> {
    text: &'t str,
    lines: &'l [Line<'t>],
    excerpt: Excerpt,
    edits: Vec<(Span, String)>,
    /// Whether a document needs a separator before it.
    is_dirty: bool,
    /// What the region begins with that the text lacks.
    separator: &'static str,
}

impl<'l, 't> Rewrite<'l, 't> {
    pub(super) fn new(text: &'t str, lines: &'l [Line<'t>]) -> Self {
        Self { text, lines, excerpt: Excerpt::default(), edits: Vec::new(), is_dirty: false, separator: "" }
    }

    /// Puts a separator before a document that has none.
    pub(super) fn separate(&mut self, region: &Region) {
        let is_lost = region.kind != Kind::Other && self.is_dirty;
        self.separator = if is_lost { "---\n" } else { "" };
        self.excerpt.insert(self.separator, self.lines[region.lines.start].start);
        let speaking = self.lines[region.lines.clone()].iter().rev().find(|line| !line.is_silent());
        self.is_dirty = speaking.map_or(self.is_dirty, |line| line.form != Form::Separator);
    }

    /// Everything as it is.
    pub(super) fn keep(&mut self, region: &Region) {
        self.write(&region.lines, |_, _| None);
        self.edit(&region.lines, |_, _| None);
    }

    /// Lines that are no YAML.
    pub(super) fn comment(&mut self, region: &Region) {
        self.write(&region.lines, |_, line| mark(line));
        self.edit(&region.lines, |_, line| mark(line));
    }

    /// A document that can't be read, which stays as it is in the text.
    pub(super) fn hide(&mut self, region: &Region) {
        self.write(&region.lines, |_, line| mark(line));
    }

    /// A document of which only the lines with a column are read; it stays as it is in the text.
    pub(super) fn stub(&mut self, region: &Region, columns: &[Option<usize>]) {
        self.write(&region.lines, |at, line| indentation(columns[at], line));
    }

    /// A document whose lines with a column belong there; others become comments.
    pub(super) fn indent(&mut self, region: &Region, columns: &[Option<usize>]) {
        self.write(&region.lines, |at, line| indentation(columns[at], line));
        self.edit(&region.lines, |at, line| indentation(columns[at], line));
    }

    fn write(&mut self, lines: &Range<usize>, before: impl Fn(usize, &Line<'_>) -> Option<String>) {
        for at in lines.clone() {
            let line = &self.lines[at];
            if let Some(before) = before(at - lines.start, line) {
                self.excerpt.insert(&before, line.start);
            }
            self.excerpt.take(&self.text[line.start..self.after(at)], line.start);
        }
    }

    /// Keeps the same as an edit, if it changes anything.
    fn edit(&mut self, lines: &Range<usize>, before: impl Fn(usize, &Line<'_>) -> Option<String>) {
        let (start, end) = (self.lines[lines.start].start, self.after(lines.end - 1));
        let mut text = self.separator.to_owned();
        for at in lines.clone() {
            let line = &self.lines[at];
            text.extend(before(at - lines.start, line));
            text.push_str(&self.text[line.start..self.after(at)]);
        }
        if text != self.text[start..end] {
            self.edits.push((Span { start: start as u32, end: end as u32 }, text));
        }
    }

    /// Where the next line begins.
    fn after(&self, at: usize) -> usize {
        self.lines.get(at + 1).map_or(self.text.len(), |next| next.start)
    }

    pub(super) fn finish(self) -> (Excerpt, Vec<(Span, String)>) {
        (self.excerpt, self.edits)
    }
}

/// Makes a comment of a line that would say something.
fn mark(line: &Line<'_>) -> Option<String> {
    speaks(line).then(|| "# ".to_owned())
}

fn indentation(column: Option<usize>, line: &Line<'_>) -> Option<String> {
    match column {
        Some(0) => None,
        Some(column) => Some(" ".repeat(column)),
        None => mark(line),
    }
}
