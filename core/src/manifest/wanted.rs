//! Which kinds a host lists and watches, in which versions, and what else the objects that it found lead to.
//!
//! Both follow from the one table of kinds and from the references of objects; nothing is fetched here.

use std::collections::BTreeSet;

use crate::admission;
use crate::id::{NamespacedName, RouteKind, Text};
use crate::source::{Node, NodeValue};

/// Versions of kinds that became `v1`, the best first: those of older and experimental channels mean the same.
const VERSIONS: [&str; 4] = ["v1", "v1beta1", "v1alpha3", "v1alpha2"];

/// A kind that is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// API group, empty for the core group.
    pub group: &'static str,
    /// Kind.
    pub kind: &'static str,
    /// Versions in which it can be read, the best first.
    pub versions: Vec<&'static str>,
    /// Whether its objects lie in namespaces.
    pub namespaced: bool,
    /// Which of its objects are needed.
    pub reach: Reach,
}

/// Which objects of a kind are needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// All: any of them may be attached to any Gateway.
    All,
    /// Those in [`Needs::backends`].
    Backends,
    /// All if [`Needs::labels`], else none.
    Labels,
    /// Those named in [`Needs::secrets`].
    Named,
}

/// Every kind that is read, by group and name.
pub fn wanted() -> Vec<Wanted> {
    let wanted = |info: &'static admission::KindInfo| Wanted {
        group: info.group,
        kind: info.kind,
        versions: VERSIONS.into_iter().filter(|version| is_read(&info.served_versions, version)).collect(),
        namespaced: info.namespaced,
        reach: match info.kind {
            "Service" => Reach::Backends,
            "Namespace" => Reach::Labels,
            "Secret" => Reach::Named,
            _ => Reach::All,
        },
    };
    admission::kinds().iter().map(wanted).collect()
}

/// Whether objects in `version` are read of a kind that the Gateway API's standard channel has in `served`.
pub(super) fn is_read(served: &[&str], version: &str) -> bool {
    served.contains(&version) || (served.contains(&"v1") && VERSIONS.contains(&version))
}

/// What objects lead to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// Namespaces of the Services that routes may name.
    pub backends: BTreeSet<Text>,
    /// Every namespace that an object lies in or refers to.
    pub namespaces: BTreeSet<Text>,
    /// Whether something is chosen by labels of namespaces.
    pub labels: bool,
    /// Secrets that rule configurations name.
    pub secrets: BTreeSet<NamespacedName>,
}

impl Needs {
    /// What `objects` lead to; those that name no namespace lie in `home`.
    pub fn of<'n>(objects: impl IntoIterator<Item = &'n Node>, home: &Text) -> Self {
        let mut needs = Self::default();
        for object in objects {
            needs.add(object, home);
        }
        needs
    }

    fn add(&mut self, object: &Node, home: &Text) {
        let own = object.at("metadata.namespace").and_then(Node::as_str).map_or_else(|| home.clone(), Text::from);
        let mut referred = Referred::default();
        referred.read(object.get("spec"));
        self.labels |= referred.selects;
        let kind = object.get("kind").and_then(Node::as_str).unwrap_or_default();
        if RouteKind::parse(kind).is_some() {
            self.backends.insert(own.clone());
            self.backends.extend(referred.namespaces.iter().cloned());
        }
        if kind == "ListenerRuleConfiguration" {
            self.secrets.extend(secrets(object).map(|name| NamespacedName::new(&own, &name)));
        }
        self.namespaces.extend(referred.namespaces);
        self.namespaces.insert(own);
    }
}

fn secrets(configuration: &Node) -> impl Iterator<Item = Text> {
    let actions = configuration.at("spec.actions").and_then(Node::as_seq).unwrap_or_default();
    let name = |action: &Node| action.at("authenticateOIDCConfig.secret.name")?.as_str().map(Text::from);
    actions.iter().filter_map(name)
}

/// What stands in references and selectors below a field.
#[derive(Default)]
struct Referred {
    namespaces: Vec<Text>,
    selects: bool,
}

impl Referred {
    fn read(&mut self, node: Option<&Node>) {
        match node.map(|node| &node.value) {
            Some(NodeValue::Map(map)) => {
                for entry in map {
                    match (&*entry.key, entry.value.as_str()) {
                        ("namespace", Some(name)) => self.namespaces.push(Text::from(name)),
                        ("from", Some("Selector")) => self.selects = true,
                        _ => self.read(Some(&entry.value)),
                    }
                }
            }
            Some(NodeValue::Seq(items)) => items.iter().for_each(|item| self.read(Some(item))),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Needs, Reach, wanted};
    use crate::id::Text;
    use crate::source::{FileId, parse};

    #[test]
    fn newest_versions_come_first() {
        let versions = |kind: &str| wanted().into_iter().find(|one| one.kind == kind).expect("it is read").versions;
        assert_eq!(versions("TCPRoute"), ["v1", "v1beta1", "v1alpha3", "v1alpha2"]);
        assert!(wanted().iter().all(|one| one.kind != "Secret" || one.reach == Reach::Named));
    }

    #[test]
    fn objects_lead_to_namespaces_and_secrets() {
        let text = "\
{kind: HTTPRoute, metadata: {name: r, namespace: shop}, spec: {rules: [{backendRefs: [{name: s, namespace: pay}]}]}}
---
{kind: Gateway, metadata: {name: g}, spec: {listeners: [{allowedRoutes: {namespaces: {from: Selector}}}]}}
---
{kind: ListenerRuleConfiguration, metadata: {name: c, namespace: shop},
 spec: {actions: [{authenticateOIDCConfig: {secret: {name: oidc}}}]}}
";
        let parsed = parse(FileId(0), text);
        let needs = Needs::of(parsed.documents.iter().map(|document| &document.root), &Text::from("home"));
        assert_eq!(needs.backends.iter().collect::<Vec<_>>(), ["pay", "shop"]);
        assert_eq!(needs.namespaces.iter().collect::<Vec<_>>(), ["home", "pay", "shop"]);
        assert!(needs.labels);
        assert_eq!(needs.secrets.iter().map(ToString::to_string).collect::<Vec<_>>(), ["shop/oidc"]);
    }
}
