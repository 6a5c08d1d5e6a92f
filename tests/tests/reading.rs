//! Odd input as people hand it over: each mistake has a place and a remedy, and hides nothing else.
//!
//! What is odd about the objects' contents is tested in core.

use gwchain_core::diagnostic::Place;
use gwchain_core::manifest::{Manifests, ReadOptions, SourceFile, read};
use gwchain_core::source::LineIndex;

/// A Gateway that is fine.
fn gateway(name: &str) -> String {
    format!(
        "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {{name: {name}}}\nspec:\n  \
         gatewayClassName: alb\n  listeners: [{{name: http, port: 80, protocol: HTTP}}]\n"
    )
}

fn manifests(text: &str) -> Manifests {
    read(vec![SourceFile { name: "a.yaml".to_owned(), text: text.to_owned() }], &ReadOptions::default())
}

/// `CODE line:column message (help)` of every finding.
fn findings(text: &str) -> Vec<String> {
    let lines = LineIndex::new(text);
    let manifests = manifests(text);
    let found = manifests.diagnostics.iter().map(|one| {
        let Place::Text(_, span) = &one.place else { panic!("a place in the text: {one:?}") };
        let at = lines.position(span.start);
        format!("{} {}:{} {} ({})", one.code, at.line, at.column, one.message, one.help.as_deref().unwrap_or("-"))
    });
    found.collect()
}

/// Puts `document` between two good ones: both must be read, and there is one finding that starts so.
#[track_caller]
fn hides_nothing(document: &str, start: &str, help: &str) {
    let text = format!("{}---\n{document}---\n{}", gateway("before"), gateway("after"));
    let manifests = manifests(&text);
    let names: Vec<_> = manifests.gateways.iter().map(|gateway| gateway.meta.name().to_string()).collect();
    assert_eq!(names, ["after", "before"], "{document}");
    let found = findings(&text);
    assert_eq!(found.len(), 1, "{document}: {found:#?}");
    assert!(found[0].starts_with(start) && found[0].contains(help), "{document}: {found:#?}");
}

#[test]
fn documents_that_are_no_objects() {
    let every = "every object has apiVersion, kind and metadata.name";
    hides_nothing("replicaCount: 1\n", "GWC0609 8:1 the document is not a Kubernetes object: it has no kind", every);
    hides_nothing("kind: Gateway\n", "GWC0609 8:1 this Gateway has no apiVersion", every);
    hides_nothing("kind: Gateway\nmetadata: {name: x}\n", "GWC0609 8:1 Gateway x has no apiVersion", every);
    hides_nothing(&gateway("''"), "GWC0609 10:18 this Gateway has no metadata.name", every);
    hides_nothing("- a\n", "GWC0609 8:1 expected a Kubernetes object, found a list", "kind: List");
    hides_nothing("kind: List\napiVersion: v1\nitems: {}\n", "GWC0609 10:8 a List needs items", "items: []");
    hides_nothing("kind: [a]\n", "GWC0609 8:7 kind must be a text, not a list", "give it a text");
    let generated = "apiVersion: v1\nkind: Secret\nmetadata: {generateName: x-}\n";
    hides_nothing(generated, "GWC0609 10:11 the object has metadata.generateName", "give it a name");
}

#[test]
fn names_that_yaml_takes_for_something_else() {
    hides_nothing(&gateway("on"), "GWC0609 10:18 metadata.name must be a text, not the boolean true", "in quotes");
    hides_nothing(&gateway("12"), "GWC0609 10:18 metadata.name must be a text, not the number 12", "in quotes");
    let labels = gateway("x, labels: {a: 1}");
    hides_nothing(&labels, "GWC0604 10:33 Gateway x: metadata: invalid type: integer `1`", "in quotes");
    let port = gateway("x").replace("port: 80", "port: '80'");
    hides_nothing(&port, "GWC0604 13:34 Gateway default/x: spec.listeners[0].port: Invalid value", "without quotes");
}

#[test]
fn kinds_and_versions_that_do_not_exist() {
    let right = "write kind: Gateway and apiVersion: gateway.networking.k8s.io/v1";
    for (from, to) in [
        ("kind: Gateway", "kind: gateway"),
        ("kind: Gateway", "kind: Gateways"),
        ("k8s.io/v1", "k8s.io"),
        ("k8s.io/v1", "k8s.io/v7"),
        ("gateway.networking.k8s.io/v1", "v1"),
        ("kind: Gateway", "kind: Gatway"),
        ("gateway.networking.k8s.io", "gateway.network.k8s.io"),
    ] {
        hides_nothing(&gateway("x").replace(from, to), "GWC0607 8:1 no matches for kind", right);
    }
    let foreign = "apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {name: x}\n";
    hides_nothing(foreign, "GWC0605 8:1 skipped objects of kinds", "-");
    let other = "apiVersion: gateway.networking.k8s.io/v1\nkind: BackendTLSPolicy\nmetadata: {name: x}\n";
    hides_nothing(other, "GWC0605 8:1 skipped objects of kinds", "-");
}

