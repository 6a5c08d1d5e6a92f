//! At which Gateway a request enters, when nobody says.
//!
//! DNS decides that in truth; here those that know the host come first, then those that no NLB stands in front of.

use std::cmp::Reverse;

use super::matching::{self, Verdict};
use super::planned::Planned;
use super::request::Request;
use super::walk::refusal;
use crate::id::LoadBalancerType;
use crate::model::listener::Condition;

/// Gateways that a message names at most.
const NAMED: usize = 10;

/// Gateways without their listener that are named at most.
const ABSENT: usize = 3;

/// Where a request enters.
pub struct Entry {
    /// The Gateway, if one has a listener on the port.
    pub gateway: Option<usize>,
    /// Others that would take the request.
    pub also: Vec<usize>,
}

/// How well a Gateway knows a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Knows {
    /// All it has is for other hosts.
    Others,
    /// It asks for no host.
    Any,
    /// It names the host.
    Host,
}

/// Chooses the Gateway to enter at.
pub fn choose(planned: &Planned<'_, '_>, request: &Request, via: Option<usize>) -> Entry {
    let port = i64::from(request.port);
    let mut fitting: Vec<_> = planned
        .doors()
        .filter_map(|index| {
            let listener = planned.listener(index, port)?;
            let accepts = refusal(listener.spec.protocol, request.scheme, request.scheme.is_encrypted()).is_none();
            let knows = knows(planned, index, port, request);
            let is_network = planned.lb_type(index) == LoadBalancerType::Network;
            let rank = (accepts, knows, !planned.is_fronted(index), is_network);
            Some((Reverse(rank), index))
        })
        .collect();
    fitting.sort_unstable();
    let gateway = via.or(fitting.first().map(|(_, index)| *index));
    let takes = |Reverse((accepts, knows, ..)): &Reverse<(bool, Knows, bool, bool)>| *accepts && *knows > Knows::Others;
    let also = fitting.iter().filter(|(rank, index)| takes(rank) && Some(*index) != gateway);
    Entry { gateway, also: also.map(|(_, index)| *index).collect() }
}

fn knows(planned: &Planned<'_, '_>, index: usize, port: i64, request: &Request) -> Knows {
    let declared = declared(planned, index, port, request);
    let behind = match planned.lb_type(index) {
        LoadBalancerType::Application => Some(by_rules(planned, index, port, request)),
        LoadBalancerType::Network => {
            planned.chained(index, port).map(|(alb, port)| by_rules(planned, alb, port, request))
        }
    };
    match (declared, behind) {
        (Knows::Host, _) => Knows::Host,
        (declared, None) => declared,
        (_, Some(behind)) => behind,
    }
}

/// By the hostnames of the Gateway's listeners.
fn declared(planned: &Planned<'_, '_>, index: usize, port: i64, request: &Request) -> Knows {
    let listeners = planned.node(index).valid_listeners().filter(|listener| listener.spec.port == port);
    let knows = listeners.map(|listener| match listener.spec.host() {
        None => Knows::Any,
        Some(host) if covers(&host.to_ascii_lowercase(), &request.host) => Knows::Host,
        Some(_) => Knows::Others,
    });
    knows.max().unwrap_or(Knows::Others)
}

/// `*.example.com` covers all below `example.com`.
fn covers(own: &str, host: &str) -> bool {
    own == host || own.strip_prefix('*').is_some_and(|suffix| host.ends_with(suffix) && host.len() > suffix.len())
}

/// By the rules of an ALB's listener.
fn by_rules(planned: &Planned<'_, '_>, index: usize, port: i64, request: &Request) -> Knows {
    let knows = planned.rules(index, port).map(|rule| {
        let host = rule.spec.conditions.iter().find(|one| matches!(one, Condition::HostHeader { .. }));
        match host.map(|host| matching::condition(host, request)) {
            None => Knows::Any,
            Some(Verdict::Fails) => Knows::Others,
            Some(Verdict::Holds | Verdict::Open(_)) => Knows::Host,
        }
    });
    knows.max().unwrap_or(Knows::Others)
}

/// Gateways that declare a listener on the port and have none in the plan.
pub fn absent(planned: &Planned<'_, '_>, request: &Request) -> Vec<String> {
    let port = i64::from(request.port);
    let declares = |index: &usize| planned.node(*index).listeners.iter().any(|listener| listener.spec.port == port);
    let absent = planned.doors().filter(declares).filter(|index| planned.listener(*index, port).is_none());
    let told = absent.take(ABSENT).map(|index| match planned.stack(index) {
        Err(why) => format!("{} is not in the plan: {why}", planned.title(index)),
        Ok(_) => format!("{} declares port {port} and gets no listener there; plan tells why", planned.title(index)),
    });
    told.collect()
}

/// Why no Gateway takes a request, and which listeners there are.
pub fn nowhere(planned: &Planned<'_, '_>, request: &Request) -> String {
    let doors: Vec<usize> = planned.doors().collect();
    let named = doors.iter().take(NAMED).map(|index| match (planned.stack(*index), planned.listeners(*index)) {
        (Err(why), _) => format!("{} is not in the plan ({why})", planned.title(*index)),
        (Ok(_), listeners) if listeners.is_empty() => format!("{} has no listener", planned.title(*index)),
        (Ok(_), listeners) => format!("{} listens on {listeners}", planned.title(*index)),
    });
    let mut all: Vec<String> = named.collect();
    if doors.len() > NAMED {
        all.push(format!("and {} more Gateways", doors.len() - NAMED));
    }
    match all.is_empty() {
        true => "there is no Gateway of the AWS Load Balancer Controller".to_owned(),
        false => format!("nothing listens on port {}: {}", request.port, all.join("; ")),
    }
}
