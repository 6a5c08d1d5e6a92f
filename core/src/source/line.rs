//! Line and column of a place in a text.
//! It does not know nodes; it works on byte offsets alone.

/// Where a reader would look: both count from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: u32,
    /// The column.
    pub column: u32,
}

/// The lines of one text.
pub struct LineIndex<'t> {
    text: &'t str,
    starts: Vec<u32>,
}

impl<'t> LineIndex<'t> {
    /// Finds the lines of `text`. A byte order mark belongs to no line.
    pub fn new(text: &'t str) -> LineIndex<'t> {
        let first = if text.starts_with('\u{feff}') { 3 } else { 0 };
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(first).chain(breaks.map(|(at, _)| at as u32 + 1)).collect();
        LineIndex { text, starts }
    }

    /// The position of the byte at `offset`; past the end it is the position after the last byte.
    pub fn position(&self, offset: u32) -> Position {
        let offset = offset.min(self.text.len() as u32);
        let line = self.starts.partition_point(|start| *start <= offset).max(1);
        let start = self.starts[line - 1] as usize;
        let before = self.text.as_bytes().get(start..offset as usize).unwrap_or_default();
        let characters = before.iter().filter(|byte| !is_continuation(**byte)).count();
        Position { line: line as u32, column: characters as u32 + 1 }
    }

    /// The text of a line, counted from 1, without its line break.
    pub fn line(&self, line: u32) -> Option<&'t str> {
        let index = (line as usize).checked_sub(1)?;
        let start = *self.starts.get(index)? as usize;
        let end = self.starts.get(index + 1).map_or(self.text.len(), |next| *next as usize);
        self.text.get(start..end).map(|line| line.trim_end_matches(['\n', '\r']))
    }
}

fn is_continuation(byte: u8) -> bool {
    byte & 0b1100_0000 == 0b1000_0000
}
