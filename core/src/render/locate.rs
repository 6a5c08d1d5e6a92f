//! Where a field or a finding stands in the files.
//!
//! It reads no file: texts and spans are those of the manifests.

use std::cell::OnceCell;

use crate::diagnostic::Place;
use crate::id::ObjectIx;
use crate::manifest::{Manifests, SourceFile};
use crate::source::{FileId, LineIndex, Node, Position, Span};

/// A stretch of a file.
#[derive(Clone, Copy, Debug)]
pub struct Located<'m> {
    /// The file.
    pub file: &'m SourceFile,
    /// The first character.
    pub start: Position,
    /// The character after the last.
    pub end: Position,
    /// Text of the first line.
    pub line: &'m str,
}

/// Looks places up; the lines of each file are counted once.
pub struct Locator<'m> {
    manifests: &'m Manifests,
    lines: Vec<OnceCell<LineIndex<'m>>>,
}

impl<'m> Locator<'m> {
    /// Prepares looking up places of `manifests`.
    pub fn new(manifests: &'m Manifests) -> Self {
        Self { manifests, lines: manifests.files.iter().map(|_| OnceCell::new()).collect() }
    }

    /// What is looked at.
    pub fn manifests(&self) -> &'m Manifests {
        self.manifests
    }

    /// Where a finding stands; the nearest that is written when the place itself is not.
    pub fn place(&self, place: &Place) -> Option<Located<'m>> {
        let (file, span) = self.spot(place)?;
        self.span(file, span)
    }

    /// The same in bytes.
    pub fn spot(&self, place: &Place) -> Option<(FileId, Span)> {
        match place {
            Place::Field(object, path) => Some(self.nearest(*object, &path.to_string())),
            Place::Path(object, path) => Some(self.nearest(*object, path)),
            Place::Text(file, span) => Some((*file, *span)),
            Place::Nowhere => None,
        }
    }

    /// The object that a place belongs to, `Kind namespace/name`.
    pub fn object(&self, place: &Place) -> Option<String> {
        self.manifests.object_of(place).map(|object| self.manifests.object(object).describe())
    }

    /// `Kind namespace/name field` of a place in an object that has no text, as those of a cluster.
    pub fn in_cluster(&self, place: &Place) -> Option<String> {
        let object = self.manifests.object_of(place).map(|object| self.manifests.object(object));
        let label = object.filter(|object| object.is_in_cluster())?.describe();
        let field = self.field_path(place).filter(|field| !field.is_empty());
        Some(field.map_or_else(|| label.clone(), |field| format!("{label} {field}")))
    }

    /// The field that a place names.
    pub fn field_path(&self, place: &Place) -> Option<String> {
        match place {
            Place::Field(_, path) => Some(path.to_string()),
            Place::Path(_, path) => Some(path.to_string()),
            Place::Text(..) | Place::Nowhere => None,
        }
    }

    /// Where a field is written; `None` when it isn't.
    pub fn field(&self, object: ObjectIx, path: &str) -> Option<Located<'m>> {
        let object = self.manifests.object(object);
        self.span(object.file, object.node.at(path)?.span)
    }

    fn nearest(&self, object: ObjectIx, path: &str) -> (FileId, Span) {
        let object = self.manifests.object(object);
        let written = |path: &str| object.node.at(path).map(|node| node.span).filter(|span| span.is_in_text());
        let ancestors = std::iter::successors(Some(path), |path| parent(path)).take_while(|path| !path.is_empty());
        let span = ancestors.chain(["metadata.name"]).find_map(written).unwrap_or(object.node.span);
        (object.file, span)
    }

    /// A stretch of a file as lines and columns.
    pub fn span(&self, file: FileId, span: Span) -> Option<Located<'m>> {
        let position = file.0 as usize;
        let file = self.manifests.files.get(position).filter(|_| span.is_in_text())?;
        let lines = self.lines[position].get_or_init(|| LineIndex::new(&file.text));
        let start = lines.position(span.start);
        let line = lines.line(start.line).unwrap_or_default();
        Some(Located { file, start, end: lines.position(span.end), line })
    }

    /// Whether the API server's defaulting put the field there, or would have.
    pub fn is_defaulted(&self, object: ObjectIx, path: &str) -> bool {
        let node: Option<&Node> = self.manifests.object(object).node.at(path);
        node.is_none_or(|node| node.span.is_defaulted())
    }
}

/// The path without its last step.
fn parent(path: &str) -> Option<&str> {
    let end = if path.ends_with(']') { path.rfind('[') } else { path.rfind('.') };
    end.map(|end| &path[..end])
}
