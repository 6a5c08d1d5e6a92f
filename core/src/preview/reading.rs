//! What was done to read each text, with places as editors count them.
//!
//! It was done by `paste`; findings say it in words.

use serde::Serialize;

use super::range::{Range, Ranges};
use crate::paste::{FoldKind, Reading};
use crate::source::{FileId, Span};

/// The reading of one text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct FileReading {
    /// Blocks of a Markdown page that were read; the rest was not. Empty when the text is none.
    pub blocks: Vec<Range>,
    /// Documents whose indentation was restored; the fix of GWC0610 writes it into the text.
    pub restored: Vec<Range>,
    /// Parts that the API server wrote and that people seldom want to see.
    pub folds: Vec<FoldRange>,
}

/// A part to fold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct FoldRange {
    /// From the key to the end of the value.
    pub range: Range,
    /// What it is.
    pub kind: FoldKind,
}

pub(super) fn readings(ranges: &Ranges<'_>) -> Vec<FileReading> {
    let all = ranges.locator.manifests().readings.iter().zip(0..);
    all.map(|(reading, file)| file_reading(ranges, FileId(file), reading)).collect()
}

fn file_reading(ranges: &Ranges<'_>, file: FileId, reading: &Reading) -> FileReading {
    let range = |span: &Span| ranges.span(file, *span);
    let fold = |fold: &crate::paste::Fold| Some(FoldRange { range: range(&fold.span)?, kind: fold.kind });
    FileReading {
        blocks: reading.blocks.iter().filter_map(range).collect(),
        restored: reading.restored.iter().filter_map(range).collect(),
        folds: reading.folds.iter().filter_map(fold).collect(),
    }
}
