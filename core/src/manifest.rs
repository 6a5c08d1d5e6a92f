//! Typed kinds as written, with the API server's defaults applied and every object's spans kept.
//!
//! It resolves no reference between objects.

pub mod config;
pub mod core;
pub mod gateway;
mod header;
pub mod meta;
mod read;
mod remedy;
pub mod route;
pub mod rule_config;
pub mod selector;
pub mod wanted;

use crate::diagnostic::{Diagnostic, Place};
use crate::id::{NamespacedName, ObjectIx, Text};
use crate::paste::Reading;
use crate::source::{FileId, Node};

pub use self::read::{ReadOptions, read, read_over};
use config::{LoadBalancerConfiguration, TargetGroupConfiguration};
use core::{Namespace, Secret, Service};
use gateway::{Gateway, GatewayClass, ListenerSet, ReferenceGrant};
use route::Route;
use rule_config::ListenerRuleConfiguration;

/// A text to read: its name for messages and its content.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Path, URL or `<stdin>`.
    pub name: String,
    /// Content.
    pub text: String,
}

/// An object that was read: its identity and its tree.
#[derive(Clone, Debug)]
pub struct Object {
    /// `apiVersion`.
    pub api_version: Text,
    /// `kind`.
    pub kind: Text,
    /// Namespace (empty for cluster-scoped kinds) and name.
    pub id: NamespacedName,
    /// File it stands in, or [`FileId::CLUSTER`].
    pub file: FileId,
    /// Its values with their spans.
    pub node: Node,
}

impl Object {
    /// `Kind ns/name`.
    pub fn describe(&self) -> String {
        format!("{} {}", self.kind, self.id)
    }

    /// Whether a cluster told it, so that it has no place in a text.
    pub fn is_in_cluster(&self) -> bool {
        self.file == FileId::CLUSTER
    }
}

/// An object that the API server would refuse.
#[derive(Clone, Debug)]
pub struct Rejected {
    /// `Kind ns/name`.
    pub object: String,
    /// The API server's field errors, sorted.
    pub errors: Vec<String>,
}

/// Everything that was read. Each list of a kind is sorted by namespace and name.
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, reason = "one list per kind")]
pub struct Manifests {
    pub files: Vec<SourceFile>,
    pub readings: Vec<Reading>,
    pub objects: Vec<Object>,
    pub gateway_classes: Vec<GatewayClass>,
    pub gateways: Vec<Gateway>,
    pub listener_sets: Vec<ListenerSet>,
    pub routes: Vec<Route>,
    pub reference_grants: Vec<ReferenceGrant>,
    pub services: Vec<Service>,
    pub namespaces: Vec<Namespace>,
    pub secrets: Vec<Secret>,
    pub load_balancer_configurations: Vec<LoadBalancerConfiguration>,
    pub target_group_configurations: Vec<TargetGroupConfiguration>,
    pub listener_rule_configurations: Vec<ListenerRuleConfiguration>,
    pub rejected: Vec<Rejected>,
    pub diagnostics: Vec<Diagnostic>,
}

impl Manifests {
    /// The object at that position.
    pub fn object(&self, object: ObjectIx) -> &Object {
        &self.objects[object.0 as usize]
    }

    /// The object that was read from around a byte of a file: objects stand in the order of the files.
    pub fn object_at(&self, file: FileId, byte: u32) -> Option<ObjectIx> {
        let after = self.objects.partition_point(|object| (object.file, object.node.span.start) <= (file, byte));
        let found = after.checked_sub(1)?;
        let object = &self.objects[found];
        let around = object.file == file && byte < object.node.span.end;
        around.then(|| ObjectIx(u32::try_from(found).unwrap_or(u32::MAX)))
    }

    /// The object that a place belongs to.
    pub fn object_of(&self, place: &Place) -> Option<ObjectIx> {
        match place {
            Place::Field(object, _) | Place::Path(object, _) => Some(*object),
            Place::Text(file, span) => self.object_at(*file, span.start),
            Place::Nowhere => None,
        }
    }
}
