//! What an account holds, and what it says is wrong with it.
//!
//! Nothing fails here.

use gwchain_tests::testbed::aws::AwsServer;
use gwchain_tests::testbed::aws::account::Account;
use serde_json::{Value, json};

/// An ALB, and an NLB that targets it on port 80; their ARNs.
fn chain(server: &AwsServer, account: &Account) -> (String, String) {
    let tags = |resource: &str| json!([{"Key": "elbv2.k8s.aws/cluster", "Value": "gw"}, {"Key": "x/resource", "Value": resource}]);
    let call = |operation: &str, parameters: Value| {
        let answer = server.call("elbv2", operation, &parameters);
        answer.unwrap_or_else(|refusal| panic!("{operation}: {refusal:?}"))
    };
    let balancer = |name: &str, kind: &str| {
        let made = call(
            "create_load_balancer",
            json!({"Name": name, "Type": kind, "Subnets": account.public_subnets, "Tags": tags(name)}),
        );
        call("describe_load_balancers", json!({"Names": [name]}));
        made["LoadBalancers"][0]["LoadBalancerArn"].as_str().expect("it has an ARN").to_owned()
    };
    let (alb, nlb) = (balancer("inner", "application"), balancer("outer", "network"));
    let nothing = json!([{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "404"}}]);
    call("create_listener", json!({"LoadBalancerArn": alb, "Protocol": "HTTP", "Port": 80, "DefaultActions": nothing}));
    let group = call(
        "create_target_group",
        json!({"Name": "to-inner", "Protocol": "TCP", "Port": 80, "VpcId": account.vpc, "TargetType": "alb", "Tags": tags("to-inner")}),
    );
    let group = &group["TargetGroups"][0]["TargetGroupArn"];
    call("register_targets", json!({"TargetGroupArn": group, "Targets": [{"Id": alb, "Port": 80}]}));
    let forward = json!([{"Type": "forward", "TargetGroupArn": group}]);
    call("create_listener", json!({"LoadBalancerArn": nlb, "Protocol": "TCP", "Port": 80, "DefaultActions": forward}));
    (alb, nlb)
}

#[test]
fn two_servers_with_the_same_chain_differ_by_ids_only() {
    let servers = [AwsServer::empty(), AwsServer::empty()];
    for server in &servers {
        chain(server, &server.seed("gw"));
    }
    let [one, other] = servers.map(|server| server.snapshot());
    assert_ne!(one, other);
    assert_eq!(one.named(), other.named());
    assert_eq!(one.defects(), Vec::<String>::new());
    assert_eq!(one.raw()["LoadBalancers"].as_array().map(Vec::len), Some(2));
}

#[test]
fn an_account_tells_what_is_wrong_with_it() {
    let server = AwsServer::empty();
    let account = server.seed("gw");
    let (alb, nlb) = chain(&server, &account);
    let refused = server.call("elbv2", "delete_load_balancer", &json!({ "LoadBalancerArn": alb }));
    assert_eq!(refused.expect_err("the NLB targets it").code, "ResourceInUse");
    server.call("elbv2", "delete_load_balancer", &json!({ "LoadBalancerArn": nlb })).expect("nothing targets it");
    assert_eq!(server.snapshot().defects(), ["nothing forwards to target group to-inner"]);
    server.reset();
    assert_eq!(server.snapshot().raw()["LoadBalancers"], json!([]));
}

#[test]
fn a_load_balancer_is_active_after_its_time() {
    let server = AwsServer::empty();
    let account = server.seed("gw");
    server.set_provisioning(3600.0);
    let state = || {
        let found = server.call("elbv2", "describe_load_balancers", &json!({"Names": ["slow"]})).expect("it exists");
        found["LoadBalancers"][0]["State"]["Code"].as_str().map(str::to_owned)
    };
    let made = json!({"Name": "slow", "Type": "network", "Subnets": account.private_subnets, "Scheme": "internal"});
    server.call("elbv2", "create_load_balancer", &made).expect("it can be made");
    assert_eq!(state().as_deref(), Some("provisioning"));
    server.set_provisioning(0.0);
    assert_eq!(state().as_deref(), Some("active"));
}
