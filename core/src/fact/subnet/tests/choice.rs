//! Which way of choosing applies, and discovery itself.
//! It does not test addresses.

use super::*;

const INTERNAL: &str = "kubernetes.io/role/internal-elb";
const NONE: &str = "unable to resolve at least one subnet. Evaluated";

fn tags(pairs: &[(&str, &[&str])]) -> BTreeMap<String, Vec<String>> {
    let owned = |values: &[&str]| values.iter().map(|v| (*v).to_owned()).collect();
    pairs.iter().map(|(key, values)| ((*key).to_owned(), owned(values))).collect()
}

/// Internal subnets `(id, zone, cluster tag, free addresses)`.
fn internal(rows: &[(&str, &str, &str, u32)]) -> Environment {
    let rows = rows.iter().map(|(id, az, cluster, free)| {
        let mut tags = json!({INTERNAL: ""});
        if !cluster.is_empty() {
            tags[format!("kubernetes.io/cluster/{cluster}")] = json!("shared");
        }
        json!({"id": id, "az": az, "tags": tags, "availableIPs": free})
    });
    simulated(json!({"subnets": rows.collect::<Vec<_>>()}))
}

#[test]
fn identifiers_win_over_the_selector() {
    let entries = entries(&["demo-private-a", "demo-private-b"]);
    let selector = tags(&[("Name", &["demo-public-a"])]);
    let request = SubnetRequest { entries: &entries, selector: Some(&selector), ..alb() };
    let expected = "subnet-0privatea00000000 subnet-0privateb00000000";
    assert_eq!(outcome(&request, &simulated(json!({}))), expected);
}

fn selected(selector: &BTreeMap<String, Vec<String>>) -> String {
    let request = SubnetRequest { selector: Some(selector), ..alb() };
    outcome(&request, &simulated(json!({})))
}

#[test]
fn a_selector_needs_every_key_and_any_of_its_values() {
    let names: &[&str] = &["demo-public-a", "demo-public-c", "demo-private-b"];
    let found = selected(&tags(&[("Name", names)]));
    assert_eq!(found, "subnet-0privateb00000000 subnet-0publica000000000 subnet-0publicc000000000");
    let found = selected(&tags(&[("Name", names), ("kubernetes.io/role/elb", &["1"])]));
    assert_eq!(found, "subnet-0publica000000000 subnet-0publicc000000000");
    let none =
        format!("{NONE} 0 subnets: 0 are tagged for other clusters, and 0 have insufficient available IP addresses");
    assert_eq!(selected(&tags(&[("Name", &[])])), none);
    let discovered = "subnet-0privatea00000000 subnet-0privateb00000000 subnet-0privatec00000000";
    assert_eq!(selected(&tags(&[])), discovered);
}

fn existing(scheme: &str, class: &str) -> Environment {
    simulated(json!({"existingLoadBalancers": [{
        "gateway": "default/web", "class": class, "scheme": scheme,
        "subnets": ["subnet-0privatec00000000", "subnet-0privatea00000000"]
    }]}))
}

#[test]
fn an_existing_load_balancer_of_the_scheme_keeps_its_subnets() {
    let kept = "subnet-0privatec00000000 subnet-0privatea00000000";
    let discovered = "subnet-0privatea00000000 subnet-0privateb00000000 subnet-0privatec00000000";
    assert_eq!(outcome(&alb(), &existing("internal", "alb")), kept);
    assert_eq!(outcome(&alb(), &existing("internet-facing", "alb")), discovered);
    assert_eq!(outcome(&alb(), &existing("internal", "nlb")), discovered);
    let other = SubnetRequest { gateway: "default/other", ..alb() };
    assert_eq!(outcome(&other, &existing("internal", "alb")), discovered);
}

#[test]
fn without_role_tags_reachability_decides() {
    let row = |id: &str, az: &str, public: bool| json!({"id": id, "az": az, "public": public});
    let rows = [row("subnet-p1", "a", true), row("subnet-p2", "b", true), row("subnet-x1", "a", false)];
    let env = simulated(json!({"subnets": rows}));
    let facing = SubnetRequest { scheme: "internet-facing", ..nlb() };
    assert_eq!(outcome(&facing, &env), "subnet-p1 subnet-p2");
    assert_eq!(outcome(&nlb(), &env), "subnet-x1");
    let mut gated = env;
    gated.feature_gates.insert("SubnetDiscoveryByReachability".to_owned(), false);
    assert!(outcome(&facing, &gated).starts_with(&format!("{NONE} 0 subnets")));
}

#[test]
fn role_tags_count_with_value_1_or_none_only() {
    let row = |id: &str, az: &str, value: &str| json!({"id": id, "az": az, "tags": {INTERNAL: value}});
    let rows = [row("subnet-1", "a", "1"), row("subnet-2", "b", ""), row("subnet-3", "c", "0")];
    assert_eq!(outcome(&alb(), &simulated(json!({"subnets": rows}))), "subnet-1 subnet-2");
}

#[test]
fn the_cluster_tag_then_the_id_decides_in_a_zone_and_the_result_is_by_id() {
    let env = internal(&[
        ("subnet-4", "a", "", 99),
        ("subnet-5", "a", "demo", 99),
        ("subnet-3", "b", "", 99),
        ("subnet-2", "b", "", 99),
        ("subnet-1", "b", "other", 99),
    ]);
    assert_eq!(outcome(&alb(), &env), "subnet-2 subnet-5");
}

#[test]
fn the_cluster_tag_check_can_be_switched_off() {
    let mut env = internal(&[("subnet-1", "a", "other", 99), ("subnet-2", "b", "", 99)]);
    let few = "subnets count less than minimal required count: 1 < 2";
    assert_eq!(outcome(&alb(), &env), few);
    env.feature_gates.insert("SubnetsClusterTagCheck".to_owned(), false);
    assert_eq!(outcome(&alb(), &env), "subnet-1 subnet-2");
}

#[test]
fn refused_subnets_are_counted_by_reason() {
    let rows = [("subnet-1", "a", "other", 3), ("subnet-2", "b", "", 7), ("subnet-3", "c", "demo", 7)];
    let env = internal(&rows);
    let error =
        format!("{NONE} 3 subnets: 1 are tagged for other clusters, and 2 have insufficient available IP addresses");
    assert_eq!(outcome(&alb(), &env), error);
    let enough = internal(&[("subnet-1", "a", "", 8), ("subnet-2", "b", "", 8)]);
    assert_eq!(outcome(&alb(), &enough), "subnet-1 subnet-2");
}

#[test]
fn dualstack_refuses_subnets_without_ipv6() {
    let request = SubnetRequest { ip_address_type: "dualstack", ..alb() };
    let error = format!(
        "{NONE} 3 subnets: 0 are tagged for other clusters, 0 have insufficient available IP addresses, \
         and 3 don't have an associated IPv6 CIDR block, which is required for dualstack load balancers"
    );
    assert_eq!(outcome(&request, &simulated(json!({}))), error);
    let env = simulated(json!({"subnets": ipv6_subnets()}));
    assert_eq!(outcome(&request, &env), "subnet-v6a subnet-v6b");
}

#[test]
fn no_subnets_at_all() {
    let error =
        format!("{NONE} 0 subnets: 0 are tagged for other clusters, and 0 have insufficient available IP addresses");
    assert_eq!(outcome(&alb(), &simulated(json!({"subnets": []}))), error);
}
