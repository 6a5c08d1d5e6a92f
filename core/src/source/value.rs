//! Nodes from and to `serde_json` values, for objects that come from an API server.
//! It does not keep places: a JSON value has none.

use super::{Entry, Map, Node, NodeValue, Span};
use serde_json::{Number, Value};

impl From<Value> for Node {
    fn from(value: Value) -> Node {
        let value = match value {
            Value::Null => NodeValue::Null,
            Value::Bool(truth) => NodeValue::Bool(truth),
            Value::Number(number) => from_number(&number),
            Value::String(text) => NodeValue::String(text.into()),
            Value::Array(items) => NodeValue::Seq(items.into_iter().map(Node::from).collect()),
            Value::Object(object) => NodeValue::Map(object.into_iter().map(from_entry).collect()),
        };
        Node { span: Span::NONE, value }
    }
}

fn from_number(number: &Number) -> NodeValue {
    match (number.as_i64(), number.as_f64()) {
        (Some(int), _) => NodeValue::Int(int),
        (None, Some(float)) => super::scalar::number(float),
        (None, None) => NodeValue::Null,
    }
}

fn from_entry((key, value): (String, Value)) -> Entry {
    Entry { key: key.into(), key_span: Span::NONE, value: value.into() }
}

impl FromIterator<Entry> for Map {
    /// The caller vouches that no key occurs twice.
    fn from_iter<I: IntoIterator<Item = Entry>>(entries: I) -> Map {
        Map(entries.into_iter().collect())
    }
}

impl From<&Node> for Value {
    fn from(node: &Node) -> Value {
        Value::from(&node.value)
    }
}

impl From<&NodeValue> for Value {
    fn from(value: &NodeValue) -> Value {
        match value {
            NodeValue::Null => Value::Null,
            NodeValue::Bool(truth) => Value::Bool(*truth),
            NodeValue::Int(number) => Value::from(*number),
            NodeValue::Float(number) => Value::from(*number),
            NodeValue::String(text) => Value::from(&**text),
            NodeValue::Seq(items) => items.iter().map(Value::from).collect(),
            NodeValue::Map(map) => map.iter().map(|entry| (entry.key.to_string(), Value::from(&entry.value))).collect(),
        }
    }
}
