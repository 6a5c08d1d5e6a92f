//! Sentences of the specification (translation.md) that no vector shows, each with its section.
//!
//! What the reference was seen to do stands in `tests/vectors`; here only its described behaviour counts.

use gwchain_core::environment;
use gwchain_core::manifest::SourceFile;
use gwchain_core::profile::Profile;
use gwchain_core::reference;
use serde_json::Value;

const CLASSES: &str = "
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: {name: alb}
spec: {controllerName: gateway.k8s.aws/alb}
---
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: {name: nlb}
spec: {controllerName: gateway.k8s.aws/nlb}
---
apiVersion: v1
kind: Service
metadata: {name: s}
spec: {type: NodePort, ports: [{port: 80, targetPort: 8080, nodePort: 30000}]}
---
";

const CONFIGURED: &str =
    "infrastructure: {parametersRef: {group: gateway.k8s.aws, kind: LoadBalancerConfiguration, name: c}}";

fn document(manifests: &str, environment_text: &str) -> Value {
    let environment = environment::parse(environment_text).expect("the environment is valid");
    let file = SourceFile { name: "input.yaml".to_owned(), text: manifests.to_owned() };
    reference::of_files(vec![file], environment, Profile::AWS_LBC)
}

fn gateway(class: &str, listeners: &str, more: &str) -> String {
    format!(
        "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {{name: g}}\nspec:\n  \
         gatewayClassName: {class}\n  listeners: [{listeners}]\n  {more}\n---\n"
    )
}

fn object(kind: &str, name: &str, spec: &str) -> String {
    let group = if kind.ends_with("Configuration") { "gateway.k8s.aws" } else { "gateway.networking.k8s.io" };
    format!("apiVersion: {group}/v1\nkind: {kind}\nmetadata: {{name: {name}}}\nspec: {spec}\n---\n")
}

fn route(kind: &str, rules: &str) -> String {
    object(kind, "r", &format!("{{parentRefs: [{{name: g}}], rules: {rules}}}"))
}

/// The error of the only Gateway.
fn error(document: &Value) -> &str {
    document["gateways"][0]["error"].as_str().unwrap_or_default()
}

fn resource<'d>(document: &'d Value, kind: &str, id: &str) -> &'d Value {
    &document["gateways"][0]["stack"]["resources"][kind][id]["spec"]
}

/// A load balancer without routes, configured by `spec`.
fn error_of(class: &str, spec: &str) -> String {
    let protocol = if class == "alb" { "HTTP" } else { "TCP" };
    let listener = format!("{{name: l, port: 80, protocol: {protocol}}}");
    let text =
        [CLASSES, &object("LoadBalancerConfiguration", "c", spec), &gateway(class, &listener, CONFIGURED)].concat();
    error(&document(&text, "securityGroups: [{id: sg-1, name: x}]")).to_owned()
}

