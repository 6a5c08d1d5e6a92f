//! Files laid over a cluster, object by object.
//!
//! It is not kubectl's merge: fields that somebody else set in an object of the files are not kept, as they would not be
//! after a `kubectl replace`.

use std::collections::BTreeMap;

use super::{Header, NamespacedName};
use crate::admission::KindInfo;
use crate::id::Text;
use crate::source::{FileId, Map, Node, NodeValue, Span};

/// Metadata that the API server or controllers write.
const WRITTEN: [&str; 6] =
    ["uid", "resourceVersion", "creationTimestamp", "deletionTimestamp", "generation", "finalizers"];

/// Fields of a Service that the API server fills in once and keeps when a manifest leaves them out.
const ALLOCATED: [&str; 5] = ["clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy", "healthCheckNodePort"];

/// Group, kind, namespace and name.
type Key = (&'static str, &'static str, NamespacedName);

/// What a cluster holds, in an order that does not depend on who answered first.
pub(super) struct Cluster {
    objects: BTreeMap<Key, Stored>,
}

struct Stored {
    info: &'static KindInfo,
    node: Node,
    is_replaced: bool,
}

impl Cluster {
    /// Sorts the objects of kinds that are read; an object that was listed twice counts once.
    pub(super) fn of(objects: Vec<Node>) -> Self {
        let keyed = objects.into_iter().filter_map(|node| {
            let header = Header::of(&node, FileId::CLUSTER).ok()?;
            let info = header.info()?;
            let id = header.identity(info.namespaced, &Text::from(""));
            Some(((info.group, info.kind, id), Stored { info, node, is_replaced: false }))
        });
        Self { objects: keyed.collect() }
    }

    /// The object of that name.
    pub(super) fn object(&self, info: &'static KindInfo, id: &NamespacedName) -> Option<&Node> {
        self.objects.get(&(info.group, info.kind, id.clone())).map(|stored| &stored.node)
    }

    /// The same, which a file takes the place of.
    pub(super) fn replace(&mut self, info: &'static KindInfo, id: &NamespacedName) -> Option<&Node> {
        let stored = self.objects.get_mut(&(info.group, info.kind, id.clone()))?;
        stored.is_replaced = true;
        Some(&stored.node)
    }

    /// Those that no file took the place of.
    pub(super) fn take_rest(&mut self) -> Vec<(&'static KindInfo, Node)> {
        let all = std::mem::take(&mut self.objects).into_values();
        all.filter(|stored| !stored.is_replaced).map(|stored| (stored.info, stored.node)).collect()
    }
}

/// Puts into `object` what only the API server and controllers write.
pub(super) fn keep_written(object: &mut Node, server: &Node) {
    let Some(root) = object.as_map_mut() else { return };
    root.remove("status");
    if let Some(status) = server.get("status") {
        root.insert("status", status.clone());
    }
    if let (Some(own), Some(written)) = (root.get_mut("metadata").and_then(Node::as_map_mut), server.get("metadata")) {
        WRITTEN.iter().for_each(|field| copy(own, written, field));
    }
    let is_service = root.get("kind").and_then(Node::as_str) == Some("Service");
    let spec = root.get_mut("spec").and_then(Node::as_map_mut);
    if let (true, Some(own), Some(allocated)) = (is_service, spec, server.get("spec")) {
        keep_allocated(own, allocated);
    }
}

fn copy(own: &mut Map, from: &Node, field: &str) {
    if let Some(value) = from.get(field) {
        own.insert(field, value.clone());
    }
}

fn copy_missing(own: &mut Map, from: &Node, field: &str) {
    if own.get(field).is_none() {
        copy(own, from, field);
    }
}

fn keep_allocated(own: &mut Map, server: &Node) {
    ALLOCATED.iter().for_each(|field| copy_missing(own, server, field));
    let has_node_ports = matches!(own.get("type").and_then(Node::as_str), Some("NodePort" | "LoadBalancer"));
    let Some(Node { value: NodeValue::Seq(ports), .. }) = own.get_mut("ports").filter(|_| has_node_ports) else {
        return;
    };
    let allocated = server.get("ports").and_then(Node::as_seq).unwrap_or_default();
    for port in ports.iter_mut().filter_map(Node::as_map_mut) {
        let protocol = |port: Option<&Node>| port.and_then(Node::as_str).unwrap_or("TCP").to_owned();
        let key = (port.get("port").and_then(Node::as_int), protocol(port.get("protocol")));
        let same = |other: &&Node| key == (other.get("port").and_then(Node::as_int), protocol(other.get("protocol")));
        if let Some(found) = allocated.iter().find(same) {
            copy_missing(port, found, "nodePort");
        }
    }
}

/// A new generation begins if the specification changed, so that what status says is of the one before.
pub(super) fn count_change(object: &mut Node, server: &Node) {
    let is_same = match (object.get("spec"), server.get("spec")) {
        (Some(own), Some(before)) => own.means_same(before),
        (own, before) => own.is_none() && before.is_none(),
    };
    let Some(generation) = server.at("metadata.generation").and_then(Node::as_int).filter(|_| !is_same) else {
        return;
    };
    if let Some(metadata) = object.as_map_mut().and_then(|root| root.get_mut("metadata")).and_then(Node::as_map_mut) {
        metadata.insert("generation", Node { span: Span::NONE, value: NodeValue::Int(generation + 1) });
    }
}
