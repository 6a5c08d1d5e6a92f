//! Turns YAML and JSON text into documents whose every node knows where it was written.
//! It does not know any kind: what a document means, and whether it is valid, is not decided here.

pub mod api;
mod de;
mod format;
mod json;
mod line;
mod list;
mod node;
mod one;
mod problem;
mod scalar;
mod split;
mod utf16;
mod value;
mod yaml;

#[cfg(test)]
mod tests;

pub use de::ReadError;
pub use format::format;
pub use line::{LineIndex, Position};
pub use node::{Entry, Map, Node, NodeValue, Span};
pub use one::read_one;
pub use problem::{Problem, ProblemCode};
pub use utf16::{Utf16Index, Utf16Position, byte_at};

/// The longest text that is read, in bytes.
pub const MAX_BYTES: usize = 32 << 20;
/// How deep maps and lists may nest.
pub const MAX_DEPTH: usize = 100;

/// The longest text that is tried as YAML after it turned out not to be JSON: who writes so much in braces uses a tool.
const MAX_SECOND_READ: usize = 4 << 20;

/// How many problems of one text are reported.
pub const MAX_PROBLEMS: usize = 1000;

/// A text among those read together; the caller numbers them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

impl FileId {
    /// Stands for no text: the objects of a cluster.
    pub const CLUSTER: FileId = FileId(u32::MAX);
}

/// One object of a text. Lists (`kind: List`, `ServiceList` …) are already taken apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The text it was read from.
    pub file: FileId,
    /// The object: always a map.
    pub root: Node,
}

/// What a text holds: the documents that could be read, and what stood in the way of the others.
#[derive(Clone, Debug, Default)]
pub struct Parsed {
    /// In the order of the text.
    pub documents: Vec<Document>,
    /// In the order they were found.
    pub problems: Vec<Problem>,
}

/// Reads all documents of `text`, which may be YAML, JSON or both, separated by `---`.
///
/// A document that cannot be read is reported and hides no other.
pub fn parse(file: FileId, text: &str) -> Parsed {
    let mut parsed = documents(file, text);
    name_lines(text, &mut parsed.problems);
    parsed
}

/// The same without naming lines, for a text that was made from another one.
pub(crate) fn documents(file: FileId, text: &str) -> Parsed {
    let mut parsed = Parsed::default();
    if text.len() > MAX_BYTES {
        parsed.problems.push(problem::too_large(file, text.len()));
        return parsed;
    }
    let mut copied = 0;
    for part in split::parts(text) {
        let before = parsed.problems.len();
        let nodes = read_part(file, part, &mut copied, &mut parsed.problems);
        let is_broken = parsed.problems[before..].iter().any(|problem| problem.code == ProblemCode::Syntax);
        // What is left of a broken document tells nobody anything if it is no map.
        for node in nodes.into_iter().filter(|node| !is_broken || node.as_map().is_some()) {
            list::flatten(file, node, &mut parsed);
        }
    }
    parsed
}

/// The value that `text` stands for after a key, on one line or in braces or brackets.
pub(crate) fn value(text: &str) -> Option<Node> {
    let mut parsed = parse(FileId(0), &format!("value: {text}"));
    if !parsed.problems.is_empty() || parsed.documents.len() != 1 {
        return None;
    }
    parsed.documents.pop()?.root.as_map_mut()?.remove("value")
}

/// Says in words where the place is that a problem clashes with.
pub(crate) fn name_lines(text: &str, problems: &mut [Problem]) {
    let mut clashes =
        problems.iter_mut().filter_map(|problem| Some((problem.related?, &mut problem.message))).peekable();
    if clashes.peek().is_none() {
        return;
    }
    let lines = LineIndex::new(text);
    for (related, message) in clashes {
        message.push_str(&format!(" on line {}", lines.position(related.start).line));
    }
}

/// A stretch of a text between two document separators.
#[derive(Clone, Copy)]
struct Part<'t> {
    /// Offset of `text` in the whole text.
    base: usize,
    text: &'t str,
}

fn read_part(file: FileId, part: Part<'_>, copied: &mut usize, problems: &mut Vec<Problem>) -> Vec<Node> {
    let Some(object) = json::opening(part) else {
        return yaml::read(file, part, copied, problems);
    };
    let mut json_problems = Vec::new();
    let nodes = json::read(file, object, &mut json_problems);
    if json_problems.iter().all(|problem| problem.code != ProblemCode::Syntax) {
        add(problems, json_problems);
        return nodes;
    }
    if object.text.len() > MAX_SECOND_READ {
        add(problems, json_problems);
        return nodes;
    }
    let mut yaml_problems = Vec::new();
    let yaml_nodes = yaml::read(file, part, copied, &mut yaml_problems);
    if yaml_problems.is_empty() || !json::looks_like_json(object) {
        add(problems, yaml_problems);
        return yaml_nodes;
    }
    add(problems, json_problems);
    nodes
}

fn add(problems: &mut Vec<Problem>, more: Vec<Problem>) {
    more.into_iter().for_each(|problem| problem::report(problems, problem));
}
