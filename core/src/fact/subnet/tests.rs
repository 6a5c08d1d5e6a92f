//! Fixtures for the tests of subnets: the simulated account and requests on it.
//! It does not assert anything itself.

use serde_json::{Value, json};

use super::*;

mod choice;
mod configuration;
mod named;
mod offline;

fn environment(value: Value) -> Environment {
    serde_json::from_value(value).unwrap()
}

fn simulated(value: Value) -> Environment {
    environment(value).simulated()
}

/// The two IPv6 subnets of the vectors subnets/ipv6 and subnets/source-nat.
fn ipv6_subnets() -> Value {
    json!([
        {"id": "subnet-v6a", "az": "us-west-2a", "cidr": "192.168.0.0/19",
         "ipv6Cidrs": ["2600:1f14:aaaa:bb01::/64"], "tags": {"kubernetes.io/role/internal-elb": "1"}},
        {"id": "subnet-v6b", "az": "us-west-2b", "cidr": "192.168.32.0/19",
         "ipv6Cidrs": ["2600:1f14:aaaa:bb02::/64"], "tags": {"kubernetes.io/role/internal-elb": "1"}}
    ])
}

/// An internal IPv4 ALB without any configuration.
fn alb<'a>() -> SubnetRequest<'a> {
    SubnetRequest {
        lb_type: LoadBalancerType::Application,
        scheme: "internal",
        ip_address_type: "ipv4",
        entries: &[],
        selector: None,
        gateway: "default/web",
    }
}

fn nlb<'a>() -> SubnetRequest<'a> {
    SubnetRequest { lb_type: LoadBalancerType::Network, ..alb() }
}

/// Entries in the vectors' spelling: `id|eip|private|ipv6|nat`, empty parts are absent.
fn entries(texts: &[&str]) -> Vec<SubnetConfig> {
    texts.iter().map(|text| entry(text)).collect()
}

fn entry(text: &str) -> SubnetConfig {
    let parts = text.split('|').map(str::to_owned);
    let mut parts = parts.map(|part| Some(part).filter(|part| !part.is_empty()));
    let mut next = || parts.next().flatten();
    SubnetConfig {
        identifier: next(),
        eip_allocation: next(),
        private_ipv4_allocation: next(),
        ipv6_allocation: next(),
        source_nat_ipv6_prefix: next(),
    }
}

/// Ids of the chosen subnets, or the error, or what is pending.
fn outcome(request: &SubnetRequest<'_>, env: &Environment) -> String {
    shown(request, env, |mapping| mapping.subnet_id.to_string())
}

/// The whole mappings as JSON in the reference's field order, or as `outcome`.
fn mapped(request: &SubnetRequest<'_>, env: &Environment) -> String {
    shown(request, env, |mapping| serde_json::to_string(mapping).unwrap())
}

fn shown(request: &SubnetRequest<'_>, env: &Environment, show: fn(&SubnetMapping) -> String) -> String {
    match choose_subnets(request, env) {
        Answer::Known(chosen) => {
            let shown: Vec<String> = chosen.mappings.iter().map(show).collect();
            shown.join(" ")
        }
        Answer::Pending(want) => format!("pending: {want}"),
        Answer::Failed(error) => error,
    }
}
