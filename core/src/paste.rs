//! Finds the manifests in what people paste: YAML that lost its indentation on the way through a web page, Markdown.
//!
//! It never guesses: what may mean two things is reported with its place, and left out. Positions stay those of the
//! text as it was pasted.

mod excerpt;
mod flat;
mod fold;
mod line;
mod markdown;
mod region;
mod walk;

#[cfg(test)]
mod tests;

use crate::diagnostic::{Edit, Fix};
use crate::source::{self, Document, FileId, Problem, Span};
use excerpt::Excerpt;

pub use fold::{Fold, FoldKind};

/// What a text holds, and what was done to read it.
#[derive(Clone, Debug, Default)]
pub struct Opened {
    /// Objects, in the order of the text.
    pub documents: Vec<Document>,
    /// What stood in the way of others.
    pub problems: Vec<Problem>,
    /// What was done.
    pub reading: Reading,
}

/// What was done to read a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Blocks of a Markdown page that were read; the rest was not.
    pub blocks: Vec<Span>,
    /// Documents whose indentation was restored.
    pub restored: Vec<Span>,
    /// Restores the indentation in the text.
    pub fix: Option<Fix>,
    /// Documents without indentation whose meaning is open.
    pub unclear: Vec<Unclear>,
    /// What people seldom want to see.
    pub folds: Vec<Fold>,
}

/// A document without indentation whose meaning is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unclear {
    /// The line where it becomes so.
    pub span: Span,
    /// Why.
    pub message: String,
}

/// Reads all documents of `text`, whatever it is.
pub fn open(file: FileId, text: &str) -> Opened {
    let mut opened = match markdown::blocks(text).filter(|_| text.len() <= source::MAX_BYTES) {
        Some((blocks, excerpt)) => page(file, blocks, &excerpt),
        None => manifests(file, text),
    };
    source::name_lines(text, &mut opened.problems);
    opened
}

fn page(file: FileId, blocks: Vec<Span>, excerpt: &Excerpt) -> Opened {
    let mut opened = manifests(file, &excerpt.text);
    opened.relocate(excerpt);
    // Edits would have to keep what stands around and before each block.
    opened.reading = Reading { blocks, fix: None, ..opened.reading };
    opened
}

/// Reads a text that is YAML or JSON, with or without indentation.
fn manifests(file: FileId, text: &str) -> Opened {
    if text.len() > source::MAX_BYTES || !flat::is_flat(text) {
        return plain(file, text);
    }
    let restored = flat::restore(text);
    let mut opened = plain(file, &restored.excerpt.text);
    opened.relocate(&restored.excerpt);
    let (fix, folds) = (fix(file, restored.edits), opened.reading.folds);
    opened.reading =
        Reading { blocks: Vec::new(), restored: restored.documents, fix, unclear: restored.unclear, folds };
    opened
}

fn plain(file: FileId, text: &str) -> Opened {
    let parsed = source::documents(file, text);
    let folds = parsed.documents.iter().flat_map(fold::folds).collect();
    let reading = Reading { folds, ..Reading::default() };
    Opened { documents: parsed.documents, problems: parsed.problems, reading }
}

fn fix(file: FileId, edits: Vec<(Span, String)>) -> Option<Fix> {
    let edits: Vec<Edit> = edits.into_iter().map(|(span, replacement)| Edit { file, span, replacement }).collect();
    (!edits.is_empty()).then(|| Fix { title: "restore the indentation".to_owned(), edits })
}

impl Opened {
    /// Moves all places from an excerpt to the text that it was made from.
    fn relocate(&mut self, excerpt: &Excerpt) {
        self.documents.iter_mut().for_each(|document| excerpt.relocate(&mut document.root));
        for problem in &mut self.problems {
            problem.span = excerpt.span(problem.span);
            problem.related = problem.related.map(|span| excerpt.span(span));
            problem.void = problem.void.map(|span| excerpt.span(span));
        }
        let reading = &mut self.reading;
        let folds = reading.folds.iter_mut().map(|fold| &mut fold.span);
        let unclear = reading.unclear.iter_mut().map(|unclear| &mut unclear.span);
        for span in reading.restored.iter_mut().chain(folds).chain(unclear) {
            *span = excerpt.span(*span);
        }
    }
}
