//! Certificate discovery against the certificates of the vectors listeners/cert-discovery-*.
//! It does not test listeners.

use serde_json::json;

use super::*;

const PREFIX: &str = "arn:aws:acm:us-west-2:111122223333:certificate/";
const AUTHORITY: &str = "arn:aws:acm-pca:us-west-2:111122223333:certificate-authority/1";

fn environment(allowed: &[&str]) -> Environment {
    serde_json::from_value(json!({
        "certificates": [
            {"arn": format!("{PREFIX}wild"), "domains": ["*.example.com"]},
            {"arn": format!("{PREFIX}shop"), "domains": ["shop.example.com", "www.example.com"]},
            {"arn": format!("{PREFIX}private"), "domains": ["api.example.org"],
             "type": "PRIVATE", "caARN": AUTHORITY},
            {"arn": format!("{PREFIX}imported"), "domains": ["api.example.org"], "type": "IMPORTED"}
        ],
        "flags": {"allowedCertificateAuthorityARNs": allowed}
    }))
    .unwrap()
}

fn hosts(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn found(names: &[&str], allowed: &[&str]) -> Answer<Vec<String>> {
    discover_certificates(&hosts(names), &environment(allowed)).map(|arns| {
        let short = arns.iter().map(|arn| arn.trim_start_matches(PREFIX));
        short.map(str::to_owned).collect()
    })
}

fn known(names: &[&str]) -> Answer<Vec<String>> {
    Answer::Known(names.iter().map(|name| (*name).to_owned()).collect())
}

#[test]
fn exact_and_wildcard_certificates_are_all_used_in_lexicographic_order() {
    assert_eq!(found(&["shop.example.com"], &[]), known(&["shop", "wild"]));
    let both = ["www.example.com", "api.example.org"];
    assert_eq!(found(&both, &[]), known(&["imported", "private", "shop", "wild"]));
}

#[test]
fn a_wildcard_replaces_exactly_one_label() {
    let error = |host: &str| Answer::Failed(format!("no certificate found for host: {host}"));
    assert_eq!(found(&["a.b.example.com"], &[]), error("a.b.example.com"));
    assert_eq!(found(&["example.com"], &[]), error("example.com"));
    assert_eq!(found(&["*.example.com"], &[]), known(&["wild"]));
}

#[test]
fn allowed_authorities_exclude_all_other_certificates() {
    assert_eq!(found(&["api.example.org"], &[AUTHORITY]), known(&["private"]));
    let error = "no certificate found for host: shop.example.com".to_owned();
    assert_eq!(found(&["shop.example.com"], &[AUTHORITY]), Answer::Failed(error));
}

#[test]
fn the_first_host_without_certificate_is_the_error() {
    let error = "no certificate found for host: a.example.net".to_owned();
    let names = ["shop.example.com", "b.example.net", "a.example.net"];
    assert_eq!(found(&names, &[]), Answer::Failed(error));
}

#[test]
fn unlisted_certificates_leave_the_question_open() {
    let answer = discover_certificates(&hosts(&["shop.example.com"]), &Environment::default());
    let Answer::Pending(want) = answer else {
        panic!("{answer:?}");
    };
    assert_eq!(want.to_string(), "certificate for shop.example.com");
}
