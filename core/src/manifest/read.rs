//! Reads texts into [`Manifests`]: parse, admit, and sort into kinds.
//!
//! It never stops at a mistake: what is wrong becomes a diagnostic and the rest is read.

mod finding;
mod kind;
mod overlay;
mod reading;

use std::collections::BTreeMap;

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::header::Header;
use super::meta::Meta;
use super::{Manifests, Object, Rejected, SourceFile, remedy, wanted};
use crate::admission::{self, KindInfo, Mode, Schema};
use crate::diagnostic::{Code, Diagnostic, Effect, Fix, Place};
use crate::fact::{AdmissionMode, Environment, simulated_uid};
use crate::id::{NamespacedName, ObjectIx, RouteKind, Text};
use crate::paste;
use crate::source::{Document, FileId, Node, Span};
use overlay::Cluster;

/// The time of objects that have none: 2024-01-01T00:00:00Z in nanoseconds.
const NO_TIME: i128 = 1_704_067_200_000_000_000;

/// How manifests are read.
#[derive(Clone, Debug)]
pub struct ReadOptions {
    /// Namespace of objects that name none.
    pub namespace: Text,
    /// What of the API server's admission is done.
    pub mode: Mode,
    /// Keep objects that admission refuses, reporting them all the same.
    pub keep_refused: bool,
    /// Refuse versions that the Gateway API's standard channel does not serve.
    pub served_only: bool,
    /// Give objects without `uid` and `resourceVersion` those of the vectors' harness.
    pub simulate: bool,
}

impl ReadOptions {
    /// Reading outside a cluster, with as much admission as the environment has.
    pub fn of(environment: &Environment) -> Self {
        let mode = match environment.admission {
            None | Some(AdmissionMode::Enforce | AdmissionMode::Report) => Mode::Enforce,
            Some(AdmissionMode::Off) => Mode::DefaultOnly,
            Some(AdmissionMode::None) => Mode::Nothing,
        };
        let keep_refused = environment.admission == Some(AdmissionMode::Report);
        Self { mode, keep_refused, ..Self::default() }
    }
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            namespace: Text::from("default"),
            mode: Mode::Enforce,
            keep_refused: false,
            served_only: false,
            simulate: false,
        }
    }
}

/// Reads all `files`.
pub fn read(files: Vec<SourceFile>, options: &ReadOptions) -> Manifests {
    read_over(files, Vec::new(), options)
}

/// Reads what a cluster that holds `objects` would hold if `files` were applied to it.
///
/// An object of the files takes the place of the cluster's and keeps what only the API server writes: status, uid,
/// creation time and the like. One that the API server would refuse changes nothing.
pub fn read_over(files: Vec<SourceFile>, objects: Vec<Node>, options: &ReadOptions) -> Manifests {
    let cluster = Cluster::of(objects);
    let mut reader = Reader { text: "", options, out: Manifests::default(), skipped: BTreeMap::new(), cluster };
    for (position, file) in files.iter().enumerate() {
        let id = FileId(u32::try_from(position).unwrap_or(u32::MAX));
        let opened = paste::open(id, &file.text);
        reader.text = &file.text;
        reader.out.diagnostics.extend(reading::findings(id, &file.text, &opened.reading));
        reader.out.diagnostics.extend(opened.problems.into_iter().map(|found| finding::problem(found, &file.text)));
        reader.out.readings.push(opened.reading);
        for document in opened.documents {
            reader.document(document);
        }
    }
    reader.rest_of_cluster();
    let mut out = reader.finish();
    out.files = files;
    out
}

/// Files of gwchain itself, as expectations of `trace`, may lie beside manifests.
fn is_own(root: &Node) -> bool {
    let version = root.get("apiVersion").and_then(Node::as_str);
    version.is_some_and(|version| version.starts_with("gwchain.dev/"))
}

struct Reader<'o> {
    /// The file that is read.
    text: &'o str,
    options: &'o ReadOptions,
    out: Manifests,
    skipped: BTreeMap<String, (usize, FileId, Span)>,
    cluster: Cluster,
}

