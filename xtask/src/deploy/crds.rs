//! CustomResourceDefinitions of the controller's kinds: names, versions and columns around core's schemas.
//!
//! The Gateway API's own kinds are installed from its release, not from here.

use std::fs;

use gwchain_core::source::{self, FileId, Node};
use serde_json::{Value, json};

use super::schema::Schemas;
use super::{Generated, root, yaml};

const CONFIGURATION: &str = "gateway.k8s.aws";
const BINDING: &str = "core/schemas/elbv2.k8s.aws.yaml";

/// A kind, and what its versions are called, the stored one first.
struct Kind {
    group: String,
    name: String,
    versions: Vec<(String, Value)>,
}

/// One file per kind and place: for `kubectl` and kustomize, and for Helm.
pub fn files() -> Vec<Generated> {
    let mut files = Vec::new();
    for kind in kinds() {
        let text = yaml("crds", &definition(&kind));
        let name = format!("{}_{}.yaml", kind.group, plural(&kind.name));
        files.extend(["deploy/crds", "deploy/chart/crds"].map(|folder| (format!("{folder}/{name}"), text.clone())));
    }
    files
}

/// The name of a kind in URLs.
pub fn plural(kind: &str) -> String {
    let kind = kind.to_lowercase();
    if kind.ends_with('s') { kind + "es" } else { kind + "s" }
}

fn kinds() -> Vec<Kind> {
    let schemas = Schemas::read();
    let mut kinds: Vec<Kind> = schemas.kinds(CONFIGURATION).map(|kind| configuration(&schemas, kind)).collect();
    kinds.push(binding());
    kinds
}

fn configuration(schemas: &Schemas, kind: &Value) -> Kind {
    let name = text(&kind["kind"]);
    let mut schema = schemas.root(kind);
    schema["description"] = json!(duty(&name));
    let versions = kind["served"].as_array().expect("versions are a list");
    let versions = versions.iter().map(|version| (text(version), schema.clone())).collect();
    Kind { group: CONFIGURATION.to_owned(), name, versions }
}

fn binding() -> Kind {
    let yaml = fs::read_to_string(root().join(BINDING)).expect("it lies in the repository");
    let parsed = source::parse(FileId(0), &yaml);
    assert!(parsed.problems.is_empty(), "{BINDING}: {:?}", parsed.problems);
    let definition = Value::from(&parsed.documents[0].root as &Node);
    let spec = &definition["spec"];
    let versions = spec["versions"].as_array().expect("versions are a list");
    let version = |version: &Value| (text(&version["name"]), version["schema"]["openAPIV3Schema"].clone());
    Kind {
        group: text(&spec["group"]),
        name: text(&spec["names"]["kind"]),
        versions: versions.iter().map(version).collect(),
    }
}

fn text(value: &Value) -> String {
    value.as_str().expect("names are texts").to_owned()
}

/// What `kubectl explain` says first.
fn duty(kind: &str) -> &'static str {
    match kind {
        "ListenerRuleConfiguration" => {
            "What a Gateway API rule can't say about a listener rule: actions and conditions of AWS."
        }
        "LoadBalancerConfiguration" => "Settings of the load balancers of a Gateway or of all Gateways of a class.",
        "TargetGroupConfiguration" => "Settings of the target groups of a Service or of a chained Gateway.",
        other => panic!("{other} needs a sentence on its duty"),
    }
}

fn definition(kind: &Kind) -> Value {
    let (name, plural) = (&kind.name, plural(&kind.name));
    let versions: Vec<Value> = (0..kind.versions.len()).map(|place| version(kind, place)).collect();
    json!({
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": format!("{plural}.{}", kind.group)},
        "spec": {
            "group": kind.group,
            "names": {
                "kind": name, "listKind": format!("{name}List"), "plural": plural, "singular": name.to_lowercase(),
            },
            "scope": "Namespaced",
            "versions": versions,
        },
    })
}

fn version(kind: &Kind, place: usize) -> Value {
    let (name, schema) = &kind.versions[place];
    let mut version = json!({
        "name": name, "served": true, "storage": place == 0, "subresources": {"status": {}},
        "additionalPrinterColumns": columns(&kind.name),
        "schema": {"openAPIV3Schema": schema},
    });
    let stored = &kind.versions[0].0;
    if kind.group == CONFIGURATION && name != stored {
        let (group, kind) = (&kind.group, &kind.name);
        version["deprecated"] = json!(true);
        version["deprecationWarning"] =
            json!(format!("{group}/{name} {kind} is deprecated; use {group}/{stored} instead"));
    }
    version
}

/// What `kubectl get` shows beside the name.
fn columns(kind: &str) -> Vec<Value> {
    let mut columns = match kind {
        "TargetGroupConfiguration" => vec![column("SERVICE-NAME", ".spec.targetReference.name")],
        "TargetGroupBinding" => vec![
            column("SERVICE-NAME", ".spec.serviceRef.name"),
            column("SERVICE-PORT", ".spec.serviceRef.port"),
            column("TARGET-TYPE", ".spec.targetType"),
            wide(column("ARN", ".spec.targetGroupARN"), 1),
            wide(column("NAME", ".spec.targetGroupName"), 2),
        ],
        _ => vec![],
    };
    columns.push(json!({"name": "AGE", "type": "date", "jsonPath": ".metadata.creationTimestamp"}));
    columns
}

fn column(name: &str, path: &str) -> Value {
    json!({"name": name, "type": "string", "jsonPath": path})
}

/// A column of `kubectl get -o wide` only.
fn wide(mut column: Value, priority: u8) -> Value {
    column["priority"] = json!(priority);
    column
}
