//! What the page begins with: files and what the cluster holds beside them, as texts (web/src/state/start.ts).
//!
//! Secrets stay where they are: a page makes links that are passed on.

use std::collections::BTreeSet;
use std::fs;

use gwchain_core::environment::with_fields;
use gwchain_core::manifest::SourceFile;
use gwchain_core::render::yaml;
use gwchain_core::source::{self, FileId, Node};
use serde_json::{Value, json};

use crate::input::{InputArgs, Sources};

/// Kind, namespace and name.
type Identity = (String, String, String);

/// The document that the page asks for.
pub fn document(input: &InputArgs, sources: &Sources) -> Value {
    let mut files: Vec<Value> =
        sources.files.iter().map(|file| json!({ "name": file.name, "text": file.text })).collect();
    if let Some(cluster) = &sources.cluster {
        let written: BTreeSet<Identity> = sources.files.iter().flat_map(identities).collect();
        let objects = cluster.objects.iter().filter(|object| !written.contains(&identity(object)));
        files.extend(objects.filter(|object| kind(object) != "Secret").map(of_cluster));
    }
    json!({
        "source": origin(input),
        "files": files,
        "profile": sources.profile.name,
        "complete": input.complete,
        "environment": environment(input),
        "namespace": namespace(input, sources),
    })
}

/// That whose Gateways are shown, and no others.
fn namespace(input: &InputArgs, sources: &Sources) -> Option<String> {
    let shown = input.shown(sources.cluster.as_ref()).ok().flatten()?;
    shown.namespace.map(|namespace| namespace.to_string())
}

fn origin(input: &InputArgs) -> String {
    let mut names: Vec<String> = input.filename.iter().map(|name| name.display().to_string()).collect();
    if !input.is_offline() {
        names.push("the cluster".to_owned());
    }
    names.join(", ")
}

/// The environment file as it is written, with what options say. That it can be read was seen with the sources.
fn environment(input: &InputArgs) -> String {
    let text = input.environment.as_ref().and_then(|path| fs::read_to_string(path).ok()).unwrap_or_default();
    let Some(name) = &input.cluster_name else { return text };
    let fields = serde_json::from_value(json!({ "clusterName": name })).expect("every JSON value is a node");
    with_fields(&text, &fields).unwrap_or(text)
}

/// An object as a file of its own, without what nobody reads.
fn of_cluster(object: &Node) -> Value {
    let mut value = Value::from(object);
    if let Some(metadata) = value.get_mut("metadata").and_then(Value::as_object_mut) {
        metadata.remove("managedFields");
    }
    let (kind, namespace, name) = identity(object);
    let path = if namespace.is_empty() { name } else { format!("{namespace}/{name}") };
    json!({ "name": format!("{kind} {path}"), "text": yaml::of_json(value) })
}

fn identities(file: &SourceFile) -> Vec<Identity> {
    source::parse(FileId(0), &file.text).documents.iter().map(|document| identity(&document.root)).collect()
}

fn identity(object: &Node) -> Identity {
    let of = |field: &str| text(object.get("metadata").and_then(|metadata| metadata.get(field)));
    (kind(object), of("namespace"), of("name"))
}

fn kind(object: &Node) -> String {
    text(object.get("kind"))
}

fn text(node: Option<&Node>) -> String {
    node.and_then(Node::as_str).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use clap::Parser;
    use gwchain_core::fact::Environment;
    use gwchain_core::manifest::SourceFile;
    use gwchain_core::profile::Profile;
    use gwchain_core::source::{FileId, parse};
    use serde_json::Value;

    use super::document;
    use crate::args::{Cli, Command};
    use crate::cluster::Snapshot;
    use crate::input::Sources;

    #[test]
    fn of_a_cluster_there_is_what_no_file_says_but_no_secret() {
        let Command::Ui(args) =
            Cli::parse_from(["gwchain", "ui", "-f", "a.yaml", "--cluster", "--cluster-name", "prod"]).command
        else {
            panic!("it is ui")
        };
        let text = "kind: Service\nmetadata: {name: a, namespace: x}\n".to_owned();
        let held = "kind: Service\nmetadata: {name: a, namespace: x}\n---\nkind: Service\nmetadata: {name: b, namespace: x, \
                    managedFields: []}\n---\nkind: Secret\nmetadata: {name: c, namespace: x}\ndata: {key: dmFsdWU=}\n";
        let objects = parse(FileId(0), held).documents.into_iter().map(|document| document.root).collect();
        let sources = Sources {
            files: vec![SourceFile { name: "a.yaml".to_owned(), text }],
            cluster: Some(Snapshot { objects, ..Snapshot::default() }),
            environment: Environment::default(),
            profile: Profile::GWCHAIN,
        };
        let document = document(&args.input, &sources);
        let names: Vec<&str> =
            document["files"].as_array().into_iter().flatten().filter_map(|file| file["name"].as_str()).collect();
        assert_eq!(names, ["a.yaml", "Service x/b"]);
        let told = document.to_string();
        assert!(!told.contains("dmFsdWU=") && !told.contains("managedFields"), "{told}");
        assert_eq!(
            (&document["source"], &document["environment"]),
            (&Value::from("a.yaml, the cluster"), &Value::from("clusterName: prod\n"))
        );
    }
}
