//! Ways to the internet, and names of zones.

use aws_sdk_ec2::types as sdk;

use super::{Ways, is_plain};

fn table(gateway: &str, association: sdk::RouteTableAssociation) -> sdk::RouteTable {
    let route = sdk::Route::builder().destination_cidr_block("0.0.0.0/0").gateway_id(gateway).build();
    sdk::RouteTable::builder().vpc_id("vpc-1").routes(route).associations(association).build()
}

fn subnet(id: &str) -> sdk::Subnet {
    sdk::Subnet::builder().subnet_id(id).vpc_id("vpc-1").build()
}

#[test]
fn a_subnet_without_a_table_of_its_own_has_the_main_one() {
    let main = sdk::RouteTableAssociation::builder().main(true).build();
    let own = sdk::RouteTableAssociation::builder().subnet_id("subnet-1").build();
    let ways = Ways::of(&[table("igw-1", main.clone()), table("local", own.clone())]);
    assert!(!ways.is_public(&subnet("subnet-1")));
    assert!(ways.is_public(&subnet("subnet-2")));
    let ways = Ways::of(&[table("local", main), table("igw-1", own)]);
    assert!(ways.is_public(&subnet("subnet-1")));
    assert!(!ways.is_public(&subnet("subnet-2")));
}

#[test]
fn only_zones_with_longer_names_are_asked_for() {
    assert!(is_plain("us-west-2a", "us-west-2"));
    assert!(!is_plain("us-west-2-lax-1a", "us-west-2"));
    assert!(!is_plain("us-west-2-wl1-las-wlz-1", "us-west-2"));
    assert!(!is_plain("us-west-2", "us-west-2"));
}
