//! `plan` as users call it: forms, inputs and exit codes of the built binary.
//!
//! What a plan should be is the vectors' business.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const GUIDE: &str = "examples/gateway-chaining";
const GATEWAY: &str = "\
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: {name: alb}
spec: {controllerName: gateway.k8s.aws/alb}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: door}
spec:
  gatewayClassName: alb
  listeners:
  - {name: web, protocol: HTTP, port: 80}
";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the plugin lies in the repository")
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kubectl-gwchain"));
    command.args(arguments).current_dir(root()).stdin(Stdio::null()).env_remove("NO_COLOR");
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

/// A folder of this test alone.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("sub")).expect("the target folder is writable");
    folder
}

#[test]
fn a_plan_ends_with_limits_and_cost() {
    let output = run(&["plan", "-f", GUIDE]);
    ends_with(&output, 0);
    let shown = out(&output);
    assert!(shown.contains("\n  ALB example-ns/my-alb-gateway  rules 2/100, target groups 1/100,"), "{shown}");
    assert!(shown.contains("; targets: known at deployment\n"), "{shown}");
    assert!(shown.contains("\n  NLB example-ns/my-tcp-gateway  listeners 2/50, targets per zone 100/500,"), "{shown}");
    let cost = "\nCost\n  from 36.50 USD a month, and 0.008 per LCU-hour, 0.006 per NLCU-hour by traffic; prices of us-east-1 (no \
                Region is known) as of 2026-09-20\n";
    assert!(shown.contains(cost), "{shown}");
}

#[test]
fn prices_may_come_from_a_file_among_the_manifests() {
    let folder = folder("prices");
    fs::write(folder.join("gateway.yaml"), GATEWAY).expect("the folder is writable");
    let path = folder.join("prices.yaml");
    let list = "{region: here, date: 2026-01-02, currency: EUR, prices: {applicationLoadBalancer: {hourly: 1}, networkLoadBalancer: \
                {hourly: 1}, publicIPv4Address: {hourly: 1}, lcu: {hourly: 1}, nlcu: {hourly: 1}}}";
    fs::write(&path, list).expect("the folder is writable");
    let (folder, path) = (folder.display().to_string(), path.display().to_string());
    let output = run(&["plan", "-f", &folder, "--prices", &path]);
    ends_with(&output, 0);
    assert!(out(&output).contains("from 730.00 EUR a month"), "{}", out(&output));
    assert!(out(&output).contains("prices of here (no Region is known) as of 2026-01-02"), "{}", out(&output));
    fs::write(&path, list.replace("2026-01-02", "yesterday")).expect("the folder is writable");
    let output = run(&["plan", "-f", &folder, "--prices", &path]);
    ends_with(&output, 1);
    assert!(err(&output).contains("prices.yaml: line 1, column 22: yesterday is no date"), "{}", err(&output));
}

#[test]
fn table_shows_the_guides_chain() {
    let output = run(&["plan", "-f", GUIDE]);
    ends_with(&output, 0);
    let last = "Plan: 2 load balancers, 4 listeners, 2 rules, 3 target groups, 1 target group binding, 2 ALB registrations, \
                2 security groups";
    assert_eq!(out(&output).lines().last(), Some(last));
    assert!(out(&output).contains("subnets: discovered at deployment: internet-facing, one per zone"));
    let places: Vec<_> = ["Gateway example-ns/my-alb", "+ listener       HTTPS:443", "\nGateway example-ns/my-tcp"]
        .iter()
        .map(|text| out(&output).find(text).expect("it is shown"))
        .collect();
    assert!(places.is_sorted(), "{}", out(&output));
}

#[test]
fn wide_names_the_file_of_a_value() {
    let output = run(&["plan", "-f", GUIDE, "-o", "wide"]);
    ends_with(&output, 0);
    let origin = "certificates: LoadBalancerConfiguration example-ns/alb-lb-config \
                  spec.listenerConfigurations[0].defaultCertificate (examples/gateway-chaining/alb-lb-config.yaml:9:27)";
    assert!(out(&output).contains(origin), "{}", out(&output));
}

