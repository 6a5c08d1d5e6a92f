//! Routes that break the rules of their kinds.

use super::{Case, case, refused};

pub(super) fn parents() -> Vec<Case> {
    let with = |parents: &str, message: &str| {
        let spec = format!("spec: {{parentRefs: [{parents}], rules: [{{backendRefs: [{{name: s, port: 1}}]}}]}}");
        case("TCPRoute", spec, "spec.parentRefs", message)
    };
    let specified = "sectionName must be specified when parentRefs includes 2 or more references to the same parent";
    let unique = "sectionName must be unique when parentRefs includes 2 or more references to the same parent";
    vec![
        with("{name: a}, {name: b}, {name: a, sectionName: x}", specified),
        with("{name: a}, {name: a, namespace: b}, {name: a, sectionName: x}", specified),
        with("{name: a}, {name: b}, {name: a}", unique),
        with("{name: a, sectionName: x}, {name: a, namespace: b, sectionName: x}, {name: a, sectionName: x}", unique),
        case(
            "UDPRoute",
            "spec: {rules: [{backendRefs: [{name: s}]}]}",
            "spec.rules[0].backendRefs[0]",
            "Must have port for Service reference",
        ),
    ]
}

pub(super) fn hostnames() -> Vec<Case> {
    let with = |hostname: &str, message: &str| {
        let spec = format!("spec: {{hostnames: ['{hostname}'], rules: [{{backendRefs: [{{name: s, port: 1}}]}}]}}");
        case("TLSRoute", spec, "spec.hostnames", message)
    };
    vec![with("1.2.3.4", "Hostnames cannot contain an IP")]
}

pub(super) fn path_matches() -> Vec<Case> {
    let both = "['Exact', 'PathPrefix']";
    let with = |value: &str, message: &str| {
        let spec = format!("spec: {{rules: [{{matches: [{{path: {{value: '{value}'}}}}]}}]}}");
        case("HTTPRoute", spec, "spec.rules[0].matches[0].path", message)
    };
    let contains = |part: &str| format!("must not contain '{part}' when type one of {both}");
    let form = r"^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|[%][0-9a-fA-F]{2})+$";
    let invalid = format!("must only contain valid characters (matching {form}) for types {both}");
    vec![
        with("a", &format!("value must be an absolute path and start with '/' when type one of {both}")),
        with("/a//", &contains("//")),
        with("/./a", &contains("/./")),
        with("/../a", &contains("/../")),
        with("/%2f", &contains("%2f")),
        with("/%2F", &contains("%2F")),
        with("/..", &format!("must not end with '/..' when type one of {both}")),
        with("/.", &format!("must not end with '/.' when type one of {both}")),
        with("/a b", &invalid),
        with("/%g0", &invalid),
        with("/%2", &invalid),
    ]
}

#[test]
fn a_fragment_breaks_two_rules() {
    let found = refused("HTTPRoute", "spec: {rules: [{matches: [{path: {value: '/#'}}]}]}");
    assert_eq!(found.len(), 2);
    assert!(found[0].ends_with("must not contain '#' when type one of ['Exact', 'PathPrefix']"), "{found:?}");
}

pub(super) fn route_rules() -> Vec<Case> {
    let rule =
        |rule: &str, message: &str| case("HTTPRoute", format!("spec: {{rules: [{rule}]}}"), "spec.rules[0]", message);
    let replace = "path: {type: ReplacePrefixMatch, replacePrefixMatch: /}";
    let redirect = format!("filters: [{{type: RequestRedirect, requestRedirect: {{{replace}}}}}]");
    let rewrite = format!("filters: [{{type: URLRewrite, urlRewrite: {{{replace}}}}}]");
    let exact = "matches: [{path: {type: Exact, value: /}}]";
    let one = "with path.replacePrefixMatch, exactly one PathPrefix match must be specified";
    let many = format!("{{matches: [{}]}}", vec!["{}"; 64].join(", "));
    let few = "While 16 rules and 64 matches per rule are allowed, the total number of matches across all rules in a route must be less than 128";
    vec![
        case("HTTPRoute", format!("spec: {{rules: [{many}, {many}, {{}}]}}"), "spec.rules", few),
        rule(
            "{backendRefs: [{name: s, port: 1}], filters: [{type: RequestRedirect, requestRedirect: {}}]}",
            "RequestRedirect filter must not be used together with backendRefs",
        ),
        rule(&format!("{{{redirect}, {exact}}}"), &format!("When using RequestRedirect filter {one}")),
        rule(&format!("{{{rewrite}, matches: [{{}}, {{}}]}}"), &format!("When using URLRewrite filter {one}")),
        rule(
            &format!("{{{exact}, backendRefs: [{{name: s, port: 1, {redirect}}}]}}"),
            &format!("Within backendRefs, when using RequestRedirect filter {one}"),
        ),
        rule(
            &format!("{{{exact}, backendRefs: [{{name: s, port: 1, {rewrite}}}]}}"),
            &format!("Within backendRefs, When using URLRewrite filter {one}"),
        ),
        case(
            "HTTPRoute",
            "spec: {rules: [{timeouts: {request: 1m500ms, backendRequest: 1h}}]}",
            "spec.rules[0].timeouts",
            "backendRequest timeout cannot be longer than request timeout",
        ),
    ]
}

pub(super) fn grpc_rules() -> Vec<Case> {
    let method = |method: &str, message: &str| {
        let spec = format!("spec: {{rules: [{{matches: [{{method: {{{method}}}}}]}}]}}");
        case("GRPCRoute", spec, "spec.rules[0].matches[0].method", message)
    };
    vec![
        method("type: Exact", "One or both of 'service' or 'method' must be specified"),
        method(
            "service: a..b",
            r"service must only contain valid characters (matching ^(?i)\.?[a-z_][a-z_0-9]*(\.[a-z_][a-z_0-9]*)*$)",
        ),
        method("method: 1a", "method must only contain valid characters (matching ^[A-Za-z_][A-Za-z_0-9]*$)"),
    ]
}

#[test]
fn what_the_rules_allow() {
    let fine = [
        ("HTTPRoute", "spec: {rules: [{timeouts: {request: 0s, backendRequest: 1h}}]}"),
        ("HTTPRoute", "spec: {rules: [{matches: [{path: {type: RegularExpression, value: 'a//#'}}]}]}"),
        (
            "HTTPRoute",
            "spec: {rules: [{matches: [{path: {value: '/a%20b'}}], backendRefs: [{group: g, kind: K, name: x}]}]}",
        ),
        ("GRPCRoute", "spec: {rules: [{matches: [{method: {service: .Foo.Bar_1, method: _x}}]}]}"),
        ("GRPCRoute", "spec: {rules: [{matches: [{method: {type: RegularExpression, method: '1.*'}}]}]}"),
        ("TLSRoute", "spec: {hostnames: ['*.a.b'], rules: [{backendRefs: [{name: s, port: 1}]}]}"),
        ("Gateway", "spec: {gatewayClassName: c, listeners: [{name: a, port: 443, protocol: HTTPS}]}"),
    ];
    for (kind, spec) in fine {
        assert_eq!(refused(kind, spec), [""; 0], "{kind} {spec}");
    }
}
