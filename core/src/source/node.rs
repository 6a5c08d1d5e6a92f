//! The tree of values a document is made of, each with its place in the text.
//! It does not read text and does not know any kind.

/// A stretch of a text, in bytes from its start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// Of a value that API server defaulting inserted.
    pub const DEFAULTED: Span = Span { start: u32::MAX, end: u32::MAX };
    /// Of a value that was not read from text.
    pub const NONE: Span = Span { start: u32::MAX - 1, end: u32::MAX - 1 };

    /// Whether the value was inserted by defaulting.
    pub fn is_defaulted(self) -> bool {
        self == Span::DEFAULTED
    }

    /// Whether it points into a text.
    pub fn is_in_text(self) -> bool {
        self.start < Span::NONE.start
    }
}

/// A value and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Where it is written.
    pub span: Span,
    /// What it is.
    pub value: NodeValue,
}

/// What a node can be: JSON's values, with integers kept apart.
#[derive(Clone, Debug, PartialEq)]
pub enum NodeValue {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number without a fraction that fits.
    Int(i64),
    /// Any other number; always finite.
    Float(f64),
    /// Text.
    String(Box<str>),
    /// A list.
    Seq(Vec<Node>),
    /// A map.
    Map(Map),
}

/// A map with text keys, in the order they were written. No key occurs twice.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Map(pub(super) Vec<Entry>);

/// One key of a map with its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key as JSON would have it.
    pub key: Box<str>,
    /// Where the key is written.
    pub key_span: Span,
    /// The value.
    pub value: Node,
}

impl Map {
    /// The value of `key`.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The entry of `key`.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.0.iter().find(|entry| &*entry.key == key)
    }

    /// The value of `key`, to change it.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        self.0.iter_mut().find(|entry| &*entry.key == key).map(|entry| &mut entry.value)
    }

    /// Sets `key`; a new key goes to the end and is located where its value is.
    pub fn insert(&mut self, key: &str, value: Node) {
        match self.get_mut(key) {
            Some(present) => *present = value,
            None => self.0.push(Entry { key: key.into(), key_span: value.span, value }),
        }
    }

    /// Takes `key` out.
    pub fn remove(&mut self, key: &str) -> Option<Node> {
        let index = self.0.iter().position(|entry| &*entry.key == key)?;
        Some(self.0.remove(index).value)
    }

    /// Keeps the entries `keep` agrees to.
    pub fn retain(&mut self, keep: impl FnMut(&mut Entry) -> bool) {
        self.0.retain_mut(keep);
    }

    /// The entries in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Entry> {
        self.0.iter()
    }

    /// The entries in order, to change their values.
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, Entry> {
        self.0.iter_mut()
    }

    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no key.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'m> IntoIterator for &'m Map {
    type Item = &'m Entry;
    type IntoIter = std::slice::Iter<'m, Entry>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl IntoIterator for Map {
    type Item = Entry;
    type IntoIter = std::vec::IntoIter<Entry>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl Node {
    /// A text that was not read from anywhere.
    pub fn text(text: &str, span: Span) -> Node {
        Node { span, value: NodeValue::String(text.into()) }
    }

    /// The value of `key`, if this is a map that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.as_map()?.get(key)
    }

    /// The map this is.
    pub fn as_map(&self) -> Option<&Map> {
        match &self.value {
            NodeValue::Map(map) => Some(map),
            _ => None,
        }
    }

    /// The map this is, to change it.
    pub fn as_map_mut(&mut self) -> Option<&mut Map> {
        match &mut self.value {
            NodeValue::Map(map) => Some(map),
            _ => None,
        }
    }

    /// The items of the list this is.
    pub fn as_seq(&self) -> Option<&[Node]> {
        match &self.value {
            NodeValue::Seq(items) => Some(items),
            _ => None,
        }
    }

    /// The text this is.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            NodeValue::String(text) => Some(text),
            _ => None,
        }
    }

    /// The integer this is.
    pub fn as_int(&self) -> Option<i64> {
        match self.value {
            NodeValue::Int(number) => Some(number),
            _ => None,
        }
    }

    /// Whether both mean the same, wherever they stand and in whatever order maps are written.
    pub fn means_same(&self, other: &Node) -> bool {
        match (&self.value, &other.value) {
            (NodeValue::Map(own), NodeValue::Map(others)) => {
                let is_same = |entry: &Entry| others.get(&entry.key).is_some_and(|other| entry.value.means_same(other));
                own.len() == others.len() && own.iter().all(is_same)
            }
            (NodeValue::Seq(own), NodeValue::Seq(others)) => {
                own.len() == others.len() && own.iter().zip(others).all(|(own, other)| own.means_same(other))
            }
            (own, other) => own == other,
        }
    }

    /// The node at `path`, for instance `spec.rules[0].backendRefs[1].port`.
    ///
    /// A key that holds dots goes in brackets: `metadata.annotations[gateway.k8s.aws/dry-run]`.
    pub fn at(&self, path: &str) -> Option<&Node> {
        let mut node = self;
        let mut rest = path;
        while !rest.is_empty() {
            let (step, after) = first_step(rest)?;
            node = node.step(step)?;
            rest = after;
        }
        Some(node)
    }

    fn step(&self, step: &str) -> Option<&Node> {
        match &self.value {
            NodeValue::Map(map) => map.get(step),
            NodeValue::Seq(items) => items.get(step.parse::<usize>().ok()?),
            _ => None,
        }
    }
}

fn first_step(path: &str) -> Option<(&str, &str)> {
    let path = path.strip_prefix('.').unwrap_or(path);
    if let Some(bracketed) = path.strip_prefix('[') {
        return bracketed.split_once(']');
    }
    let end = path.find(['.', '[']).unwrap_or(path.len());
    Some(path.split_at(end))
}