#[test]
fn json_and_yaml_are_one_document() {
    let json = run(&["plan", "-f", GUIDE, "-o", "json"]);
    ends_with(&json, 0);
    assert!(out(&json).starts_with("{\n  \"apiVersion\": \"gwchain.dev/v1alpha1\",\n  \"kind\": \"Plan\","));
    let document: Value = serde_json::from_str(out(&json)).expect("it is JSON");
    assert_eq!(document["summary"]["loadBalancers"], 2);
    assert_eq!(document["stacks"][1]["dependsOn"][0], "example-ns/my-alb-gateway");
    let yaml = run(&["plan", "-f", GUIDE, "-o", "yaml"]);
    ends_with(&yaml, 0);
    assert!(out(&yaml).starts_with("apiVersion: gwchain.dev/v1alpha1\nblocked: []\n"), "{}", out(&yaml));
}

#[test]
fn stack_prints_a_line_per_stack() {
    let output = run(&["plan", "-f", GUIDE, "-o", "stack"]);
    ends_with(&output, 0);
    let ids: Vec<Value> =
        out(&output).lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect();
    assert_eq!(ids.len(), 2);
    assert_eq!(ids[0]["id"], "example-ns/my-alb-gateway");
    assert!(err(&output).contains("note[GWC0309]"), "{}", err(&output));
}

#[test]
fn reference_prints_the_document_of_a_vector() {
    let vector = "tests/vectors/basic";
    let mut cases: Vec<_> = fs::read_dir(root().join(vector)).expect("vectors are there").collect();
    let case = cases.pop().expect("a vector is there").expect("an entry is readable").path();
    let file = case.join("input.yaml").display().to_string();
    let mut arguments = vec!["plan", "--profile", "aws-lbc", "-o", "reference", "-f", &file];
    let environment = case.join("environment.yaml").display().to_string();
    let has_environment = Path::new(&environment).exists();
    if has_environment {
        arguments.extend(["--environment", &environment]);
    }
    let output = run(&arguments);
    ends_with(&output, 0);
    let read = |path: &str| fs::read_to_string(path).expect("a vector is readable");
    let answers = has_environment.then(|| read(&environment));
    let expected = gwchain_core::reference::document(&read(&file), answers.as_deref()).expect("a document is made");
    assert_eq!(out(&output), format!("{expected:#}\n"));
}

#[test]
fn broken_yaml_is_located_and_hides_nothing() {
    let text = format!("{GATEWAY}---\na: [1\n---\nb: c\n");
    let output = with_stdin(&["plan", "-f", "-"], &text);
    ends_with(&output, 1);
    assert!(out(&output).contains("error[GWC0601]"), "{}", out(&output));
    assert!(out(&output).contains(" --> <stdin>:1"), "{}", out(&output));
    assert!(out(&output).contains("Gateway default/door  ALB, internal"), "{}", out(&output));
}

#[test]
fn a_missing_file_or_wrong_environment_is_1() {
    let output = run(&["plan", "-f", "no-such.yaml"]);
    ends_with(&output, 1);
    assert_eq!(err(&output), "error: no-such.yaml: no such file or folder\n");
    let folder = folder("environment");
    let path = folder.join("environment.yaml").display().to_string();
    fs::write(&path, "region: a\nregoin: b\n").expect("the target folder is writable");
    let output = run(&["plan", "-f", GUIDE, "--environment", &path]);
    ends_with(&output, 1);
    assert!(
        err(&output).contains("environment.yaml: line 2, column 1: ") && err(&output).contains("`regoin`"),
        "{}",
        err(&output)
    );
    ends_with(&with_stdin(&["plan", "-f", "-"], ""), 1);
}

