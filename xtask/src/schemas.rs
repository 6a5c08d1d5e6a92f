//! Writes `schemas.json`: the schemas of all kinds, from CustomResourceDefinitions, without descriptions and
//! with every repeated part stored once. It does not interpret them; `admission::schema` does.

use std::collections::BTreeMap;

use gwchain_core::source::{self, FileId, Node};
use serde_json::{Map, Value, json};

const OUTPUT: &str = "core/src/admission/schemas.json";
const BUILT_IN: &str = "core/schemas/core.yaml";

const SKIPPED: [&str; 1] = ["BackendTLSPolicy"];

/// Writes the schemas of the built-in kinds and of the CRDs in `files`.
pub fn write(files: &[String]) {
    let mut files: Vec<String> = files.iter().cloned().chain([BUILT_IN.to_owned()]).collect();
    files.sort();
    let mut definitions: Vec<Value> = files.iter().flat_map(|file| definitions(file)).collect();
    definitions.sort_by_key(|definition| (text(definition, "/spec/group"), text(definition, "/spec/names/kind")));
    let mut tables = Tables::default();
    let is_metadata = |definition: &&Value| text(definition, "/spec/names/kind") == "ObjectMeta";
    let metadata = definitions.iter().find(is_metadata).expect("schemas/core.yaml is among the files");
    tables.metadata = metadata["spec"]["versions"][0]["schema"]["openAPIV3Schema"].clone();
    let kinds: Vec<Value> =
        definitions.iter().filter(|definition| !is_metadata(definition)).map(|one| tables.kind(one)).collect();
    let result = json!({
        "kinds": kinds, "patterns": tables.patterns.values, "rules": tables.rules.values, "nodes": tables.nodes.values,
    });
    std::fs::write(OUTPUT, result.to_string() + "\n").expect("the output can be written");
}

fn definitions(file: &str) -> Vec<Value> {
    let yaml = std::fs::read_to_string(file).expect("every argument is a readable file");
    let parsed = source::parse(FileId(0), &yaml);
    assert!(parsed.problems.is_empty(), "{file}: {:?}", parsed.problems);
    let values = parsed.documents.iter().map(|document| strip(Value::from(&document.root as &Node)));
    values
        .filter(|value| value["kind"] == "CustomResourceDefinition")
        .filter(|value| !SKIPPED.contains(&text(value, "/spec/names/kind").as_str()))
        .collect()
}

fn text(value: &Value, pointer: &str) -> String {
    value.pointer(pointer).and_then(Value::as_str).expect("a definition has a group and a kind").to_owned()
}

/// Descriptions are the only strings under that key; a property called `description` is a map.
fn strip(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let kept = map.into_iter().filter(|(key, value)| key != "description" || !value.is_string());
            Value::Object(kept.map(|(key, value)| (key, strip(value))).collect())
        }
        Value::Array(items) => items.into_iter().map(strip).collect(),
        other => other,
    }
}

/// Values by the order they were first asked for.
#[derive(Default)]
struct Table {
    values: Vec<Value>,
    places: BTreeMap<String, usize>,
}

impl Table {
    fn place(&mut self, value: Value) -> usize {
        *self.places.entry(value.to_string()).or_insert_with(|| {
            self.values.push(value);
            self.values.len() - 1
        })
    }
}

#[derive(Default)]
struct Tables {
    metadata: Value,
    nodes: Table,
    patterns: Table,
    rules: Table,
}

impl Tables {
    fn kind(&mut self, definition: &Value) -> Value {
        let spec = &definition["spec"];
        let versions = spec["versions"].as_array().expect("a definition has versions");
        let served: Vec<&Value> = versions.iter().filter(|one| one["served"] == true).map(|one| &one["name"]).collect();
        let schemas: Vec<usize> = versions.iter().map(|version| self.root(version)).collect();
        let others = versions.iter().zip(&schemas).filter(|(_, schema)| **schema != schemas[0]);
        let others: Map<String, Value> =
            others.map(|(version, schema)| (text(version, "/name"), json!(schema))).collect();
        json!({
            "group": spec["group"], "kind": spec["names"]["kind"], "namespaced": spec["scope"] == "Namespaced",
            "served": served, "schema": schemas[0], "others": others,
        })
    }

    fn root(&mut self, version: &Value) -> usize {
        let mut schema = version["schema"]["openAPIV3Schema"].clone();
        schema["properties"]["metadata"] = self.metadata.clone();
        self.node(&schema)
    }

    fn node(&mut self, schema: &Value) -> usize {
        let mut node = Map::new();
        for (keyword, value) in schema.as_object().expect("a schema is an object") {
            if let Some((short, value)) = self.keyword(keyword, value) {
                node.insert(short.to_owned(), value);
            }
        }
        self.nodes.place(Value::Object(node))
    }

    fn keyword(&mut self, keyword: &str, value: &Value) -> Option<(&'static str, Value)> {
        Some(match keyword {
            "type" => ("t", value.clone()),
            "format" => ("f", value.clone()),
            "properties" => ("p", self.properties(value)),
            "items" => ("i", json!(self.node(value))),
            "additionalProperties" => ("a", json!(self.node(value))),
            "required" => ("r", value.clone()),
            "default" => ("d", value.clone()),
            "enum" => ("e", value.clone()),
            "pattern" => ("x", json!(self.patterns.place(value.clone()))),
            "minLength" if value == 0 => return None,
            "minLength" => ("nl", value.clone()),
            "maxLength" => ("xl", value.clone()),
            "minItems" => ("ni", value.clone()),
            "maxItems" => ("xi", value.clone()),
            "maxProperties" => ("xp", value.clone()),
            "minimum" => ("n", value.clone()),
            "maximum" => ("m", value.clone()),
            "x-kubernetes-list-map-keys" => ("k", value.clone()),
            "x-kubernetes-list-type" if value == "set" => ("s", json!(true)),
            "x-kubernetes-list-type" | "x-kubernetes-map-type" => return None,
            "x-kubernetes-preserve-unknown-fields" => ("u", value.clone()),
            "x-kubernetes-int-or-string" => ("is", value.clone()),
            "x-kubernetes-validations" => ("v", self.validations(value)),
            "oneOf" => ("ip", json!(is_address(value))),
            other => panic!("schema keyword {other} is not supported"),
        })
    }

    fn properties(&mut self, properties: &Value) -> Value {
        let properties = properties.as_object().expect("properties are an object");
        properties.iter().map(|(name, schema)| (name.clone(), json!(self.node(schema)))).collect::<Map<_, _>>().into()
    }

    fn validations(&mut self, validations: &Value) -> Value {
        let validations = validations.as_array().expect("validations are a list");
        validations.iter().map(|validation| json!(self.rules.place(rule(validation)))).collect()
    }
}

fn rule(validation: &Value) -> Value {
    let known = ["rule", "message"];
    let fields = validation.as_object().expect("a validation is an object");
    assert!(fields.keys().all(|key| known.contains(&key.as_str())), "unknown field in {validation}");
    json!([validation["rule"], validation["message"]])
}

/// The one `oneOf` there is: an address of type IPAddress must be an IPv4 or IPv6 address.
fn is_address(one_of: &Value) -> bool {
    let known = json!([
        {"properties": {
            "type": {"enum": ["IPAddress"]},
            "value": {"anyOf": [{"format": "ipv4"}, {"format": "ipv6"}]},
        }},
        {"properties": {"type": {"not": {"enum": ["IPAddress"]}}}},
    ]);
    assert_eq!(one_of, &known, "a oneOf that admission does not know");
    true
}
