//! Edits that fixes are made of: a value, an entry, a document.
//!
//! They keep what stands around them; where that can't be done, there is no edit.

use crate::diagnostic::{Fix, Place};
use crate::id::ObjectIx;
use crate::manifest::Manifests;
use crate::source::{Entry, FileId, Node, Span};

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
    let map = object.node.at(parent)?;
    if text.get(map.span.start as usize..)?.starts_with('{') {
        return Some(Fix::one(title, object.file, in_braces(map, key)?, ""));
    }
    let entry = map.as_map()?.entry(key)?;
    let end = entry.value.span.end.max(entry.key_span.end);
    Fix::without(title, object.file, text, Span { start: entry.key_span.start, end })
}

/// An entry of a map in braces with the comma on one side of it.
fn in_braces(map: &Node, key: &str) -> Option<Span> {
    let written: Vec<&Entry> = map.as_map()?.iter().filter(|entry| entry.value.span.is_in_text()).collect();
    let at = written.iter().position(|entry| &*entry.key == key)?;
    let (start, end) = (written[at].key_span.start, written[at].value.span.end);
    Some(match (at.checked_sub(1).map(|before| written[before]), written.get(at + 1)) {
        (Some(before), _) => Span { start: before.value.span.end, end },
        (None, Some(next)) => Span { start, end: next.key_span.start },
        (None, None) => Span { start, end },
    })
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
    let added = format!("{gap}---\n{yaml}").replace('\n', line_end(text));
    Some(Fix::one(title, file, Span { start: end, end }, added))
}

/// Puts an entry behind the entry `after` of the map at `path`: in its line if the map is in braces, else in the next.
pub fn sibling(
    manifests: &Manifests,
    object: ObjectIx,
    path: &str,
    after: &str,
    (key, value): (&str, &str),
) -> Option<Fix> {
    let object = manifests.object(object);
    let text = &manifests.files.get(object.file.0 as usize)?.text;
    let map = object.node.at(path)?;
    let before = map.as_map()?.entry(after)?;
    let (start, end) = (before.key_span.start as usize, before.value.span.end as usize);
    let quote = if text.get(start..)?.starts_with('"') { "\"" } else { "" };
    let entry = format!("{quote}{key}{quote}: {value}");
    let title = format!("add {key}: {value}");
    let insert = |at: usize, added: String| {
        let at = u32::try_from(at).ok()?;
        Some(Fix::one(title, object.file, Span { start: at, end: at }, added))
    };
    if text.get(map.span.start as usize..)?.starts_with('{') {
        return insert(end, format!(", {entry}"));
    }
    if text.get(start..end)?.contains('\n') {
        return None;
    }
    let rest = text.get(end..)?;
    let line = text.get(..start)?.rfind('\n').map_or(0, |at| at + 1);
    let column = text.get(line..start)?.chars().count();
    insert(end + rest.find(['\r', '\n']).unwrap_or(rest.len()), format!("{}{:column$}{entry}", line_end(text), ""))
}

/// How the lines of a text end.
fn line_end(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}
