//! Reading text: what is read, where it was written, and what is reported.

mod limits;
mod scalars;
mod typed;

use super::*;
use serde_json::{Value, json};

fn read(text: &str) -> Parsed {
    let parsed = parse(FileId(7), text);
    assert!(parsed.problems.iter().all(|problem| problem.file == FileId(7)));
    parsed
}

/// The documents of a text without problems.
fn values(text: &str) -> Vec<Value> {
    let parsed = read(text);
    assert_eq!(parsed.problems, [], "{text}");
    parsed.documents.iter().map(|document| Value::from(&document.root)).collect()
}

fn codes(text: &str) -> Vec<ProblemCode> {
    read(text).problems.iter().map(|problem| problem.code).collect()
}

/// What the text says where the node at `path` of the first document is.
fn written<'t>(text: &'t str, path: &str) -> &'t str {
    let parsed = read(text);
    slice(text, parsed.documents[0].root.at(path).unwrap_or_else(|| panic!("{path} in {text}")).span)
}

fn slice(text: &str, span: Span) -> &str {
    &text[span.start as usize..span.end as usize]
}

#[test]
fn documents_are_separated() {
    let text = "# first\n---\na: 1\n--- # second\nb: 2\n---\n---\n# nothing\n--- {c: 3}\n...\n---\nd: 4\n...\ne: 5\n";
    assert_eq!(values(text), [json!({"a": 1}), json!({"b": 2}), json!({"c": 3}), json!({"d": 4}), json!({"e": 5})]);
    assert_eq!(values(""), [json!(null); 0]);
    assert_eq!(values("%YAML 1.1\n---\na: 1\n"), [json!({"a": 1})]);
    assert_eq!(values("a: |\n  ---\n  x\n"), [json!({"a": "---\nx\n"})]);
}

#[test]
fn a_broken_document_hides_no_other() {
    let text = "a: 1\n---\nb: [\n---\nc: é\n  d: 2\n---\ne: 3\n";
    let parsed = read(text);
    let found: Vec<_> = parsed.documents.iter().map(|document| Value::from(&document.root)).collect();
    assert_eq!(found, [json!({"a": 1}), json!({"e": 3})]);
    let lines = LineIndex::new(text);
    let places: Vec<_> = parsed.problems.iter().map(|problem| lines.position(problem.span.start).line).collect();
    assert!(places[0] >= 3 && places[1] == 6, "{places:?}");
    assert_eq!(slice(text, parsed.documents[1].root.at("e").expect("it is there").span), "3");
}

#[test]
fn places_are_bytes() {
    for line_break in ["\n", "\r\n"] {
        for mark in ["", "\u{feff}"] {
            let text = "# é\na: ü\nb:\n  - 'x ö'\n  - {c: \"日本\" , d: [1, 2 ]}\ne: |\n  α\n  β\n\nf: g\n"
                .replace('\n', line_break);
            let text = format!("{mark}{text}");
            assert_eq!(written(&text, "a"), "ü");
            assert_eq!(written(&text, "b[0]"), "'x ö'");
            assert_eq!(written(&text, "b[1]"), "{c: \"日本\" , d: [1, 2 ]}");
            assert_eq!(written(&text, "b[1].c"), "\"日本\"");
            assert_eq!(written(&text, "b[1].d"), "[1, 2 ]");
            assert_eq!(written(&text, "e").replace('\r', "").trim_start(), "α\n  β");
            assert_eq!(written(&text, "f"), "g");
            let whole = written(&text, "");
            assert!(whole.starts_with("a: ü") && whole.ends_with("f: g"), "{whole}");
        }
    }
}

#[test]
fn places_hold_behind_many_characters() {
    let text = format!("a: '{}'\nb: [x, é, y]\n", "é".repeat(1000));
    assert_eq!(written(&text, "b[2]"), "y");
    assert_eq!(written(&text, "b[1]"), "é");
}

#[test]
fn lines_and_columns_count_from_one() {
    let lines = LineIndex::new("\u{feff}aé\r\nb\n");
    let at = |offset| (lines.position(offset).line, lines.position(offset).column);
    assert_eq!([at(0), at(3), at(4), at(6)], [(1, 1), (1, 1), (1, 2), (1, 3)]);
    assert_eq!([at(8), at(9), at(10), at(99)], [(2, 1), (2, 2), (3, 1), (3, 1)]);
    assert_eq!([lines.line(1), lines.line(2), lines.line(9), lines.line(0)], [Some("aé"), Some("b"), None, None]);
}

#[test]
fn json_is_read_as_json() {
    let text = "{\"a\":\t[1, -2.5, true, null],\n\t\"b\":\"\\u00e9\\n\\\"\"}{\"c\": {}}\n{\"d\": []}";
    let expected = [json!({"a": [1, -2.5, true, null], "b": "é\n\""}), json!({"c": {}}), json!({"d": []})];
    assert_eq!(values(text), expected);
    assert_eq!(written(text, "a[1]"), "-2.5");
    assert_eq!(written(text, "b"), "\"\\u00e9\\n\\\"\"");
    assert_eq!(
        values("---\n{\"a\": 1}\n---\n  {\"b\": 2} {\"c\": 3}\n"),
        [json!({"a": 1}), json!({"b": 2}), json!({"c": 3})]
    );
}

