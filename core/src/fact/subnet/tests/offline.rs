//! What can be said while answers are missing.
//! It does not test complete environments.

use super::*;

fn nobody_asked<'e>(texts: &[&str], env: &'e Environment) -> Answer<ChosenSubnets<'e>> {
    let entries = entries(texts);
    let request = SubnetRequest { entries: &entries, ..nlb() };
    choose_subnets(&request, env)
}

fn pending(answer: Answer<ChosenSubnets<'_>>) -> String {
    match answer {
        Answer::Pending(want) => want.to_string(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn ids_are_known_though_their_details_are_not() {
    let env = Environment::default();
    let Answer::Known(chosen) = nobody_asked(&["subnet-b", "subnet-a"], &env) else {
        panic!("ids are known");
    };
    let ids: Vec<&str> = chosen.mappings.iter().map(|m| m.subnet_id.as_str()).collect();
    assert_eq!(ids, ["subnet-b", "subnet-a"]);
    assert_eq!(chosen.subnets, None);
    let subnets = ids.into_iter().map(str::to_owned).collect();
    assert_eq!(chosen.cidrs(false), Err(Want::SubnetCidrs { subnets }));
}

#[test]
fn elastic_ips_need_no_details() {
    let entries = entries(&["subnet-a|eipalloc-1"]);
    let request = SubnetRequest { scheme: "internet-facing", entries: &entries, ..nlb() };
    let expected = r#"{"allocationID":"eipalloc-1","subnetID":"subnet-a"}"#;
    assert_eq!(mapped(&request, &Environment::default()), expected);
}

#[test]
fn addresses_need_details_but_their_form_does_not() {
    let want = "CIDR blocks of subnet-a";
    assert_eq!(pending(nobody_asked(&["subnet-a||10.0.0.1"], &Environment::default())), want);
    assert_eq!(pending(nobody_asked(&["subnet-a||||2600::/80"], &Environment::default())), want);
    let error = "private IPv4 addresses must be valid IP address: x".to_owned();
    assert_eq!(nobody_asked(&["subnet-a||x"], &Environment::default()), Answer::Failed(error));
}

#[test]
fn names_selectors_and_discovery_wait() {
    let named = pending(nobody_asked(&["subnet-a", "front"], &Environment::default()));
    assert_eq!(named, "resolved at deployment: subnets subnet-a, front");
    assert_eq!(pending(nobody_asked(&[], &Environment::default())), "discovered at deployment: internal, one per zone");
    let tags: BTreeMap<String, Vec<String>> = [("tier".to_owned(), vec!["edge".to_owned(), "dmz".to_owned()])].into();
    let request = SubnetRequest { selector: Some(&tags), ..alb() };
    let found = outcome(&request, &Environment::default());
    assert_eq!(found, "pending: discovered at deployment: tagged tier=edge|dmz, one per zone");
}

#[test]
fn an_id_given_twice_fails_without_asking() {
    let error = "failed to list subnets by names or IDs: \
                 couldn't find all subnets, want: [subnet-a subnet-a], found: [subnet-a]";
    let env = Environment::default();
    let twice = nobody_asked(&["subnet-a", "subnet-a"], &env);
    assert_eq!(twice, Answer::Failed(error.to_owned()));
}

#[test]
fn discovery_asks_for_the_existing_load_balancer() {
    let env = environment(json!({"subnets": ipv6_subnets()}));
    let want = "pending: existing load balancer of Gateway default/web";
    assert_eq!(outcome(&alb(), &env), want);
    let answered = environment(json!({"subnets": ipv6_subnets(), "existingLoadBalancers": []}));
    assert_eq!(outcome(&alb(), &answered), "subnet-v6a subnet-v6b");
}

#[test]
fn cluster_name_and_vpc_are_asked_for_only_where_they_matter() {
    let with = |extra: Value| {
        let mut subnets = ipv6_subnets();
        let first = subnets[0].as_object_mut().unwrap();
        first.extend(extra.as_object().unwrap().clone());
        let env = environment(json!({"subnets": subnets, "existingLoadBalancers": []}));
        outcome(&alb(), &env)
    };
    let tags = json!({"kubernetes.io/role/internal-elb": "1", "kubernetes.io/cluster/demo": "owned"});
    assert_eq!(with(json!({"tags": tags})), "pending: cluster name");
    assert_eq!(with(json!({"vpcID": "vpc-1"})), "pending: VPC of the cluster");
}

#[test]
fn known_subnets_tell_their_blocks_by_family() {
    let env = simulated(json!({"subnets": ipv6_subnets()}));
    let Answer::Known(chosen) = choose_subnets(&alb(), &env) else {
        panic!("everything is answered");
    };
    let blocks = |ipv6| chosen.cidrs(ipv6).expect("their details are known").join(" ");
    assert_eq!(blocks(false), "192.168.0.0/19 192.168.32.0/19");
    assert_eq!(blocks(true), "2600:1f14:aaaa:bb01::/64 2600:1f14:aaaa:bb02::/64");
}
