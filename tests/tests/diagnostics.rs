//! Every diagnostic has a page, and its examples do what the page says.
//!
//! A block `environment` says what only AWS knows. A failing example raises its code and, notes aside, no other than those it admits to in a line `# and GWC0000`;
//! a fixed one raises nothing but notes of other codes.

use std::collections::BTreeSet;

use gwchain_core::diagnose::all;
use gwchain_core::diagnostic::{Code, Diagnostic, Severity, page, table};
use gwchain_core::environment::parse;
use gwchain_core::fact::Environment;
use gwchain_core::manifest::{ReadOptions, SourceFile, read};
use gwchain_core::pipeline::{Options, run};
use gwchain_core::profile::Profile;

/// What every example may use without repeating it.
const CLASSES: &str = "\
{apiVersion: gateway.networking.k8s.io/v1, kind: GatewayClass, metadata: {name: alb}, spec: {controllerName: gateway.k8s.aws/alb}}
---
{apiVersion: gateway.networking.k8s.io/v1, kind: GatewayClass, metadata: {name: nlb}, spec: {controllerName: gateway.k8s.aws/nlb}}
";

/// The block that starts with ```` ```yaml <name> ````.
fn example<'p>(page: &'p str, name: &str) -> Option<&'p str> {
    let (_, rest) = page.split_once(&format!("```yaml {name}\n"))?;
    rest.split_once("```").map(|(example, _)| example)
}

fn raised(example: &str, environment: Option<&str>) -> Vec<Diagnostic> {
    let first = example.lines().next().unwrap_or_default();
    let profile = if first == "# profile: aws-lbc" { Profile::AWS_LBC } else { Profile::GWCHAIN };
    let file = |name: &str, text: &str| SourceFile { name: name.to_owned(), text: text.to_owned() };
    let manifests = read(vec![file("classes", CLASSES), file("example", example)], &ReadOptions::default());
    let environment = environment.map_or_else(Environment::default, |text| parse(text).expect("it is an environment"));
    let options = Options { profile, complete: first == "# complete", simulate: false };
    let pipeline = run(&manifests, &environment, options);
    all(&pipeline)
}

/// Codes of what is worse than a note, and `own`.
fn codes(found: &[Diagnostic], own: Code) -> BTreeSet<&'static str> {
    let counts = |one: &&Diagnostic| one.severity() > Severity::Note || one.code == own;
    found.iter().filter(counts).map(|one| one.code.as_str()).collect()
}

#[test]
fn every_code_has_a_page() {
    for code in table() {
        let text = page(code.as_str()).unwrap_or_else(|| panic!("{code} has no page"));
        assert!(text.starts_with(&format!("# {code}: ")), "{code}: the title starts with the code");
        for name in ["failing", "fixed"] {
            assert!(example(text, name).is_some(), "{code}: there is a {name} example");
        }
    }
    assert_eq!(page("GWC9999"), None);
}

#[test]
fn examples_do_what_their_page_says() {
    let mut wrong = Vec::new();
    for code in table() {
        let text = page(code.as_str()).unwrap_or_default();
        let admitted =
            example(text, "failing").unwrap_or_default().lines().filter_map(|line| line.strip_prefix("# and "));
        let failing: BTreeSet<&str> = admitted.chain([code.as_str()]).collect();
        for (name, expected) in [("failing", failing), ("fixed", BTreeSet::new())] {
            let found = raised(example(text, name).unwrap_or_default(), example(text, "environment"));
            if codes(&found, *code) != expected {
                let said: Vec<_> = found.iter().map(|one| format!("{}: {}", one.code, one.message)).collect();
                wrong.push(format!("{code}, {name} example: {said:#?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
