//! The texts of schema errors.

use super::*;

fn gateway(spec: &str) -> Vec<String> {
    errors(&format!(
        "{{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {{name: g}}, spec: {{gatewayClassName: c, {spec}}}}}"
    ))
}

fn listener(listener: &str) -> Vec<String> {
    gateway(&format!("listeners: [{{name: a, port: 80, protocol: HTTP, {listener}}}]"))
}

fn configuration(spec: &str) -> Vec<String> {
    errors(&format!(
        "{{apiVersion: gateway.k8s.aws/v1, kind: LoadBalancerConfiguration, metadata: {{name: c}}, spec: {{{spec}}}}}"
    ))
}

#[test]
fn types() {
    assert_eq!(
        gateway("listeners: [{name: a, protocol: HTTP, port: x}]"),
        [
            r#"spec.listeners[0].port: Invalid value: "string": spec.listeners[0].port in body must be of type integer: "string""#
        ]
    );
    assert_eq!(
        gateway("listeners: [{name: a, protocol: HTTP, port: 1.5}]"),
        [
            r#"spec.listeners[0].port: Invalid value: "double": spec.listeners[0].port in body must be of type int32: "double""#
        ]
    );
    assert_eq!(
        configuration("scheme: 3"),
        [
            r#"spec.scheme: Invalid value: "integer": spec.scheme in body must be of type string: "integer""#,
            r#"spec.scheme: Unsupported value: 3: supported values: "internal", "internet-facing""#,
        ]
    );
    assert_eq!(
        configuration("tags: {a.b: 1, c: [on]}"),
        [
            r#"spec.tags.a.b: Invalid value: "integer": spec.tags.a.b in body must be of type string: "integer""#,
            r#"spec.tags.c: Invalid value: "array": spec.tags.c in body must be of type string: "array""#,
        ]
    );
    assert_eq!(
        configuration("securityGroups: [null, {}]"),
        [
            r#"spec.securityGroups[0]: Invalid value: "null": spec.securityGroups[0] in body must be of type string: "null""#,
            r#"spec.securityGroups[1]: Invalid value: "object": spec.securityGroups[1] in body must be of type string: "object""#,
        ]
    );
}

#[test]
fn numbers() {
    let port = |port: &str| gateway(&format!("listeners: [{{name: a, protocol: HTTP, port: {port}}}]"));
    let at = "spec.listeners[0].port: Invalid value";
    assert_eq!(port("0"), [format!("{at}: 0: spec.listeners[0].port in body should be greater than or equal to 1")]);
    assert_eq!(
        port("70000"),
        [format!("{at}: 70000: spec.listeners[0].port in body should be less than or equal to 65535")]
    );
    assert_eq!(
        port("3000000000"),
        [
            r#"<nil>: Invalid value: "": Checked value must be of type integer with format int32 in spec.listeners[0].port"#.to_owned(),
            format!("{at}: 3000000000: spec.listeners[0].port in body should be less than or equal to 65535"),
        ]
    );
}

