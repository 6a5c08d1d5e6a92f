//! `graph` as it is called: forms, exit codes and what goes to which stream.
//!
//! What is drawn is tested in tests/tests/graph.rs.

use std::path::Path;
use std::process::{Command, Output};

fn graph(arguments: &[&str]) -> (i32, String, String) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the plugin lies in the repository");
    let mut command = Command::new(env!("CARGO_BIN_EXE_kubectl-gwchain"));
    let Output { status, stdout, stderr } =
        command.arg("graph").args(arguments).current_dir(root).output().expect("the plugin runs");
    let text = |bytes| String::from_utf8(bytes).expect("what is printed is UTF-8");
    (status.code().expect("the plugin ends by itself"), text(stdout), text(stderr))
}

#[test]
fn every_form_is_printed() {
    let forms = [("svg", "<svg "), ("dot", "digraph gwchain {"), ("mermaid", "flowchart LR\n"), ("json", "{\n")];
    for (form, start) in forms {
        let (code, out, error) = graph(&["-f", "examples/gateway-chaining", "-o", form]);
        assert_eq!((code, error.as_str()), (0, ""), "{form}");
        assert!(out.starts_with(start), "{form}: {out}");
    }
}

#[test]
fn a_namespace_or_a_subject_narrows_it() {
    let ids = |arguments: &[&str]| {
        let (code, out, _) = graph(&[&["-f", "examples/cross-namespace", "-o", "json"], arguments].concat());
        assert_eq!(code, 0);
        let document: serde_json::Value = serde_json::from_str(&out).expect("the document is JSON");
        document["groups"].as_array().expect("groups are a list").len()
    };
    assert_eq!(ids(&["-n", "alb-gw-ns"]), 2, "the chain is shown whole");
    assert_eq!(ids(&["-n", "nowhere"]), 0);
    assert_eq!(ids(&["service/app"]), 2);
}

#[test]
fn what_is_wrong_is_one_line_and_code_1() {
    let (code, _, error) = graph(&["-f", "examples/gateway-chaining", "my-alb-gatway"]);
    assert_eq!(code, 1);
    assert!(error.contains("did you mean my-alb-gateway?"), "{error}");
    let (code, _, error) = graph(&["-f", "examples/gateway-chaining", "my-alb-gateway.scheme"]);
    assert_eq!(code, 1);
    assert!(error.contains("a graph shows a Gateway, route/NAME or service/NAME"), "{error}");
    let (code, out, error) = graph(&["-f", "examples/gateway-chaining", "-f", "README.md"]);
    assert_eq!(code, 1);
    assert!(out.starts_with("<svg ") && error.contains("README.md:"), "{error}");
}
