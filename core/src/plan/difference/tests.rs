//! Where profiles part, and by which deviation.
//!
//! What each profile plans is held by the vectors.

use super::{Difference, Values, differences, parted};
use crate::fact::Environment;
use crate::manifest::{ReadOptions, SourceFile, read};
use crate::pipeline::Options;
use crate::profile::Profile;

const CHAIN: &str = include_str!("../../../../tests/vectors/chaining/guide-http-and-https/input.yaml");

fn of(text: &str) -> Vec<Difference> {
    let file = SourceFile { name: "a.yaml".to_owned(), text: text.to_owned() };
    let manifests = read(vec![file], &ReadOptions::default());
    let options = Options { profile: Profile::GWCHAIN, complete: false, simulate: false };
    differences(&manifests, &Environment::default(), options)
}

#[test]
fn a_value_is_told_with_both_sides_and_the_deviation() {
    let found = of(CHAIN);
    let ingress = found.iter().find(|one| one.field == "ingress").expect("only gwchain lets the NLB in");
    assert_eq!(ingress.gateway, "shop/inner");
    assert_eq!(ingress.resource, "AWS::EC2::SecurityGroup ManagedLBSecurityGroup");
    assert!(ingress.gwchain.as_ref().is_some_and(|text| text.contains("userIDGroupPairs")), "{ingress:?}");
    assert!(ingress.aws_lbc.as_ref().is_some_and(|text| !text.contains("userIDGroupPairs")), "{ingress:?}");
    assert!(ingress.deviations.iter().any(|one| one.id == "T-C11"), "{ingress:?}");
}

#[test]
fn what_is_missing_is_told_once() {
    let key = |parts: [&str; 3]| (parts[0].to_owned(), parts[1].to_owned(), parts[2].to_owned());
    let values = |keys: &[[&str; 3]]| keys.iter().map(|parts| (key(*parts), "planned".to_owned())).collect();
    let ours: Values = values(&[["a", "", ""], ["a", "sg", ""], ["a", "sg", "name"], ["b", "", ""], ["b", "lb", ""]]);
    let theirs: Values = values(&[["a", "", ""]]);
    let told: Vec<_> = parted(&ours, &theirs).into_iter().map(|one| (one.gateway, one.resource, one.field)).collect();
    assert_eq!(told, [key(["a", "sg", ""]), key(["b", "", ""])]);
}

#[test]
fn the_same_plan_has_no_difference() {
    assert_eq!(of("apiVersion: v1\nkind: Namespace\nmetadata:\n  name: a\n"), []);
}
