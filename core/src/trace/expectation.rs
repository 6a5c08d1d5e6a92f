//! Files of requests with what is expected of them (docs/trace.md).
//!
//! Every mistake in a file is told, with its place; nothing is traced here.

use super::planned::Planned;
use super::request::Request;
use crate::admission::suggestion::nearest;
use crate::source::{self, Entry, FileId, LineIndex, Node, NodeValue, Span};

const TOP: [&str; 3] = ["apiVersion", "kind", "requests"];
const REQUEST: [&str; 7] = ["name", "url", "method", "headers", "from", "via", "expect"];
const EXPECT: [&str; 8] = ["service", "status", "redirect", "rule", "path", "host", "gateway", "listener"];

/// `apiVersion` and `kind` of a file, which it may leave out.
const IDENTITY: [(&str, &str); 2] = [("apiVersion", "gwchain.dev/v1alpha1"), ("kind", "TraceTest")];

/// A request and what is expected of it.
#[derive(Clone, Debug)]
pub struct Case {
    /// Its name, or the request.
    pub name: String,
    /// The request.
    pub request: Request,
    /// Position of the Gateway it enters at.
    pub via: Option<usize>,
    /// Fields of the answer with their values.
    pub expected: Vec<(&'static str, String)>,
    /// Line of the file.
    pub line: u32,
}

/// Reads a file; errors are `line:column: what is wrong`.
pub fn cases(text: &str, planned: &Planned<'_, '_>) -> Result<Vec<Case>, Vec<String>> {
    let mut reader = Reader { lines: LineIndex::new(text), planned, errors: Vec::new() };
    let parsed = source::parse(FileId(0), text);
    for problem in &parsed.problems {
        reader.error(problem.span, &problem.message);
    }
    let mut cases = Vec::new();
    match parsed.documents.as_slice() {
        [only] => cases = reader.file(&only.root),
        [_, second, ..] => reader.error(second.root.span, "a file of expectations is one document"),
        [] if parsed.problems.is_empty() => reader.error(Span { start: 0, end: 0 }, "there is no document"),
        [] => {}
    }
    if reader.errors.is_empty() { Ok(cases) } else { Err(reader.errors) }
}

struct Reader<'r, 'p, 'm> {
    lines: LineIndex<'r>,
    planned: &'r Planned<'p, 'm>,
    errors: Vec<String>,
}

impl Reader<'_, '_, '_> {
    fn error(&mut self, span: Span, what: &str) {
        let position = self.lines.position(span.start);
        self.errors.push(format!("{}:{}: {what}", position.line, position.column));
    }

    fn checked<T>(&mut self, span: Span, result: Result<T, String>) -> Option<T> {
        result.map_err(|what| self.error(span, &what)).ok()
    }

    fn file(&mut self, root: &Node) -> Vec<Case> {
        self.known_fields(root, "the file", &TOP);
        for (field, value) in IDENTITY {
            if let Some(node) = root.get(field).filter(|node| node.as_str() != Some(value)) {
                self.error(node.span, &format!("{field} must be {value}"));
            }
        }
        match root.get("requests").map(|node| (node, node.as_seq())) {
            Some((_, Some(items))) if !items.is_empty() => items.iter().filter_map(|item| self.case(item)).collect(),
            Some((node, _)) => {
                self.error(node.span, "requests must be a list with at least one request");
                Vec::new()
            }
            None => {
                self.error(root.span, "requests is missing");
                Vec::new()
            }
        }
    }

    /// Tells fields that there are not; false when `node` is no map.
    fn known_fields(&mut self, node: &Node, what: &str, known: &[&str]) -> bool {
        let Some(map) = node.as_map() else {
            self.error(node.span, &format!("{what} must be a map"));
            return false;
        };
        for Entry { key, key_span, .. } in map.iter().filter(|entry| !known.contains(&&*entry.key)) {
            let hint = match nearest(key, known.iter().copied()) {
                Some(name) => format!("; did you mean {name}?"),
                None => format!("; there are {}", known.join(", ")),
            };
            self.error(*key_span, &format!("unknown field {key}{hint}"));
        }
        true
    }

    fn case(&mut self, node: &Node) -> Option<Case> {
        if !self.known_fields(node, "a request", &REQUEST) {
            return None;
        }
        let expected = self.expected(node);
        let via = node.get("via").and_then(|via| {
            let name = self.text(via, "via")?;
            self.checked(via.span, self.planned.named(&name))
        });
        let request = self.request(node)?;
        let name = node.get("name").and_then(|name| self.text(name, "name"));
        let line = self.lines.position(node.span.start).line;
        Some(Case { name: name.unwrap_or_else(|| request.to_string()), request, via, expected, line })
    }

    fn request(&mut self, node: &Node) -> Option<Request> {
        let Some(url) = node.get("url") else {
            self.error(node.span, "url is missing");
            return None;
        };
        let text = self.text(url, "url")?;
        let mut request = self.checked(url.span, Request::parse(&text))?;
        if let Some(method) = node.get("method") {
            let text = self.text(method, "method")?;
            request = self.checked(method.span, request.with_method(&text))?;
        }
        if let Some(from) = node.get("from") {
            let text = self.text(from, "from")?;
            request = self.checked(from.span, request.with_client(&text))?;
        }
        match node.get("headers") {
            Some(headers) => self.headers(headers, request),
            None => Some(request),
        }
    }

    /// A map from names to a value, or to a list of values.
    fn headers(&mut self, node: &Node, mut request: Request) -> Option<Request> {
        let Some(map) = node.as_map() else {
            self.error(node.span, "headers must be a map from names to values");
            return None;
        };
        for Entry { key, value, .. } in map {
            for one in value.as_seq().unwrap_or(std::slice::from_ref(value)) {
                let text = self.text(one, key)?;
                request = self.checked(one.span, request.with_named_header(key, &text))?;
            }
        }
        Some(request)
    }

    fn expected(&mut self, node: &Node) -> Vec<(&'static str, String)> {
        let Some(expect) = node.get("expect") else {
            self.error(node.span, "expect is missing");
            return Vec::new();
        };
        if !self.known_fields(expect, "expect", &EXPECT) {
            return Vec::new();
        }
        let written = EXPECT.iter().filter_map(|field| Some((*field, expect.get(field)?)));
        let written: Vec<(&'static str, &Node)> = written.collect();
        if written.is_empty() && expect.as_map().is_some_and(source::Map::is_empty) {
            self.error(expect.span, &format!("expect is empty; there are {}", EXPECT.join(", ")));
        }
        written.into_iter().filter_map(|(field, value)| Some((field, self.text(value, field)?))).collect()
    }

    /// A text; numbers are taken as they are written.
    fn text(&mut self, node: &Node, what: &str) -> Option<String> {
        match &node.value {
            NodeValue::String(text) => Some(text.to_string()),
            NodeValue::Int(number) => Some(number.to_string()),
            NodeValue::Bool(value) => Some(value.to_string()),
            _ => {
                self.error(node.span, &format!("{what} must be a text"));
                None
            }
        }
    }
}
