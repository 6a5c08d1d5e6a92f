//! The plan document and environment files hold to their published schemas, and every planned field says why.
//!
//! What a plan should be is the vectors' business.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use gwchain_core::environment;
use gwchain_core::fact::Environment;
use gwchain_core::manifest::{ReadOptions, SourceFile, read};
use gwchain_core::pipeline::{Options, run};
use gwchain_core::plan::{Plan, document};
use gwchain_core::profile::Profile;
use gwchain_core::source::{self, FileId, Node, NodeValue};
use gwchain_tests::schema::violations;
use gwchain_tests::vectors::find;
use serde_json::{Value, json};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ lies in the repository").to_owned()
}

fn schema(name: &str) -> Value {
    let path = root().join("docs/schemas").join(format!("{name}.schema.json"));
    serde_json::from_str(&text(&path)).expect("a schema is JSON")
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).expect("a file of the repository is readable")
}

/// Texts of the inputs to plan: each example, each vector; with the environment where there is one.
fn inputs() -> Vec<(String, Vec<SourceFile>, Option<String>)> {
    let mut inputs = Vec::new();
    for folder in fs::read_dir(root().join("examples")).expect("examples/ is there") {
        let folder = folder.expect("an entry is readable").path();
        let files = fs::read_dir(&folder).expect("an example is a folder");
        let mut paths: Vec<PathBuf> = files.map(|file| file.expect("an entry is readable").path()).collect();
        paths.retain(|path| path.extension().is_some_and(|end| end == "yaml") && !path.ends_with("environment.yaml"));
        paths.sort();
        let files = paths.iter().map(|path| SourceFile { name: path.display().to_string(), text: text(path) });
        let environment = Some(folder.join("environment.yaml")).filter(|path| path.exists());
        inputs.push((folder.display().to_string(), files.collect(), environment.map(|path| text(&path))));
    }
    for case in find(&root().join("tests/vectors")).expect("tests/vectors is there") {
        let texts = case.read().expect("a case is readable");
        let file = SourceFile { name: "input.yaml".to_owned(), text: texts.input };
        inputs.push((case.name, vec![file], texts.environment));
    }
    inputs
}

fn planned(files: Vec<SourceFile>, environment: &Environment, profile: Profile) -> (Value, String) {
    let manifests = read(files, &ReadOptions::default());
    let pipeline = run(&manifests, environment, Options { profile, complete: false, simulate: false });
    let plan = Plan { manifests: &manifests, pipeline: &pipeline, shown: None };
    (document::to_value(&plan), document::to_string(&plan))
}

/// Every plan of every input, in both profiles, with and without its environment.
fn documents() -> Vec<(String, Value, String)> {
    let mut documents = Vec::new();
    for (name, files, environment) in inputs() {
        let parsed = environment.map(|text| environment::parse(&text).expect("an environment file is valid"));
        for environment in [Some(Environment::default()), parsed].into_iter().flatten() {
            for profile in [Profile::GWCHAIN, Profile::AWS_LBC] {
                let (value, text) = planned(files.clone(), &environment, profile);
                documents.push((format!("{name} ({})", profile.name), value, text));
            }
        }
    }
    documents
}

#[track_caller]
fn none(found: &[String]) {
    let shown: Vec<_> = found.iter().take(20).cloned().collect();
    assert!(found.is_empty(), "{} times:\n  {}", found.len(), shown.join("\n  "));
}

#[test]
fn plans_hold_to_their_schema() {
    let schema = schema("plan");
    let mut found = Vec::new();
    for (name, document, text) in documents() {
        found.extend(violations(&schema, &document).into_iter().map(|violation| format!("{name}: {violation}")));
        let read: Value = serde_json::from_str(&text).expect("the document is JSON");
        assert_eq!(read, document, "{name}: text and value differ");
    }
    none(&found);
}

#[test]
fn every_planned_field_has_an_origin() {
    let mut found = BTreeSet::new();
    for (name, document, _) in documents() {
        for resource in list(&document["stacks"]).iter().flat_map(|stack| list(&stack["resources"])) {
            let origins = resource["origins"].as_object().expect("origins are a map");
            let of = |field: &str| origins.keys().any(|key| key.split('.').next() == Some(field));
            for field in resource["spec"].as_object().expect("a spec is a map").keys().filter(|field| !of(field)) {
                found.insert(format!("{} {field}, as in {name}", resource["type"]));
            }
        }
    }
    none(&found.into_iter().collect::<Vec<_>>());
}

#[test]
fn every_pending_value_is_among_the_wants() {
    for (name, document, _) in documents() {
        let texts: Vec<&str> = list(&document["wants"]).iter().filter_map(|want| want["text"].as_str()).collect();
        for pending in pending(&document["stacks"]) {
            assert!(texts.iter().any(|text| pending.contains(text)), "{name}: {pending} is not in {texts:?}");
        }
    }
}

#[test]
fn environment_files_hold_to_their_schema() {
    let schema = schema("environment");
    let mut found = Vec::new();
    let environments = inputs().into_iter().filter_map(|(name, _, environment)| Some((name, environment?)));
    for (name, text) in environments {
        let document = source::parse(FileId(0), &text).documents.first().map_or(json!({}), |only| value(&only.root));
        found.extend(violations(&schema, &document).into_iter().map(|violation| format!("{name}: {violation}")));
    }
    none(&found);
}

/// The schema allows each field that core reads and writes.
#[test]
fn the_schema_of_environments_knows_every_field() {
    let simulated = serde_json::to_value(Environment::default().simulated()).expect("an environment is JSON");
    none(&violations(&schema("environment"), &simulated));
}

#[test]
fn the_built_in_prices_hold_to_their_schema() {
    let list = text(&root().join("core/src/price/us-east-1.json"));
    none(&violations(&schema("prices"), &serde_json::from_str(&list).expect("the list is JSON")));
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn pending(value: &Value) -> Vec<&str> {
    match value {
        Value::Array(items) => items.iter().flat_map(pending).collect(),
        Value::Object(map) => match map.get("pending").and_then(Value::as_str) {
            Some(text) if map.len() == 1 => vec![text],
            _ => map.values().flat_map(pending).collect(),
        },
        _ => Vec::new(),
    }
}

fn value(node: &Node) -> Value {
    match &node.value {
        NodeValue::Null => Value::Null,
        NodeValue::Bool(flag) => json!(flag),
        NodeValue::Int(number) => json!(number),
        NodeValue::Float(number) => json!(number),
        NodeValue::String(text) => json!(text),
        NodeValue::Seq(items) => items.iter().map(value).collect(),
        NodeValue::Map(map) => map.iter().map(|entry| (entry.key.to_string(), value(&entry.value))).collect(),
    }
}