#[test]
fn slips_in_what_every_object_has() {
    let slip = |from, to| gateway("x").replace(from, to);
    let nameless = "GWC0609 8:1 this Gateway has no metadata.name";
    hides_nothing(&slip("metadata:", "metdata:"), nameless, "did you mean metadata by metdata?");
    let unversioned = "GWC0609 8:1 Gateway x has no apiVersion";
    hides_nothing(&slip("apiVersion:", "apiversion:"), unversioned, "did you mean apiVersion by apiversion?");
}

#[test]
fn broken_text() {
    hides_nothing("a:\n\tb: 1\n", "GWC0601 9:2 a tab can't indent in YAML", "indent with spaces");
    hides_nothing("a: \"x\n", "GWC0601 8:4 a quote that is never closed", "close it");
    hides_nothing("a: *b\n", "GWC0601 8:4 an alias of an anchor that this document does not have", "anchors end");
    hides_nothing("a: b: c\n", "GWC0601 8:5 a colon where no key can be", "check the indentation");
    hides_nothing("<html>\n404: x\n", "GWC0601 9:4 a colon where no key can be", "check the indentation");
    hides_nothing("a: {{ .Values.b }}\n", "GWC0601 8:5 a key must be text", "helm template");
    hides_nothing("\0\u{1}\n", "GWC0601 8:1 a character that YAML does not allow", "UTF-8");
    hides_nothing(&("[".repeat(2000) + "\n"), "GWC0608 8:", "-");
}

/// The last of the two values counts, so the object is not lost.
#[test]
fn a_key_given_twice_costs_no_object() {
    let text = gateway("x") + "  gatewayClassName: nlb\n";
    assert_eq!(findings(&text).len(), 1);
    assert!(findings(&text)[0].starts_with("GWC0602 7:3 key \"gatewayClassName\" is already set on line 5"));
    assert_eq!(&*manifests(&text).gateways[0].spec.gateway_class_name, "nlb");
}

#[test]
fn files_put_together_with_their_byte_order_marks() {
    let mark = '\u{feff}';
    for text in [
        format!("{mark}{}---\n{mark}{}", gateway("a"), gateway("b")),
        format!("{mark}{}{mark}---\n{}", gateway("a"), gateway("b")),
        format!("{mark}---\n{}--- # next\n{mark}# comment\n{}", gateway("a"), gateway("b")),
    ] {
        assert_eq!(findings(&text), Vec::<String>::new(), "{text:?}");
        assert_eq!(manifests(&text).gateways.len(), 2, "{text:?}");
    }
}

#[test]
fn what_kubectl_and_helm_print() {
    let list = "\
apiVersion: v1
kind: List
metadata: {resourceVersion: ''}
items:
- apiVersion: gateway.networking.k8s.io/v1
  kind: Gateway
  metadata:
    creationTimestamp: '2024-05-01T00:00:00Z'
    generation: 3
    managedFields:
    - {apiVersion: v1, fieldsType: FieldsV1, fieldsV1: {'f:spec': {'.': {}}}, manager: kubectl, operation: Update}
    name: g
    ownerReferences: [{apiVersion: v1, kind: X, name: x, uid: z, controller: true, blockOwnerDeletion: true}]
    resourceVersion: '123'
    selfLink: /x
    uid: 6f2c1e0e-0000-4000-8000-000000000000
  spec:
    gatewayClassName: alb
    listeners: [{name: a, port: 80, protocol: HTTP}]
  status:
    addresses: [{type: Hostname, value: x}]
    conditions: [{type: Accepted, status: 'True', reason: Accepted, message: '', observedGeneration: 3, lastTransitionTime: '2024-05-01T00:00:00Z'}]
    listeners: [{name: a, attachedRoutes: 1, supportedKinds: [], conditions: []}]
- apiVersion: v1
  kind: List
  items: [{apiVersion: v1, kind: Namespace, metadata: {name: inner}, spec: {finalizers: [kubernetes]}, status: {phase: Active}}]
";
    assert_eq!(findings(list), Vec::<String>::new());
    assert_eq!(manifests(list).objects.len(), 2);
    let helm = format!(
        "---\n# Source: a/a.yaml\n{}---\n# Source: a/none.yaml\n---\n# Source: a/b.yaml\n{}",
        gateway("a"),
        gateway("b")
    );
    assert_eq!(findings(&helm), Vec::<String>::new());
    assert_eq!(findings(&helm.replace('\n', "\r\n")), Vec::<String>::new());
    for empty in ["", "\n", "# nothing\n", "---\n---\n", "{}\n"] {
        assert_eq!(manifests(empty).objects.len(), 0, "{empty:?}");
        assert_eq!(findings(empty).len(), usize::from(empty == "{}\n"), "{empty:?}");
    }
}

/// Aliases have one budget for the whole text: documents don't start afresh.
#[test]
fn many_documents_with_aliases_are_one_bomb() {
    let bomb = format!("a: &a [{}]\nb: [*a, *a, *a, *a]\n", "x,".repeat(50_000));
    let found = findings(&format!("---\n{bomb}").repeat(20));
    assert!(found.iter().filter(|one| one.starts_with("GWC0608")).count() > 15, "{found:#?}");
}