#[test]
fn lengths() {
    assert_eq!(
        configuration(&format!("loadBalancerName: {}", "x".repeat(33))),
        ["spec.loadBalancerName: Too long: may not be more than 32 bytes"]
    );
    assert_eq!(
        configuration("loadBalancerName: ''"),
        [r#"spec.loadBalancerName: Invalid value: "": spec.loadBalancerName in body should be at least 1 chars long"#]
    );
    assert_eq!(
        gateway("listeners: []"),
        ["spec.listeners: Invalid value: 0: spec.listeners in body should have at least 1 items"]
    );
    let labels: Vec<String> = (0..9).map(|index| format!("l{index}: x")).collect();
    assert_eq!(
        gateway(&format!(
            "infrastructure: {{labels: {{{}}}}}, listeners: [{{name: a, port: 80, protocol: HTTP}}]",
            labels.join(", ")
        )),
        ["spec.infrastructure.labels: Too many: 9: must have at most 8 items"]
    );
}

#[test]
fn patterns() {
    assert_eq!(
        listener("hostname: A_b"),
        [
            r#"spec.listeners[0].hostname: Invalid value: "A_b": spec.listeners[0].hostname in body should match '^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$'"#
        ]
    );
}

#[test]
fn missing_fields() {
    assert_eq!(
        gateway("listeners: [{name: a}]"),
        ["spec.listeners[0].port: Required value", "spec.listeners[0].protocol: Required value"]
    );
    assert_eq!(
        errors("{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {}}"),
        ["metadata.name: Required value: name or generateName is required", "spec: Required value"]
    );
}

#[test]
fn addresses_must_be_addresses() {
    assert_eq!(
        gateway("listeners: [{name: a, port: 80, protocol: HTTP}], addresses: [{value: x}, {value: '::1'}]"),
        [
            r#"<nil>: Invalid value: "": "spec.addresses[0]" must validate one and only one schema (oneOf). Found none valid"#,
            r#"<nil>: Invalid value: "": "spec.addresses[0].value" must validate at least one schema (anyOf)"#,
            r#"spec.addresses[0].value: Invalid value: "x": spec.addresses[0].value in body must be of type ipv4: "x""#,
        ]
    );
}

#[test]
fn dates() {
    let status = |date: &str| {
        errors(&format!(
            "{{apiVersion: gateway.networking.k8s.io/v1, kind: GatewayClass, metadata: {{name: c}}, spec: {{controllerName: a.b/c}}, \
             status: {{conditions: [{{type: A, status: 'True', reason: A, message: '', lastTransitionTime: '{date}'}}]}}}}"
        ))
    };
    for good in ["2024-01-01T00:00:00Z", "2024-02-29t23:59:59.123+01:00"] {
        assert_eq!(status(good), [""; 0], "{good}");
    }
    for bad in
        ["2024-01-01", "2023-02-29T00:00:00Z", "2024-01-01T24:00:00Z", "2024-01-01T00:00:00", "é024-01-01T00:00:00Z"]
    {
        let path = "status.conditions[0].lastTransitionTime";
        let expected = format!("{path}: Invalid value: \"{bad}\": {path} in body must be of type date-time: \"{bad}\"");
        assert_eq!(status(bad), [expected]);
    }
}

#[test]
fn repeated_list_keys() {
    assert_eq!(
        gateway("listeners: [{name: a, port: 80, protocol: HTTP}, {name: a, port: 81, protocol: HTTP}]"),
        [
            "spec.listeners: Invalid value: Listener name must be unique within the Gateway",
            r#"spec.listeners[1]: Duplicate value: {"name":"a"}"#,
        ]
    );
}

#[test]
fn names() {
    let name =
        |kind: &str, name: &str| errors(&format!("{{apiVersion: v1, kind: {kind}, metadata: {{name: '{name}'}}}}"));
    assert_eq!(name("Secret", "a.b"), [""; 0]);
    assert!(name("Service", "1a")[0].starts_with("metadata.name: Invalid value: \"1a\": a DNS-1035 label must"));
    assert!(
        name("Namespace", "a.b")[0].starts_with("metadata.name: Invalid value: \"a.b\": a lowercase RFC 1123 label")
    );
    assert!(
        name("Secret", "A\\b")[0]
            .starts_with("metadata.name: Invalid value: \"A\\\\b\": a lowercase RFC 1123 subdomain")
    );
}

#[test]
fn service_ports() {
    assert_eq!(
        errors(
            "{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {ports: [{port: 0}, {port: 1, protocol: X}]}}"
        ),
        [
            "spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive",
            "spec.ports[0].targetPort: Invalid value: 0: must be between 1 and 65535, inclusive",
            r#"spec.ports[1].protocol: Unsupported value: "X": supported values: "SCTP", "TCP", "UDP""#,
        ]
    );
}

fn service(spec: &str) -> Vec<String> {
    errors(&format!("{{apiVersion: v1, kind: Service, metadata: {{name: s}}, spec: {spec}}}"))
}

#[test]
fn services() {
    let required = "spec.ports: Required value";
    assert_eq!(service("{}"), [required]);
    assert_eq!(service("{ports: []}"), [required]);
    let none: [&str; 0] = [];
    assert_eq!(service("{clusterIP: None}"), none);
    assert_eq!(service("{type: ExternalName, externalName: a.example.com}"), none);
    assert_eq!(
        service("{ports: [{port: 80}, {port: 80, name: a}, {port: 81, name: a, nodePort: 30000}]}"),
        [
            r#"spec.ports[0].name: Required value"#,
            r#"spec.ports[1]: Duplicate value: {"protocol":"TCP","port":80}"#,
            r#"spec.ports[2].name: Duplicate value: "a""#,
            "spec.ports[2].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'",
        ]
    );
    assert_eq!(service("{type: NodePort, ports: [{port: 53, name: u, protocol: UDP}, {port: 53, name: t}]}"), none);
    let label = service("{ports: [{port: 80, name: A_b}]}");
    assert!(
        label[0].starts_with(r#"spec.ports[0].name: Invalid value: "A_b": a lowercase RFC 1123 label"#),
        "{label:?}"
    );
}
