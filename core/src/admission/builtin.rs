//! Defaults and checks of built-in kinds that depend on other fields, so that no schema states them.
//! It does not allocate: cluster IPs and node ports stay as they are written.

use super::error::{ErrorKind, FieldError};
use super::path::Path;
use super::schema::{Builtin, Schema};
use crate::source::{Map, Node, NodeValue, Span};

/// Applies the defaults of the built-in kind that `schema` is of, if any.
pub(super) fn default_fields(schema: &Schema, object: &mut Node) {
    if schema.builtin != Some(Builtin::Service) {
        return;
    }
    let Some(spec) = object.as_map_mut().and_then(|root| root.get_mut("spec")).and_then(Node::as_map_mut) else {
        return;
    };
    default_policies(spec);
    if let Some(Node { value: NodeValue::Seq(ports), .. }) = spec.get_mut("ports") {
        ports.iter_mut().filter_map(Node::as_map_mut).for_each(default_target_port);
    }
}

fn default_policies(spec: &mut Map) {
    let kind = spec.get("type").and_then(Node::as_str).unwrap_or_default();
    let is_external = matches!(kind, "NodePort" | "LoadBalancer");
    let is_internal = is_external || kind == "ClusterIP";
    for (field, applies) in [("externalTrafficPolicy", is_external), ("internalTrafficPolicy", is_internal)] {
        if applies && spec.get(field).is_none() {
            spec.insert(field, Node::text("Cluster", Span::DEFAULTED));
        }
    }
}

fn default_target_port(port: &mut Map) {
    let is_unset = match port.get("targetPort").map(|target| &target.value) {
        None | Some(NodeValue::Int(0)) => true,
        Some(NodeValue::String(name)) => name.is_empty(),
        Some(_) => false,
    };
    if let Some(number) = port.get("port").and_then(Node::as_int).filter(|_| is_unset) {
        port.insert("targetPort", Node { span: Span::DEFAULTED, value: NodeValue::Int(number) });
    }
}

/// Adds what is wrong with the object beyond its schema.
pub(super) fn check(schema: &Schema, object: &Node, errors: &mut Vec<FieldError>) {
    if schema.builtin != Some(Builtin::Service) {
        return;
    }
    let ports = object.at("spec.ports").and_then(Node::as_seq).unwrap_or_default();
    let spec = Path::Root.field("spec");
    let list = spec.field("ports");
    for (index, port) in ports.iter().enumerate() {
        check_port(port, &list.index(index), errors);
    }
}

fn check_port(port: &Node, path: &Path<'_>, errors: &mut Vec<FieldError>) {
    for field in ["port", "targetPort"] {
        let number = port.get(field).and_then(|node| Some((node, node.as_int()?)));
        if let Some((node, number)) = number.filter(|(_, number)| !(1..=65535).contains(number)) {
            let detail = format!("Invalid value: {number}: must be between 1 and 65535, inclusive");
            let path = path.field(field).to_string();
            errors.push(FieldError { path, detail, span: node.span, kind: ErrorKind::Invalid });
        }
    }
}
