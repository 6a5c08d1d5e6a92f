//! Stretches of the texts as editors count them.
//!
//! The counting is `source`'s.

use std::cell::OnceCell;

use serde::Serialize;

use crate::diagnostic::Place;
use crate::id::ObjectIx;
use crate::manifest::Manifests;
use crate::render::Locator;
use crate::source::{FileId, Node, Span, Utf16Index};

/// A stretch of a text. Offsets count UTF-16 code units from 0, lines and columns from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Range {
    /// Position among the files of the input.
    pub file: u32,
    /// Offset of the first unit.
    pub start: u32,
    /// Offset after the last.
    pub end: u32,
    /// Line of the first unit.
    pub line: u32,
    /// Column of the first unit.
    pub column: u32,
    /// Line of the unit after the last.
    pub end_line: u32,
    /// Column of the unit after the last.
    pub end_column: u32,
}

/// Converts places; each text is counted once.
pub(super) struct Ranges<'m> {
    pub(super) locator: Locator<'m>,
    indexes: Vec<OnceCell<Utf16Index<'m>>>,
}

impl<'m> Ranges<'m> {
    pub(super) fn new(manifests: &'m Manifests) -> Self {
        let indexes = manifests.files.iter().map(|_| OnceCell::new()).collect();
        Self { locator: Locator::new(manifests), indexes }
    }

    fn index(&self, file: FileId) -> Option<&Utf16Index<'m>> {
        let text = &self.locator.manifests().files.get(file.0 as usize)?.text;
        Some(self.indexes[file.0 as usize].get_or_init(|| Utf16Index::new(text)))
    }

    pub(super) fn place(&self, place: &Place) -> Option<Range> {
        let (file, span) = self.locator.spot(place)?;
        self.span(file, span)
    }

    pub(super) fn span(&self, file: FileId, span: Span) -> Option<Range> {
        let index = self.index(file).filter(|_| span.is_in_text())?;
        let (start, end) = (index.position(span.start), index.position(span.end));
        Some(Range {
            file: file.0,
            start: start.offset,
            end: end.offset,
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
        })
    }

    /// Offsets of a written field with its key; `None` when it isn't written.
    pub(super) fn field(&self, object: ObjectIx, path: &str) -> Option<(u32, u32, u32)> {
        let object = self.locator.manifests().object(object);
        let span = written(&object.node, path)?;
        let index = self.index(object.file)?;
        Some((object.file.0, index.offset(span.start), index.offset(span.end)))
    }
}

/// From the key to the end of the value.
fn written(root: &Node, path: &str) -> Option<Span> {
    let node = root.at(path).filter(|node| node.span.is_in_text())?;
    let cut = path.rfind('.').unwrap_or(0);
    let entries = root.at(&path[..cut]).and_then(Node::as_map);
    let entry = entries.and_then(|map| map.iter().find(|entry| std::ptr::eq(&entry.value, node)));
    let start = entry.map_or(node.span.start, |entry| entry.key_span.start.min(node.span.start));
    Some(Span { start, end: node.span.end })
}
