//! Parts of objects that the API server wrote, and that an editor folds away.
//!
//! Nothing is left out here: what they say is read like everything else.

use serde::Serialize;

use crate::source::{Document, Map, Node, Span};

/// A part to fold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fold {
    /// From the key to the end of the value.
    pub span: Span,
    /// What it is.
    pub kind: FoldKind,
}

/// What is folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum FoldKind {
    /// `status`.
    Status,
    /// `metadata.managedFields`.
    ManagedFields,
}

/// Parts of `document` to fold.
pub(super) fn folds(document: &Document) -> Vec<Fold> {
    let root = document.root.as_map();
    let metadata = document.root.get("metadata").and_then(Node::as_map);
    let managed = part(metadata, "managedFields", FoldKind::ManagedFields);
    managed.into_iter().chain(part(root, "status", FoldKind::Status)).collect()
}

fn part(map: Option<&Map>, key: &str, kind: FoldKind) -> Option<Fold> {
    let entry = map?.entry(key)?;
    let is_written = entry.key_span.is_in_text() && entry.value.span.end > entry.key_span.end;
    is_written.then_some(Fold { span: Span { start: entry.key_span.start, end: entry.value.span.end }, kind })
}
