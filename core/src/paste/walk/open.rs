//! A map or list whose end is still to come, with those around it.
//!
//! It says what it takes; which of several takes a line is not decided here.

use std::rc::Rc;

use super::{Rigor, Step};
use crate::admission::{Schema, Shape};
use crate::paste::line::{Entry, Value};

/// Free keys of one map that are told apart; more are not read without indentation.
const MAX_KEYS: usize = 256;

/// An open map or list.
#[derive(Clone)]
pub(super) struct Open<'l> {
    /// The key it is the value of.
    pub(super) key: &'l str,
    pub(super) outer: Option<Rc<Open<'l>>>,
    schema: &'static Schema,
    column: usize,
    content: Content<'l>,
}

#[derive(Clone, Debug, PartialEq)]
enum Content<'l> {
    /// Named fields, a bit each, and free keys.
    Map { used: u64, free: Vec<&'l str> },
    /// Whether there is an item.
    List { is_filled: bool },
}

/// What surrounds and what is open is the same; how it came about is not asked.
impl PartialEq for Open<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
            || (std::ptr::eq(self.schema, other.schema)
                && (self.key, self.column) == (other.key, other.column)
                && self.content == other.content
                && self.outer == other.outer)
    }
}

impl<'l> Open<'l> {
    /// A document whose `kind` must be this.
    pub(super) fn document(schema: &'static Schema, kind: &'l str, column: usize) -> Self {
        Self { key: kind, outer: None, schema, column, content: Content::Map { used: 0, free: Vec::new() } }
    }

    fn is_document(&self) -> bool {
        self.outer.is_none()
    }

    /// The column of the line and what is open after it, if this takes the line.
    pub(super) fn with(self: &Rc<Self>, step: Step<'l>, rigor: Rigor) -> Option<(usize, Rc<Open<'l>>)> {
        match (step, &self.content) {
            (Step::Entry(entry), Content::Map { .. }) => Some((self.column, self.entry(entry, rigor)?)),
            (Step::MapItem(width, entry), Content::List { .. }) => {
                let item = self.item(width, Shape::Map)?;
                Some((self.column, Rc::new(item).entry(entry, rigor)?))
            }
            (Step::Dash, Content::List { .. }) => Some((self.column, Rc::new(self.item(2, Shape::Map)?))),
            (Step::Item(value), Content::List { .. }) => {
                let schema = self.schema.item()?;
                fits(schema, value, rigor).then(|| (self.column, Rc::new(self.filled())))
            }
            _ => None,
        }
    }

    fn filled(&self) -> Self {
        Self { content: Content::List { is_filled: true }, ..self.clone() }
    }

    /// A new item of this list, open.
    fn item(&self, width: usize, shape: Shape) -> Option<Self> {
        let schema = self.schema.item().filter(|schema| schema.shape() == shape)?;
        let outer = Some(Rc::new(self.filled()));
        let content = Content::Map { used: 0, free: Vec::new() };
        Some(Self { key: self.key, outer, schema, column: self.column + width, content })
    }

    /// What is open after a key of this map.
    fn entry(&self, entry: &'l Entry<'l>, rigor: Rigor) -> Option<Rc<Open<'l>>> {
        let Content::Map { used, free } = &self.content else { return None };
        if self.is_document() && entry.key == "kind" && entry.text() != Some(self.key) {
            return None;
        }
        let (mut used, mut free) = (*used, free.clone());
        let schema = match self.schema.field(entry.key)? {
            field if field.position.is_some_and(|position| used & (1 << position) != 0) => return None,
            field => {
                match field.position {
                    Some(position) => used |= 1 << position,
                    None if free.contains(&entry.key) || free.len() >= MAX_KEYS => return None,
                    None => free.push(entry.key),
                }
                field.schema
            }
        };
        let own = Rc::new(Self { content: Content::Map { used, free }, ..self.clone() });
        match (&entry.value, schema.shape()) {
            (Value::Nothing, Shape::Scalar) => (rigor != Rigor::Valid).then_some(own),
            (Value::Nothing, shape) => Some(own.below(entry.key, schema, shape)),
            (value, _) => fits(schema, value, rigor).then_some(own),
        }
    }

    fn below(self: Rc<Self>, key: &'l str, schema: &'static Schema, shape: Shape) -> Rc<Self> {
        let content = match shape {
            Shape::List => Content::List { is_filled: false },
            _ => Content::Map { used: 0, free: Vec::new() },
        };
        Rc::new(Self { key, schema, column: self.column + 2, content, outer: Some(self) })
    }

    /// Whether what was given so far is enough.
    pub(super) fn may_close(&self, rigor: Rigor) -> bool {
        if rigor == Rigor::Shapes {
            return true;
        }
        match &self.content {
            Content::List { is_filled } => *is_filled || rigor == Rigor::Nulls,
            Content::Map { used: 0, free } if free.is_empty() => rigor == Rigor::Nulls && !self.is_metadata(),
            Content::Map { used, .. } => self.schema.is_satisfied(*used) && (!self.is_metadata() || self.has("name")),
        }
    }

    /// Whether the document may end here.
    pub(super) fn may_end(&self, rigor: Rigor) -> bool {
        let is_whole = !self.is_document() || (self.has("apiVersion") && self.has("kind"));
        is_whole && self.may_close(rigor) && self.outer.as_ref().is_none_or(|outer| outer.may_end(rigor))
    }

    /// An object's own metadata, whose name no schema demands.
    fn is_metadata(&self) -> bool {
        self.key == "metadata" && self.outer.as_ref().is_some_and(|outer| outer.is_document())
    }

    fn has(&self, key: &str) -> bool {
        let position = self.schema.field(key).and_then(|field| field.position);
        matches!((&self.content, position), (Content::Map { used, .. }, Some(position)) if used & (1 << position) != 0)
    }
}

/// Whether a complete value may stand where `schema` says.
fn fits(schema: &'static Schema, value: &Value, rigor: Rigor) -> bool {
    let Value::Given(node) = value else { return false };
    match rigor {
        Rigor::Shapes => {
            let shape = match (node.as_map(), node.as_seq()) {
                (Some(_), _) => Shape::Map,
                (_, Some(_)) => Shape::List,
                _ => Shape::Scalar,
            };
            shape == schema.shape()
        }
        Rigor::Valid | Rigor::Nulls => schema.accepts(node),
    }
}