/// §5.7: class, entries of `loadBalancerSubnets`, error; `A` and `B` are two of the private subnets.
const SUBNET_ENTRIES: &[(&str, &str, &str)] = &[
    ("alb", "{identifier: A, ipv6Allocation: '2600::1'}", "IPv6Allocation is only supported for Network LoadBalancers"),
    (
        "alb",
        "{identifier: A, privateIPv4Allocation: 192.168.96.5}",
        "PrivateIPv4Allocation is only supported for Network LoadBalancers",
    ),
    (
        "alb",
        "{identifier: A, sourceNatIPv6Prefix: auto_assigned}",
        "SourceNatIPv6Prefix is only supported for Network LoadBalancers",
    ),
    ("nlb", "{identifier: A}, {identifier: ''}", "Either specify all subnet identifiers or none."),
    (
        "nlb",
        "{identifier: A}, {identifier: B, privateIPv4Allocation: 192.168.128.5}",
        "Either specify all private ipv4 allocations or none.",
    ),
    (
        "nlb",
        "{identifier: A, sourceNatIPv6Prefix: auto_assigned}, {identifier: B}",
        "Either specify all source nat prefixes or none.",
    ),
    ("nlb", "{identifier: A, privateIPv4Allocation: x}", "private IPv4 addresses must be valid IP address: x"),
    (
        "nlb",
        "{identifier: A, privateIPv4Allocation: '2600::1'}",
        "private IPv4 addresses must be valid IPv4 address: 2600::1",
    ),
    (
        "nlb",
        "{privateIPv4Allocation: 192.168.96.5}",
        "Unable to assign private IPv4 addresses we have 3 subnets and 1 addresses",
    ),
    (
        "nlb",
        "{sourceNatIPv6Prefix: auto_assigned}",
        "Unable to assign Source NAT prefix because we have 3 subnets and 1 prefixes",
    ),
    (
        "nlb",
        "{identifier: A, sourceNatIPv6Prefix: '10.0.0.0/80'}",
        "Invalid value in source-nat-ipv6-prefixes: 10.0.0.0/80. Value must be a valid IPv6 CIDR.",
    ),
    (
        "nlb",
        "{identifier: A, sourceNatIPv6Prefix: '2600::/80'}",
        "Invalid value in source-nat-ipv6-prefixes: 2600::/80. Value must be within subnet CIDR range: [].",
    ),
    (
        "nlb",
        "{identifier: A}, {identifier: A}",
        "failed to list subnets by names or IDs: couldn't find all subnets, want: [A A], found: [A]",
    ),
    (
        "nlb",
        "{identifier: nope}",
        "failed to list subnets by names or IDs: couldn't find all subnets, missing names: [nope]",
    ),
    ("alb", "{identifier: A}", "subnets count less than minimal required count: 1 < 2"),
];

#[test]
fn subnet_entries() {
    let named = |text: &str| {
        let words = [("A", "subnet-0privatea00000000"), ("B", "subnet-0privateb00000000")];
        let around = [(": ", ","), (": ", "}"), ("[", "]"), ("[", " "), (" ", "]")];
        words.iter().fold(text.to_owned(), |text, (word, id)| {
            let each = |text: String, (before, after): &(&str, &str)| {
                text.replace(&[*before, word, after].concat(), &[*before, id, after].concat())
            };
            around.iter().fold(text, each)
        })
    };
    for (class, entries, expected) in SUBNET_ENTRIES {
        let spec = format!("{{loadBalancerSubnets: [{}]}}", named(entries));
        assert_eq!(error_of(class, &spec), named(expected), "{entries}");
    }
}

/// §5.5, §5.6: what else a load balancer's configuration can get wrong.
#[test]
fn security_groups_and_selectors() {
    let cases = [
        (
            "{securityGroups: [sg-1, sg-1, x, x]}",
            "couldn't find all security groups: requested ids [sg-1, sg-1] but found [sg-1]",
        ),
        (
            "{securityGroups: [sg-a, x, x, z]}",
            "couldn't find all security groups: api error InvalidGroup.NotFound: The security group 'sg-a' does not exist, requested names [x, z] but found [x]",
        ),
        (
            "{loadBalancerSubnetsSelector: {Name: []}}",
            "unable to resolve at least one subnet. Evaluated 0 subnets: 0 are tagged for other clusters, and 0 have insufficient available IP addresses",
        ),
    ];
    for (spec, expected) in cases {
        assert_eq!(error_of("alb", spec), expected, "{spec}");
    }
}

/// §7.2, §7.3: rules that stop the whole Gateway.
#[test]
fn rules_that_cannot_be_built() {
    let unsupported = "Unsupported filter type: RequestMirror. Only request redirect is supported. To specify header modification, please configure it through LoadBalancerConfiguration.";
    let lrc = "{type: ExtensionRef, extensionRef: {group: gateway.k8s.aws, kind: ListenerRuleConfiguration, name: x}}";
    let answering = format!("[{{filters: [{lrc}], backendRefs: [{{name: s, port: 80}}]}}]");
    let cases = [
        (
            "[{filters: [{type: RequestRedirect, requestRedirect: {path: {type: ReplacePrefixMatch, replacePrefixMatch: '/a*'}}}]}]",
            "ReplacePrefixMatch shouldn't contain wildcards: /a*",
        ),
        ("[{filters: [{type: RequestMirror, requestMirror: {backendRef: {name: s, port: 80}}}]}]", unsupported),
        (
            "[{backendRefs: [{kind: TargetGroupName, name: t}]}]",
            "expecting a single targetGroup with query [t] but got 2",
        ),
        (
            &answering,
            "HTTPRouteFilterRequestRedirect must be provided if RedirectActionConfig in ListenerRuleConfiguration is provided",
        ),
    ];
    let redirect = object("ListenerRuleConfiguration", "x", "{actions: [{type: redirect, redirectConfig: {}}]}");
    let listener = gateway("alb", "{name: l, port: 80, protocol: HTTP}", "");
    for (rules, expected) in cases {
        let text = [CLASSES, &listener, &redirect, &route("HTTPRoute", rules)].concat();
        assert_eq!(
            error(&document(&text, "targetGroups: [{name: t, arn: a}, {name: t, arn: b}]")),
            expected,
            "{rules}"
        );
    }
}

