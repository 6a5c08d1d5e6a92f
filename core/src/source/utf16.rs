//! Places of a text as editors and browsers count them: in UTF-16 code units.
//! This is the only place that converts; everything else in core counts bytes or characters.

/// How many bytes one stored count covers.
const BLOCK: usize = 1024;

/// A place in a text: all in UTF-16 code units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Utf16Position {
    /// From the start of the text, from 0.
    pub offset: u32,
    /// The line, from 1.
    pub line: u32,
    /// Inside the line, from 1.
    pub column: u32,
}

/// Counts made once for a text, so that looking a place up takes the same time wherever it is.
pub struct Utf16Index<'t> {
    bytes: &'t [u8],
    /// Offset of every line's first byte.
    lines: Vec<u32>,
    /// Code units before every block, and all of them.
    blocks: Vec<u32>,
}

impl<'t> Utf16Index<'t> {
    /// Counts `text`.
    pub fn new(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let breaks = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
        let lines = std::iter::once(0).chain(breaks.map(|(at, _)| at as u32 + 1)).collect();
        let mut blocks = vec![0];
        let mut before = 0;
        for block in bytes.chunks(BLOCK) {
            before += units(block);
            blocks.push(before);
        }
        Self { bytes, lines, blocks }
    }

    /// Code units before the byte at `offset`; past the end, all of them.
    pub fn offset(&self, offset: u32) -> u32 {
        let offset = (offset as usize).min(self.bytes.len());
        let block = offset / BLOCK;
        let rest = &self.bytes[block * BLOCK..];
        let end = self.blocks.get(block + 1).map(|end| (end - self.blocks[block]) as usize);
        let inside = offset - block * BLOCK;
        // As many units as bytes: nothing to count.
        let is_ascii = end == Some(rest.len().min(BLOCK));
        self.blocks[block] + if is_ascii { inside as u32 } else { units(&rest[..inside]) }
    }

    /// Line, column and offset of the byte at `offset`.
    pub fn position(&self, offset: u32) -> Utf16Position {
        let offset = offset.min(self.bytes.len() as u32);
        let line = self.lines.partition_point(|start| *start <= offset);
        let units = self.offset(offset);
        Utf16Position { offset: units, line: line as u32, column: units - self.offset(self.lines[line - 1]) + 1 }
    }
}

/// The byte at `offset` code units, at most the end; an offset inside a code point is its end.
pub fn byte_at(text: &str, offset: usize) -> usize {
    let mut before = 0;
    let found = text.char_indices().find(|(_, letter)| {
        let is_reached = before >= offset;
        before += letter.len_utf16();
        is_reached
    });
    found.map_or(text.len(), |(byte, _)| byte)
}

/// A code point takes one unit, beyond U+FFFF (four bytes in UTF-8) two.
fn units(bytes: &[u8]) -> u32 {
    bytes.iter().map(|byte| u32::from(byte & 0b1100_0000 != 0b1000_0000) + u32::from(*byte >= 0b1111_0000)).sum()
}

#[cfg(test)]
mod tests {
    use super::{Utf16Index, Utf16Position, byte_at};

    #[test]
    fn counts_as_a_browser_does() {
        let text = "a: ä\r\n😀: x\n".repeat(500) + "end";
        let index = Utf16Index::new(&text);
        for (byte, _) in text.char_indices().chain([(text.len(), ' ')]) {
            let before = &text[..byte];
            let line = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
            let expected = Utf16Position {
                offset: before.encode_utf16().count() as u32,
                line: before.matches('\n').count() as u32 + 1,
                column: line.encode_utf16().count() as u32 + 1,
            };
            assert_eq!(index.position(byte as u32), expected, "byte {byte}");
        }
        assert_eq!(index.position(u32::MAX), index.position(text.len() as u32));
        assert_eq!([0, 1, 2, 3, 4, 9].map(|offset| byte_at("ä😀x", offset)), [0, 2, 6, 6, 7, 7]);
        assert_eq!(Utf16Index::new("").position(7), Utf16Position { offset: 0, line: 1, column: 1 });
    }
}
