//! Which hostnames a listener and a route have in common (translation §3.4).
//!
//! Certificates and rules are not its business.

use std::collections::BTreeSet;

use crate::id::Text;
use crate::manifest::gateway::ListenerSpec;
use crate::manifest::route::Route;

use super::listeners::LoadError;

/// What attaching a route to one listener says about hostnames.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Compatible {
    /// The listener does not restrict the route.
    Any,
    /// These hosts, never empty.
    Hosts(Vec<Text>),
    /// Nothing in common.
    None,
}

/// Hosts of a route on one port, gathered over its listeners there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HostSet {
    hosts: BTreeSet<Text>,
    any: bool,
}

impl HostSet {
    /// Adds what one listener contributes.
    pub fn add(&mut self, compatible: &Compatible, any_counts: bool) {
        match compatible {
            Compatible::Any => self.any |= any_counts,
            Compatible::Hosts(hosts) => self.hosts.extend(hosts.iter().cloned()),
            Compatible::None => {}
        }
    }

    /// The hosts that rules are made for; none stands for any host.
    pub fn effective<'a>(&'a self, route: &'a Route) -> Vec<&'a Text> {
        if self.any || self.hosts.is_empty() {
            route.spec.hostnames.iter().collect()
        } else {
            self.hosts.iter().collect()
        }
    }
}

/// Compares a listener's hostname with a route's.
pub fn compare(listener: &ListenerSpec, route: &Route) -> Result<Compatible, LoadError> {
    let Some(host) = listener.host() else { return Ok(Compatible::Any) };
    if route.spec.hostnames.is_empty() {
        return Ok(Compatible::Hosts(vec![host.clone()]));
    }
    if !is_valid(host) {
        let text = format!("listener hostname {} is not valid (listener name {host})", listener.name);
        return Err(LoadError::listeners_not_valid(text));
    }
    let common: Vec<Text> =
        route.spec.hostnames.iter().filter(|own| is_valid(own)).filter_map(|own| narrower(host, own)).collect();
    Ok(if common.is_empty() { Compatible::None } else { Compatible::Hosts(common) })
}

fn narrower(a: &Text, b: &Text) -> Option<Text> {
    if a == b {
        return Some(a.clone());
    }
    let covers = |wide: &str, narrow: &str| {
        wide.strip_prefix('*').is_some_and(|suffix| suffix.starts_with('.') && narrow.ends_with(suffix))
    };
    if covers(a, b) {
        Some(b.clone())
    } else if covers(b, a) {
        Some(a.clone())
    } else {
        None
    }
}

/// Whether a listener or route may carry that hostname.
pub fn is_valid(host: &str) -> bool {
    let address = host.parse::<std::net::IpAddr>().is_ok();
    let labels = host.strip_prefix("*.").unwrap_or(host);
    !address && labels.split('.').all(|label| (1..=63).contains(&label.len()))
}
