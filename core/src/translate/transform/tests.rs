//! What the rewrites do to requests, by the regular expressions themselves.

use regex_lite::Regex;

use super::*;

fn rewritten(prefix: &str, replacement: &str, request: &str) -> String {
    let Some(Rewrites { rewrites: [Rewrite { regex, replace }] }) = segments(prefix, replacement) else {
        return request.to_owned();
    };
    let replace = replace.replace("$1", "${1}").replace("$2", "${2}").replace("$3", "${3}");
    Regex::new(&regex).expect("a rewrite is a regular expression").replace(request, &*replace).into_owned()
}

/// The table of `replacePrefixMatch` in the Gateway API.
#[test]
fn prefixes_are_replaced_as_the_gateway_api_says() {
    let table = [
        ("/foo/bar", "/foo", "/xyz", "/xyz/bar"),
        ("/foo/bar", "/foo", "/xyz/", "/xyz/bar"),
        ("/foo/bar", "/foo/", "/xyz", "/xyz/bar"),
        ("/foo/bar", "/foo/", "/xyz/", "/xyz/bar"),
        ("/foo", "/foo", "/xyz", "/xyz"),
        ("/foo/", "/foo", "/xyz", "/xyz/"),
        ("/foo/bar", "/foo", "", "/bar"),
        ("/foo/", "/foo", "", "/"),
        ("/foo", "/foo", "", "/"),
        ("/foo/", "/foo", "/", "/"),
        ("/foo", "/foo", "/", "/"),
        ("/bar", "/", "/cat", "/cat/bar"),
        ("/", "/", "/cat", "/cat/"),
        ("/bar", "/", "/", "/bar"),
    ];
    for (request, prefix, replacement, expected) in table {
        assert_eq!(rewritten(prefix, replacement, request), expected, "{request}: {prefix} becomes {replacement}");
    }
}

#[test]
fn queries_stay_and_other_segments_are_left_alone() {
    let table = [
        ("/foo?next=/foo/x", "/foo", "/xyz", "/xyz?next=/foo/x"),
        ("/foo/bar?a=b", "/foo", "/xyz", "/xyz/bar?a=b"),
        ("/foo?a=b", "/foo", "/", "/?a=b"),
        ("/foo/bar?a=/b", "/foo", "/", "/bar?a=/b"),
        ("/?a=b", "/", "/cat", "/cat/?a=b"),
        ("/foobar", "/foo", "/xyz", "/foobar"),
        ("/foobar", "/foo", "/", "/foobar"),
        ("/axb", "/a.b", "/xyz", "/axb"),
        ("/a.b/c", "/a.b", "/xyz", "/xyz/c"),
    ];
    for (request, prefix, replacement, expected) in table {
        assert_eq!(rewritten(prefix, replacement, request), expected, "{request}: {prefix} becomes {replacement}");
    }
}