/// §9.1: a field that is there and empty is printed.
#[test]
fn an_empty_message_body_is_kept() {
    let lrc = "{type: ExtensionRef, extensionRef: {group: gateway.k8s.aws, kind: ListenerRuleConfiguration, name: x}}";
    let actions = "{actions: [{type: fixed-response, fixedResponseConfig: {statusCode: 503, messageBody: ''}}]}";
    let text = [
        CLASSES,
        &gateway("alb", "{name: l, port: 80, protocol: HTTP}", ""),
        &object("ListenerRuleConfiguration", "x", actions),
        &route("HTTPRoute", &format!("[{{filters: [{lrc}]}}]")),
    ];
    let document = document(&text.concat(), "");
    let rule = resource(&document, "AWS::ElasticLoadBalancingV2::ListenerRule", "80:1");
    assert_eq!(rule["actions"][0]["fixedResponseConfig"]["messageBody"], "", "{rule}");
}

/// §2.1 (3): an accepted class whose controller can't resolve the default TargetGroupConfiguration.
#[test]
fn a_default_that_the_class_controller_stumbles_over() {
    let class = "apiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata: {name: own}\nspec:\n  \
                 controllerName: gateway.k8s.aws/alb\n  parametersRef: {group: gateway.k8s.aws, kind: \
                 LoadBalancerConfiguration, name: c, namespace: default}\nstatus: {conditions: [{type: Accepted, \
                 status: 'True', reason: Accepted, message: ok, lastTransitionTime: '2024-01-01T00:00:00Z'}]}\n---\n";
    let lbc = object("LoadBalancerConfiguration", "c", "{defaultTargetGroupConfiguration: {name: t}}");
    let text = [class, &lbc, &gateway("own", "{name: l, port: 80, protocol: HTTP}", "")].concat();
    let expected = "failed to resolve default TargetGroupConfiguration for GatewayClass LBC: \
                    targetgroupconfigurations.gateway.k8s.aws \"t\" not found";
    assert_eq!(error(&document(&text, "")), expected);
}

/// §3.1, §3.3: a namespace selector that can't be understood stops the Gateway once it is asked.
#[test]
fn selectors_that_cannot_be_understood() {
    let selector = "{from: Selector, selector: {matchExpressions: [{key: a, operator: Bad}]}}";
    let listener = format!("{{name: l, port: 80, protocol: HTTP, allowedRoutes: {{namespaces: {selector}}}}}");
    let printed = "&LabelSelector{MatchLabels:map[string]string{},MatchExpressions:[]LabelSelectorRequirement{\
                   LabelSelectorRequirement{Key:a,Operator:Bad,Values:[],},},}";
    let expected = format!("Unable to parse selector {printed}: \"Bad\" is not a valid label selector operator");
    let with_route = [CLASSES, &gateway("alb", &listener, ""), &route("HTTPRoute", "[{}]")].concat();
    let document_with_route = document(&with_route, "");
    assert_eq!(error(&document_with_route), expected);
    let conditions = &document_with_route["gateways"][0]["conditions"];
    assert_eq!(conditions[0]["reason"], "ListenersNotValid", "{conditions}");
    assert_eq!(error(&document(&[CLASSES, &gateway("alb", &listener, "")].concat(), "")), "");
}
