//! Objects as an API server sends them, decoded straight from its JSON into nodes, which have no place in a text.
//! It asks for nothing: which page comes next is told, not fetched.

use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

use super::{Entry, FileId, Map, Node, NodeValue, Parsed, Span, list, scalar};

/// Fields that repeat an object's history or its manifest; they are most of its bytes, and nothing reads them.
const IGNORED: [&str; 2] = ["managedFields", "kubectl.kubernetes.io/last-applied-configuration"];

/// One answer to a list request.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The objects of the page, each with `apiVersion` and `kind`.
    pub objects: Vec<Node>,
    /// The `continue` token of the next page; `None` after the last.
    pub next: Option<String>,
}

/// Reads a list, or a single object as a list of one.
///
/// # Errors
///
/// What is wrong with the JSON, in words.
pub fn page(json: &str) -> Result<Page, String> {
    let root = object(json)?;
    let next = root.at("metadata.continue").and_then(Node::as_str).filter(|token| !token.is_empty());
    let next = next.map(str::to_owned);
    let mut parsed = Parsed::default();
    list::flatten(FileId::CLUSTER, root, &mut parsed);
    match parsed.problems.first() {
        Some(problem) => Err(problem.message.clone()),
        None => Ok(Page { objects: parsed.documents.into_iter().map(|document| document.root).collect(), next }),
    }
}

/// Reads any document.
///
/// # Errors
///
/// What is wrong with the JSON, in words.
pub fn object(json: &str) -> Result<Node, String> {
    serde_json::from_str(json).map_err(|error| format!("the answer is no JSON: {error}"))
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Node, D::Error> {
        let value = deserializer.deserialize_any(Value)?;
        Ok(Node { span: Span::NONE, value })
    }
}

struct Value;

impl<'de> Visitor<'de> for Value {
    type Value = NodeValue;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<NodeValue, E> {
        Ok(NodeValue::Null)
    }

    fn visit_bool<E>(self, truth: bool) -> Result<NodeValue, E> {
        Ok(NodeValue::Bool(truth))
    }

    fn visit_i64<E>(self, number: i64) -> Result<NodeValue, E> {
        Ok(NodeValue::Int(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<NodeValue, E> {
        Ok(i64::try_from(number).map_or_else(|_| scalar::number(number as f64), NodeValue::Int))
    }

    fn visit_f64<E>(self, number: f64) -> Result<NodeValue, E> {
        Ok(scalar::number(number))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<NodeValue, E> {
        Ok(NodeValue::String(text.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<NodeValue, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(NodeValue::Seq(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<NodeValue, A::Error> {
        let mut map = Map::default();
        while let Some(key) = entries.next_key::<Box<str>>()? {
            if IGNORED.contains(&&*key) {
                entries.next_value::<IgnoredAny>()?;
                continue;
            }
            let value: Node = entries.next_value()?;
            match map.get_mut(&key) {
                Some(double) => *double = value,
                None => map.0.push(Entry { key, key_span: Span::NONE, value }),
            }
        }
        Ok(NodeValue::Map(map))
    }
}

#[cfg(test)]
mod tests {
    use super::{Node, page};

    #[test]
    fn items_of_a_typed_list_get_its_kind() {
        let found = page(
            r#"{"kind":"GatewayList","apiVersion":"gateway.networking.k8s.io/v1","metadata":{"continue":"abc"},
                "items":[{"metadata":{"name":"a","managedFields":[{"manager":"m"}]},"spec":{"n":3}}]}"#,
        );
        let found = found.expect("it is a list");
        assert_eq!(found.next.as_deref(), Some("abc"));
        let [object] = found.objects.as_slice() else { panic!("one object: {found:?}") };
        assert_eq!(object.get("kind").and_then(Node::as_str), Some("Gateway"));
        assert_eq!(object.at("spec.n").and_then(Node::as_int), Some(3));
        assert_eq!(object.at("metadata.managedFields"), None);
        assert!(!object.span.is_in_text());
    }

    #[test]
    fn what_is_no_list_is_an_error() {
        assert!(page("<html>").is_err_and(|error| error.contains("no JSON")));
        assert!(page("[]").is_err_and(|error| error.contains("found a list")));
        let deep = format!("{}{}", "[".repeat(5000), "]".repeat(5000));
        assert!(page(&deep).is_err_and(|error| error.contains("recursion limit")));
    }
}
