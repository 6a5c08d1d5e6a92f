//! What makes a document an object: `apiVersion`, `kind` and `metadata.name`.
//!
//! It decides whether a kind is read, not whether the object is valid.

use serde::Deserialize;

use super::meta::RawMeta;
use crate::admission::{self, KindInfo, nearest};
use crate::diagnostic::{Code, Diagnostic, Effect, Place};
use crate::id::{NamespacedName, Text};
use crate::source::{FileId, Node, NodeValue, ReadError};

/// `apiVersion`, `kind` and `metadata` of a document.
pub(super) struct Header {
    pub(super) api_version: Text,
    pub(super) kind: Text,
    pub(super) meta: RawMeta,
}

impl Header {
    /// The header of a document, or what it lacks.
    pub(super) fn of(root: &Node, file: FileId) -> Result<Self, Diagnostic> {
        let lacks = |(message, help, node): Lack<'_>| refusal(Code::NotAnObject, file, node, message).help(help);
        let kind = text(root, "kind").map_err(lacks)?;
        check_list(root, &kind).map_err(lacks)?;
        let api_version = text(root, "apiVersion").map_err(lacks)?;
        let node = root.get("metadata").filter(|node| node.value != NodeValue::Null);
        let node = node.ok_or_else(|| lacks(missing(root, "metadata.name", root)))?;
        let name = text(node, "name").map_err(|lack| lacks(nameless(root, node, lack)))?;
        match RawMeta::deserialize(node) {
            Ok(meta) => Ok(Self { api_version, kind, meta }),
            Err(ReadError { message, span }) => {
                let message = format!("{kind} {name}: metadata: {message}");
                let finding = refusal(Code::SchemaViolation, file, &Node { span, value: NodeValue::Null }, message);
                Err(finding.help("annotations and labels are texts: put numbers and booleans in quotes"))
            }
        }
    }

    /// API group and version.
    pub(super) fn group_version(&self) -> (&str, &str) {
        self.api_version.split_once('/').unwrap_or(("", &self.api_version))
    }

    /// The kind, if it is read.
    pub(super) fn info(&self) -> Option<&'static KindInfo> {
        let group = self.group_version().0;
        admission::kinds().iter().find(|info| info.group == group && info.kind == &*self.kind)
    }

    /// The kind that was probably meant by one that nobody has.
    pub(super) fn meant(&self) -> Option<&'static KindInfo> {
        let (group, version) = self.group_version();
        let singular = self.kind.strip_suffix('s').unwrap_or(&self.kind);
        let is_named =
            |info: &&KindInfo| info.kind.eq_ignore_ascii_case(&self.kind) || info.kind.eq_ignore_ascii_case(singular);
        let is_group =
            |info: &&KindInfo| info.group == group || (group.is_empty() && ["v1", info.group].contains(&version));
        admission::kinds().iter().filter(is_group).find(is_named).or_else(|| self.misspelt())
    }

    /// A kind of the Gateway API or of AWS that was meant by a slip in its name or group; the core group has too many
    /// kinds to tell a slip from another kind.
    fn misspelt(&self) -> Option<&'static KindInfo> {
        let group = self.group_version().0;
        let ours = || admission::kinds().iter().filter(|info| !info.group.is_empty());
        let of_group = || ours().filter(|info| info.group == group);
        let of_kind = || ours().filter(|info| info.kind == &*self.kind);
        if let Some(near) = nearest(&self.kind, of_group().map(|info| info.kind)) {
            return of_group().find(|info| info.kind == near);
        }
        let near = nearest(group, of_kind().map(|info| info.group))?;
        of_kind().find(|info| info.group == near)
    }

    /// Namespace and name; `default` stands for a namespace that is not given.
    pub(super) fn identity(&self, namespaced: bool, default: &Text) -> NamespacedName {
        let given = self.meta.namespace.clone().filter(|namespace| !namespace.is_empty());
        let namespace = if namespaced { given.unwrap_or_else(|| default.clone()) } else { Text::from("") };
        NamespacedName { namespace, name: self.meta.name.clone().unwrap_or_else(|| Text::from("")) }
    }
}

/// What is wrong, what to do, and where.
type Lack<'n> = (String, String, &'n Node);

fn refusal(code: Code, file: FileId, node: &Node, message: String) -> Diagnostic {
    Diagnostic::new(code, Place::Text(file, node.span), message).effect(Effect::DropsObject)
}

/// A field that must be a text that says something.
fn text<'n>(map: &'n Node, field: &str) -> Result<Text, Lack<'n>> {
    let Some(node) = map.get(field) else { return Err(missing(map, field, map)) };
    let found = match &node.value {
        NodeValue::String(text) if !text.is_empty() => return Ok(Text::from(&**text)),
        NodeValue::String(_) | NodeValue::Null => return Err(missing(map, field, node)),
        NodeValue::Bool(truth) => format!("the boolean {truth}"),
        NodeValue::Int(number) => format!("the number {number}"),
        NodeValue::Float(number) => format!("the number {number}"),
        NodeValue::Seq(_) => "a list".to_owned(),
        NodeValue::Map(_) => "a map".to_owned(),
    };
    let help = match &node.value {
        NodeValue::Bool(_) => "put it in quotes: YAML reads y, n, yes, no, on and off as booleans",
        NodeValue::Int(_) | NodeValue::Float(_) => "put it in quotes",
        _ => "give it a text",
    };
    Err((format!("{field} must be a text, not {found}"), help.to_owned(), node))
}

fn missing<'n>(map: &Node, field: &str, at: &'n Node) -> Lack<'n> {
    let label = match (map.get("kind").and_then(Node::as_str), map.get("metadata").and_then(|meta| meta.get("name"))) {
        (Some(kind), Some(Node { value: NodeValue::String(name), .. })) if !name.is_empty() => format!("{kind} {name}"),
        (Some(kind), _) => format!("this {kind}"),
        _ => "the document is not a Kubernetes object: it".to_owned(),
    };
    (format!("{label} has no {field}"), missing_help(map, field), at)
}

fn missing_help(map: &Node, field: &str) -> String {
    let wanted = field.split('.').next().unwrap_or(field);
    let mut keys = map.as_map().into_iter().flatten().map(|entry| &entry.key);
    match keys.find(|key| map.get(wanted).is_none() && nearest(key, [wanted].into_iter()).is_some()) {
        Some(slip) => format!("did you mean {wanted} by {slip}?"),
        None => {
            "every object has apiVersion, kind and metadata.name; Helm values and kustomization files are no objects"
                .to_owned()
        }
    }
}

fn nameless<'n>(root: &Node, meta: &'n Node, (message, help, at): Lack<'n>) -> Lack<'n> {
    if meta.get("generateName").is_some() {
        let message = "the object has metadata.generateName and no metadata.name".to_owned();
        return (message, "give it a name: what is planned is named after it".to_owned(), at);
    }
    match message.strip_prefix("name must be") {
        Some(rest) => (format!("metadata.name must be{rest}"), help, at),
        None => missing(root, "metadata.name", at),
    }
}

fn check_list<'n>(root: &'n Node, kind: &str) -> Result<(), Lack<'n>> {
    if kind != "List" {
        return Ok(());
    }
    let at = root.get("items").unwrap_or(root);
    Err(("a List needs items, which is a list of objects".to_owned(), "write items: [] for none".to_owned(), at))
}