#[test]
fn braces_may_be_yaml() {
    assert_eq!(values("{a: on, b: [x]}"), [json!({"a": true, "b": ["x"]})]);
    assert_eq!(values("{\"a\": x} # comment\n"), [json!({"a": "x"})]);
}

#[test]
fn broken_json_keeps_what_came_before() {
    let parsed = read("{\"a\": 1}\n{\"b\": }");
    assert_eq!(parsed.documents.len(), 1);
    assert_eq!(parsed.problems[0].message, "expected a value, found '}'");
    assert_eq!(parsed.problems[0].span.start, 15);
    for text in [
        "{\"",
        "{\"a",
        "{\"a\\",
        "{\"a\": \"é",
        "{\"a\": 01x}",
        "{\"a\": tru",
        "{\"a\": [1,]}",
        "{\"a\": 1",
        "{\"a\" 1}",
    ] {
        assert!(!read(text).problems.is_empty() || !read(text).documents.is_empty(), "{text}");
    }
}

#[test]
fn lists_are_taken_apart() {
    let text = "kind: List\nitems:\n- kind: A\n- kind: List\n  items: [{kind: B}]\n---\nkind: List\nitems: null\n";
    assert_eq!(values(text), [json!({"kind": "A"}), json!({"kind": "B"})]);
    let typed = "{\"kind\": \"ServiceList\", \"apiVersion\": \"v1\", \"items\": [{\"x\": 1}, {\"kind\": \"Y\"}]}";
    assert_eq!(values(typed), [json!({"x": 1, "kind": "Service", "apiVersion": "v1"}), json!({"kind": "Y"})]);
    assert_eq!(values("kind: AllowList\nspec: {}\n"), [json!({"kind": "AllowList", "spec": {}})]);
}

#[test]
fn documents_must_be_objects() {
    let parsed = read("- 1\n---\ntext\n---\nkind: List\nitems: [3]\n");
    let messages: Vec<_> = parsed.problems.iter().map(|problem| problem.message.as_str()).collect();
    let scalar = "expected a Kubernetes object, found a scalar";
    assert_eq!(messages, ["expected a Kubernetes object, found a list", scalar, scalar]);
    assert!(parsed.documents.is_empty());
}

#[test]
fn repeated_keys_are_reported_and_the_last_counts() {
    for text in ["a: 1\nb: 2\na: 3\n", "{\"a\": 1,\n\"b\": 2, \"a\": 3}"] {
        let parsed = read(text);
        assert_eq!(Value::from(&parsed.documents[0].root), json!({"a": 3, "b": 2}));
        let [problem] = &parsed.problems[..] else { panic!("{:?}", parsed.problems) };
        assert_eq!(
            (problem.code, problem.message.as_str()),
            (ProblemCode::DuplicateKey, "key \"a\" is already set on line 1")
        );
        assert_eq!(
            problem.span.start as usize,
            text.rfind('a').expect("it is there") - usize::from(text.starts_with('{'))
        );
    }
    let many: String = (0..40).map(|index| format!("k{}: {index}\n", index % 20)).collect();
    assert_eq!(codes(&many).len(), 20);
    assert_eq!(codes("true: 1\non: 2\n"), [ProblemCode::DuplicateKey]);
}

#[test]
fn anchors_aliases_and_merge_keys() {
    let text = "a: &a {x: 1, v: 2}\nb: *a\nc: {v: 3, <<: *a}\nd:\n  <<: [{x: 7}, *a]\n  z: &s t\ne: *s\n";
    let expected = json!({
        "a": {"x": 1, "v": 2}, "b": {"x": 1, "v": 2}, "c": {"v": 3, "x": 1}, "d": {"z": "t", "x": 7, "v": 2}, "e": "t",
    });
    assert_eq!(values(text), [expected]);
    assert_eq!(values("'<<': 1\n"), [json!({"<<": 1})]);
    assert_eq!(codes("a: {<<: 1}\n"), [ProblemCode::Syntax]);
    assert_eq!(codes("a: *b\n"), [ProblemCode::Syntax]);
}

#[test]
fn paths_lead_to_nodes() {
    let parsed = read("spec: {rules: [{a: 1}]}\nmetadata: {annotations: {a.b/c: x}}\n");
    let root = &parsed.documents[0].root;
    assert_eq!(root.at("spec.rules[0].a").and_then(Node::as_int), Some(1));
    assert_eq!(root.at("metadata.annotations[a.b/c]").and_then(Node::as_str), Some("x"));
    for missing in ["spec.rules[1]", "spec.rules.x", "spec.", "x", "spec[", "metadata.annotations.a.b/c"] {
        assert!(root.at(missing).is_none(), "{missing}");
    }
}