impl Reader<'_> {
    fn document(&mut self, document: Document) {
        let Document { file, mut root } = document;
        if is_own(&root) {
            return;
        }
        let mut header = match Header::of(&root, file) {
            Ok(header) => header,
            Err(finding) => return self.report(finding),
        };
        let Some(info) = header.info() else {
            return self.foreign(&header, file, root.span);
        };
        let id = header.identity(info.namespaced, &self.options.namespace);
        if !is_read_version(&info.served_versions, header.group_version().1, self.options.served_only) {
            self.refuse_version(&header, &id, info, file, root.span);
            return;
        }
        if let Some(server) = self.cluster.object(info, &id) {
            overlay::keep_written(&mut root, server);
            header = match Header::of(&root, file) {
                Ok(header) => header,
                Err(finding) => return self.report(finding),
            };
        }
        self.admit(header, info, id, file, root);
    }

    /// Objects of the cluster that no file replaces.
    fn rest_of_cluster(&mut self) {
        for (info, root) in self.cluster.take_rest() {
            match Header::of(&root, FileId::CLUSTER) {
                Ok(header) => self.stored(header, info, root),
                Err(finding) => self.report(finding),
            }
        }
    }

    /// An object that the API server has admitted: only defaults that its version does not know may be missing.
    fn stored(&mut self, header: Header, info: &KindInfo, mut root: Node) {
        let id = header.identity(info.namespaced, &self.options.namespace);
        admission::admit(schema(&header), &mut root, Mode::DefaultOnly);
        self.keep(header, id, FileId::CLUSTER, root);
    }

    /// Most kinds do not matter here; one that is nearly ours was probably meant to be.
    fn foreign(&mut self, header: &Header, file: FileId, span: Span) {
        if let Some(info) = header.meant() {
            let id = header.identity(info.namespaced, &self.options.namespace);
            self.refuse_version(header, &id, info, file, span);
            return;
        }
        let label = format!("{} ({})", header.kind, header.api_version);
        self.skipped.entry(label).or_insert((0, file, span)).0 += 1;
    }

    fn refuse_version(&mut self, header: &Header, id: &NamespacedName, info: &KindInfo, file: FileId, span: Span) {
        let error = format!("no matches for kind \"{}\" in version \"{}\"", header.kind, header.api_version);
        let place = Place::Text(file, span);
        let finding = Diagnostic::new(Code::VersionUnserved, place, error.clone()).effect(Effect::DropsObject);
        self.report(finding.help(format!("write {}", finding::served(info))));
        self.out.rejected.push(Rejected { object: format!("{} {id}", header.kind), errors: vec![error] });
    }

    fn admit(&mut self, header: Header, info: &'static KindInfo, id: NamespacedName, file: FileId, mut node: Node) {
        let object = format!("{} {id}", header.kind);
        let admission = admission::admit(schema(&header), &mut node, self.options.mode);
        for unknown in admission.unknown {
            let message = format!("{object}: unknown field {}", unknown.path);
            let mut finding = Diagnostic::new(Code::UnknownField, Place::Text(file, unknown.span), message);
            if let Some(near) = unknown.suggestion {
                let sibling = format!("{}{near}", unknown.path.strip_suffix(&*unknown.name).unwrap_or_default());
                let is_free = node.at(&sibling).is_none_or(|node| !node.span.is_in_text());
                let fix = Fix::retyped(format!("write {near}"), file, self.text, unknown.span, &near);
                let fix = fix.filter(|_| is_free);
                finding = finding.help(format!("did you mean {near}?")).fix(fix);
            }
            self.report(finding);
        }
        let refused = !admission.errors.is_empty();
        let mut errors: Vec<String> = Vec::new();
        for error in admission.errors {
            let place = Place::Text(file, if error.span.is_in_text() { error.span } else { node.span });
            let message = format!("{object}: {error}");
            let finding = Diagnostic::new(Code::SchemaViolation, place, message).effect(Effect::DropsObject);
            self.report(remedy::of_error(file, self.text, &error, finding));
            errors.push(error.to_string());
        }
        if refused {
            errors.sort();
            self.out.rejected.push(Rejected { object, errors });
        }
        if !refused || self.options.keep_refused {
            if let Some(server) = self.cluster.replace(info, &id) {
                overlay::count_change(&mut node, server);
            }
            self.keep(header, id, file, node);
        }
    }

    fn keep(&mut self, header: Header, id: NamespacedName, file: FileId, node: Node) {
        let object = ObjectIx(u32::try_from(self.out.objects.len()).unwrap_or(u32::MAX));
        let meta = self.meta(&header, &id, object);
        if let Err(error) = kind::add(&mut self.out, &header.kind, meta, &node) {
            let message = format!("{} {id}: {error}", header.kind);
            let place = match file {
                FileId::CLUSTER => Place::Path(object, Text::from("")),
                _ => Place::Text(file, if error.span.is_in_text() { error.span } else { node.span }),
            };
            self.report(Diagnostic::new(Code::SchemaViolation, place, message).effect(Effect::DropsObject));
        }
        self.out.objects.push(Object { api_version: header.api_version, kind: header.kind, id, file, node });
    }

    fn meta(&self, header: &Header, id: &NamespacedName, object: ObjectIx) -> Meta {
        let raw = &header.meta;
        let simulated = self.options.simulate;
        let uid = || simulated.then(|| Text::from(simulated_uid(&header.kind, &id.namespace, &id.name)));
        let mut labels = raw.labels.clone().unwrap_or_default();
        if &*header.kind == "Namespace" {
            labels.insert(Text::from("kubernetes.io/metadata.name"), id.name.clone());
        }
        Meta {
            object,
            id: id.clone(),
            uid: raw.uid.clone().or_else(uid),
            resource_version: raw.resource_version.clone().or_else(|| simulated.then(|| Text::from("999"))),
            created: raw.creation_timestamp.as_deref().and_then(nanoseconds).unwrap_or(NO_TIME),
            deleting: raw.deletion_timestamp.is_some(),
            annotations: raw.annotations.clone().unwrap_or_default(),
            labels,
            finalizers: raw.finalizers.clone().unwrap_or_default(),
        }
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.out.diagnostics.push(diagnostic);
    }

    fn finish(mut self) -> Manifests {
        self.report_skipped();
        let out = &mut self.out;
        let mut doubles = Vec::new();
        sort_unique(&mut out.gateway_classes, |object| &object.meta, &mut doubles);
        sort_unique(&mut out.gateways, |object| &object.meta, &mut doubles);
        sort_unique(&mut out.listener_sets, |object| &object.meta, &mut doubles);
        sort_unique(&mut out.reference_grants, |object| &object.meta, &mut doubles);
        sort_unique(&mut out.services, |object| &object.meta, &mut doubles);
        sort_unique(&mut out.namespaces, |object| &object.meta, &mut doubles);
        sort_unique(&mut out.secrets, |object| &object.meta, &mut doubles);
        sort_unique(&mut out.load_balancer_configurations, |object| &object.meta, &mut doubles);
        sort_unique(&mut out.target_group_configurations, |object| &object.meta, &mut doubles);
        sort_unique(&mut out.listener_rule_configurations, |object| &object.meta, &mut doubles);
        for kind in RouteKind::ALL {
            let (mut same, others) = out.routes.drain(..).partition::<Vec<_>, _>(|route| route.kind == kind);
            sort_unique(&mut same, |object| &object.meta, &mut doubles);
            out.routes = others;
            out.routes.extend(same);
        }
        for (kept, dropped) in doubles {
            let label = out.object(kept).describe();
            let place = |object| Place::Path(object, Text::from("metadata.name"));
            let message = format!("{label} is given more than once; the last one counts");
            let finding = Diagnostic::new(Code::DuplicateObject, place(kept), message);
            out.diagnostics.push(finding.related(place(dropped), "this one has no effect"));
        }
        self.out
    }

    fn report_skipped(&mut self) {
        let Some((_, file, span)) = self.skipped.values().min_by_key(|(_, file, span)| (file.0, span.start)) else {
            return;
        };
        let kinds: Vec<String> = self.skipped.iter().map(|(kind, (count, ..))| format!("{count} {kind}")).collect();
        let message = format!("skipped objects of kinds that no load balancer depends on: {}", kinds.join(", "));
        let place = Place::Text(*file, *span);
        self.report(Diagnostic::new(Code::SkippedKind, place, message));
    }
}

