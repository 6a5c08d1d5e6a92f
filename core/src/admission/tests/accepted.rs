//! Objects the API server takes: what it removes and what it adds.

use super::*;
use crate::source::{NodeValue, Span};

fn json(node: &Node, path: &str) -> serde_json::Value {
    node.at(path).unwrap_or_else(|| panic!("{path} is there")).into()
}

fn value(text: &str) -> serde_json::Value {
    serde_json::from_str(text).expect("tests write JSON")
}

#[test]
fn every_kind_has_a_schema_and_every_rule_and_pattern_a_function() {
    assert_eq!(kinds().len(), 15);
    for info in kinds() {
        assert!(schema(info.group, info.kind).is_some(), "{}", info.kind);
        assert!(info.served_versions.iter().all(|version| served(info.group, version, info.kind)));
    }
    assert!(!served("gateway.networking.k8s.io", "v1alpha2", "TCPRoute"));
    assert!(schema("gateway.networking.k8s.io", "BackendTLSPolicy").is_none());
}

#[test]
fn a_route_gets_its_defaults() {
    let route = admitted(
        "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: r}\nspec:\n  parentRefs: [{name: web}]\n",
    );
    assert_eq!(json(&route, "spec.rules"), value(r#"[{"matches":[{"path":{"type":"PathPrefix","value":"/"}}]}]"#));
    assert_eq!(
        json(&route, "spec.parentRefs"),
        value(r#"[{"name":"web","group":"gateway.networking.k8s.io","kind":"Gateway"}]"#)
    );
    assert_eq!(route.at("spec.rules[0].matches[0].path.type").map(|node| node.span), Some(Span::DEFAULTED));
    assert!(route.at("spec.parentRefs[0].name").is_some_and(|node| node.span.is_in_text()));
}

#[test]
fn parts_of_a_route_get_their_defaults() {
    let route = admitted(
        "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: r}\nspec:\n  rules:\n  \
         - matches: [{path: {value: /a}}, {path: {type: Exact}}, {headers: [{name: a, value: b}]}]\n    \
         backendRefs: [{name: s, port: 80}]\n  - filters: [{type: RequestRedirect, requestRedirect: {scheme: https}}]\n",
    );
    let at = |path: &str| json(&route, path);
    assert_eq!(at("spec.rules[0].matches[0].path.type"), "PathPrefix");
    assert_eq!(at("spec.rules[0].matches[1].path.value"), "/");
    assert_eq!(at("spec.rules[0].matches[2].path"), value(r#"{"type":"PathPrefix","value":"/"}"#));
    assert_eq!(at("spec.rules[0].matches[2].headers[0].type"), "Exact");
    assert_eq!(
        at("spec.rules[0].backendRefs[0]"),
        value(r#"{"name":"s","port":80,"group":"","kind":"Service","weight":1}"#)
    );
    assert_eq!(at("spec.rules[1].filters[0].requestRedirect.statusCode"), 302);
}

#[test]
fn a_gateway_gets_its_defaults() {
    let gateway = admitted(
        "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: g}\nspec:\n  gatewayClassName: alb\n  \
         allowedListeners: {}\n  listeners:\n  - {name: a, protocol: HTTPS, port: 443, tls: {options: {a/b: c}}, allowedRoutes: {}}\n",
    );
    let at = |path: &str| json(&gateway, path);
    assert_eq!(at("spec.listeners[0].tls.mode"), "Terminate");
    assert_eq!(at("spec.listeners[0].allowedRoutes"), value(r#"{"namespaces":{"from":"Same"}}"#));
    assert_eq!(at("spec.allowedListeners.namespaces.from"), "None");
    assert_eq!(at("status.conditions[0].reason"), "Pending");
    assert_eq!(at("status.conditions[1].type"), "Programmed");
}

#[test]
fn a_given_status_is_kept() {
    let class = admitted(
        "apiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata: {name: c}\nspec: {controllerName: a.b/c}\n\
         status: {conditions: []}\n",
    );
    assert_eq!(json(&class, "status"), value(r#"{"conditions":[]}"#));
}

#[test]
fn a_configuration_gets_its_defaults() {
    let rule = admitted(
        "apiVersion: gateway.k8s.aws/v1\nkind: ListenerRuleConfiguration\nmetadata: {name: r}\nspec:\n  actions:\n  \
         - {type: forward, forwardConfig: {}}\n",
    );
    let stickiness = json(&rule, "spec.actions[0].forwardConfig.targetGroupStickinessConfig");
    assert_eq!(stickiness, value(r#"{"durationSeconds":3600,"enabled":false}"#));
}

#[test]
fn a_service_gets_its_defaults() {
    let service = admitted(
        "apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec:\n  type: NodePort\n  ports: [{name: a, port: 80}, {name: b, port: 81, targetPort: web}]\n",
    );
    assert_eq!(
        json(&service, "spec.ports"),
        value(
            r#"[{"name":"a","port":80,"protocol":"TCP","targetPort":80},{"name":"b","port":81,"protocol":"TCP","targetPort":"web"}]"#
        )
    );
    assert_eq!(json(&service, "spec.externalTrafficPolicy"), "Cluster");
    let bare = admitted("apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {ports: [{port: 80}]}\n");
    assert_eq!(json(&bare, "spec.type"), "ClusterIP");
    assert!(bare.at("spec.externalTrafficPolicy").is_none());
}

#[test]
fn nulls_count_as_absent() {
    let route = admitted(
        "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: r, creationTimestamp: null}\nspec:\n  \
         hostnames: null\n  rules: null\n",
    );
    assert!(route.at("spec.hostnames").is_none());
    assert!(route.at("metadata.creationTimestamp").is_none());
    assert_eq!(json(&route, "spec.rules[0].matches[0].path.value"), "/");
}

#[test]
fn unknown_fields_are_removed_and_named() {
    let mut object = object(
        "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: g, lables: {a: b}}\nspec:\n  \
         gatewayClassName: c\n  listeners: [{name: a, portt: 1, port: 80, protocol: HTTP}]\nextra: {}\n",
    );
    let unknown = admit(schema_of(&object.clone()), &mut object, Mode::Enforce).unknown;
    let found: Vec<_> = unknown.iter().map(|one| (one.path.as_str(), one.suggestion.as_deref())).collect();
    let expected = [("extra", None), ("metadata.lables", Some("labels")), ("spec.listeners[0].portt", Some("port"))];
    assert_eq!(found, expected);
    assert!(object.at("metadata.lables").is_none() && object.get("extra").is_none());
}

#[test]
fn modes_do_less() {
    let yaml = "apiVersion: gateway.k8s.aws/v1\nkind: LoadBalancerConfiguration\nmetadata: {name: c}\nspec: {scheme: x, y: 1}\n";
    let before = object(yaml);
    let mut nothing = before.clone();
    assert_eq!(admit(schema_of(&before), &mut nothing, Mode::Nothing), Admission::default());
    assert_eq!(nothing, before);
    let mut defaulted = before.clone();
    let admission = admit(schema_of(&before), &mut defaulted, Mode::DefaultOnly);
    assert_eq!((admission.errors.len(), admission.unknown.len()), (0, 1));
}

#[test]
fn routes_that_are_no_longer_served_keep_their_schema() {
    let yaml = "apiVersion: gateway.networking.k8s.io/v1alpha2\nkind: TLSRoute\nmetadata: {name: r}\nspec:\n  rules:\n  \
                - backendRefs: [{name: a, port: 1}]\n  - backendRefs: [{name: b, port: 1}]\n";
    assert_eq!(errors(yaml), [""; 0]);
    assert_eq!(errors(&yaml.replace("v1alpha2", "v1")).len(), 2);
}

#[test]
fn values_of_the_wrong_type_are_left_alone() {
    let mut object = object("apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: [1]\n");
    admit(schema_of(&object.clone()), &mut object, Mode::DefaultOnly);
    assert!(matches!(object.get("spec").map(|node| &node.value), Some(NodeValue::Seq(_))));
}
