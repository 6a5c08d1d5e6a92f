//! Admission against the golden vectors, and the laws of its tables.
#![allow(clippy::disallowed_methods)] // Tests may read the vectors.
#![expect(clippy::disallowed_methods, reason = "tests read the vectors from disk")]

mod accepted;
mod rules;
mod texts;

use super::*;
use crate::source::{self, Document, FileId};
use std::path::PathBuf;

/// The only object of `yaml`, which has no problem.
fn object(yaml: &str) -> Node {
    let mut parsed = source::parse(FileId(0), yaml);
    assert_eq!(parsed.problems, [], "{yaml}");
    assert_eq!(parsed.documents.len(), 1, "{yaml}");
    parsed.documents.remove(0).root
}

fn schema_of(object: &Node) -> &'static Schema {
    let (group, version, kind) = type_of(object);
    schema_at(group, version, kind).unwrap_or_else(|| panic!("no schema for {kind}"))
}

fn type_of(object: &Node) -> (&str, &str, &str) {
    let version = object.get("apiVersion").and_then(Node::as_str).expect("tests state apiVersion");
    let kind = object.get("kind").and_then(Node::as_str).expect("tests state kind");
    let (group, version) = version.split_once('/').unwrap_or(("", version));
    (group, version, kind)
}

/// The errors of the object in `yaml`, sorted.
fn errors(yaml: &str) -> Vec<String> {
    let mut object = object(yaml);
    let admission = admit(schema_of(&object), &mut object, Mode::Enforce);
    assert_eq!(admission.unknown, [], "{yaml}");
    let mut errors: Vec<String> = admission.errors.iter().map(FieldError::to_string).collect();
    errors.sort();
    errors
}

fn admitted(yaml: &str) -> Node {
    let mut object = object(yaml);
    let admission = admit(schema_of(&object), &mut object, Mode::Enforce);
    assert_eq!(admission, Admission::default(), "{yaml}");
    object
}

fn vectors() -> Vec<PathBuf> {
    let root = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/vectors"));
    let directories = |path: PathBuf| -> Vec<PathBuf> {
        let entries = std::fs::read_dir(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("a readable directory").path()).collect();
        paths.retain(|path| path.is_dir());
        paths.sort();
        paths
    };
    directories(root).into_iter().flat_map(directories).collect()
}

fn rejection(document: &Document) -> Option<(String, Vec<String>)> {
    let mut object = document.root.clone();
    let (group, version, kind) = type_of(&document.root);
    let name = object.at("metadata.name").and_then(Node::as_str).expect("vectors name their objects").to_owned();
    let namespace = object.at("metadata.namespace").and_then(Node::as_str).unwrap_or("default").to_owned();
    let mut errors: Vec<String> = if served(group, version, kind) {
        let schema = schema_of(&document.root);
        admit(schema, &mut object, Mode::Enforce).errors.iter().map(FieldError::to_string).collect()
    } else {
        vec![format!("no matches for kind \"{kind}\" in version \"{group}/{version}\"")]
    };
    errors.sort();
    (!errors.is_empty()).then(|| (format!("{kind} {namespace}/{name}"), errors))
}

fn expected_rejections(expected: &serde_json::Value) -> Vec<(String, Vec<String>)> {
    let rejected = expected["rejected"].as_array().cloned().unwrap_or_default();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let errors = |one: &serde_json::Value| one["errors"].as_array().into_iter().flatten().map(text).collect();
    rejected.iter().map(|one| (text(&one["object"]), errors(one))).collect()
}

#[test]
fn vectors_are_rejected_as_expected() {
    let vectors = vectors();
    assert!(vectors.len() >= 300, "only {} vectors found", vectors.len());
    for vector in vectors {
        if vector.ends_with("errors/no-defaulting-panic") {
            continue; // its environment turns admission off
        }
        let read = |name: &str| std::fs::read_to_string(vector.join(name)).expect("a vector has its files");
        let parsed = source::parse(FileId(0), &read("input.yaml"));
        assert_eq!(parsed.problems, [], "{}", vector.display());
        let rejected: Vec<_> = parsed.documents.iter().filter_map(rejection).collect();
        let expected = serde_json::from_str(&read("expected.json")).expect("expected.json is JSON");
        assert_eq!(rejected, expected_rejections(&expected), "{}", vector.display());
    }
}

#[test]
fn only_one_vector_has_an_unknown_field() {
    let mut found = Vec::new();
    for vector in vectors() {
        let text = std::fs::read_to_string(vector.join("input.yaml")).expect("a vector has its files");
        for document in source::parse(FileId(0), &text).documents {
            let mut object = document.root.clone();
            let unknown = admit(schema_of(&document.root), &mut object, Mode::DefaultOnly).unknown;
            found.extend(
                unknown
                    .into_iter()
                    .map(|field| (field.path, text[field.span.start as usize..field.span.end as usize].to_owned())),
            );
        }
    }
    assert_eq!(found, [("spec.bogusField".to_owned(), "bogusField".to_owned())]);
}

/// Puts a value of every sort in the place of every node of every vector; nothing may panic.
#[test]
fn no_object_panics() {
    let values = ["null", "1", "-1.5", "true", "\"\"", "\"é\"", "[]", "[null]", "[{}, {}]", "{}", "{\"type\": []}"];
    let values = values.map(|json| Node::from(serde_json::from_str::<serde_json::Value>(json).expect("it is JSON")));
    for vector in vectors().into_iter().step_by(9) {
        let text = std::fs::read_to_string(vector.join("input.yaml")).expect("a vector has its files");
        for document in source::parse(FileId(0), &text).documents {
            let schema = schema_of(&document.root);
            for place in 0..places(&document.root) {
                for value in &values {
                    let mut object = document.root.clone();
                    replace(&mut object, &mut place.clone(), value);
                    admit(schema, &mut object, Mode::Enforce);
                }
            }
        }
    }
}

fn places(node: &Node) -> usize {
    let seq: usize = node.as_seq().unwrap_or_default().iter().map(places).sum();
    1 + seq + node.as_map().map_or(0, |map| map.iter().map(|entry| places(&entry.value)).sum())
}

fn replace(node: &mut Node, place: &mut usize, by: &Node) {
    if *place == 0 {
        *node = by.clone();
    }
    *place = place.wrapping_sub(1);
    match &mut node.value {
        source::NodeValue::Seq(items) => items.iter_mut().for_each(|item| replace(item, place, by)),
        source::NodeValue::Map(map) => map.iter_mut().for_each(|entry| replace(&mut entry.value, place, by)),
        _ => {}
    }
}
