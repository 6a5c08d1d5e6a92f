//! Reads a stream of JSON objects, one after the other, as kubectl accepts them.
//! It does not read YAML: a text that is not strictly JSON is a syntax problem here, and the caller's to try as YAML.

use super::{Entry, FileId, MAX_DEPTH, Map, Node, NodeValue, Part, Problem, ProblemCode, Span, problem, yaml};

/// The rest of `part` from its first brace, if that is what it starts with.
pub(super) fn opening(part: Part<'_>) -> Option<Part<'_>> {
    let text = part.text.strip_prefix("---").unwrap_or(part.text).trim_start();
    let offset = part.text.len() - text.len();
    text.starts_with('{').then_some(Part { base: part.base + offset, text })
}

/// Whether an object's first key is quoted, which people hardly do in YAML.
pub(super) fn looks_like_json(object: Part<'_>) -> bool {
    object.text[1..].trim_start().starts_with('"')
}

/// The objects of `part` up to the first syntax problem.
pub(super) fn read(file: FileId, part: Part<'_>, problems: &mut Vec<Problem>) -> Vec<Node> {
    let mut reader = Reader { file, base: part.base, text: part.text, at: 0, problems };
    let mut nodes = Vec::new();
    loop {
        reader.skip_space();
        if reader.peek().is_none() {
            return nodes;
        }
        match reader.value(0) {
            Ok(node) => nodes.push(node),
            Err(problem) => {
                problem::report(problems, problem);
                return nodes;
            }
        }
    }
}

struct Reader<'t, 'p> {
    file: FileId,
    base: usize,
    text: &'t str,
    at: usize,
    problems: &'p mut Vec<Problem>,
}

impl Reader<'_, '_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
    }

    fn take(&mut self, byte: u8) -> bool {
        self.skip_space();
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, byte: u8) -> Result<(), Problem> {
        if self.take(byte) { Ok(()) } else { Err(self.unexpected(&format!("'{}'", byte as char))) }
    }

    fn span(&self, start: usize) -> Span {
        Span { start: (self.base + start) as u32, end: (self.base + self.at) as u32 }
    }

    fn unexpected(&self, wanted: &str) -> Problem {
        let found = match self.text.get(self.at..).and_then(|rest| rest.chars().next()) {
            Some(character) => format!("{character:?}"),
            None => "the end of the text".to_owned(),
        };
        Problem::new(ProblemCode::Syntax, self.file, self.span(self.at), format!("expected {wanted}, found {found}"))
    }

    fn value(&mut self, depth: usize) -> Result<Node, Problem> {
        self.skip_space();
        let start = self.at;
        let value = match self.peek() {
            Some(b'{') => NodeValue::Map(self.object(depth)?),
            Some(b'[') => NodeValue::Seq(self.array(depth)?),
            Some(b'"') => NodeValue::String(self.string()?.into()),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            _ => self.word()?,
        };
        Ok(Node { span: self.span(start), value })
    }

    fn enter(&mut self, depth: usize) -> Result<(), Problem> {
        let start = self.at;
        self.at += 1;
        if depth < MAX_DEPTH { Ok(()) } else { Err(problem::too_deep(self.file, self.span(start))) }
    }

    fn object(&mut self, depth: usize) -> Result<Map, Problem> {
        self.enter(depth)?;
        let mut entries = Vec::new();
        if !self.take(b'}') {
            loop {
                entries.push(self.entry(depth)?);
                if !self.take(b',') {
                    break;
                }
            }
            self.expect(b'}')?;
        }
        Ok(yaml::unique(self.file, entries, self.problems))
    }

    fn entry(&mut self, depth: usize) -> Result<Entry, Problem> {
        self.skip_space();
        let start = self.at;
        if self.peek() != Some(b'"') {
            return Err(self.unexpected("a quoted key"));
        }
        let key = self.string()?.into();
        let key_span = self.span(start);
        self.expect(b':')?;
        Ok(Entry { key, key_span, value: self.value(depth + 1)? })
    }

    fn array(&mut self, depth: usize) -> Result<Vec<Node>, Problem> {
        self.enter(depth)?;
        let mut items = Vec::new();
        if self.take(b']') {
            return Ok(items);
        }
        loop {
            items.push(self.value(depth + 1)?);
            if !self.take(b',') {
                break;
            }
        }
        self.expect(b']')?;
        Ok(items)
    }

    /// `serde_json` undoes the escapes; only the end of the text has to be found here.
    fn string(&mut self) -> Result<String, Problem> {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let mut end = start + 1;
        while !matches!(bytes.get(end), None | Some(b'"')) {
            end += if bytes[end] == b'\\' { 2 } else { 1 };
        }
        let quoted = self.text.get(start..=end);
        match quoted.and_then(|quoted| serde_json::from_str(quoted).ok()) {
            Some(text) => {
                self.at = end + 1;
                Ok(text)
            }
            None => Err(self.unexpected("a JSON string")),
        }
    }

    fn number(&mut self) -> Result<NodeValue, Problem> {
        let rest = &self.text[self.at..];
        let is_part = |byte: &u8| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-');
        let length = rest.bytes().take_while(is_part).count();
        match serde_json::from_str::<serde_json::Value>(&rest[..length]) {
            Ok(number) => {
                self.at += length;
                Ok(Node::from(number).value)
            }
            Err(_) => Err(self.unexpected("a JSON number")),
        }
    }

    fn word(&mut self) -> Result<NodeValue, Problem> {
        let words = [("true", NodeValue::Bool(true)), ("false", NodeValue::Bool(false)), ("null", NodeValue::Null)];
        let rest = &self.text[self.at..];
        match words.into_iter().find(|(word, _)| rest.starts_with(word)) {
            Some((word, value)) => {
                self.at += word.len();
                Ok(value)
            }
            None => Err(self.unexpected("a value")),
        }
    }
}
