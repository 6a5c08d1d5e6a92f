//! The simulated identity and deployment against values of the vectors' expected.json.
//! It does not test what the simulated subnets lead to.

use serde_json::{Value, json};

use super::*;
use LoadBalancerType::{Application, Network};

const WEB: &str = "k8s-default-web-ea98913246";

fn environment(value: Value) -> Environment {
    serde_json::from_value(value).unwrap()
}

#[test]
fn an_internal_alb_is_named_as_in_basic_alb_minimal() {
    let env = Environment::default().simulated();
    let alb = simulated_load_balancer(&env, "default/web", WEB, Application, "internal");
    let arn = "arn:aws:elasticloadbalancing:us-west-2:111122223333:loadbalancer/app/\
               k8s-default-web-ea98913246/5f9ceb8da06b7e65";
    let dns = "internal-k8s-default-web-ea98913246-5f9ceb8da0.elb.us-west-2.amazonaws.com";
    assert_eq!((alb.arn.as_str(), alb.dns_name.as_str()), (arn, dns));
    assert_eq!(alb.state, ProvisioningState::Active);
}

#[test]
fn an_nlb_is_named_as_in_basic_nlb_minimal() {
    let env = Environment::default();
    let nlb = simulated_load_balancer(&env, "default/web", WEB, Network, "internal");
    let dns = "k8s-default-web-ea98913246-1688512838556f6e.elb.us-west-2.amazonaws.com";
    assert!(nlb.arn.ends_with("/net/k8s-default-web-ea98913246/1688512838556f6e"));
    assert_eq!(nlb.dns_name, dns);
}

#[test]
fn cluster_and_region_are_those_of_basic_cluster_name() {
    let env = environment(json!({"clusterName": "production-eu", "region": "eu-west-1"}));
    let name = "k8s-default-web-b7ae5ef5e7";
    let alb = simulated_load_balancer(&env, "default/web", name, Application, "internet-facing");
    let arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/\
               k8s-default-web-b7ae5ef5e7/9205da36d104b038";
    let dns = "k8s-default-web-b7ae5ef5e7-9205da36d1.elb.eu-west-1.amazonaws.com";
    assert_eq!((alb.arn.as_str(), alb.dns_name.as_str()), (arn, dns));
}

#[test]
fn provisioning_overrides_what_it_states_and_only_for_its_gateway() {
    let env = environment(json!({
        "provisioning": [{"gateway": "default/edge-alb", "arn": "arn:other", "state": "failed"}],
        "defaultProvisioningState": "provisioning"
    }));
    let name = "k8s-default-edgealb-5100ca04f1";
    let alb = simulated_load_balancer(&env, "default/edge-alb", name, Application, "internal");
    let dns = "internal-k8s-default-edgealb-5100ca04f1-5bdd609f1c.elb.us-west-2.amazonaws.com";
    assert_eq!((alb.arn.as_str(), alb.dns_name.as_str()), ("arn:other", dns));
    assert_eq!(alb.state, ProvisioningState::Failed);
    let other = simulated_load_balancer(&env, "default/web", WEB, Application, "internal");
    assert_eq!(other.state, ProvisioningState::Provisioning);
}

/// The load balancer's generated name ends in a hash of cluster, uid and scheme, so the vectors pin the uid.
#[test]
fn uids_lead_to_the_names_of_the_vectors() {
    let name_hash = |namespace, name| {
        let uid = simulated_uid("Gateway", namespace, name);
        hex(&Sha256::digest(format!("demo{uid}internal"))[..5])
    };
    assert_eq!(name_hash("default", "web"), "ea98913246");
    assert_eq!(name_hash("default", "edge"), "911555ca2c");
    assert_eq!(name_hash("a", "web"), "1ddb6c78f7");
}

#[test]
fn uids_look_like_version_5() {
    let uid = simulated_uid("GatewayClass", "", "alb");
    assert_eq!(uid.len(), 36);
    assert_eq!(&uid[14..15], "5");
    assert!("89ab".contains(&uid[19..20]), "{uid}");
}

#[test]
fn simulation_answers_everything_and_keeps_what_was_stated() {
    let env = environment(json!({"subnets": [], "vpc": {"id": "vpc-1"}})).simulated();
    assert_eq!(env.subnets, Some(vec![]));
    let vpc = env.vpc.unwrap();
    assert_eq!((vpc.id.as_str(), vpc.cidrs.len()), ("vpc-1", 1));
    let written = serde_json::to_value(Environment::default().simulated()).unwrap();
    for field in ["clusterName", "subnets", "certificates", "existingLoadBalancers", "admission"] {
        assert!(written.get(field).is_some(), "{field}");
    }
}

#[test]
fn the_six_default_subnets_are_those_of_the_readme() {
    let subnets = default_subnets();
    let ids: Vec<&str> = subnets.iter().map(|subnet| subnet.id.as_str()).collect();
    assert_eq!(ids[0], "subnet-0publica000000000");
    assert_eq!(ids[5], "subnet-0privatec00000000");
    let cidrs: Vec<&str> = subnets.iter().map(|subnet| subnet.cidr.as_str()).collect();
    let expected = [0, 32, 64, 96, 128, 160].map(|byte| format!("192.168.{byte}.0/19"));
    assert_eq!(cidrs, expected);
    assert_eq!(subnets[4].tags.get("Name").unwrap(), "demo-private-b");
}
