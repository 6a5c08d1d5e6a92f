//! The floor of plans: what is counted, what is assumed, whose prices.
//!
//! Single prices are the price list's tests' business.

use gwchain_core::cost::{Cost, of};
use gwchain_core::environment;
use gwchain_core::manifest::{ReadOptions, SourceFile, read};
use gwchain_core::pipeline::{self, run};
use gwchain_core::price;
use gwchain_core::profile::Profile;

const DOOR: &str = "\
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: {name: alb}
spec: {controllerName: gateway.k8s.aws/alb}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: door, namespace: shop}
spec:
  gatewayClassName: alb
  infrastructure: {parametersRef: {group: gateway.k8s.aws, kind: LoadBalancerConfiguration, name: door}}
  listeners:
  - {name: web, protocol: HTTP, port: 80}
---
apiVersion: gateway.k8s.aws/v1
kind: LoadBalancerConfiguration
metadata: {name: door, namespace: shop}
spec:
  scheme: internal
";

fn cost(manifests: &str, environment: &str, prices: Option<&str>) -> Option<Cost> {
    let file = SourceFile { name: "door.yaml".to_owned(), text: manifests.to_owned() };
    let manifests = read(vec![file], &ReadOptions::default());
    let mut environment = environment::parse(environment).expect("an environment");
    environment.prices = prices.map(|text| price::parse(text).expect("a price list"));
    let options = pipeline::Options { profile: Profile::GWCHAIN, complete: false, simulate: false };
    of(&run(&manifests, &environment, options).stacks(), &environment)
}

fn monthly(cost: &Cost) -> String {
    cost.monthly.to_string()
}

#[test]
fn an_internal_load_balancer_costs_its_hours() {
    let cost = cost(DOOR, "", None).expect("there is a load balancer");
    assert_eq!((monthly(&cost).as_str(), cost.load_balancers[0].items.len()), ("16.43", 1));
    assert_eq!(cost.units.iter().map(|unit| unit.name).collect::<Vec<_>>(), ["LCU"]);
    assert!(!cost.is_region_known);
}

#[test]
fn public_addresses_count_per_zone_and_the_fewest_zones_when_unknown() {
    let public = DOOR.replace("scheme: internal", "scheme: internet-facing");
    let cost = cost(&public, "region: eu-west-1", None).expect("there is a load balancer");
    let addresses = &cost.load_balancers[0].items[1];
    assert_eq!((addresses.count, addresses.monthly.to_string().as_str()), (2, "7.30"));
    assert!(addresses.assumed.is_some());
    assert_eq!((monthly(&cost).as_str(), cost.planned_region.as_deref()), ("23.73", Some("eu-west-1")));
}

#[test]
fn chosen_subnets_are_counted() {
    let subnets =
        "spec:\n  loadBalancerSubnets: [{identifier: a}, {identifier: b}, {identifier: c}]\n  scheme: internet-facing";
    let public = DOOR.replace("spec:\n  scheme: internal", subnets);
    let zone =
        |name: &str| format!("{{id: {name}, az: z{name}, cidr: 10.0.0.0/24, public: true, tags: {{Name: {name}}}}}");
    let environment = format!("subnets: [{}, {}, {}]", zone("a"), zone("b"), zone("c"));
    let cost = cost(&public, &environment, None).expect("there is a load balancer");
    let addresses = &cost.load_balancers[0].items[1];
    assert_eq!((addresses.count, addresses.assumed), (3, None));
}

#[test]
fn no_public_address_where_there_is_none() {
    let dual = "scheme: internet-facing\n  ipAddressType: dualstack-without-public-ipv4";
    let cost = cost(&DOOR.replace("scheme: internal", dual), "", None).expect("there is a load balancer");
    assert_eq!(cost.load_balancers[0].items.len(), 1);
}

#[test]
fn reserved_units_are_named_and_counted_with_a_price() {
    let reserved = DOOR.replace("scheme: internal", "minimumLoadBalancerCapacity: {capacityUnits: 100}");
    let without = cost(&reserved, "", None).expect("there is a load balancer");
    assert_eq!(without.load_balancers[0].not_counted.len(), 1);
    let list = "{region: r, date: 2026-01-01, currency: EUR, hoursPerMonth: 100, prices: {applicationLoadBalancer: {hourly: 1}, \
                networkLoadBalancer: {hourly: 1}, publicIPv4Address: {hourly: 1}, lcu: {hourly: 1}, nlcu: {hourly: 1}, \
                reservedLcu: {hourly: 0.01}}}";
    let with = cost(&reserved, "region: r", Some(list)).expect("there is a load balancer");
    assert_eq!((monthly(&with).as_str(), &*with.currency, &with.planned_region), ("200.00", "EUR", &None));
}

#[test]
fn no_load_balancer_no_cost() {
    assert_eq!(cost(&DOOR.replace("name: alb}", "name: other}"), "", None), None);
}
