//! Says what the YAML parser complains about in words that somebody who writes manifests knows.
//! It does not find problems.

use crate::source::{FileId, Part, Problem, ProblemCode, Span, problem};

/// Texts of the YAML library, the beginning will do, with what is said instead and the remedy.
const WORDS: &[(&str, &str, &str)] = &[
    ("tabs disallowed", "a tab can't indent in YAML", "indent with spaces"),
    ("found unprintable character", "a character that YAML does not allow", "is this a text, and in UTF-8?"),
    ("simple key expect", "a key without a colon", "write `key: value`, or indent the text below its key"),
    (
        "mapping values are not allowed",
        "a colon where no key can be",
        "check the indentation, or put a value that holds \": \" in quotes",
    ),
    (
        "while parsing node, found unknown anchor",
        "an alias of an anchor that this document does not have",
        "anchors end with their document",
    ),
    (
        "while scanning a quoted scalar, found unexpected end of stream",
        "a quote that is never closed in this document",
        "close it",
    ),
    (
        "while parsing a block mapping, did not find expected key",
        "a line that is no key of the map it stands in",
        "check the indentation",
    ),
];

/// The parser's complaint at byte `at` of the whole text.
pub(super) fn problem(file: FileId, at: u32, message: &str, part: Part<'_>) -> Problem {
    // What is missing at the end of the text is missed behind its last word, not on the empty line after.
    let at = at.min((part.base + part.text.trim_end().len()) as u32);
    let span = Span { start: at, end: at };
    if message.contains("recursion limit") {
        return problem::too_deep(file, span);
    }
    let lower = message.to_lowercase();
    let found = match WORDS.iter().find(|(start, ..)| lower.starts_with(start)) {
        Some((_, words, help)) => Problem::new(ProblemCode::Syntax, file, span, *words).help(*help),
        None => Problem::new(ProblemCode::Syntax, file, span, lower),
    };
    with_help(found, part)
}

/// Templates that nobody has rendered are the commonest reason of all.
pub(super) fn with_help(problem: Problem, part: Part<'_>) -> Problem {
    let at = (problem.span.start as usize).saturating_sub(part.base).min(part.text.len());
    let line = part.text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
    let line = part.text.get(line..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    let is_template = line.contains("{{") && line.contains("}}");
    if is_template {
        problem.help("this looks like a template: render it first, for example with helm template")
    } else {
        problem
    }
}
