//! The blocks of a Markdown page that hold manifests.
//!
//! It reads no YAML: whether a text is a page shows in its fences and in what stands around them.

use super::excerpt::Excerpt;
use crate::source::Span;

/// Words after a fence that announce manifests.
const LANGUAGES: [&str; 3] = ["yaml", "yml", "json"];

/// The blocks with manifests and their text; `None` when the text is no page.
///
/// A manifest that quotes a page begins with `apiVersion` outside of all fences, which no page does.
pub(super) fn blocks(text: &str) -> Option<(Vec<Span>, Excerpt)> {
    if !text.contains("```") && !text.contains("~~~") {
        return None;
    }
    let mut page = Page::default();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        page.line(start, line)?;
        start += line.len();
    }
    page.close(start);
    (!page.blocks.is_empty()).then_some((page.blocks, page.excerpt))
}

#[derive(Default)]
struct Page<'t> {
    blocks: Vec<Span>,
    excerpt: Excerpt,
    open: Option<Block<'t>>,
}

/// A block whose end is still to come.
struct Block<'t> {
    fence: &'t str,
    indent: usize,
    is_announced: bool,
    lines: Vec<(usize, &'t str)>,
}

impl<'t> Page<'t> {
    /// `None` when the line shows that this is no page.
    fn line(&mut self, start: usize, line: &'t str) -> Option<()> {
        let content = line.trim_start_matches([' ', '\t', '>']);
        let fence = fence(content);
        match (&mut self.open, fence) {
            (Some(block), Some(fence)) if closes(block.fence, fence, content) => self.close(start),
            (Some(block), _) => block.lines.push(dedented(start, line, block.indent)),
            (None, Some(fence)) => {
                let language = content[fence.len()..].split([' ', '\t', '{', ',']).find(|word| !word.is_empty());
                let language = language.unwrap_or_default().trim().to_ascii_lowercase();
                let is_announced = LANGUAGES.contains(&language.as_str());
                let indent = line.len() - content.len();
                // Blocks in other languages are no manifests, whatever they hold.
                self.open =
                    Some(Block { fence, indent, is_announced: is_announced || language.is_empty(), lines: Vec::new() });
            }
            (None, None) if is_manifest(line) => return None,
            (None, None) => {}
        }
        Some(())
    }

    /// Ends a block before `end` and keeps it if it holds an object.
    fn close(&mut self, end: usize) {
        let Some(block) = self.open.take() else { return };
        let holds = block.lines.iter().any(|(_, line)| line.contains("apiVersion"));
        let Some((first, _)) = block.lines.first().filter(|_| holds && block.is_announced) else { return };
        self.blocks.push(Span { start: *first as u32, end: end as u32 });
        self.excerpt.insert("---\n", *first);
        block.lines.iter().for_each(|(start, line)| self.excerpt.take(line, *start));
        if !self.excerpt.text.ends_with('\n') {
            self.excerpt.insert("\n", end);
        }
    }
}

/// The fence that a line begins with.
fn fence(content: &str) -> Option<&str> {
    let mark = content.chars().next().filter(|first| ['`', '~'].contains(first))?;
    let length = content.bytes().take_while(|byte| *byte == mark as u8).count();
    (length >= 3).then(|| &content[..length])
}

fn closes(opening: &str, fence: &str, content: &str) -> bool {
    fence.starts_with(opening) && content[fence.len()..].trim().is_empty()
}

/// A line of a block without the blanks that its fence has, too.
fn dedented(start: usize, line: &str, indent: usize) -> (usize, &str) {
    let blanks = line.bytes().take(indent).take_while(|byte| [b' ', b'\t', b'>'].contains(byte)).count();
    (start + blanks, &line[blanks..])
}

fn is_manifest(line: &str) -> bool {
    ["apiVersion:", "kind:", "{", "- apiVersion:"].iter().any(|start| line.starts_with(start))
}
