//! From core's compact schemas back to those of CustomResourceDefinitions: the other way round than `schemas.rs`.
//!
//! It knows the keywords of the configuration kinds only, and fails on any other.

use std::fs;

use serde_json::{Map, Value, json};

/// Core's schemas.
pub struct Schemas(Value);

impl Schemas {
    /// Those that core is built with.
    pub fn read() -> Self {
        let text = fs::read_to_string(super::root().join("core/src/admission/schemas.json"));
        Self(serde_json::from_str(&text.expect("it lies in the repository")).expect("`schemas` wrote it"))
    }

    /// Kinds of a group: `group`, `kind`, `namespaced`, `served` (versions), `schema` (the place of their node).
    pub fn kinds(&self, group: &str) -> impl Iterator<Item = &Value> {
        let kinds = self.0["kinds"].as_array().expect("kinds are a list");
        kinds.iter().filter(move |kind| kind["group"] == group)
    }

    /// The schema of a kind.
    pub fn root(&self, kind: &Value) -> Value {
        assert_eq!(kind["others"], json!({}), "a kind whose versions differ");
        let mut root = self.at("nodes", &kind["schema"]).clone();
        // The API server knows it, and refuses definitions that describe it.
        root["p"].as_object_mut().expect("an object has fields").remove("metadata");
        let mut schema = self.node(&root);
        schema["properties"]["metadata"] = json!({"type": "object"});
        schema
    }

    fn node_at(&self, place: &Value) -> Value {
        self.node(self.at("nodes", place))
    }

    fn node(&self, node: &Value) -> Value {
        let node = node.as_object().expect("a node is an object");
        let mut schema: Map<String, Value> = node.iter().map(|(short, value)| self.keyword(short, value)).collect();
        if schema.contains_key("x-kubernetes-list-map-keys") {
            schema.insert("x-kubernetes-list-type".to_owned(), json!("map"));
        }
        if is_selector(&schema) {
            make_atomic(&mut schema);
        }
        schema.into()
    }

    fn keyword(&self, short: &str, value: &Value) -> (String, Value) {
        let (keyword, value) = match short {
            "t" => ("type", value.clone()),
            "f" => ("format", value.clone()),
            "r" => ("required", value.clone()),
            "d" => ("default", value.clone()),
            "e" => ("enum", value.clone()),
            "nl" => ("minLength", value.clone()),
            "xl" => ("maxLength", value.clone()),
            "ni" => ("minItems", value.clone()),
            "xi" => ("maxItems", value.clone()),
            "xp" => ("maxProperties", value.clone()),
            "n" => ("minimum", value.clone()),
            "m" => ("maximum", value.clone()),
            "k" => ("x-kubernetes-list-map-keys", value.clone()),
            "s" => ("x-kubernetes-list-type", json!("set")),
            "p" => ("properties", self.properties(value)),
            "i" => ("items", self.node_at(value)),
            "a" => ("additionalProperties", self.node_at(value)),
            "x" => ("pattern", self.at("patterns", value).clone()),
            "v" => ("x-kubernetes-validations", self.rules(value)),
            other => panic!("no configuration kind has the keyword `{other}`"),
        };
        (keyword.to_owned(), value)
    }

    fn properties(&self, places: &Value) -> Value {
        let places = places.as_object().expect("properties are an object");
        places.iter().map(|(name, place)| (name.clone(), self.node_at(place))).collect::<Map<_, _>>().into()
    }

    fn rules(&self, places: &Value) -> Value {
        let places = places.as_array().expect("rules are a list");
        let rules = places.iter().map(|place| self.at("rules", place));
        rules.map(|rule| json!({"rule": rule[0], "message": rule[1]})).collect()
    }

    fn at(&self, table: &str, place: &Value) -> &Value {
        let place = place.as_u64().and_then(|place| usize::try_from(place).ok()).expect("a place is a number");
        &self.0[table][place]
    }
}

fn is_selector(schema: &Map<String, Value>) -> bool {
    let properties = schema.get("properties").and_then(Value::as_object);
    properties.is_some_and(|properties| properties.contains_key("matchExpressions"))
}

/// Label selectors are replaced as a whole when they are applied, as everywhere in Kubernetes. Manifests are checked
/// without that, so core does not keep it.
fn make_atomic(selector: &mut Map<String, Value>) {
    selector.insert("x-kubernetes-map-type".to_owned(), json!("atomic"));
    let expressions = &mut selector["properties"]["matchExpressions"];
    expressions["x-kubernetes-list-type"] = json!("atomic");
    expressions["items"]["properties"]["values"]["x-kubernetes-list-type"] = json!("atomic");
}
