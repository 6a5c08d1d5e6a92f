//! A remedy as edits of the files: mechanical, and gentle to comments and layout.
//!
//! It reads and writes no file: texts come in, texts go out.

use super::Diagnostic;
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

impl Edit {
    /// Whether both change the same stretch, or neighbours.
    fn touches(&self, other: &Self) -> bool {
        self.file == other.file && self.span.start <= other.span.end && other.span.start <= self.span.end
    }
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

    /// Another scalar in place of the one at `span` of `text`, in the quotes that it has.
    pub fn retyped(title: impl Into<String>, file: FileId, text: &str, span: Span, value: &str) -> Option<Self> {
        let written = text.get(span.start as usize..span.end as usize)?;
        let quote = written.chars().next().filter(|first| ['"', '\''].contains(first));
        if written.contains('\n') || value.contains(['"', '\'', '\\', '\n']) {
            return None;
        }
        let replacement = match quote {
            Some(quote) => format!("{quote}{value}{quote}"),
            None => value.to_owned(),
        };
        Some(Self::one(title, file, span, replacement))
    }

    /// Takes an entry of a map away with its lines, if it has them to itself.
    pub fn without(title: impl Into<String>, file: FileId, text: &str, entry: Span) -> Option<Self> {
        let (from, to) = (entry.start as usize, entry.end as usize);
        let start = text.get(..from)?.rfind('\n').map_or(0, |at| at + 1);
        let rest = text.get(to..)?;
        let end = to + rest.find('\n').map_or(rest.len(), |at| at + 1);
        let after = text.get(to..end)?.trim().trim_start_matches(':').trim_start();
        let is_alone = text.get(start..from)?.trim().is_empty() && (after.is_empty() || after.starts_with('#'));
        let span = Span { start: u32::try_from(start).ok()?, end: u32::try_from(end).ok()? };
        is_alone.then(|| Self::one(title, file, span, ""))
    }
}

/// Fixes of which none touches an earlier one, in the order of the findings; of equal ones the first.
pub fn compatible(findings: &[Diagnostic]) -> Vec<&Fix> {
    let mut fixes: Vec<&Fix> = Vec::new();
    for fix in findings.iter().filter_map(|finding| finding.fix.as_ref()) {
        let taken = || fixes.iter().flat_map(|fix| &fix.edits);
        if fix.edits.iter().all(|edit| taken().all(|other| !edit.touches(other))) {
            fixes.push(fix);
        }
    }
    fixes
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
