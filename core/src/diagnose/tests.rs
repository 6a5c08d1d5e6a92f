//! Where lints speak and where they hold their tongue, beyond the examples of the codes' pages.
//!
//! Messages are read by people and not compared whole.

use super::all;
use crate::diagnostic::{Code, Diagnostic, apply};
use crate::environment::parse;
use crate::fact::Environment;
use crate::manifest::{ReadOptions, SourceFile, read};
use crate::pipeline::{Options, run};
use crate::profile::Profile;
use crate::source::FileId;

const CLASSES: &str = "\
{apiVersion: gateway.networking.k8s.io/v1, kind: GatewayClass, metadata: {name: alb}, spec: {controllerName: gateway.k8s.aws/alb}}
---
{apiVersion: gateway.networking.k8s.io/v1, kind: GatewayClass, metadata: {name: nlb}, spec: {controllerName: gateway.k8s.aws/nlb}}
---
{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: web}, spec: {gatewayClassName: alb, listeners: [{name: http, protocol: HTTP, port: 80}]}}
---
";
const CHAIN: &str = "\
{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: app}, spec: {parentRefs: [{name: web}], rules: [{backendRefs: [{name: app, port: 80}]}]}}
---
{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: edge}, spec: {gatewayClassName: nlb, listeners: [{name: tcp, protocol: TCP, port: 80}]}}
---
{apiVersion: gateway.networking.k8s.io/v1, kind: TCPRoute, metadata: {name: front}, spec: {parentRefs: [{name: edge}], rules: [{backendRefs: [{kind: Gateway, name: web, port: 80}]}]}}
---
";

fn found(text: &str, environment: &Environment) -> Vec<Diagnostic> {
    let file = SourceFile { name: "a.yaml".to_owned(), text: text.to_owned() };
    let manifests = read(vec![file], &ReadOptions::default());
    let options = Options { profile: Profile::GWCHAIN, complete: false, simulate: false };
    all(&run(&manifests, environment, options))
}

fn lint(text: &str) -> Vec<Diagnostic> {
    found(&format!("{CLASSES}{text}"), &Environment::default())
}

fn of(code: Code, findings: &[Diagnostic]) -> Vec<&Diagnostic> {
    findings.iter().filter(|finding| finding.code == code).collect()
}

fn routes(matches: [&str; 2]) -> String {
    let route = |name: &str, matches: &str| {
        format!(
            "{{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {{name: {name}}}, spec: \
             {{parentRefs: [{{name: web}}], rules: [{{matches: [{matches}], backendRefs: [{{name: {name}, port: 80}}]}}]}}}}\n---\n"
        )
    };
    route("a", matches[0]) + &route("b", matches[1])
}

#[test]
fn only_rules_that_never_apply_are_shadowed() {
    let shadowed = |a, b| of(Code::RuleShadowed, &lint(&routes([a, b]))).len();
    assert_eq!(shadowed("{path: {value: /a}}", "{path: {value: /a}}"), 1);
    assert_eq!(shadowed("{path: {value: /a}}", "{path: {value: /a/b}}"), 0);
    assert_eq!(shadowed("{path: {value: /a}}", "{path: {type: Exact, value: /a}}"), 0);
    assert_eq!(shadowed("{path: {value: /a}, method: GET}", "{path: {value: /a}, method: POST}"), 0);
    assert_eq!(shadowed("{path: {value: /a}, method: GET}", "{path: {value: /a}}"), 0);
    let header = |name: &str| format!("{{path: {{value: /a}}, headers: [{{name: {name}, value: x}}]}}");
    assert_eq!(shadowed(&header("Beta"), &header("beta")), 1);
}

#[test]
fn ties_are_told_where_both_rules_can_hold() {
    let ties = |a: &str, b: &str| {
        let matched = |headers: &str| format!("{{path: {{value: /a}}, headers: [{headers}]}}");
        of(Code::PrecedenceTie, &lint(&routes([&matched(a), &matched(b)]))).len()
    };
    assert_eq!(ties("{name: one, value: a}", "{name: two, value: a}"), 1);
    assert_eq!(ties("{name: one, value: a}", "{name: one, value: b}"), 0);
    assert_eq!(ties("{name: one, value: a}", "{name: one, value: a}, {name: two, value: b}"), 0);
}