/// The versions of older and experimental channels are read as well, unless it is asked what an API server does.
fn is_read_version(served: &[&str], version: &str, served_only: bool) -> bool {
    if served_only { served.contains(&version) } else { wanted::is_read(served, version) }
}

fn schema(header: &Header) -> &'static Schema {
    let (group, version) = header.group_version();
    let own = admission::schema_at(group, version, &header.kind);
    own.or_else(|| admission::schema(group, &header.kind)).expect("every listed kind has a schema")
}

fn nanoseconds(text: &str) -> Option<i128> {
    OffsetDateTime::parse(text, &Rfc3339).ok().map(OffsetDateTime::unix_timestamp_nanos)
}

/// Sorts by namespace and name; of equal ones the one read last stays.
fn sort_unique<T>(list: &mut Vec<T>, meta: impl Fn(&T) -> &Meta, doubles: &mut Vec<(ObjectIx, ObjectIx)>) {
    list.sort_by(|a, b| {
        let (a, b) = (meta(a), meta(b));
        a.id.cmp(&b.id).then(b.object.cmp(&a.object))
    });
    list.dedup_by(|next, kept| {
        let double = meta(next).id == meta(kept).id;
        if double {
            doubles.push((meta(kept).object, meta(next).object));
        }
        double
    });
}
