//! What AWS answers to a plan's questions.

use serde_json::{Value as Json, json};

use super::{World, example, list};

fn environment(told: &Json) -> &Json {
    &told["everything"]["environment"]
}

#[test]
fn subnets_come_with_all_that_their_choice_takes() {
    let world = World::new("subnets");
    let told = world.look_at_vpc(&world.chain(), &[]);
    let subnets = list(&environment(&told)["subnets"]);
    assert_eq!(subnets.len(), 6, "{told}");
    for subnet in subnets {
        let id = subnet["id"].as_str().expect("it has an id").to_owned();
        let is_public = world.account.public_subnets.contains(&id);
        let role = if is_public { "kubernetes.io/role/elb" } else { "kubernetes.io/role/internal-elb" };
        assert_eq!(subnet["public"], is_public, "{subnet}");
        assert_eq!(subnet["tags"], json!({role: "1", "kubernetes.io/cluster/gw": "shared"}));
        assert_eq!(subnet["vpcID"], world.account.vpc);
        assert!(subnet["az"].as_str().is_some_and(|zone| zone.starts_with("us-west-2")), "{subnet}");
        assert!(subnet["cidr"].as_str().is_some_and(|block| block.ends_with("/20")), "{subnet}");
        assert_eq!(list(&subnet["ipv6Cidrs"]).len(), 1, "{subnet}");
        assert!(subnet["availableIPs"].as_u64().is_some_and(|free| free > 4000), "{subnet}");
    }
}

#[test]
fn a_node_tells_the_vpc() {
    let world = World::new("nodes");
    let node = world.account.nodes[0].provider_id.clone();
    let told = world.look(&world.chain(), ["", &node], &[]);
    assert_eq!(environment(&told)["vpc"]["id"], world.account.vpc, "{told}");
    let told = world.look(&world.chain(), ["", ""], &[]);
    let error = told["error"].as_str().unwrap_or_default();
    assert!(error.starts_with("no VPC"), "{told}");
}

#[test]
fn certificates_are_found_by_host() {
    let world = World::new("certificates");
    let hosts = HOSTS.replace("DOMAIN", "www.shop.example.org");
    let told = world.look_at_vpc(&hosts, &[]);
    let certificates = list(&environment(&told)["certificates"]);
    let shop = certificates.iter().find(|one| one["arn"] == world.account.certificates["shop"]);
    let shop = shop.unwrap_or_else(|| panic!("{told}"));
    assert_eq!(shop["domains"], json!(["shop.example.org", "www.shop.example.org"]));
    assert_eq!(shop["type"], "IMPORTED");
    assert!(shop["notAfter"].as_str().is_some_and(|day| day.ends_with('Z')), "{shop}");
    assert_eq!(told["everything"]["unanswered"], json!([]));
}

#[test]
fn nothing_that_aws_knows_stays_open_in_the_examples() {
    let world = World::new("examples");
    for name in ["gateway-chaining", "cross-namespace", "privatelink", "static-ips", "tcp-and-http"] {
        let told = world.look_at_vpc(&example(name), &[]);
        let open = list(&told["everything"]["unanswered"]);
        let asked_of_aws = open.iter().filter(|want| {
            let words = want.as_str().unwrap_or_default();
            ["uid of", "Service", "Secret"].iter().all(|of_cluster| !words.contains(of_cluster))
        });
        assert_eq!(asked_of_aws.count(), 0, "{name}: {open:?}");
    }
}

const HOSTS: &str = "apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: {name: alb}
spec: {controllerName: gateway.k8s.aws/alb}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: shop, namespace: shop, uid: 5e1f0a3c-0000-4000-8000-000000000001}
spec:
  gatewayClassName: alb
  listeners: [{name: https, protocol: HTTPS, port: 443, hostname: DOMAIN}]
";
