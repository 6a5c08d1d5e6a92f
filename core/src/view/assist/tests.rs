//! What is offered where the cursor stands.
//!
//! The tests in Chromium type into an editor.

use super::{Completions, complete, describe};

/// Completions where `|` stands.
fn at(text: &str) -> Option<Completions> {
    let offset = text.find('|').expect("the test marks the cursor");
    complete(&text.replace('|', ""), offset)
}

fn labels(text: &str) -> Vec<String> {
    at(text).map(|found| found.options.into_iter().map(|option| option.label).collect()).unwrap_or_default()
}

const GATEWAY: &str = "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\n";

#[test]
fn fields_of_the_object_are_offered_except_those_that_are_there() {
    assert_eq!(labels(&format!("{GATEWAY}spec:\n  gatewayClassName: a\n  li|\n")), ["listeners"]);
    let all = labels(&format!("{GATEWAY}spec:\n  |\n  listeners: []\n"));
    assert!(all.starts_with(&["gatewayClassName".to_owned()]), "required ones come first: {all:?}");
    assert!(!all.contains(&"listeners".to_owned()));
}

#[test]
fn fields_of_items_are_found_however_the_list_is_indented() {
    let indented = labels(&format!("{GATEWAY}spec:\n  listeners:\n    - name: http\n      pro|\n"));
    let flush = labels(&format!("{GATEWAY}spec:\n  listeners:\n  - name: http\n    pro|\n"));
    let first = labels(&format!("{GATEWAY}spec:\n  listeners:\n  - name: http\n    port: 80\n  - pro|\n"));
    assert_eq!([indented, flush, first], [["protocol"], ["protocol"], ["protocol"]]);
}

#[test]
fn values_are_those_of_the_schema() {
    let from = format!("{GATEWAY}spec:\n  listeners:\n  - allowedRoutes:\n      namespaces:\n        from: S|\n");
    assert_eq!(labels(&from), ["Same", "Selector"]);
    let found = at(&from).expect("there are values");
    assert_eq!(&from[found.from..=found.from], "S");
}

#[test]
fn a_document_begins_with_kind_and_version() {
    assert_eq!(labels("kind: a\n---\nki|"), ["kind"]);
    assert!(labels("kind: TCPR|").contains(&"TCPRoute".to_owned()));
    assert_eq!(labels("kind: GRPCRoute\napiVersion: gate|"), ["gateway.networking.k8s.io/v1"]);
}

#[test]
fn nothing_is_offered_in_comments_and_for_strangers() {
    assert_eq!(at(&format!("{GATEWAY}# sp|")), None);
    assert_eq!(at("apiVersion: apps/v1\nkind: Deployment\nspec:\n  re|"), None);
}

#[test]
fn any_place_of_any_text_is_survived() {
    let text = "a:\n- - b: ü # x\n  -\n--- |\n: :\n  '\"- -\n\t- é: |2\n";
    for offset in 0..=text.len() + 1 {
        complete(text, offset);
        describe(text, offset);
    }
}

#[test]
fn a_field_is_described() {
    let text = format!(
        "{GATEWAY}spec:\n  listeners:\n  - name: http\n    allowedRoutes:\n      namespaces:\n        from: Same\n"
    );
    let hint = describe(&text, text.find("from").expect("it is there") + 2).expect("the schema has it");
    assert_eq!((hint.path.as_str(), hint.kind.as_str()), ("spec.listeners[].allowedRoutes.namespaces.from", "Gateway"));
    assert_eq!((hint.value.as_str(), hint.default.as_deref()), ("string", Some("Same")));
    assert_eq!(hint.allowed, ["All", "Selector", "Same"]);
}
