//! Security group look-ups, with the facts of the vectors sg/explicit* and sg/backend-sg-existing.
//! It does not test rules of security groups.

use serde_json::{Value, json};

use super::*;

fn environment(value: Value) -> Environment {
    serde_json::from_value(value).unwrap()
}

fn fronts() -> Environment {
    environment(json!({"securityGroups": [
        {"id": "sg-front1", "name": "front-one"},
        {"id": "sg-front2", "name": "front-two"},
        {"id": "sg-front3", "tags": {"Name": "front-two"}}
    ]}))
}

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn find_all(texts: &[&str], env: &Environment) -> Answer<Vec<String>> {
    find_security_groups(&strings(texts), env)
}

fn error(inner: &str) -> Answer<Vec<String>> {
    Answer::Failed(format!("couldn't find all security groups: {inner}"))
}

#[test]
fn ids_come_before_names_and_each_in_the_order_of_ec2() {
    let found = find_all(&["front-one", "sg-front3", "sg-front2"], &fronts());
    let expected = strings(&["sg-front2", "sg-front3", "sg-front1"]);
    assert_eq!(found, Answer::Known(expected));
}

#[test]
fn a_name_asked_for_twice_counts_once_and_may_mean_several_groups() {
    let found = find_all(&["front-two", "front-two"], &fronts());
    assert_eq!(found, Answer::Known(strings(&["sg-front2", "sg-front3"])));
}

#[test]
fn unknown_ids_and_names_are_reported_together() {
    let expected = "api error InvalidGroup.NotFound: The security group 'sg-nope' does not exist, \
                    requested names [ghost] but found []";
    assert_eq!(find_all(&["sg-nope", "ghost"], &fronts()), error(expected));
    let partly = "requested names [ghost, front-one] but found [front-one]";
    assert_eq!(find_all(&["ghost", "front-one", "ghost"], &fronts()), error(partly));
}

#[test]
fn an_id_listed_twice_is_an_error() {
    let expected = error("requested ids [sg-front1, sg-front1] but found [sg-front1]");
    let twice = ["sg-front1", "sg-front1"];
    assert_eq!(find_all(&twice, &fronts()), expected);
    assert_eq!(find_all(&twice, &Environment::default()), expected);
}

#[test]
fn ids_need_no_answer_but_names_do() {
    let env = Environment::default();
    assert_eq!(find_all(&["sg-b", "sg-a"], &env), Answer::Known(strings(&["sg-b", "sg-a"])));
    let Answer::Pending(want) = find_all(&["sg-b", "front-one"], &env) else {
        panic!("names cannot be known");
    };
    assert_eq!(want.to_string(), "security group named front-one");
}

fn tagged(cluster: &str) -> Value {
    let tags = json!({CLUSTER_TAG: cluster, RESOURCE_TAG: "backend-sg"});
    json!({"id": format!("sg-{cluster}"), "name": "any", "tags": tags})
}

#[test]
fn the_flag_names_the_backend_group() {
    let env = environment(json!({"flags": {"backendSecurityGroup": "sg-flag"}}));
    assert_eq!(backend_security_group(&env), Answer::Known("sg-flag".to_owned()));
}

#[test]
fn the_tagged_group_of_this_cluster_is_the_backend_group() {
    let groups = [tagged("other"), tagged("demo")];
    let env = environment(json!({"clusterName": "demo", "securityGroups": groups}));
    assert_eq!(backend_security_group(&env), Answer::Known("sg-demo".to_owned()));
    let unnamed = environment(json!({"securityGroups": groups}));
    assert_eq!(backend_security_group(&unnamed), Answer::Pending(Want::ClusterName));
}

#[test]
fn without_a_tagged_group_it_is_the_one_to_be_created() {
    let simulated = Environment::default().simulated();
    let auto = "sg-0auto0backend0demo".to_owned();
    assert_eq!(backend_security_group(&simulated), Answer::Known(auto));
    let open = backend_security_group(&Environment::default());
    assert_eq!(open, Answer::Pending(Want::BackendSecurityGroup));
}
