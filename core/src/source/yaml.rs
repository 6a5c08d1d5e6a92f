//! Builds nodes from the events of the YAML parser: anchors, merge keys, tags and limits.
//! It does not resolve plain scalars (see `scalar`) and is the only place that names the YAML library.

mod map;
mod offsets;
mod syntax;

use super::scalar::{self, Scalar};
use super::{Entry, FileId, MAX_DEPTH, Map, Node, NodeValue, Part, Problem, ProblemCode, Span, problem};
use offsets::Offsets;
use saphyr_parser::{Event, Parser, ScalarStyle, StrInput, Tag};
use std::collections::BTreeMap;

pub(super) use map::unique;

/// How much anchors and aliases may copy in one text, in nodes (long texts count as several).
const MAX_COPIED: usize = 1_000_000;

/// The documents of `part` up to the first problem that stops the parser. `copied` is what earlier parts have copied.
pub(super) fn read(file: FileId, part: Part<'_>, copied: &mut usize, problems: &mut Vec<Problem>) -> Vec<Node> {
    let mut builder = Builder {
        file,
        parser: Parser::new_from_str(part.text),
        offsets: Offsets::new(part),
        anchors: BTreeMap::new(),
        copied,
        problems,
    };
    let mut nodes = Vec::new();
    loop {
        match builder.document() {
            Ok(Some(node)) => nodes.push(node),
            Ok(None) => return nodes,
            Err(problem) => {
                problem::report(builder.problems, problem);
                return nodes;
            }
        }
    }
}

struct Builder<'t, 'p> {
    file: FileId,
    parser: Parser<'t, StrInput<'t>>,
    offsets: Offsets<'t>,
    anchors: BTreeMap<usize, Anchor>,
    copied: &'p mut usize,
    problems: &'p mut Vec<Problem>,
}

struct Anchor {
    node: Node,
    weight: usize,
    height: usize,
}

