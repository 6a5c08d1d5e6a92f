//! From the YAML parser's places, counted in characters of a part, to bytes of the whole text.
//! It does not know lines.

use crate::source::{Part, Span};

/// Characters between two known byte offsets.
const STRIDE: usize = 64;

pub(super) struct Offsets<'t> {
    part: Part<'t>,
    /// The byte offset of every `STRIDE`th character; empty if all characters are one byte.
    marks: Vec<u32>,
}

impl<'t> Offsets<'t> {
    pub(super) fn new(part: Part<'t>) -> Offsets<'t> {
        let marks = if part.text.is_ascii() {
            Vec::new()
        } else {
            part.text.char_indices().step_by(STRIDE).map(|(at, _)| at as u32).collect()
        };
        Offsets { part, marks }
    }

    /// The part.
    pub(super) fn text(&self) -> Part<'t> {
        self.part
    }

    /// The byte of the whole text at which a character of the part starts.
    pub(super) fn byte(&self, character: usize) -> u32 {
        let text = self.part.text;
        let in_part = match self.marks.get(character / STRIDE) {
            Some(mark) => {
                let rest = &text[*mark as usize..];
                let within = rest.char_indices().nth(character % STRIDE).map_or(rest.len(), |(at, _)| at);
                *mark as usize + within
            }
            None if self.marks.is_empty() => character.min(text.len()),
            None => text.len(),
        };
        (self.part.base + in_part) as u32
    }

    pub(super) fn span(&self, span: saphyr_parser::Span) -> Span {
        Span { start: self.byte(span.start.index()), end: self.byte(span.end.index()) }
    }

    /// `span` without the white space at its end, which the parser counts to block scalars.
    pub(super) fn trimmed(&self, span: Span) -> Span {
        let (start, end) = (span.start as usize - self.part.base, span.end as usize - self.part.base);
        let length = self.part.text.get(start..end).map_or(0, |text| text.trim_end().len());
        Span { start: span.start, end: span.start + length as u32 }
    }
}
