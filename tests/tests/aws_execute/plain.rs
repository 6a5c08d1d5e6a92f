//! Nothing goes wrong: chains come, change and go, and cost few calls.

use std::collections::BTreeMap;

use super::case::{Bed, counts, example, guide, vector};

/// Calls that create the guide's chain, the look at the empty account included.
const CREATION: usize = 45;
/// Calls that find nothing to do, for each Gateway.
const LOOK: usize = 6;

#[test]
fn the_guides_chain_comes_within_its_budget_and_goes_without_a_trace() {
    let bed = Bed::new("guide");
    let before = bed.server.snapshot();
    let rounds = bed.make(&guide());
    assert!(rounds.iter().all(|line| line.starts_with("0 ")), "more than one round: {rounds:#?}");
    let left = bed.left();
    assert_eq!(counts(&left), BTreeMap::from([("LoadBalancers", 2), ("SecurityGroups", 6), ("TargetGroups", 3)]));

    // The program looks once more to see that nothing is left: that look is not part of the creation.
    let all = bed.proxy.calls().len();
    bed.proxy.reset();
    assert_eq!(bed.make(&guide()), Vec::<String>::new());
    let look = bed.proxy.calls().len();
    assert!(look <= 2 * LOOK, "{look} calls to find nothing to do: {:?}", bed.proxy.counts());
    let creation = all - look;
    assert!(creation <= CREATION, "{creation} calls to create the chain");

    bed.make("");
    assert_eq!(bed.server.snapshot(), before);
}

#[test]
fn load_balancers_are_waited_for_in_one_call_for_all() {
    let bed = Bed::new("wait");
    bed.server.set_provisioning(2.0);
    let rounds = bed.make(&guide());
    assert!(rounds.iter().all(|line| line.starts_with("0 ")), "more than one round: {rounds:#?}");
    bed.left();
    let calls = bed.proxy.calls();
    let looks = calls.iter().filter(|call| call.name.ends_with(":DescribeLoadBalancers"));
    let named = looks.map(|call| call.body.matches("LoadBalancerArns.member.").count());
    assert_eq!(named.max(), Some(2), "the two load balancers are not looked at together");
}

#[test]
fn every_kind_of_chain_and_gateway_comes_and_goes() {
    let mut bed = Bed::new("kinds");
    let mut all: Vec<(&str, String)> =
        ["cross-namespace", "static-ips", "privatelink"].map(|name| (name, example(name))).into();
    let vectors = ["l4/tcp-weighted", "lb/dualstack", "lb/dualstack-nlb", "lb/attributes", "rules/fixed-response"];
    all.extend(vectors.map(|name| (name, vector(name))));
    let web_acl = "arn:aws:wafv2:us-west-2:111122223333:regional/webacl/x/1";
    all.push(("lb/waf", vector("lb/waf").replace(web_acl, "<web acl>")));
    for (name, manifests) in all {
        bed.again();
        let before = bed.server.snapshot();
        let rounds = bed.make(&manifests);
        assert!(!rounds.is_empty(), "{name}: nothing planned");
        assert!(rounds.iter().all(|line| line.starts_with("0 ")), "{name}: more than one round: {rounds:#?}");
        bed.left();
        bed.make("");
        assert_eq!(bed.server.snapshot(), before, "{name}");
    }
}

/// Each text is changed into the next, and what comes of it is what comes of that text alone.
#[test]
fn an_account_follows_its_manifests() {
    let texts = [
        guide(),
        guide().replace("healthCheckProtocol: HTTPS", "healthCheckProtocol: HTTP"),
        guide().replace("scheme: internet-facing", "scheme: internet-facing\n  sourceRanges: [10.0.0.0/8]"),
        guide().replace("scheme: internet-facing", "scheme: internal"),
        guide().replace(
            "  rules:\n    - backendRefs:\n        - name: echoserver",
            "  rules:\n    - matches: [{path: {value: /a}}]\n      backendRefs:\n        - name: echoserver",
        ),
        guide().replace("port: 80, targetPort: 8080", "port: 80, targetPort: 9090"),
    ];
    let mut bed = Bed::new("updates");
    let alone = texts.each_ref().map(|text| {
        bed.again();
        bed.make(text);
        bed.left()
    });
    bed.again();
    for (text, alone) in texts.iter().zip(&alone).chain(texts.iter().zip(&alone).rev()) {
        bed.make(text);
        assert_eq!(bed.left(), *alone, "{text}");
    }
}