#[test]
fn zones_are_compared_when_they_are_known() {
    let subnets = |front: &str, alb: &str| {
        let configuration = |name: &str, subnet: &str| {
            let list: Vec<String> = subnet.split(' ').map(|id| format!("{{identifier: subnet-{id}}}")).collect();
            format!(
                "{{apiVersion: gateway.k8s.aws/v1, kind: LoadBalancerConfiguration, metadata: {{name: {name}}}, spec: \
                 {{loadBalancerSubnets: [{}]}}}}\n---\n",
                list.join(", ")
            )
        };
        let named = |text: &str, gateway: &str| {
            let spec = format!("metadata: {{name: {gateway}}}, spec: {{");
            let reference = format!(
                "infrastructure: {{parametersRef: {{group: gateway.k8s.aws, kind: LoadBalancerConfiguration, name: {gateway}}}}}, "
            );
            text.replace(&format!("kind: Gateway, {spec}"), &format!("kind: Gateway, {spec}{reference}"))
        };
        let text = named(&named(&format!("{CLASSES}{CHAIN}"), "web"), "edge");
        let text = text + &configuration("edge", front) + &configuration("web", alb);
        let subnet = |id: &str, az: &str| format!("- {{id: subnet-{id}, az: {az}, cidr: 10.0.0.0/24}}\n");
        let all: String = [("a", "az-1"), ("b", "az-2"), ("c", "az-1"), ("d", "az-2"), ("e", "az-3")]
            .map(|(id, az)| subnet(id, az))
            .concat();
        let environment =
            parse(&format!("vpc: {{id: vpc-1, cidrs: [10.0.0.0/16]}}\nsubnets:\n{all}")).expect("it is one");
        of(Code::ChainZones, &found(&text, &environment)).len()
    };
    assert_eq!(subnets("a b", "c d"), 0);
    assert_eq!(subnets("a b", "c e"), 1);
}

#[test]
fn a_grant_that_is_too_narrow_is_named_with_what_it_lacks() {
    let granted = |from: &str, to: &str| {
        let text = CHAIN.replace("metadata: {name: front}", "metadata: {name: front, namespace: net}");
        let text = text.replace("metadata: {name: edge}", "metadata: {name: edge, namespace: net}");
        let text = text.replace("kind: Gateway, name: web, port", "kind: Gateway, namespace: default, name: web, port");
        let grant = format!(
            "{{apiVersion: gateway.networking.k8s.io/v1, kind: ReferenceGrant, metadata: {{name: g}}, spec: {{from: \
             [{{group: gateway.networking.k8s.io, kind: {from}, namespace: net}}], to: [{{group: gateway.networking.k8s.io, \
             kind: Gateway, name: {to}}}]}}}}\n"
        );
        let found = lint(&(text + &grant));
        of(Code::ChainGrant, &found).first().map(|finding| (finding.message.clone(), finding.related.len()))
    };
    assert_eq!(granted("TCPRoute", "web"), None);
    let (message, related) = granted("TCPRoute", "other").expect("the name is another one");
    assert!(message.contains("`to` of ReferenceGrant default/g lacks") && related == 1, "{message}");
    let (message, _) = granted("Gateway", "web").expect("the kind is another one");
    assert!(
        message.contains("`from` of ReferenceGrant default/g lacks {group: gateway.networking.k8s.io, kind: TCPRoute")
    );
}

#[test]
fn a_setting_without_effect_goes_with_the_map_it_would_leave_empty() {
    let start = format!("{CLASSES}{CHAIN}");
    let text = format!(
        "{start}apiVersion: gateway.k8s.aws/v1\nkind: TargetGroupConfiguration\nmetadata: {{name: web}}\nspec:\n  \
         targetReference: {{kind: Gateway, name: web}}\n  defaultConfiguration:\n    targetGroupName: front # stays\n    \
         healthCheckConfig:\n      healthCheckPort: \"9000\"\n"
    );
    let findings = found(&text, &Environment::default());
    let fix = of(Code::ChainHealthPort, &findings).first().and_then(|finding| finding.fix.clone()).expect("it can go");
    let edits: Vec<_> = fix.edits.iter().collect();
    let fixed = apply(FileId(0), &text, &edits);
    assert!(fixed.ends_with("  defaultConfiguration:\n    targetGroupName: front # stays\n"), "{fixed}");
}

#[test]
fn a_parent_in_another_namespace_is_offered() {
    let text = routes(["{path: {value: /a}}", "{path: {value: /b}}"])
        .replace("metadata: {name: a}", "metadata: {name: a, namespace: x}");
    let findings = lint(&text);
    let [finding] = of(Code::ParentMissing, &findings)[..] else { panic!("one route has no parent") };
    assert!(finding.help.as_deref().is_some_and(|help| help.contains("there is one in namespace default")));
}
