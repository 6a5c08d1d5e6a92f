//! Conditions one by one: what ELBv2's documentation says of each.
//!
//! Which rule wins is tested with whole listeners in tests/tests/trace.rs.

use super::{Open, Outcome, Verdict, condition, rule};
use crate::id::Text;
use crate::model::Value;
use crate::model::listener::{Condition, HttpHeaderConfig, ListenerRule, Patterns, QueryStringPair, Values};
use crate::model::tags::Tags;
use crate::trace::request::Request;

fn get(url: &str) -> Request {
    Request::parse(url).unwrap()
}

fn texts(values: &[&str]) -> Vec<Text> {
    values.iter().map(|value| Text::from(*value)).collect()
}

fn host(value: &str) -> Condition {
    Condition::HostHeader { config: Patterns::values(texts(&[value])) }
}

fn path(values: &[&str]) -> Condition {
    Condition::PathPattern { config: Patterns::values(texts(values)) }
}

fn regex(expression: &str) -> Condition {
    Condition::PathPattern { config: Patterns::regex(Text::from(expression)) }
}

fn header(name: &str, patterns: Patterns) -> Condition {
    Condition::HttpHeader { config: HttpHeaderConfig { http_header_name: Text::from(name), patterns } }
}

fn query(key: Option<&str>, value: &str) -> Condition {
    let pair = QueryStringPair { key: key.map(Text::from), value: Text::from(value) };
    Condition::QueryString { config: Values { values: vec![pair] } }
}

fn source(blocks: &[&str]) -> Condition {
    Condition::SourceIp { config: Values { values: texts(blocks) } }
}

fn holds(one: &Condition, request: &Request) -> bool {
    condition(one, request) == Verdict::Holds
}

#[test]
fn hosts_have_no_case_and_no_port() {
    assert!(holds(&host("Shop.example.com"), &get("http://SHOP.example.com:8080/")));
    assert!(holds(&host("*.example.com"), &get("http://a.b.example.com/")));
    assert!(!holds(&host("*.example.com"), &get("http://example.com/")));
    let named = get("https://10.1.2.3/").with_header("Host: shop.example.com").unwrap();
    assert!(holds(&host("shop.example.com"), &named));
}

#[test]
fn paths_have_case_and_no_query() {
    assert!(holds(&path(&["/cart", "/cart/*"]), &get("http://a/cart?x=/other")));
    assert!(holds(&path(&["/cart", "/cart/*"]), &get("http://a/cart/1")));
    assert!(!holds(&path(&["/cart", "/cart/*"]), &get("http://a/cartoon")));
    assert!(!holds(&path(&["/cart"]), &get("http://a/Cart")));
    assert!(!holds(&path(&["/a b"]), &get("http://a/a%20b")));
}

#[test]
fn regular_expressions_look_for_a_part() {
    assert!(holds(&regex("^/v[0-9]+/"), &get("http://a/v12/x")));
    assert!(holds(&regex("v[0-9]"), &get("http://a/x/v1")));
    assert!(!holds(&regex("^/V"), &get("http://a/v1")));
    assert_eq!(condition(&regex("(?=x)"), &get("http://a/x")), Verdict::Open(Open::Regex));
    assert_eq!(condition(&regex("("), &get("http://a/x")), Verdict::Open(Open::Regex));
}

#[test]
fn headers_compare_without_case_unless_by_regex() {
    let request = get("http://a/").with_header("X-Team: Blue").unwrap().with_header("x-team: red").unwrap();
    assert!(holds(&header("x-TEAM", Patterns::values(texts(&["blue"]))), &request));
    assert!(holds(&header("X-Team", Patterns::values(texts(&["green", "r?d"]))), &request));
    assert!(!holds(&header("X-Other", Patterns::values(texts(&["*"]))), &request));
    assert!(holds(&header("X-Team", Patterns::regex(Text::from("^Bl"))), &request));
    assert!(!holds(&header("X-Team", Patterns::regex(Text::from("^bl"))), &request));
}

#[test]
fn methods_are_exact() {
    let post = Condition::HttpRequestMethod { config: Values { values: texts(&["POST"]) } };
    assert!(holds(&post, &get("http://a/").with_method("POST").unwrap()));
    assert!(!holds(&post, &get("http://a/").with_method("post").unwrap()));
    assert!(!holds(&post, &get("http://a/")));
}

#[test]
fn query_parameters_compare_without_case() {
    let request = get("http://a/?Version=V1&flag&tag=a*b");
    assert!(holds(&query(Some("version"), "v1"), &request));
    assert!(holds(&query(Some("flag"), ""), &request));
    assert!(holds(&query(None, "v?"), &request));
    assert!(holds(&query(Some("tag"), r"a\*b"), &request));
    assert!(!holds(&query(Some("tag"), r"\*"), &request));
    assert!(!holds(&query(Some("missing"), "*"), &request));
    assert!(!holds(&query(Some("version"), "*"), &get("http://a/")));
}

#[test]
fn clients_lie_in_blocks_of_their_family() {
    let from = |address| get("http://a/").with_client(address).unwrap();
    assert!(holds(&source(&["10.0.0.0/8", "203.0.113.0/24"]), &from("203.0.113.9")));
    assert!(!holds(&source(&["10.0.0.0/8"]), &from("203.0.113.9")));
    assert!(holds(&source(&["2001:db8::/32"]), &from("2001:db8::1")));
    assert!(!holds(&source(&["0.0.0.0/0"]), &from("2001:db8::1")));
    assert_eq!(condition(&source(&["10.0.0.0/8"]), &get("http://a/")), Verdict::Open(Open::Client));
    assert_eq!(condition(&source(&["10/8"]), &from("10.0.0.1")), Verdict::Open(Open::Block));
}

#[test]
fn a_failing_condition_outweighs_an_open_one() {
    let of = |conditions| ListenerRule {
        listener_arn: Value::ListenerArn(80),
        priority: 1,
        actions: Vec::new(),
        conditions,
        transforms: Vec::new(),
        tags: Tags::default(),
    };
    let request = get("http://a/x");
    let open = || source(&["10.0.0.0/8"]);
    assert_eq!(rule(&of(vec![open(), path(&["/y"])]), &request), Outcome::Failed(1));
    assert_eq!(rule(&of(vec![path(&["/x"]), open()]), &request), Outcome::Undecided(1, Open::Client));
    assert_eq!(rule(&of(Vec::new()), &request), Outcome::Matched);
}
