//! A remedy as edits of the files: mechanical, and gentle to comments and layout.
//!
//! It reads and writes no file: texts come in, texts go out.

use crate::source::{FileId, Span};

/// A stretch of a file and what shall stand there instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The file.
    pub file: FileId,
    /// What is replaced; an empty stretch inserts.
    pub span: Span,
    /// The new text.
    pub replacement: String,
}

/// Edits that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What they do, in the imperative.
    pub title: String,
    /// The edits, which don't overlap.
    pub edits: Vec<Edit>,
}

impl Fix {
    /// A fix of one edit.
    pub fn one(title: impl Into<String>, file: FileId, span: Span, replacement: impl Into<String>) -> Self {
        Self { title: title.into(), edits: vec![Edit { file, span, replacement: replacement.into() }] }
    }
}

/// `text` of `file` after `edits`, which must not overlap; those of other files are left aside.
pub fn apply(file: FileId, text: &str, edits: &[&Edit]) -> String {
    let mut own: Vec<&Edit> = edits.iter().copied().filter(|edit| edit.file == file).collect();
    own.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in own {
        let (start, end) = (edit.span.start as usize, edit.span.end as usize);
        out.push_str(text.get(at..start).unwrap_or_default());
        out.push_str(&edit.replacement);
        at = end.max(at);
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}