impl<'t> Builder<'t, '_> {
    fn document(&mut self) -> Result<Option<Node>, Problem> {
        loop {
            match self.next()? {
                (Event::StreamEnd, _) => return Ok(None),
                (Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd | Event::Nothing, _) => {}
                (event, span) => return self.node(event, span, 0).map(Some),
            }
        }
    }

    fn next(&mut self) -> Result<(Event<'t>, Span), Problem> {
        match self.parser.next_event() {
            Some(Ok((event, span))) => Ok((event, self.offsets.span(span))),
            Some(Err(error)) => {
                let at = self.offsets.byte(error.marker().index());
                Err(syntax::problem(self.file, at, error.info(), self.offsets.text()))
            }
            None => Ok((Event::StreamEnd, Span::NONE)),
        }
    }

    fn node(&mut self, event: Event<'t>, span: Span, depth: usize) -> Result<Node, Problem> {
        if depth > MAX_DEPTH {
            return Err(problem::too_deep(self.file, span));
        }
        let (anchor, node) = match event {
            Event::Alias(anchor) => return self.alias(anchor, span, depth),
            Event::Scalar(text, style, anchor, tag) => (anchor, self.scalar(&text, style, tag.as_deref(), span)),
            Event::SequenceStart(anchor, _) => (anchor, self.sequence(span, depth)?),
            Event::MappingStart(anchor, _) => (anchor, self.mapping(span, depth)?),
            _ => (0, Node { span, value: NodeValue::Null }),
        };
        if anchor > 0 {
            self.remember(anchor, &node)?;
        }
        Ok(node)
    }

    fn remember(&mut self, anchor: usize, node: &Node) -> Result<(), Problem> {
        let (weight, height) = measure(node);
        self.spend(weight, node.span)?;
        self.anchors.insert(anchor, Anchor { node: node.clone(), weight, height });
        Ok(())
    }

    fn alias(&mut self, anchor: usize, span: Span, depth: usize) -> Result<Node, Problem> {
        let Some(Anchor { node, weight, height }) = self.anchors.get(&anchor) else {
            let message = "an alias lies inside the node it stands for";
            return Err(Problem::new(ProblemCode::AliasBomb, self.file, span, message));
        };
        if depth + height > MAX_DEPTH {
            return Err(problem::too_deep(self.file, span));
        }
        let (node, weight) = (node.clone(), *weight);
        self.spend(weight, span)?;
        Ok(node)
    }

    fn spend(&mut self, weight: usize, span: Span) -> Result<(), Problem> {
        *self.copied += weight;
        if *self.copied <= MAX_COPIED {
            return Ok(());
        }
        let message = format!("aliases expand to more than {MAX_COPIED} nodes");
        Err(Problem::new(ProblemCode::AliasBomb, self.file, span, message))
    }

    fn sequence(&mut self, span: Span, depth: usize) -> Result<Node, Problem> {
        let mut items: Vec<Node> = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, end) => {
                    let span = enclosing(span, end, items.last());
                    return Ok(Node { span, value: NodeValue::Seq(items) });
                }
                (event, span) => items.push(self.node(event, span, depth + 1)?),
            }
        }
    }

    fn mapping(&mut self, span: Span, depth: usize) -> Result<Node, Problem> {
        let mut entries: Vec<Entry> = Vec::new();
        let mut merged = Vec::new();
        loop {
            let (event, key_span) = self.next()?;
            if event == Event::MappingEnd {
                let span = enclosing(span, key_span, entries.last().map(|entry| &entry.value));
                let map = map::merge(unique(self.file, entries, self.problems), merged);
                return Ok(Node { span, value: NodeValue::Map(map) });
            }
            if is_merge_key(&event) {
                self.merge_value(depth, &mut merged)?;
                continue;
            }
            let key = self.key(event, key_span, depth)?;
            let (event, value_span) = self.next()?;
            let value = self.node(event, value_span, depth + 1)?;
            entries.push(Entry { key, key_span, value });
        }
    }

    fn merge_value(&mut self, depth: usize, merged: &mut Vec<Map>) -> Result<(), Problem> {
        let (event, span) = self.next()?;
        let node = self.node(event, span, depth + 1)?;
        let nodes = match node.value {
            NodeValue::Seq(items) => items,
            _ => vec![node],
        };
        for node in nodes {
            let NodeValue::Map(map) = node.value else {
                let message = "a merge key (<<) must name a map or a list of maps";
                return Err(Problem::new(ProblemCode::Syntax, self.file, span, message));
            };
            merged.push(map);
        }
        Ok(())
    }

    fn key(&mut self, event: Event<'t>, span: Span, depth: usize) -> Result<Box<str>, Problem> {
        if let Event::Scalar(text, style, 0, None) = &event
            && (*style != ScalarStyle::Plain || scalar::resolve(text) == Scalar::Text)
        {
            return Ok((**text).into());
        }
        let node = self.node(event, span, depth + 1)?;
        map::key_text(node.value).ok_or_else(|| {
            let message = "a key must be text, a number or a boolean";
            syntax::with_help(Problem::new(ProblemCode::UnsupportedKey, self.file, span, message), self.offsets.text())
        })
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, tag: Option<&Tag>, span: Span) -> Node {
        let value = match (tag, style) {
            (None, ScalarStyle::Plain) => self.resolved(text, scalar::resolve(text), span),
            (Some(tag), _) if tag.is_yaml_core_schema() => self.tagged(text, &tag.suffix, span),
            _ => NodeValue::String(text.into()),
        };
        Node { span: self.offsets.trimmed(span), value }
    }

    fn resolved(&mut self, text: &str, scalar: Scalar, span: Span) -> NodeValue {
        match scalar {
            Scalar::Null => NodeValue::Null,
            Scalar::Bool(truth) => NodeValue::Bool(truth),
            Scalar::Int(number) => NodeValue::Int(number),
            Scalar::Float(number) if number.is_finite() => scalar::number(number),
            Scalar::Float(_) => self.unsupported(span, format!("{text} has no place in JSON")),
            Scalar::Text => NodeValue::String(text.into()),
        }
    }

    fn tagged(&mut self, text: &str, tag: &str, span: Span) -> NodeValue {
        let scalar = scalar::resolve(text);
        let fits = match (tag, scalar) {
            ("int", Scalar::Int(_)) | ("bool", Scalar::Bool(_)) | ("null", Scalar::Null) => true,
            ("float", Scalar::Int(_) | Scalar::Float(_)) => true,
            ("int" | "bool" | "null" | "float" | "binary", _) => {
                return self.unsupported(span, format!("cannot read {text:?} as !!{tag}"));
            }
            _ => false,
        };
        if fits { self.resolved(text, scalar, span) } else { NodeValue::String(text.into()) }
    }

    fn unsupported(&mut self, span: Span, message: String) -> NodeValue {
        problem::report(self.problems, Problem::new(ProblemCode::UnsupportedValue, self.file, span, message));
        NodeValue::Null
    }
}

fn is_merge_key(event: &Event<'_>) -> bool {
    match event {
        Event::Scalar(text, ScalarStyle::Plain, _, None) => text == "<<",
        Event::Scalar(_, _, _, Some(tag)) => tag.is_yaml_core_schema() && tag.suffix == "merge",
        _ => false,
    }
}

/// Block collections have no end mark of their own: they end with their last item.
fn enclosing(start: Span, end: Span, last: Option<&Node>) -> Span {
    let end = match last {
        Some(last) if end.start == end.end => last.span.end.max(start.end),
        _ => end.end,
    };
    Span { start: start.start, end }
}

/// What copying a node costs, and how deep it nests.
fn measure(node: &Node) -> (usize, usize) {
    match &node.value {
        NodeValue::String(text) => (1 + text.len() / 64, 0),
        NodeValue::Seq(items) => sum(items.iter().map(measure)),
        NodeValue::Map(map) => sum(map.iter().map(|entry| {
            let (weight, height) = measure(&entry.value);
            (weight + 1 + entry.key.len() / 64, height)
        })),
        _ => (1, 0),
    }
}

fn sum(children: impl Iterator<Item = (usize, usize)>) -> (usize, usize) {
    children.fold((1, 1), |(weight, height), child| (weight + child.0, height.max(child.1 + 1)))
}
