//! Nodes read into types, and nodes from and to JSON.

use super::*;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "camelCase")]
struct Spec<'t> {
    name: &'t str,
    port: Option<u16>,
    kind: Kind,
    #[serde(default)]
    labels: BTreeMap<&'t str, String>,
    target: Target<'t>,
    weights: Vec<f64>,
    nothing: Option<bool>,
}

#[derive(Debug, Deserialize, PartialEq)]
enum Kind {
    #[serde(rename = "a-kind")]
    A,
    B(i32),
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(untagged)]
enum Target<'t> {
    Number(u16),
    Name(&'t str),
}

const TEXT: &str =
    "name: x\nport: 80\nkind: a-kind\nlabels: {a: b}\ntarget: web\nweights: [1, 2.5]\nnothing: null\nother: [1]\n";

#[test]
fn typed_values_are_read() {
    let parsed = read(TEXT);
    let spec = Spec::deserialize(&parsed.documents[0].root).expect("it fits");
    assert_eq!((spec.name, spec.port, &spec.kind, &spec.target), ("x", Some(80), &Kind::A, &Target::Name("web")));
    assert_eq!((spec.weights, spec.nothing, spec.labels["a"].as_str()), (vec![1.0, 2.5], None, "b"));
    let other = read(&TEXT.replace("a-kind", "{B: 3}").replace("web", "8080"));
    let spec = Spec::deserialize(&other.documents[0].root).expect("it fits");
    assert_eq!((spec.kind, spec.target), (Kind::B(3), Target::Number(8080)));
}

#[test]
fn what_does_not_fit_is_located() {
    let text = TEXT.replace("80", "70000");
    let parsed = read(&text);
    let error = Spec::deserialize(&parsed.documents[0].root).expect_err("a port has 16 bits");
    assert_eq!(slice(&text, error.span), "70000");
    assert!(error.message.contains("70000"), "{error}");
}

#[test]
fn json_and_back() {
    let value = json!({"a": [1, 2.5, null, true, "x", {}], "b": {"c": -1}});
    let node = Node::from(value.clone());
    assert_eq!(Value::from(&node), value);
    assert!(node.at("a[1]").is_some_and(|node| node.span == Span::NONE && !node.span.is_in_text()));
}

#[test]
fn maps_change() {
    let mut node = Node::from(json!({"a": 1, "b": 2}));
    let map = node.as_map_mut().expect("it is a map");
    map.insert("c", Node::text("x", Span::DEFAULTED));
    map.insert("a", Node::text("y", Span::NONE));
    assert!(map.remove("b").is_some() && map.remove("b").is_none());
    assert_eq!((map.len(), map.is_empty()), (2, false));
    assert!(map.entry("c").is_some_and(|entry| entry.key_span.is_defaulted()));
    assert_eq!(Value::from(&node), json!({"a": "y", "c": "x"}));
}
