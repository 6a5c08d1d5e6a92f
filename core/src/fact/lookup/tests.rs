//! Look-ups by name, with the errors of vectors listeners/mtls-missing-store and http/target-group-name-missing.
//! It does not test who asks.

use serde_json::{Value, json};

use super::*;

fn environment(value: Value) -> Environment {
    serde_json::from_value(value).unwrap()
}

fn known(text: &str) -> Answer<String> {
    Answer::Known(text.to_owned())
}

#[test]
fn a_trust_store_is_found_by_name_or_taken_by_arn() {
    let env = environment(json!({"trustStores": [{"name": "mtls", "arn": "arn:t"}]}));
    assert_eq!(trust_store("mtls", &env), known("arn:t"));
    let arn = "arn:aws:elasticloadbalancing:x";
    assert_eq!(trust_store(arn, &Environment::default()), known(arn));
    let error = "failed to resolve trustStore ARN for name ghost-store: \
                 TrustStoreNotFound: One or more trust stores not found";
    assert_eq!(trust_store("ghost-store", &env), Answer::Failed(error.to_owned()));
}

#[test]
fn a_target_group_name_must_mean_one_target_group() {
    let group = |name: &str, arn: &str| json!({"name": name, "arn": arn});
    let groups = [group("one", "arn:1"), group("two", "arn:2"), group("two", "arn:3")];
    let env = environment(json!({"targetGroups": groups}));
    assert_eq!(target_group_by_name("one", &env), known("arn:1"));
    let none = "TargetGroupNotFound: One or more target groups not found";
    assert_eq!(target_group_by_name("none", &env), Answer::Failed(none.to_owned()));
    let two = "expecting a single targetGroup with query [two] but got 2";
    assert_eq!(target_group_by_name("two", &env), Answer::Failed(two.to_owned()));
}

#[test]
fn the_blocks_of_the_vpc_are_told_by_family() {
    let vpc = json!({"id": "vpc-1", "cidrs": ["10.0.0.0/8"], "ipv6Cidrs": ["2600::/56"]});
    let env = environment(json!({"vpc": vpc}));
    assert_eq!(vpc_cidrs(&env, false), Answer::Known(vec!["10.0.0.0/8".to_owned()]));
    assert_eq!(vpc_cidrs(&env, true), Answer::Known(vec!["2600::/56".to_owned()]));
}

#[test]
fn what_nobody_answered_is_pending() {
    let env = Environment::default();
    let name = "x".to_owned();
    let store = Want::TrustStore { name: name.clone() };
    assert_eq!(trust_store("x", &env), Answer::Pending(store));
    assert_eq!(target_group_by_name("x", &env), Answer::Pending(Want::TargetGroup { name }));
    assert_eq!(vpc_cidrs(&env, true), Answer::Pending(Want::VpcCidrs));
    let id_only = environment(json!({"vpc": {"id": "vpc-1"}}));
    assert_eq!(vpc_cidrs(&id_only, false), Answer::Pending(Want::VpcCidrs));
}
