//! `lint` as users call it: forms, fixes and exit codes of the built binary.
//!
//! Which findings there are is tested with the pages of the codes.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const CLASSES: &str = "\
{apiVersion: gateway.networking.k8s.io/v1, kind: GatewayClass, metadata: {name: alb}, spec: {controllerName: gateway.k8s.aws/alb}}
---
{apiVersion: gateway.networking.k8s.io/v1, kind: GatewayClass, metadata: {name: nlb}, spec: {controllerName: gateway.k8s.aws/nlb}}
---
";

/// Mistakes with a mechanical remedy, among comments.
const BROKEN: &str = "\
# The front door.
apiVersion: gateway.networking.k8s.io/v1beta1 # old
kind: Gateway
metadata: {name: web, namespace: apps}
spec:
  gatewayClassName: alb
  listeners:
  - {name: http, protocol: HTTP, port: 80}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: app
  name: app # twice
  namespace: apps
spec:
  parentRefs: [{name: wep}] # mistyped
  rules:
  - backendRefs: [{name: app, port: 80}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: edge}
spec:
  gatewayClassName: nlb
  listeners:
  - {name: tcp, protocol: TCP, port: 80}
---
apiVersion: gateway.networking.k8s.io/v1
kind: TCPRoute
metadata: {name: front}
spec:
  parentRefs: [{name: edge, sectionName: tcpp}]
  rules:
  - backendRefs: [{kind: Gateway, name: web, namespace: apps, port: 8080}]
";

fn command(arguments: &[&str]) -> Command {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the plugin lies in the repository");
    let mut command = Command::new(env!("CARGO_BIN_EXE_kubectl-gwchain"));
    command.args(arguments).current_dir(root).stdin(Stdio::null()).env_remove("NO_COLOR");
    command
}

fn run(arguments: &[&str]) -> Output {
    command(arguments).output().expect("the plugin runs")
}

fn with_stdin(arguments: &[&str], text: &str) -> Output {
    let mut command = command(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the plugin runs");
    // A plugin that stops at a wrong option does not read.
    let _ = child.stdin.take().expect("stdin is a pipe").write_all(text.as_bytes());
    child.wait_with_output().expect("the plugin ends")
}

fn out(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).expect("output is UTF-8")
}

fn err(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).expect("output is UTF-8")
}

#[track_caller]
fn ends_with(output: &Output, code: i32) {
    assert_eq!(output.status.code(), Some(code), "{}\n{}", out(output), err(output));
}

/// A file of this test alone.
fn file(test: &str, text: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("lint-{test}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the target folder is writable");
    let path = folder.join("manifests.yaml");
    fs::write(&path, text).expect("the target folder is writable");
    path
}

fn broken() -> String {
    format!("{CLASSES}{BROKEN}")
}

#[test]
fn exit_codes_follow_the_threshold() {
    let guide = "examples/gateway-chaining";
    ends_with(&run(&["lint", "-f", guide]), 0);
    ends_with(&run(&["lint", "-f", guide, "--failure-threshold", "warning"]), 2);
    ends_with(&run(&["lint", "-f", "examples/privatelink", "--failure-threshold", "note"]), 0);
    let text = with_stdin(&["lint", "-f", "-"], &broken());
    ends_with(&text, 2);
    let last = out(&text).lines().last().unwrap_or_default();
    assert!(last.contains("errors, ") && last.contains("warnings"), "{last}");
    ends_with(&with_stdin(&["lint", "-f", "-", "--failure-threshold", "never"], &broken()), 0);
    ends_with(&with_stdin(&["lint", "-f", "-"], "a: [\n"), 1);
    ends_with(&run(&["lint", "-f", "no-such-file.yaml"]), 1);
    ends_with(&run(&["lint"]), 1);
    ends_with(&run(&["lint", "-f", guide, "--dry-run"]), 1);
}

