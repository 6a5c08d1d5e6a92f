//! What the API server asks of a Service beyond its schema: ports, and names that tell them apart.
//!
//! It allocates nothing, and leaves out what no load balancer depends on.

use std::collections::BTreeSet;

use super::error::{ErrorKind, FieldError, quoted};
use super::format::is_label;
use super::path::Path;
use crate::source::Node;

const LABEL: &str = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const NODE_PORT: &str = "Forbidden: may not be used when `type` is 'ClusterIP'";

/// Adds what is wrong with the Service `object`, whose schema found nothing.
pub(super) fn check(object: &Node, errors: &mut Vec<FieldError>) {
    let text = |path: &str| object.at(path).and_then(Node::as_str).unwrap_or_default();
    let (kind, root) = (text("spec.type"), Path::Root.field("spec"));
    let path = root.field("ports");
    let ports = object.at("spec.ports").and_then(Node::as_seq).unwrap_or_default();
    if ports.is_empty() && kind != "ExternalName" && text("spec.clusterIP") != "None" {
        let at = object.at("spec.ports").or_else(|| object.get("spec")).unwrap_or(object);
        errors.push(error(&path, at, ErrorKind::Required, "Required value"));
    }
    let (mut names, mut numbers) = (BTreeSet::new(), BTreeSet::new());
    for (index, port) in ports.iter().enumerate() {
        let path = path.index(index);
        check_name(port, &path, ports.len() > 1, &mut names, errors);
        let number = port.get("port").and_then(Node::as_int).unwrap_or_default();
        let protocol = port.get("protocol").and_then(Node::as_str).unwrap_or("TCP");
        if !numbers.insert((protocol, number)) {
            let detail = format!("Duplicate value: {{\"protocol\":\"{protocol}\",\"port\":{number}}}");
            errors.push(error(&path, port, ErrorKind::Duplicate, detail));
        }
        let node_port = port.get("nodePort").filter(|node| node.as_int() != Some(0));
        if let Some(node) = node_port.filter(|_| matches!(kind, "" | "ClusterIP")) {
            errors.push(error(&path.field("nodePort"), node, ErrorKind::Invalid, NODE_PORT));
        }
    }
}

fn check_name<'n>(
    port: &'n Node,
    path: &Path<'_>,
    is_needed: bool,
    names: &mut BTreeSet<&'n str>,
    errors: &mut Vec<FieldError>,
) {
    let path = path.field("name");
    let name = port.get("name").and_then(|node| Some((node, node.as_str()?))).filter(|(_, name)| !name.is_empty());
    let Some((node, name)) = name else {
        if is_needed {
            errors.push(error(&path, port, ErrorKind::Required, "Required value"));
        }
        return;
    };
    if !is_label(name) {
        errors.push(error(&path, node, ErrorKind::Invalid, format!("Invalid value: {}: {LABEL}", quoted(name))));
    } else if !names.insert(name) {
        errors.push(error(&path, node, ErrorKind::Duplicate, format!("Duplicate value: {}", quoted(name))));
    }
}

fn error(path: &Path<'_>, node: &Node, kind: ErrorKind, detail: impl Into<String>) -> FieldError {
    FieldError { path: path.to_string(), detail: detail.into(), span: node.span, kind }
}
