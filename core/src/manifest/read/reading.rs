//! Words for what was done to read a text that was pasted.
//!
//! It does nothing to the text: `paste` did.

use crate::diagnostic::{Code, Diagnostic, Effect, Place};
use crate::paste::Reading;
use crate::source::{FileId, Span};

/// Findings about the reading of one text.
pub(super) fn findings(file: FileId, text: &str, reading: &Reading) -> Vec<Diagnostic> {
    let mut findings: Vec<Diagnostic> = restored(file, text, reading).into_iter().collect();
    findings.extend(page(file, text, reading));
    findings.extend(reading.unclear.iter().map(|unclear| {
        let message = format!("this document has lost its indentation, and {}", unclear.message);
        let found = Diagnostic::new(Code::IndentationUnclear, Place::Text(file, unclear.span), message);
        found.effect(Effect::DropsObject).help("indent the document by hand, or copy it from its source once more")
    }));
    findings
}

fn restored(file: FileId, text: &str, reading: &Reading) -> Option<Diagnostic> {
    let place = Place::Text(file, line(text, *reading.restored.first()?));
    let message = format!("indentation restored in {}", count(reading.restored.len(), "document"));
    let found = Diagnostic::new(Code::IndentationRestored, place, message).fix(reading.fix.clone());
    Some(match &reading.fix {
        Some(_) => found.help("write it into the text with the fix; the plan is that of the text after it"),
        None => found.help("the plan is that of the text with its indentation"),
    })
}

fn page(file: FileId, text: &str, reading: &Reading) -> Option<Diagnostic> {
    let place = Place::Text(file, line(text, *reading.blocks.first()?));
    let blocks = count(reading.blocks.len(), "block");
    let found =
        Diagnostic::new(Code::PageRead, place, format!("read {blocks} of a Markdown page, and nothing else of it"));
    Some(found.help("blocks count that are YAML or JSON and have an apiVersion"))
}

/// The first line of a stretch.
fn line(text: &str, span: Span) -> Span {
    let rest = text.get(span.start as usize..span.end as usize).unwrap_or_default();
    let length = rest.find(['\r', '\n']).unwrap_or(rest.len());
    Span { start: span.start, end: span.start + u32::try_from(length).unwrap_or_default() }
}

fn count(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
