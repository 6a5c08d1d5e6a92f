//! Gateways and ListenerSets that break the rules of their kinds.

use super::{Case, case, refused};

const UNIQUE_LISTENERS: &str = "Combination of port, protocol and hostname must be unique for each listener";

pub(super) fn listeners() -> Vec<Case> {
    let with = |listeners: &str, path: &str, message: &str| {
        case("Gateway", format!("spec: {{gatewayClassName: c, listeners: [{listeners}]}}"), path, message)
    };
    let all = "spec.listeners";
    let tls = "spec.listeners[0].tls";
    let certificates = "certificateRefs or options must be specified when mode is Terminate";
    let missing = |key: &str| format!("no such key: {key} evaluating rule: {certificates}");
    vec![
        with(
            "{name: a, port: 80, protocol: TCP, tls: {options: {a: b}}}",
            all,
            "tls must not be specified for protocols ['HTTP', 'TCP', 'UDP']",
        ),
        with(
            "{name: a, port: 80, protocol: HTTPS, tls: {mode: Passthrough}}",
            all,
            "tls mode must be Terminate for protocol HTTPS",
        ),
        with("{name: a, port: 80, protocol: TLS}", all, "tls mode must be set for protocol TLS"),
        with(
            "{name: a, port: 80, protocol: UDP, hostname: a.b}",
            all,
            "hostname must not be specified for protocols ['TCP', 'UDP']",
        ),
        with("{name: a, port: 80, protocol: HTTP}, {name: b, port: 80, protocol: HTTP}", all, UNIQUE_LISTENERS),
        with(
            "{name: a, port: 80, protocol: HTTP, hostname: a.b}, {name: b, port: 80, protocol: HTTP, hostname: a.b}",
            all,
            UNIQUE_LISTENERS,
        ),
        with("{name: a, port: 80, protocol: HTTPS, tls: {}}", tls, &missing("certificateRefs")),
        with("{name: a, port: 80, protocol: HTTPS, tls: {options: {}}}", tls, &missing("certificateRefs")),
        with("{name: a, port: 80, protocol: HTTPS, tls: {certificateRefs: []}}", tls, &missing("options")),
        with("{name: a, port: 80, protocol: HTTPS, tls: {certificateRefs: [], options: {}}}", tls, certificates),
        case(
            "ListenerSet",
            "spec: {parentRef: {name: g}, listeners: [{name: a, port: 80, protocol: HTTP}, {name: b, port: 80, protocol: HTTP}]}",
            all,
            UNIQUE_LISTENERS,
        ),
    ]
}

/// The API server's check of list keys finds these too.
#[test]
fn equal_names_and_ports_are_found_twice() {
    let twice = "[{name: a, port: 1, protocol: HTTP}, {name: a, port: 2, protocol: HTTP}]";
    let names = refused("Gateway", &format!("spec: {{gatewayClassName: c, listeners: {twice}}}"));
    assert_eq!(names[0], "spec.listeners: Invalid value: Listener name must be unique within the Gateway");
    assert_eq!(names[1..], [r#"spec.listeners[1]: Duplicate value: {"name":"a"}"#]);
    let tls = "{validation: {caCertificateRefs: [{group: '', kind: ConfigMap, name: c}]}}";
    let ports = refused(
        "Gateway",
        &format!(
            "spec: {{gatewayClassName: c, listeners: [{{name: a, port: 1, protocol: HTTP}}], tls: {{frontend: {{default: {tls}, \
             perPort: [{{port: 1, tls: {tls}}}, {{port: 1, tls: {tls}}}]}}}}}}"
        ),
    );
    let path = "spec.tls.frontend.perPort";
    assert_eq!(
        ports,
        [
            format!("{path}: Invalid value: Port for TLS configuration must be unique within the Gateway"),
            format!("{path}[1]: Duplicate value: {{\"port\":1}}")
        ]
    );
}

pub(super) fn addresses() -> Vec<Case> {
    let with = |addresses: &str, path: &str, message: &str| {
        let listeners = "listeners: [{name: a, port: 80, protocol: HTTP}]";
        case("Gateway", format!("spec: {{gatewayClassName: c, {listeners}, addresses: [{addresses}]}}"), path, message)
    };
    let form = r"^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$)";
    let status = "status: {addresses: [{type: Hostname, value: a_b}]}";
    vec![
        with("{value: 1.2.3.4}, {value: 1.2.3.4}", "spec.addresses", "IPAddress values must be unique"),
        with(
            "{type: Hostname, value: a}, {type: Hostname, value: a}",
            "spec.addresses",
            "Hostname values must be unique",
        ),
        with(
            "{type: Hostname, value: a_b}",
            "spec.addresses[0]",
            &format!("Hostname value must be empty or contain only valid characters (matching {form}"),
        ),
        case(
            "Gateway",
            format!("spec: {{gatewayClassName: c, listeners: [{{name: a, port: 80, protocol: HTTP}}]}}, {status}"),
            "status.addresses[0]",
            &format!("Hostname value must only contain valid characters (matching {form}"),
        ),
    ]
}

pub(super) fn infrastructure() -> Vec<Case> {
    let with = |fields: &str, key: &str, message: &str| {
        let listeners = "listeners: [{name: a, port: 80, protocol: HTTP}]";
        let spec = format!("spec: {{gatewayClassName: c, {listeners}, infrastructure: {{{fields}: {{{key}: v}}}}}}");
        case("Gateway", spec, &format!("spec.infrastructure.{fields}"), message)
    };
    let long = format!("{}/a", ["a".repeat(62), "a".repeat(62), "a".repeat(62), "a".repeat(64)].join("."));
    let form = "keys must be in the form of an optional DNS subdomain prefix followed by a required name segment of up to 63 characters.";
    let limit = "key's prefix must be a DNS subdomain not longer than 253 characters in total.";
    vec![
        with("annotations", "a_/b", &format!("Annotation {form}")),
        with("labels", "-b", &format!("Label {form}")),
        with("labels", &"b".repeat(64), &format!("Label {form}")),
        with("annotations", &long, &format!("If specified, the annotation {limit}")),
        with("labels", &long, &format!("If specified, the label {limit}")),
    ]
}
