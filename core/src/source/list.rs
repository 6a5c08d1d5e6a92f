//! Takes `List` objects apart into the objects they hold.
//! It does not look further into an object than its `kind` and `items`.

use super::problem::report;
use super::{Document, FileId, Node, NodeValue, Parsed, Problem, ProblemCode};

/// Adds `node` to the documents, or its items if it is a list. Empty documents are left out.
pub(super) fn flatten(file: FileId, mut node: Node, parsed: &mut Parsed) {
    if matches!(node.value, NodeValue::Null) {
        return;
    }
    if node.as_map().is_none() {
        report(&mut parsed.problems, not_an_object(file, &node));
        return;
    }
    match take_items(&mut node) {
        Some(items) => items.into_iter().for_each(|item| flatten(file, item, parsed)),
        None => parsed.documents.push(Document { file, root: node }),
    }
}

fn not_an_object(file: FileId, node: &Node) -> Problem {
    let (what, help) = match node.as_seq() {
        Some(_) => {
            ("a list", "separate objects with ---, or write them as items of a List (kind: List, apiVersion: v1)")
        }
        None => ("a scalar", "an object is a map with apiVersion, kind and metadata"),
    };
    let message = format!("expected a Kubernetes object, found {what}");
    Problem::new(ProblemCode::NotAnObject, file, node.span, message).help(help)
}

fn take_items(node: &mut Node) -> Option<Vec<Node>> {
    let item_kind = node.get("kind")?.as_str()?.strip_suffix("List")?.to_owned();
    let items = match node.as_map_mut()?.get_mut("items")? {
        Node { value: NodeValue::Seq(items), .. } => std::mem::take(items),
        Node { value: NodeValue::Null, .. } => Vec::new(),
        _ => return None,
    };
    Some(items.into_iter().map(|item| with_type(item, node, &item_kind)).collect())
}

/// Items of a typed list, as API responses have them, leave out what the list already says.
fn with_type(mut item: Node, list: &Node, item_kind: &str) -> Node {
    let Some(map) = item.as_map_mut() else {
        return item;
    };
    if item_kind.is_empty() || map.get("kind").is_some() {
        return item;
    }
    if let Some(version) = list.get("apiVersion").filter(|_| map.get("apiVersion").is_none()) {
        map.insert("apiVersion", version.clone());
    }
    let span = list.get("kind").map_or(list.span, |kind| kind.span);
    map.insert("kind", Node::text(item_kind, span));
    item
}
