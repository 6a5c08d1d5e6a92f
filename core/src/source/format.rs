//! Lays YAML out evenly: two spaces per level, lists below their key, no blanks at line ends. Comments stay.
//! It changes layout only: a text whose values would change, or that is broken, is not touched.

mod level;
mod scan;

#[cfg(test)]
mod tests;

use super::{FileId, Node, NodeValue, parse};
use level::Levels;
use scan::{Flow, Line};

/// `text` laid out evenly; `None` when it is so already, or cannot be read.
pub fn format(text: &str) -> Option<String> {
    let before = parse(FileId(0), text);
    if !before.problems.is_empty() {
        return None;
    }
    let formatted = lay_out(text);
    if formatted == text {
        return None;
    }
    let after = parse(FileId(0), &formatted);
    let is_same = after.problems.is_empty()
        && before.documents.len() == after.documents.len()
        && before.documents.iter().zip(&after.documents).all(|(one, other)| is_equal(&one.root, &other.root));
    is_same.then_some(formatted)
}

/// Whether two nodes mean the same, wherever they stand.
fn is_equal(one: &Node, other: &Node) -> bool {
    match (&one.value, &other.value) {
        (NodeValue::Seq(one), NodeValue::Seq(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_equal(one, other))
        }
        (NodeValue::Map(one), NodeValue::Map(other)) => {
            one.len() == other.len()
                && one.iter().zip(other).all(|(one, other)| one.key == other.key && is_equal(&one.value, &other.value))
        }
        (one, other) => one == other,
    }
}

fn lay_out(text: &str) -> String {
    let mut layout = Layout { out: String::with_capacity(text.len() + 64), ..Layout::default() };
    text.trim_start_matches('\u{feff}').lines().for_each(|line| layout.line(line));
    layout.flush_comments(None);
    let end = layout.out.trim_end_matches('\n').len();
    layout.out.truncate(end);
    layout.out.push('\n');
    layout.out
}

/// What is known while going through the lines.
#[derive(Default)]
struct Layout {
    out: String,
    levels: Levels,
    /// Comments and blank lines before a line whose place is not known yet: old indentation and text.
    waiting: Vec<(usize, String)>,
    /// How far the last line of structure moved.
    shift: isize,
    /// Quotes and brackets that are open.
    flow: Flow,
    /// Old indentation of the line that owns the block scalar one is in.
    block: Option<usize>,
}

impl Layout {
    fn line(&mut self, raw: &str) {
        let text = raw.trim_end();
        let indent = scan::indent(raw);
        if self.block.is_some_and(|owner| raw.trim().is_empty() || indent > owner) {
            return self.moved(raw.trim_end_matches('\r'));
        }
        self.block = None;
        if self.flow.is_open() {
            self.flow.read(text);
            return self.moved(text);
        }
        if text.is_empty() || text.trim_start().starts_with('#') {
            self.waiting.push((indent, text.trim_start().to_owned()));
            return;
        }
        if indent == 0 && (text.starts_with("---") || text.starts_with("...") || text.starts_with('%')) {
            self.flush_comments(Some(0));
            self.levels = Levels::default();
            self.shift = 0;
            return self.push(0, text);
        }
        self.structure(indent, text);
    }

    fn structure(&mut self, indent: usize, text: &str) {
        let line = Line::read(text.trim_start());
        if !line.is_structure() {
            self.flush_comments(None);
            self.flow.read(text);
            return self.moved(text);
        }
        let comments = std::mem::take(&mut self.waiting);
        let known = comments.iter().map(|(old, _)| self.levels.at(*old)).collect::<Vec<_>>();
        let new = self.levels.enter(indent, &line);
        for ((_, comment), place) in comments.iter().zip(known) {
            self.push(place.unwrap_or(new), comment);
        }
        self.shift = new.cast_signed() - indent.cast_signed();
        let mut out = "- ".repeat(line.dashes.len());
        out.push_str(line.content);
        // The content moves by what its own level moved: dashes may have been further apart.
        self.push(new, out.trim_end());
        self.block = scan::opens_block(line.content).then_some(indent);
        self.flow.read(line.content);
    }

    /// Comments whose place nobody tells, as deep as `place` or as they were.
    fn flush_comments(&mut self, place: Option<usize>) {
        for (old, comment) in std::mem::take(&mut self.waiting) {
            self.push(place.or(self.levels.at(old)).unwrap_or(0), &comment);
        }
    }

    /// A line inside a scalar: it moves with the line that it belongs to.
    fn moved(&mut self, text: &str) {
        let content = text.trim_start_matches(' ');
        let indent = (text.len() - content.len()).cast_signed() + self.shift;
        self.push(indent.max(0).unsigned_abs(), content);
    }

    fn push(&mut self, indent: usize, text: &str) {
        if !text.is_empty() {
            self.out.extend(std::iter::repeat_n(' ', indent));
            self.out.push_str(text);
        }
        self.out.push('\n');
    }
}
