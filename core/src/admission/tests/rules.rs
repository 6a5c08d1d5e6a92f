//! Every rule (CEL) with an object that breaks it and nothing else.

mod configurations;
mod filters;
mod gateways;
mod routes;

use super::*;
use std::collections::BTreeSet;

/// What breaks one rule: the kind, its spec in flow style, and the error.
type Case = (&'static str, String, String);

fn case(kind: &'static str, spec: impl Into<String>, path: &str, message: &str) -> Case {
    (kind, spec.into(), format!("{path}: Invalid value: {message}"))
}

fn refused(kind: &str, spec: &str) -> Vec<String> {
    let group = if kind.ends_with("Configuration") { "gateway.k8s.aws" } else { "gateway.networking.k8s.io" };
    errors(&format!("{{apiVersion: {group}/v1, kind: {kind}, metadata: {{name: x}}, {spec}}}"))
}

fn all_cases() -> Vec<Case> {
    [
        configurations::actions(),
        configurations::authentication(),
        routes::parents(),
        gateways::listeners(),
        gateways::addresses(),
        gateways::infrastructure(),
        routes::hostnames(),
        filters::filter_unions(),
        filters::filters(),
        filters::replaced_paths(),
        routes::path_matches(),
        routes::route_rules(),
        routes::grpc_rules(),
    ]
    .concat()
}

#[test]
fn each_object_breaks_its_rule() {
    for (kind, spec, expected) in all_cases() {
        assert_eq!(refused(kind, &spec), [expected], "{kind} {spec}");
    }
}

/// Rules that no object breaks alone: the schema refuses it first, or another check finds it as well.
const FORESTALLED: [&str; 9] = [
    "At least one action must be specified if actions field is present",
    "Hostnames must be valid based on RFC-1123",
    "Listener name must be unique within the Gateway",
    "Only forward, redirect, authenticate-oidc, authenticate-cognito, jwt-validation, and fixed-response action types are supported",
    "Port for TLS configuration must be unique within the Gateway",
    "Value is immutable",
    "Wildcards on hostnames must be the first label, and the rest of hostname must be valid based on RFC-1123",
    "must not contain '#' when type one of ['Exact', 'PathPrefix']",
    "type must be one of ['Exact', 'PathPrefix', 'RegularExpression']",
];

#[test]
fn each_rule_is_broken_by_some_object() {
    let file: serde_json::Value = serde_json::from_str(include_str!("../schemas.json")).expect("it is JSON");
    let rules = file["rules"].as_array().expect("it lists rules").iter();
    let messages: BTreeSet<&str> = rules.filter_map(|rule| rule[1].as_str()).map(str::trim).collect();
    let cases = all_cases();
    let untested =
        messages.iter().filter(|message| !cases.iter().any(|(_, _, expected)| expected.ends_with(**message)));
    assert_eq!(untested.copied().collect::<Vec<_>>(), FORESTALLED);
}

#[test]
fn forestalled_rules_work() {
    let index = cel::index();
    let holds = |start: &str, json: &str| {
        let (_, check) = index.iter().find(|(rule, _)| rule.starts_with(start)).expect("the rule is there");
        let node = Node::from(serde_json::from_str::<serde_json::Value>(json).expect("it is JSON"));
        match check {
            cel::Check::Holds(holds) => holds(&node),
            cel::Check::Evaluates(evaluate) => evaluate(&node) == Ok(true),
        }
    };
    let plain = "self.all(h, !h.contains('*')";
    let wildcard = "self.all(h, h.contains('*')";
    assert!(!holds("!has(self.actions) || size(self.actions) > 0", r#"{"actions": []}"#));
    assert!(!holds("!has(self.actions) || self.actions.all(a,", r#"{"actions": [{"type": "x"}]}"#));
    assert!(!holds("self.type in ['Exact','PathPrefix'] ||", r#"{"type": "x"}"#));
    assert!(!holds(plain, r#"["a_b"]"#) && holds(plain, r#"["a.b", "*_"]"#));
    assert!(!holds(wildcard, r#"["a.*"]"#) && !holds(wildcard, r#"["*.a_"]"#) && holds(wildcard, r#"["*.a", "a_"]"#));
    assert!(holds("self == oldSelf", "1"));
}

#[test]
fn rules_wait_for_the_schema() {
    let found = refused(
        "Gateway",
        "spec: {gatewayClassName: c, listeners: [{name: a, port: 0, protocol: TCP, hostname: a.b}]}",
    );
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("greater than or equal to 1"));
}
