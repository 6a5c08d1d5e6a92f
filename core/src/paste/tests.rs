//! Tests of reading what people paste.
//!
//! That every vector without its indentation means the same, or is refused, is a property (tests/tests/paste.rs).

use super::{FoldKind, Opened, open};
use crate::diagnostic::{Edit, apply};
use crate::source::{FileId, Node, NodeValue};

fn opened(text: &str) -> Opened {
    open(FileId(0), text)
}

/// The same tree without places.
fn bare(node: &Node) -> String {
    match &node.value {
        NodeValue::Seq(items) => format!("[{}]", items.iter().map(bare).collect::<Vec<_>>().join(" ")),
        NodeValue::Map(map) => {
            let entries = map.iter().map(|entry| format!("{}: {}", entry.key, bare(&entry.value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(" "))
        }
        NodeValue::String(text) => text.to_string(),
        NodeValue::Int(number) => number.to_string(),
        other => format!("{other:?}"),
    }
}

fn specs(opened: &Opened) -> Vec<String> {
    let spec = |root: &Node| root.get("spec").map_or_else(|| bare(root), bare);
    opened.documents.iter().map(|document| spec(&document.root)).collect()
}

const GATEWAY: &str = "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata:\nname: web\nspec:\n";
const ROUTE: &str = "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\nname: app\nspec:\n";

/// Without problems, everything restored.
#[track_caller]
fn restored(text: &str) -> Vec<String> {
    let opened = opened(text);
    assert_eq!((opened.problems.as_slice(), opened.reading.unclear.as_slice()), (&[][..], &[][..]), "{text}");
    assert_eq!(opened.reading.restored.len(), opened.documents.len(), "{text}");
    let edits: Vec<Edit> = opened.reading.fix.clone().expect("there is a fix").edits;
    let fixed = apply(FileId(0), text, &edits.iter().collect::<Vec<_>>());
    let again = open(FileId(0), &fixed);
    assert_eq!((specs(&again), &again.reading.fix), (specs(&opened), &None), "{fixed}");
    specs(&opened)
}

#[track_caller]
fn unclear(text: &str, line: &str, why: &str) {
    let opened = opened(text);
    let found: Vec<_> = opened.reading.unclear.iter().collect();
    let [found] = found.as_slice() else { panic!("{:?}", opened.reading) };
    assert_eq!(&text[found.span.start as usize..found.span.end as usize], line);
    assert_eq!(found.message, why);
    assert_eq!((opened.documents.len(), opened.problems.len()), (0, 0), "{:?}", opened.problems);
}

#[test]
fn nested_lists_come_back() {
    let rules = "rules:\n- matches:\n- path:\ntype: PathPrefix\nvalue: /a\n- headers:\n- name: x\nvalue: yy\nfilters:\n\
                 - type: RequestRedirect\nrequestRedirect:\nstatusCode: 301\n- backendRefs:\n- name: s\nport: 80\n- name: t\nport: 81\n";
    let expected = "{rules: [{matches: [{path: {type: PathPrefix value: /a}} {headers: [{name: x value: yy}]}] filters: \
                    [{type: RequestRedirect requestRedirect: {statusCode: 301}}]} {backendRefs: [{name: s port: 80} {name: t port: 81}]}]}";
    assert_eq!(restored(&format!("{ROUTE}{rules}")), [expected]);
}

#[test]
fn separators_sentences_and_line_ends_do_not_matter() {
    let body = "gatewayClassName: alb\nlisteners:\n- name: http\nprotocol: HTTP\nport: 80\n";
    let spec = "{gatewayClassName: alb listeners: [{name: http protocol: HTTP port: 80}]}";
    let texts = [
        format!("{GATEWAY}{body}{GATEWAY}{body}"),
        format!(
            "A page: about Gateways\n\n{GATEWAY}{body}Then comes\n- another one\n# second.yaml\n{GATEWAY}{body}The end."
        ),
        format!("---\n# Source: chart/a.yaml\n{GATEWAY}{body}---\n# Source: chart/b.yaml\n{GATEWAY}{body}"),
    ];
    for text in texts {
        assert_eq!(restored(&text), [spec, spec]);
        assert_eq!(restored(&text.replace('\n', "\r\n")), [spec, spec]);
        assert_eq!(restored(&format!("\u{feff}{text}")), [spec, spec]);
    }
}

#[test]
fn free_keys_values_in_brackets_and_dashes_alone() {
    let text = "apiVersion: v1\nkind: Service\nmetadata:\nlabels:\nexample.com/a: \"x: y\"\n'b': z # the last\nname: app\nspec:\n\
                selector: {app: app,\ntier: web}\nports:\n-\nport: 80\ntargetPort: 8080\n";
    assert_eq!(restored(text), ["{selector: {app: app tier: web} ports: [{port: 80 targetPort: 8080}]}"]);
}

#[test]
fn lists_of_kubectl() {
    let item = |kind: &str, rest: &str| {
        format!(
            "- apiVersion: gateway.networking.k8s.io/v1\nkind: {kind}\nmetadata:\ncreationTimestamp: \"2024-01-01T00:00:00Z\"\n\
             managedFields:\n- apiVersion: v1\nfieldsType: FieldsV1\nfieldsV1:\nf:spec:\n.: {{}}\nk:{{\"name\":\"a\"}}:\nf:a: {{}}\n\
             manager: kubectl\nname: web\nnamespace: shop\nownerReferences:\n- apiVersion: v1\nkind: A\nname: b\nuid: c\n{rest}"
        )
    };
    let text = format!(
        "apiVersion: v1\nitems:\n{}{}kind: List\nmetadata:\nresourceVersion: \"\"\n",
        item("Gateway", "spec:\ngatewayClassName: alb\nlisteners:\n- name: a\nport: 80\nprotocol: HTTP\n"),
        item("GatewayClass", "spec:\ncontrollerName: c/d\nstatus:\nconditions: []\n"),
    );
    let opened = opened(&text);
    assert_eq!((opened.problems.as_slice(), opened.reading.unclear.as_slice()), (&[][..], &[][..]));
    let expected = ["{gatewayClassName: alb listeners: [{name: a port: 80 protocol: HTTP}]}", "{controllerName: c/d}"];
    assert_eq!(specs(&opened), expected);
    assert_eq!(opened.documents[0].root.at("metadata.ownerReferences[0].uid").and_then(Node::as_str), Some("c"));
}

#[test]
fn kinds_that_do_not_matter_keep_their_names() {
    let text = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\nname: app\nspec:\ntemplate:\nspec:\ncontainers:\n- name: a\n";
    let opened = opened(text);
    assert_eq!(
        opened.documents.iter().map(|one| bare(&one.root)).collect::<Vec<_>>(),
        ["{apiVersion: apps/v1 kind: Deployment metadata: {name: app}}"]
    );
    assert_eq!((opened.problems.len(), opened.reading.fix), (0, None));
}

#[test]
fn what_may_mean_two_things_is_refused() {
    let service = "apiVersion: v1\nkind: Service\nmetadata:\nname: app\nspec:\nselector:\napp: app\ntype: NodePort\nports:\n- port: 80\n";
    unclear(service, "type: NodePort", "`type` may belong to selector or to spec");
    unclear(
        &format!("{GATEWAY}gatewayClassName: alb\ncolour: red\n"),
        "colour: red",
        "there is no place for `colour`: nothing that is open here has such a field",
    );
    let secret = "apiVersion: v1\nkind: Secret\nmetadata:\nname: s\nstringData:\na: |\nb\n";
    unclear(secret, "a: |", "a text of several lines has lost an indentation of its own");
    let torn = format!("{ROUTE}parentRefs:\n- name: web\nand now\nrules:\n- backendRefs:\n- name: s\nport: 80\n");
    unclear(&torn, "rules:", "the document seems to go on after a line that is no YAML");
}

#[test]
fn the_rest_is_read_when_one_document_is_unclear() {
    let text = format!("{GATEWAY}gatewayClassName: alb\ncolour: red\n---\n{ROUTE}hostnames:\n- a.example.com\n");
    let opened = opened(&text);
    assert_eq!(specs(&opened), ["{hostnames: [a.example.com]}"]);
    let place = opened.documents[0].root.at("spec.hostnames[0]").expect("it is there").span;
    assert_eq!(&text[place.start as usize..place.end as usize], "a.example.com");
}

#[test]
fn pages_are_read_by_their_blocks() {
    let manifest = "apiVersion: v1\nkind: Service\nmetadata:\n  name: a\nspec:\n  type: NodePort\n";
    let indented: String = manifest.lines().map(|line| format!("   {line}\n")).collect();
    let text = format!(
        "# Title\n\n```yaml\n{manifest}```\n\n1. item\n\n   ~~~~ {{.json}}\n   ~~~\n   ~~~~\n\n   ``` yml title=\"b\"\n{indented}   ```\n\
         ```sh\nkubectl apply -f - <<E\napiVersion: v1\n```\n```yaml\nvalues: true\n```\n"
    );
    for text in [text.clone(), text.replace('\n', "\r\n")] {
        let opened = opened(&text);
        assert_eq!((opened.problems.as_slice(), opened.reading.blocks.len()), (&[][..], 2));
        assert_eq!(specs(&opened), ["{type: NodePort}", "{type: NodePort}"]);
        for document in &opened.documents {
            let span = document.root.at("spec.type").expect("it is there").span;
            assert_eq!(&text[span.start as usize..span.end as usize], "NodePort");
        }
    }
    // A manifest that quotes a page is none.
    let quoting = format!(
        "{manifest}---\napiVersion: v1\nkind: ConfigMap\nmetadata: {{name: a}}\ndata:\n  a: |\n    ```yaml\n    apiVersion: v1\n    ```\n"
    );
    assert_eq!((opened(&quoting).documents.len(), opened(&quoting).reading.blocks.len()), (2, 0));
}

#[test]
fn what_the_api_server_wrote_can_be_folded() {
    let text = "apiVersion: v1\nkind: Service\nmetadata:\n  managedFields:\n  - manager: a\n  name: a\nstatus:\n  loadBalancer: {}\n";
    let folds = opened(text).reading.folds;
    let texts: Vec<_> = folds.iter().map(|fold| (&text[fold.span.start as usize..][..6], fold.kind)).collect();
    assert_eq!(texts, [("manage", FoldKind::ManagedFields), ("status", FoldKind::Status)]);
}

#[test]
fn hostile_texts_end_soon() {
    let many = |head: &str, line: &str| format!("{head}{}", line.repeat(20_000));
    let texts = [
        many("metadata:\nname: a\n", "metadata:\nname: a\n"),
        many(ROUTE, "rules:\n- matches:\n- name: a\n"),
        many(&format!("{ROUTE}rules:\n"), "- matches:\n- headers:\n- name: a\nvalue: b\n"),
        many("apiVersion: v1\nkind: Service\nmetadata:\nname: a\nlabels:\n", "a: b\n"),
        (0..20_000).fold("apiVersion: v1\nkind: Service\nmetadata:\nlabels:\n".to_owned(), |text, at| {
            text + &format!("k{at}: v\n")
        }),
        many(&format!("{ROUTE}hostnames: [\n"), "a: [\n"),
        many(ROUTE, "```\n```yaml\n"),
        many("spec:\na: b\n", "- - - \"\n"),
    ];
    for text in texts {
        // However it comes out, it does: nothing is tried again and again.
        let _ = opened(&text);
    }
}
