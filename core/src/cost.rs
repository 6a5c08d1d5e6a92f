//! What a plan costs a month before the first byte flows, and what traffic adds by.
//!
//! It is a floor, not a bill: data transfer, certificates of private authorities, WAF and Shield Advanced are not in it.

use serde::Serialize;

use crate::fact::Environment;
use crate::id::LoadBalancerType;
use crate::model::Stack;
use crate::model::load_balancer::{LoadBalancer, Subnets};
use crate::price::{Confidence, Money, Price, PriceList};

/// The floor of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
pub struct Cost {
    /// As `USD`.
    pub currency: String,
    /// All load balancers, a month.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub monthly: Money,
    /// Hours that a month is counted as.
    pub hours_per_month: u16,
    /// The Region whose prices these are.
    pub region: String,
    /// The Region of the plan, when it is known and another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub planned_region: Option<String>,
    /// Whether the Region of the plan is known.
    pub is_region_known: bool,
    /// When the prices were looked up.
    pub date: String,
    /// Who says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// By load balancer, in the order of the stacks.
    pub load_balancers: Vec<LoadBalancerCost>,
    /// What traffic is paid by.
    pub units: Vec<Unit>,
}

/// The floor of one load balancer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct LoadBalancerCost {
    /// `ns/name`.
    pub gateway: String,
    /// A month.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub monthly: Money,
    /// What it is made of.
    pub items: Vec<Item>,
    /// What is paid beside it and can't be counted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<_>"))]
    pub not_counted: Vec<String>,
}

/// Something paid by the hour.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields, rename = "CostItem"))]
pub struct Item {
    /// What it is, in the singular.
    pub what: &'static str,
    /// How many.
    pub count: usize,
    /// One, by the hour.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub hourly: Money,
    /// All, a month.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub monthly: Money,
    /// How sure the price is.
    pub confidence: Confidence,
    /// What the count assumes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assumed: Option<&'static str>,
}

/// A capacity unit: an hour is paid by the dimension that needs most units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "CostUnit"))]
pub struct Unit {
    /// `LCU` or `NLCU`.
    pub name: &'static str,
    /// By the hour.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub hourly: Money,
    /// How sure the price is.
    pub confidence: Confidence,
    /// What one unit holds.
    pub dimensions: &'static [&'static str],
}

/// Source: Elastic Load Balancing pricing, "LCU details".
const LCU: &[&str] = &[
    "25 new connections per second",
    "3,000 active connections per minute, 1,500 with mutual TLS",
    "1 GB per hour",
    "1,000 rule evaluations per second: requests × (rules tried − 10)",
];
const NLCU: &[&str] = &[
    "TCP: 800 new connections per second, 100,000 active, 1 GB per hour",
    "UDP: 400 new flows per second, 50,000 active, 1 GB per hour",
    "TLS: 50 new connections per second, 3,000 active, 1 GB per hour",
];

/// The cost of `stacks`; nothing when there is no load balancer among them.
pub fn of(stacks: &[&Stack], environment: &Environment) -> Option<Cost> {
    let list = environment.prices.clone().unwrap_or_else(PriceList::built_in);
    let load_balancers: Vec<LoadBalancerCost> = stacks.iter().filter_map(|stack| of_stack(stack, &list)).collect();
    if load_balancers.is_empty() {
        return None;
    }
    let planned = environment.region.as_ref();
    Some(Cost {
        currency: list.currency.to_string(),
        monthly: load_balancers.iter().map(|one| one.monthly).sum(),
        hours_per_month: list.hours_per_month,
        region: list.region.to_string(),
        planned_region: planned.filter(|planned| **planned != *list.region).cloned(),
        is_region_known: planned.is_some(),
        date: list.date.to_string(),
        source: list.source.as_deref().map(str::to_owned),
        load_balancers,
        units: units(stacks, &list),
    })
}

fn units(stacks: &[&Stack], list: &PriceList) -> Vec<Unit> {
    let has = |lb_type| stacks.iter().any(|stack| stack.lb_type == lb_type && stack.load_balancer.is_some());
    let unit =
        |name, price: Price, dimensions| Unit { name, hourly: price.hourly, confidence: price.confidence, dimensions };
    let lcu = has(LoadBalancerType::Application).then(|| unit("LCU", list.prices.lcu, LCU));
    let nlcu = has(LoadBalancerType::Network).then(|| unit("NLCU", list.prices.nlcu, NLCU));
    lcu.into_iter().chain(nlcu).collect()
}

fn of_stack(stack: &Stack, list: &PriceList) -> Option<LoadBalancerCost> {
    let spec = &stack.load_balancer.as_ref()?.spec;
    let prices = &list.prices;
    let is_alb = stack.lb_type == LoadBalancerType::Application;
    let (what, price, reserved) = match is_alb {
        true => ("ALB", prices.application_load_balancer, prices.reserved_lcu),
        false => ("NLB", prices.network_load_balancer, prices.reserved_nlcu),
    };
    let item = |what, price: Price, count, assumed| Item {
        what,
        count,
        hourly: price.hourly,
        monthly: price.hourly.times(count).times(list.hours_per_month.into()),
        confidence: price.confidence,
        assumed,
    };
    let mut items = vec![item(what, price, 1, None)];
    if has_public_ipv4(spec) {
        let (count, assumed) = zones(spec, is_alb);
        items.push(item("public IPv4 address", prices.public_ipv4_address, count, assumed));
    }
    let mut not_counted = Vec::new();
    let units = spec.minimum_load_balancer_capacity.as_ref().map_or(0, |capacity| capacity.capacity_units);
    match (usize::try_from(units).unwrap_or_default(), reserved) {
        (0, _) => {}
        (units, Some(price)) => items.push(item("reserved capacity unit", price, units, None)),
        (units, None) => not_counted.push(format!("{units} reserved capacity units, for which the list has no price")),
    }
    if spec.ipv4_ipam_pool.is_some() {
        not_counted.push("addresses of the IPAM pool are free where you brought them".to_owned());
    }
    let monthly = items.iter().map(|item| item.monthly).sum();
    Some(LoadBalancerCost { gateway: stack.id.to_string(), monthly, items, not_counted })
}

/// Customer-owned addresses of an Outpost are no public ones.
fn has_public_ipv4(spec: &LoadBalancer) -> bool {
    &*spec.scheme == "internet-facing"
        && &*spec.ip_address_type != "dualstack-without-public-ipv4"
        && spec.customer_owned_ipv4_pool.is_none()
}

/// One address per zone.
fn zones(spec: &LoadBalancer, is_alb: bool) -> (usize, Option<&'static str>) {
    match &spec.subnet_mapping {
        Subnets::Known(mappings) if !mappings.is_empty() => (mappings.len(), None),
        _ if is_alb => (2, Some("the fewest zones of an ALB; its zones are known at deployment")),
        _ => (1, Some("the fewest zones of an NLB; its zones are known at deployment")),
    }
}
