//! Subnets by id and name, and what a named set must fulfil.
//! It does not test discovery.

use super::*;

fn named(texts: &[&str], env: &Environment) -> String {
    let entries = entries(texts);
    let request = SubnetRequest { entries: &entries, ..alb() };
    outcome(&request, env)
}

fn list_error(inner: &str) -> String {
    format!("failed to list subnets by names or IDs: {inner}")
}

/// Subnets `(id, zone, name)` with a free choice of other fields.
fn subnets(rows: &[(&str, &str, &str)]) -> Environment {
    let rows = rows.iter().map(|(id, az, name)| json!({"id": id, "az": az, "tags": {"Name": name}}));
    simulated(json!({"subnets": rows.collect::<Vec<_>>()}))
}

#[test]
fn the_order_is_that_of_the_configuration() {
    let env = simulated(json!({}));
    let found = named(&["demo-private-b", "subnet-0publica000000000"], &env);
    assert_eq!(found, "subnet-0privateb00000000 subnet-0publica000000000");
}

#[test]
fn a_name_given_twice_takes_two_subnets_by_id() {
    let env = subnets(&[("subnet-2", "b", "x"), ("subnet-1", "a", "x"), ("subnet-3", "c", "y")]);
    assert_eq!(named(&["x", "y", "x"], &env), "subnet-1 subnet-3 subnet-2");
    let error = "subnet with Name tag \"y\" requested 2 times but only 1 subnet(s) found with that name";
    assert_eq!(named(&["y", "x", "y"], &env), list_error(error));
}

#[test]
fn unknown_ids_come_before_unknown_names() {
    let env = simulated(json!({}));
    let id = "api error InvalidSubnetID.NotFound: The subnet ID 'subnet-nope' does not exist";
    assert_eq!(named(&["ghost", "subnet-nope"], &env), list_error(id));
    let names = "couldn't find all subnets, missing names: [ghost phantom]";
    assert_eq!(named(&["ghost", "demo-private-a", "phantom"], &env), list_error(names));
    let twice = "subnet-0privatea00000000";
    let count = format!("couldn't find all subnets, want: [{twice} {twice}], found: [{twice}]");
    assert_eq!(named(&[twice, twice], &env), list_error(&count));
}

#[test]
fn names_are_looked_up_in_the_vpc_only() {
    let subnet = json!({"id": "subnet-1", "az": "a", "vpcID": "vpc-other", "tags": {"Name": "x"}});
    let env = simulated(json!({"subnets": [subnet]}));
    assert_eq!(named(&["x"], &env), list_error("couldn't find all subnets, missing names: [x]"));
}

#[test]
fn one_subnet_per_zone() {
    let texts = ["subnet-0privatea00000000", "subnet-0publica000000000"];
    let error = "multiple subnets in same Availability Zone us-west-2a: \
                 [subnet-0privatea00000000 subnet-0publica000000000]";
    assert_eq!(named(&texts, &simulated(json!({}))), error);
}

fn placed(one: Value, two: Value) -> Environment {
    let mut rows = [json!({"id": "subnet-1", "az": "a"}), json!({"id": "subnet-2", "az": "b"})];
    for (row, extra) in rows.iter_mut().zip([one, two]) {
        let extra = extra.as_object().unwrap().clone();
        row.as_object_mut().unwrap().extend(extra);
    }
    simulated(json!({"subnets": rows}))
}

#[test]
fn one_locale_for_all() {
    let both = ["subnet-1", "subnet-2"];
    let env = placed(json!({"outpostARN": "arn:o"}), json!({"zoneType": "availability-zone"}));
    let error = "subnets in multiple locales: [availability-zone outpost]";
    assert_eq!(named(&both, &env), error);
    let odd = placed(json!({"zoneType": "moon"}), json!({}));
    assert_eq!(named(&both, &odd), "unknown zone type for subnet subnet-1: moon");
}

#[test]
fn an_alb_needs_two_zones_unless_it_lies_elsewhere_or_the_gate_is_on() {
    let one = ["subnet-1"];
    let zonal = placed(json!({}), json!({}));
    let error = "subnets count less than minimal required count: 1 < 2";
    assert_eq!(named(&one, &zonal), error);
    let local = placed(json!({"zoneType": "local-zone"}), json!({}));
    assert_eq!(named(&one, &local), "subnet-1");
    let mut gated = zonal.clone();
    gated.feature_gates.insert("ALBSingleSubnet".to_owned(), true);
    assert_eq!(named(&one, &gated), "subnet-1");
    let entries = entries(&one);
    let network = SubnetRequest { entries: &entries, ..nlb() };
    assert_eq!(outcome(&network, &zonal), "subnet-1");
}

#[test]
fn dualstack_needs_ipv6_blocks_on_each() {
    let entries = entries(&["subnet-1", "subnet-2"]);
    let request = SubnetRequest { ip_address_type: "dualstack-without-public-ipv4", entries: &entries, ..alb() };
    let env = placed(json!({"ipv6Cidrs": ["2600::/64"]}), json!({}));
    let error = "subnets [subnet-2] do not have an associated IPv6 CIDR block, \
                 which is required for dualstack-without-public-ipv4 load balancers";
    assert_eq!(outcome(&request, &env), error);
}
