//! Edits that fixes are made of: a value, an entry, a document.
//!
//! They keep what stands around them; where that can't be done, there is no edit.

use crate::diagnostic::{Fix, Place};
use crate::id::ObjectIx;
use crate::manifest::Manifests;
use crate::source::{FileId, Node, Span};

/// Puts `value` in place of the text at `place`, in the same quotes.
pub fn value(manifests: &Manifests, place: &Place, value: &str, title: impl Into<String>) -> Option<Fix> {
    let (object, path) = match place {
        Place::Field(object, path) => (*object, path.to_string()),
        Place::Path(object, path) => (*object, path.to_string()),
        Place::Text(..) | Place::Nowhere => return None,
    };
    let object = manifests.object(object);
    let span = object.node.at(&path)?.span;
    let text = &manifests.files.get(object.file.0 as usize)?.text;
    Fix::retyped(title, object.file, text, span, value)
}

/// Takes the entry at `path` away with its lines, and the maps around it that would be left empty.
pub fn removal(manifests: &Manifests, object: ObjectIx, path: &str, title: impl Into<String>) -> Option<Fix> {
    let object = manifests.object(object);
    let text = &manifests.files.get(object.file.0 as usize)?.text;
    let (mut parent, mut key) = path.rsplit_once('.')?;
    while entries(&object.node, parent)? == 1 && !parent.ends_with(']') && parent.contains('.') {
        (parent, key) = parent.rsplit_once('.')?;
    }
    let entry = object.node.at(parent)?.as_map()?.iter().find(|entry| &*entry.key == key)?;
    let end = entry.value.span.end.max(entry.key_span.end);
    Fix::without(title, object.file, text, Span { start: entry.key_span.start, end })
}

fn entries(root: &Node, path: &str) -> Option<usize> {
    let written = root.at(path)?.as_map()?.iter().filter(|entry| entry.value.span.is_in_text());
    Some(written.count())
}

/// Adds a document to a file, unless that is one of JSON.
pub fn document(manifests: &Manifests, file: FileId, yaml: &str, title: impl Into<String>) -> Option<Fix> {
    let text = &manifests.files.get(file.0 as usize)?.text;
    let is_stream = text.lines().any(|line| line.starts_with("---"));
    if text.trim_start().starts_with(['{', '[']) && !is_stream {
        return None;
    }
    let end = u32::try_from(text.len()).ok()?;
    let gap = if text.ends_with('\n') { "" } else { "\n" };
    Some(Fix::one(title, file, Span { start: end, end }, format!("{gap}---\n{yaml}")))
}
