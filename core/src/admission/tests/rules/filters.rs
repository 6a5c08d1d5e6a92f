//! Routes whose filters break the rules of their kinds.

use super::{Case, case};

fn filter(kind: &'static str, filter: &str, below: &str, message: &str) -> Case {
    case(kind, format!("spec: {{rules: [{{filters: [{filter}]}}]}}"), &format!("spec.rules[0].filters{below}"), message)
}

pub(super) fn filter_unions() -> Vec<Case> {
    let modifier = "{add: [{name: a, value: b}]}";
    let fields = [
        ("cors", "CORS", "{}"),
        ("requestHeaderModifier", "RequestHeaderModifier", modifier),
        ("responseHeaderModifier", "ResponseHeaderModifier", modifier),
        ("requestMirror", "RequestMirror", "{backendRef: {name: s, port: 1}}"),
        ("requestRedirect", "RequestRedirect", "{}"),
        ("urlRewrite", "URLRewrite", "{}"),
        ("extensionRef", "ExtensionRef", "{group: g, kind: K, name: x}"),
    ];
    let cases = |(field, kind, value): (&str, &str, &str)| {
        let other = match field {
            "cors" => format!("type: URLRewrite, urlRewrite: {{}}, {field}: {value}"),
            _ => format!("type: CORS, cors: {{}}, {field}: {value}"),
        };
        let excess = format!("filter.{field} must be nil if the filter.type is not {kind}");
        let missing = format!("filter.{field} must be specified for {kind} filter.type");
        let one = filter("HTTPRoute", &format!("{{{other}}}"), "[0]", &excess);
        [one, filter("HTTPRoute", &format!("{{type: {kind}}}"), "[0]", &missing)]
    };
    fields.into_iter().flat_map(cases).collect()
}

pub(super) fn filters() -> Vec<Case> {
    let repeated = |kind: &str, field: &str, value: &str| {
        let one = format!("{{type: {kind}, {field}: {value}}}");
        filter("HTTPRoute", &format!("{one}, {one}"), "", &format!("{kind} filter cannot be repeated"))
    };
    let modifier = "{add: [{name: a, value: b}]}";
    let cors = |field: &str, values: &str, message: &str| {
        filter(
            "HTTPRoute",
            &format!("{{type: CORS, cors: {{{field}: {values}}}}}"),
            &format!("[0].cors.{field}"),
            message,
        )
    };
    let mirror = |more: &str, below: &str, message: &str| {
        let one = format!("{{type: RequestMirror, requestMirror: {{backendRef: {{name: s, port: 1}}, {more}}}}}");
        filter("GRPCRoute", &one, &format!("[0].requestMirror{below}"), message)
    };
    vec![
        repeated("CORS", "cors", "{}"),
        repeated("RequestHeaderModifier", "requestHeaderModifier", modifier),
        repeated("ResponseHeaderModifier", "responseHeaderModifier", modifier),
        repeated("RequestRedirect", "requestRedirect", "{}"),
        repeated("URLRewrite", "urlRewrite", "{}"),
        filter(
            "HTTPRoute",
            "{type: RequestRedirect, requestRedirect: {}}, {type: URLRewrite, urlRewrite: {}}",
            "",
            "May specify either httpRouteFilterRequestRedirect or httpRouteFilterRequestRewrite, but not both",
        ),
        cors("allowHeaders", "['*', a]", "AllowHeaders cannot contain '*' alongside other methods"),
        cors("allowMethods", "['*', GET]", "AllowMethods cannot contain '*' alongside other methods"),
        cors("allowOrigins", "['*', 'http://a']", "AllowOrigins cannot contain '*' alongside other origins"),
        mirror(
            "percent: 1, fraction: {numerator: 1}",
            "",
            "Only one of percent or fraction may be specified in HTTPRequestMirrorFilter",
        ),
        mirror("fraction: {numerator: 101}", ".fraction", "numerator must be less than or equal to denominator"),
    ]
}

pub(super) fn replaced_paths() -> Vec<Case> {
    let rewrite = |path: &str, message: &str| {
        let one = format!("{{type: URLRewrite, urlRewrite: {{path: {{{path}}}}}}}");
        filter("HTTPRoute", &one, "[0].urlRewrite.path", message)
    };
    let both = "replaceFullPath: /a, replacePrefixMatch: /b";
    vec![
        rewrite("type: ReplaceFullPath", "replaceFullPath must be specified when type is set to 'ReplaceFullPath'"),
        rewrite(
            &format!("type: ReplacePrefixMatch, {both}"),
            "type must be 'ReplaceFullPath' when replaceFullPath is set",
        ),
        rewrite(
            "type: ReplacePrefixMatch",
            "replacePrefixMatch must be specified when type is set to 'ReplacePrefixMatch'",
        ),
        rewrite(
            &format!("type: ReplaceFullPath, {both}"),
            "type must be 'ReplacePrefixMatch' when replacePrefixMatch is set",
        ),
    ]
}
