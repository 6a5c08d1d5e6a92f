//! `trace` as it is called: exit codes and what goes to which stream.
//!
//! What it says is tested in tests/tests/trace.rs.

use std::path::Path;
use std::process::{Command, Output};

fn trace(arguments: &[&str]) -> (i32, String, String) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the plugin lies in the repository");
    let mut command = Command::new(env!("CARGO_BIN_EXE_kubectl-gwchain"));
    let Output { status, stdout, stderr } =
        command.arg("trace").args(arguments).current_dir(root).output().expect("the plugin runs");
    let text = |bytes| String::from_utf8(bytes).expect("what is printed is UTF-8");
    (status.code().expect("the plugin ends by itself"), text(stdout), text(stderr))
}

const SHOP: &[&str] = &["-f", "tests/trace/shop"];

fn shop(arguments: &[&str]) -> (i32, String, String) {
    trace(&[SHOP, arguments].concat())
}

#[test]
fn a_trace_is_printed() {
    let (code, out, error) = shop(&["-X", "POST", "--from", "203.0.113.9", "https://shop.example.com/admin"]);
    assert_eq!((code, error.as_str()), (0, ""));
    assert!(out.contains("answer Service shop/admin:80"), "{out}");
    let (code, out, _) = shop(&["-o", "json", "-H", "Host: other.example.com", "https://10.0.0.1/"]);
    assert_eq!(code, 0);
    let document: serde_json::Value = serde_json::from_str(&out).expect("the document is JSON");
    assert_eq!(document["answer"]["service"], "shop/wild:80");
}

#[test]
fn expectations_decide_the_exit_code() {
    let (code, out, _) = shop(&["--expect", "tests/trace/shop/routing.yaml"]);
    assert_eq!(code, 0, "{out}");
    let (code, out, _) = trace(&["-f", "examples/gateway-chaining", "--expect", "kubectl-plugin/tests/failing.yaml"]);
    assert_eq!(code, 2);
    assert!(out.contains("✗ GET http://shop.example.com/"), "{out}");
    assert!(out.contains("service: expected shop/app:80, got example-ns/echoserver:80"), "{out}");
}

#[test]
fn what_could_not_be_read_is_told() {
    let (code, out, error) = trace(&["-f", "tests/trace/shop", "-f", "README.md", "https://shop.example.com/gone"]);
    assert_eq!(code, 1);
    assert!(out.contains("answer 410"), "{out}");
    assert!(error.contains("--> README.md:"), "{error}");
}

#[test]
fn what_is_wrong_is_one_line_and_code_1() {
    let url = "https://shop.example.com/";
    let cases: [(&[&str], &str); 6] = [
        (&["shop.example.com"], "error: URL shop.example.com: it must begin with https://"),
        (&["--via", "wob", url], "error: no Gateway is called wob; did you mean web?"),
        (&["-H", "X", url], "error: header \"X\" has no colon"),
        (&["--from", "me", url], "error: \"me\" is not an IP address"),
        (&["--expect", "nowhere.yaml"], "error: nowhere.yaml: no such file or folder"),
        (&["--expect", "README.md"], "error: README.md:"),
    ];
    for (arguments, expected) in cases {
        let (code, out, error) = shop(arguments);
        assert_eq!((code, out.as_str()), (1, ""), "{arguments:?}");
        assert!(error.starts_with(expected), "{arguments:?}: {error}");
    }
    assert_eq!(shop(&[]).0, 1);
}
