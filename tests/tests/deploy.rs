//! What `deploy/` holds before anything renders it: CRDs equal to the reference's, and roles that say what they allow.

use std::path::Path;

use gwchain_tests::deploy::{folder, objects_in};
use serde_json::Value;

/// Descriptions are the only strings under that key; a property called `description` is a map.
fn strip(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.retain(|key, value| key != "description" || !value.is_string());
            map.values_mut().for_each(strip);
        }
        Value::Array(items) => items.iter_mut().for_each(strip),
        _ => {}
    }
}

/// Definitions by name, their versions by name, without words and tool's marks.
fn definitions(folder: &Path) -> Vec<Value> {
    let mut definitions = objects_in(folder);
    for definition in &mut definitions {
        strip(definition);
        definition["metadata"].as_object_mut().expect("an object has metadata").remove("annotations");
        let versions = definition["spec"]["versions"].as_array_mut().expect("a CRD has versions");
        versions.sort_by_key(|version| version["name"].to_string());
    }
    definitions.sort_by_key(|definition| definition["metadata"]["name"].to_string());
    definitions
}

#[test]
fn kinds_are_the_references() {
    let theirs = definitions(&Path::new(env!("CARGO_MANIFEST_DIR")).join("crds"));
    assert_eq!(theirs.len(), 4);
    for ours in [folder().join("crds"), folder().join("chart/crds")] {
        let ours = definitions(&ours);
        for (ours, theirs) in ours.iter().zip(&theirs) {
            assert_eq!(ours, theirs);
        }
        assert_eq!(ours.len(), theirs.len());
    }
}

fn texts<'v>(rule: &'v Value, field: &str) -> Vec<&'v str> {
    rule[field].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

#[test]
fn roles_say_what_they_allow() {
    let roles = objects_in(&folder().join("rbac"));
    let rules = roles.iter().flat_map(|role| role["rules"].as_array().into_iter().flatten());
    for rule in rules {
        for field in ["apiGroups", "resources", "verbs"] {
            assert!(texts(rule, field).iter().all(|text| !text.contains('*')), "a wildcard: {rule}");
            assert!(!texts(rule, field).is_empty(), "nothing in {field}: {rule}");
        }
        let is_read = |verb: &&str| ["get", "list", "watch"].contains(verb);
        let is_secret = texts(rule, "resources").contains(&"secrets");
        assert!(!is_secret || texts(rule, "verbs").iter().all(is_read), "secrets are read only: {rule}");
    }
}

#[test]
fn secrets_are_nobodys_by_default() {
    let objects = objects_in(&folder().join("rbac"));
    let bindings =
        objects.iter().filter(|object| object["kind"].as_str().is_some_and(|kind| kind.ends_with("Binding")));
    let bound: Vec<_> = bindings.map(|binding| binding["roleRef"]["name"].as_str()).collect();
    assert_eq!(bound, [Some("gwchain"), Some("gwchain-leader")]);
}