#[test]
fn every_form_tells_the_same_findings() {
    let form = |form: &str| with_stdin(&["lint", "-f", "-", "-o", form], &broken());
    let (json, sarif, github) = (form("json"), form("sarif"), form("github"));
    let parsed = |output: &Output| serde_json::from_str::<Value>(out(output)).expect("it is JSON");
    let findings = parsed(&json)["findings"].as_array().cloned().unwrap_or_default();
    let codes: Vec<&str> = findings.iter().filter_map(|finding| finding["code"].as_str()).collect();
    let sarif = parsed(&sarif);
    let results = sarif["runs"][0]["results"].as_array().cloned().unwrap_or_default();
    assert_eq!(codes, results.iter().filter_map(|result| result["ruleId"].as_str()).collect::<Vec<_>>());
    assert_eq!(out(&github).lines().count(), codes.len());
    let parent = findings.iter().find(|finding| finding["code"] == "GWC0312").expect("a parent is missing");
    assert_eq!(parent["object"], "HTTPRoute apps/app");
    assert_eq!(parent["fix"]["edits"][0]["replacement"], "web");
    assert_eq!(parent["location"]["file"], "<stdin>");
}

#[test]
fn fix_changes_what_is_mechanical_and_keeps_the_rest() {
    let path = file("fix", &broken());
    let name = path.to_str().expect("the path is UTF-8");
    let dry = run(&["lint", "-f", name, "--fix", "--dry-run"]);
    assert!(
        out(&dry).starts_with("--- a/") && out(&dry).contains("\n+  parentRefs: [{name: web}] # mistyped\n"),
        "{}",
        out(&dry)
    );
    assert_eq!(fs::read_to_string(&path).expect("it is there"), broken());
    let fixed = run(&["lint", "-f", name, "--fix"]);
    ends_with(&fixed, 0);
    assert!(err(&fixed).contains(" in 1 file"), "{}", err(&fixed));
    let text = fs::read_to_string(&path).expect("it is there");
    for kept in ["# The front door.\napiVersion: gateway.networking.k8s.io/v1 # old", "name: app # twice", "# mistyped"]
    {
        assert!(text.contains(kept), "{text}");
    }
    for new in ["sectionName: tcp}", "namespace: apps, port: 80}", "kind: ReferenceGrant", "{name: web}] # mistyped"] {
        assert!(text.contains(new), "{text}");
    }
    let again = run(&["lint", "-f", name, "--fix"]);
    assert!(err(&again).contains("fixed 0 findings in 0 files"), "{}", err(&again));
    assert_eq!(fs::read_to_string(&path).expect("it is there"), text);
    assert_eq!(fs::read_dir(path.parent().expect("it lies in a folder")).expect("it is there").count(), 1);
}

#[test]
fn stdin_goes_fixed_to_stdout() {
    let output = with_stdin(&["lint", "-f", "-", "--fix"], &broken());
    ends_with(&output, 0);
    assert!(out(&output).starts_with(CLASSES) && out(&output).contains("sectionName: tcp}"), "{}", out(&output));
    assert!(!err(&output).contains("error["), "{}", err(&output));
}

#[test]
fn an_object_can_ignore_a_code() {
    let door = |annotations: &str| {
        format!(
            "{CLASSES}apiVersion: gateway.networking.k8s.io/v1beta1\nkind: Gateway\nmetadata: {{name: web{annotations}}}\n\
             spec:\n  gatewayClassName: alb\n  listeners: [{{name: http, protocol: HTTP, port: 80}}]\n"
        )
    };
    let lint = |text: &str| with_stdin(&["lint", "-f", "-", "--failure-threshold", "warning"], text);
    ends_with(&lint(&door("")), 2);
    let ignored = lint(&door(", annotations: {gwchain.dev/ignore: \"GWC0101 GWC0502\"}"));
    ends_with(&ignored, 0);
    assert_eq!(out(&ignored), "no findings\n");
    let unknown = lint(&door(", annotations: {gwchain.dev/ignore: \"GWC0502,GWC0999\"}"));
    assert!(out(&unknown).contains("warning[GWC0505]"), "{}", out(&unknown));
}
