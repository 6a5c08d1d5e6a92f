//! What is seen of stacks, in how many calls, and what others in the account do to it.

use gwchain_tests::testbed::aws::proxy::Moment;
use gwchain_tests::testbed::http;
use serde_json::{Value as Json, json};

use super::{World, calls, list};

/// A load balancer of somebody else; its ARN.
fn stranger(world: &World, name: &str) -> String {
    let made = world.call(
        "create_load_balancer",
        &json!({"Name": name, "Type": "application", "Subnets": world.account.public_subnets,
                "Tags": [{"Key": "owner", "Value": "somebody"}]}),
    );
    made["LoadBalancers"][0]["LoadBalancerArn"].as_str().expect("it has an ARN").to_owned()
}

/// Has load balancers deleted by somebody else at the call of that number of the next look.
fn delete_at(world: &World, number: usize, arns: Vec<String>) {
    let url = format!("{}/testbed/call", world.server.url());
    let delete = move || {
        for arn in arns {
            let parameters = json!({ "LoadBalancerArn": arn });
            let body = json!({"service": "elbv2", "operation": "delete_load_balancer", "parameters": parameters});
            assert_eq!(http::send("POST", &url, &body).0, 200);
        }
    };
    world.proxy.reset();
    // The proxy's thread has an event loop of its own.
    let hook = move || std::thread::spawn(delete).join().expect("somebody may delete them");
    world.proxy.at_call(number, Moment::Before, hook);
}

#[test]
fn of_a_chain_that_stands_nothing_is_left_to_do() {
    let world = World::new("chain");
    stranger(&world, "foreign");
    let told = world.look_at_vpc(&world.chain(), &["make"]);
    for look in ["everything", "remembered"] {
        let look = &told[look];
        assert_eq!(look["changes"], json!([]), "{told}");
        assert_eq!(look["notes"], json!([]));
        assert_eq!(list(&look["account"]["LoadBalancers"]).len(), 2);
        assert_eq!(list(&look["account"]["TargetGroups"]).len(), 3);
        assert_eq!(list(&look["environment"]["existingLoadBalancers"]).len(), 2);
    }
    assert_eq!(told["everything"]["account"], told["remembered"]["account"]);
    // Issue 6.5: at most six calls per Gateway when nothing changes.
    assert!(calls(&told["everything"]) <= 12, "{}", told["everything"]["calls"]);
    assert!(calls(&told["remembered"]) <= 12, "{}", told["remembered"]["calls"]);
}

#[test]
fn what_vanishes_meanwhile_is_left_out() {
    let world = World::new("vanishing");
    let told = world.look_at_vpc(&world.chain(), &["make"]);
    assert_eq!(told["everything"]["changes"], json!([]), "{told}");
    let doomed: Vec<String> = ["one", "two"].iter().map(|name| stranger(&world, name)).collect();
    world.proxy.reset();
    // The first DescribeTags follows the lists; by then both are gone.
    let before = first_tags(&world);
    delete_at(&world, before, doomed);
    let told = world.look_at_vpc(&world.chain(), &[]);
    assert_eq!(told["everything"]["changes"], json!([]), "{told}");
    assert_eq!(told["everything"]["notes"], json!([]));
    let tags = world.proxy.calls().iter().filter(|call| call.name.ends_with(":DescribeTags")).count();
    assert!(tags > 3, "it was asked again by halves");
}

/// Number of the first call for tags, as a look makes it.
fn first_tags(world: &World) -> usize {
    world.look_at_vpc(&world.chain(), &[]);
    let calls = world.proxy.calls();
    1 + calls.iter().position(|call| call.name.ends_with(":DescribeTags")).expect("tags are read")
}

#[test]
fn a_remembered_name_that_is_gone_leads_back_to_the_lists() {
    let world = World::new("gone");
    world.look_at_vpc(&world.chain(), &["make"]);
    let named = |told: &Json, key: &str| told["remembered"]["calls"][key].as_u64().unwrap_or_default();
    world.proxy.reset();
    let told = world.look_at_vpc(&world.chain(), &[]);
    let key = told["remembered"]["calls"].as_object().into_iter().flatten();
    let key =
        key.map(|(key, _)| key.clone()).find(|key| key.ends_with("DescribeLoadBalancers")).expect("they are read");
    assert_eq!(named(&told, &key), 1, "{told}");
    // Between the two looks somebody deletes the NLB.
    let seen = world.proxy.calls();
    let lists: Vec<usize> = (1..)
        .zip(&seen)
        .filter(|(_, call)| call.name.ends_with(":DescribeLoadBalancers"))
        .map(|(number, _)| number)
        .collect();
    let nlb = list(&told["everything"]["account"]["LoadBalancers"]).into_iter().find(|lb| lb["Type"] == "network");
    let nlb = nlb.expect("it was made")["LoadBalancerArn"].clone();
    delete_at(&world, lists[1], vec![nlb.as_str().unwrap_or_default().to_owned()]);
    let told = world.look_at_vpc(&world.chain(), &[]);
    assert_eq!(list(&told["remembered"]["account"]["LoadBalancers"]).len(), 1, "{told}");
    let changes = list(&told["remembered"]["changes"]);
    assert!(changes.iter().any(|change| *change == "CreateLoadBalancer LoadBalancer"), "{changes:?}");
}