#[test]
fn a_wrong_option_is_1() {
    for wrong in [&["plan", "-f", GUIDE, "-o", "xml"][..], &["plan"], &["plan", "-f", GUIDE, "--nope"], &["nope"]] {
        let output = run(wrong);
        ends_with(&output, 1);
        assert!(out(&output).is_empty());
    }
    let output = run(&["plan", "-f", GUIDE, "-o", "xml"]);
    assert!(err(&output).contains("table, wide, json, yaml, stack, reference"), "{}", err(&output));
}

#[test]
fn findings_at_the_threshold_are_2() {
    let lost = GATEWAY.replace("gatewayClassName: alb", "gatewayClassName: other");
    let output = with_stdin(&["plan", "-f", "-"], &lost);
    ends_with(&output, 2);
    assert!(out(&output).ends_with("Plan: nothing to create; 1 Gateway blocked\n"), "{}", out(&output));
    ends_with(&with_stdin(&["plan", "-f", "-", "--failure-threshold", "never"], &lost), 0);
    ends_with(&with_stdin(&["plan", "-f", "-"], GATEWAY), 0);
    ends_with(&with_stdin(&["plan", "-f", "-", "--exit-code"], GATEWAY), 2);
    ends_with(&run(&["plan", "-f", GUIDE, "--failure-threshold", "note"]), 2);
}

#[test]
fn folders_are_read_by_name_hidden_files_are_not() {
    let folder = folder("recursive");
    let write = |name: &str, text: &str| fs::write(folder.join(name), text).expect("the target folder is writable");
    let path = folder.display().to_string();
    write("sub/b.yml", GATEWAY);
    let empty = run(&["plan", "-f", &path]);
    ends_with(&empty, 1);
    assert!(err(&empty).contains("-R reads its subfolders"), "{}", err(&empty));
    write("sub/.hidden.yaml", "a: [");
    write("notes.txt", "a: [");
    write("a.json", r#"{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}}"#);
    let all = run(&["plan", "-R", "-f", &path]);
    ends_with(&all, 0);
    assert!(out(&all).contains("Gateway default/door"), "{}", out(&all));
    assert!(out(&all).contains("a.json:1:1"), "{}", out(&all));
}

#[test]
fn a_namespace_is_given_and_chosen() {
    let shown = |arguments: &[&str]| out(&with_stdin(arguments, GATEWAY)).to_owned();
    assert!(shown(&["plan", "-f", "-", "-n", "shop"]).contains("Gateway shop/door"));
    let elsewhere = out(&run(&["plan", "-f", GUIDE, "-n", "shop", "--failure-threshold", "never"])).to_owned();
    assert!(elsewhere.ends_with("Plan: nothing to create\n"), "{elsewhere}");
    assert!(out(&run(&["plan", "-f", GUIDE, "-n", "shop", "-A"])).contains("Plan: 2 load balancers"));
}

#[test]
fn colours_are_for_those_who_want_them() {
    let has_colour = |output: &Output| out(output).contains('\u{1b}');
    assert!(!has_colour(&run(&["plan", "-f", GUIDE])), "a pipe");
    assert!(has_colour(&run(&["plan", "-f", GUIDE, "--color", "always"])));
    let quiet = command(&["plan", "-f", GUIDE]).env("NO_COLOR", "1").env("CLICOLOR_FORCE", "1").output();
    assert!(!has_colour(&quiet.expect("the plugin runs")), "NO_COLOR");
}

#[test]
fn a_name_gives_no_orders_to_the_terminal() {
    let evil = GATEWAY.replace("name: web", r#"name: "\e[31mweb\a""#).replace("80}", r#"80, hostname: "\e]0;x\a"}"#);
    for form in ["table", "wide", "json", "yaml", "stack"] {
        let output = with_stdin(&["plan", "-f", "-", "-o", form], &evil);
        let all = [output.stdout, output.stderr].concat();
        assert!(all.iter().all(|byte| *byte == b'\n' || !byte.is_ascii_control()), "{form}");
    }
    let output = run(&["plan", "-f", "no\u{1b}[31mfile"]);
    assert!(!err(&output).contains('\u{1b}'));
}
