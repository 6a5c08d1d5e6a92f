//! A text made from another one by leaving out and inserting, which knows where each part of it came from.
//!
//! It does not know what the texts mean.

use crate::source::{Node, NodeValue, Span};

/// The new text and where its parts were.
#[derive(Clone, Debug, Default)]
pub(super) struct Excerpt {
    pub(super) text: String,
    /// Where a part begins here and where it began there; ascending.
    parts: Vec<(u32, u32)>,
}

impl Excerpt {
    /// Takes over a part of the old text, which starts at `old` there.
    pub(super) fn take(&mut self, part: &str, old: usize) {
        self.parts.push((self.text.len() as u32, old as u32));
        self.text.push_str(part);
    }

    /// Adds text that stands for the place `old` in the old text.
    pub(super) fn insert(&mut self, text: &str, old: usize) {
        self.take(text, old);
    }

    /// Where a byte of the new text came from: what was inserted, from where it was inserted.
    fn offset(&self, new: u32) -> u32 {
        let after = self.parts.partition_point(|(start, _)| *start <= new);
        let Some((start, old)) = after.checked_sub(1).map(|at| self.parts[at]) else { return new };
        let moved = old + (new - start);
        self.parts.get(after).map_or(moved, |(_, next)| moved.min(*next))
    }

    pub(super) fn span(&self, span: Span) -> Span {
        if !span.is_in_text() {
            return span;
        }
        let start = self.offset(span.start);
        // The byte before the end, as what follows may have been somewhere else.
        let end = if span.end > span.start { self.offset(span.end - 1) + 1 } else { start };
        Span { start, end: end.max(start) }
    }

    /// Moves the places of a tree.
    pub(super) fn relocate(&self, node: &mut Node) {
        node.span = self.span(node.span);
        match &mut node.value {
            NodeValue::Seq(items) => items.iter_mut().for_each(|item| self.relocate(item)),
            NodeValue::Map(map) => {
                for entry in map.iter_mut() {
                    entry.key_span = self.span(entry.key_span);
                    self.relocate(&mut entry.value);
                }
            }
            _ => {}
        }
    }
}
