//! GWC0110, GWC0112 and GWC0115: who reaches a chained ALB, past the NLB or not at all.
//!
//! Client addresses pass through an NLB unchanged to an ALB, so that the ALB's security group judges the clients.

use std::collections::BTreeSet;

use super::{Chain, Scope, Subject};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::fact::covers;
use crate::id::Text;
use crate::model::Value;
use crate::model::load_balancer::{IpPermission, PermissionSource};
use crate::origin::Origin;

const EVERYBODY: &str = "0.0.0.0/0";

/// One finding per ALB and one per chain.
pub fn lint(scope: &Scope<'_, '_>, findings: &mut Vec<Diagnostic>) {
    let mut told = BTreeSet::new();
    for chain in &scope.chains {
        if told.insert(chain.alb) {
            findings.extend(bypass(scope, chain));
        }
        findings.extend(shut_out(scope, chain));
    }
}

fn bypass(scope: &Scope<'_, '_>, chain: &Chain<'_, '_>) -> Option<Diagnostic> {
    let alb = &scope.gateways[chain.alb];
    let load_balancer = alb.stack()?.load_balancer.as_ref()?;
    if !is_public(alb) {
        return None;
    }
    let place = match load_balancer.origins.get("scheme") {
        Some(Origin::Field { object, path }) => Place::Field(*object, *path),
        _ => alb.field("spec.gatewayClassName"),
    };
    let front = scope.gateways[chain.front].node.label();
    let message = format!("the ALB of Gateway {} is internet-facing: clients can pass by the NLB", alb.node.label());
    let finding = Diagnostic::new(Code::ChainBypass, place, message)
        .related(chain.place(), format!("NLB of Gateway {front} forwards to it"));
    Some(finding.help("set scheme: internal for the ALB, which an NLB reaches all the same"))
}

fn shut_out(scope: &Scope<'_, '_>, chain: &Chain<'_, '_>) -> Option<Diagnostic> {
    let (front, alb) = (&scope.gateways[chain.front], &scope.gateways[chain.alb]);
    alb.stack()?.listeners.iter().find(|listener| listener.spec.port == chain.target.port)?;
    let Some(group) = alb.stack()?.security_group.as_ref() else { return unknown(scope, chain, alb) };
    let admitted = admitted(alb, chain.target.port, &front.node.label())?;
    let clients = match &front.stack()?.security_group {
        Some(_) => of_ports(front, chain),
        None if !front.stack()?.load_balancer.as_ref()?.spec.security_groups.is_empty() => {
            return if admitted.iter().any(|own| ***own == *EVERYBODY) { None } else { unknown(scope, chain, front) };
        }
        None if is_public(front) => BTreeSet::from([EVERYBODY]),
        None => return None,
    };
    let refused: Vec<&str> = clients
        .into_iter()
        // Target groups of an ALB are IPv4: IPv6 clients arrive with an address of the NLB.
        .filter(|range| !range.contains(':'))
        .filter(|range| !admitted.iter().any(|own| covers(own, range)))
        .collect();
    if refused.is_empty() {
        return None;
    }
    let place = match group.origins.get("ingress") {
        Some(Origin::Field { object, path }) => Place::Field(*object, *path),
        _ => alb.field("spec.gatewayClassName"),
    };
    let (alb, front, refused) = (alb.node.label(), front.node.label(), refused.join(", "));
    let message = format!(
        "the NLB of Gateway {front} takes clients from {refused}, the security group of the ALB of Gateway {alb} \
         does not let them in on port {}",
        chain.target.port
    );
    let finding = Diagnostic::new(Code::ChainClients, place, message).related(chain.place(), "the chain");
    Some(finding.help("an NLB keeps the clients' addresses on the way to an ALB: add the ranges to sourceRanges"))
}

/// Nobody knows what lies in groups that are not managed.
fn unknown(scope: &Scope<'_, '_>, chain: &Chain<'_, '_>, owner: &Subject<'_, '_>) -> Option<Diagnostic> {
    let load_balancer = owner.stack()?.load_balancer.as_ref()?;
    let Some(Origin::Field { object, path }) = load_balancer.origins.get("securityGroups") else { return None };
    let (front, alb) = (scope.gateways[chain.front].node.label(), scope.gateways[chain.alb].node.label());
    let message = format!(
        "the {} of Gateway {} has security groups of its own: nobody checked whether clients of the NLB of Gateway \
         {front} reach the ALB of Gateway {alb}",
        owner.node.lb_type.short(),
        owner.node.label()
    );
    let finding = Diagnostic::new(Code::ChainOwnGroups, Place::Field(*object, *path), message);
    let port = chain.target.port;
    let help = if owner.is_alb() {
        format!(
            "let the clients' ranges, or the NLB's security group, in on port {port}: an NLB keeps client addresses"
        )
    } else {
        "add the clients' ranges to sourceRanges of the ALB: an NLB keeps client addresses on the way to an ALB"
            .to_owned()
    };
    Some(finding.related(chain.place(), "the chain").help(help))
}

fn is_public(subject: &Subject<'_, '_>) -> bool {
    let load_balancer = subject.stack().and_then(|stack| stack.load_balancer.as_ref());
    load_balancer.is_some_and(|load_balancer| &*load_balancer.spec.scheme == "internet-facing")
}

fn of_ports<'p>(front: &Subject<'p, '_>, chain: &Chain<'_, '_>) -> BTreeSet<&'p str> {
    let ports = served_ports(front, chain);
    ports.iter().filter_map(|port| clients(front, *port)).flatten().map(|range| &**range).collect()
}

fn served_ports(front: &Subject<'_, '_>, chain: &Chain<'_, '_>) -> Vec<i64> {
    let Some(loaded) = front.loaded() else { return Vec::new() };
    let is_served = |route: usize| std::ptr::eq(&raw const loaded.routes[route], chain.route);
    let ports = loaded.ports.iter().filter(|(_, routes)| routes.iter().any(|one| is_served(one.route)));
    ports.map(|(port, _)| *port).collect()
}

/// Ranges that the managed group of the NLB lets in; nobody knows those of other groups.
fn clients<'p>(front: &Subject<'p, '_>, port: i64) -> Option<Vec<&'p Text>> {
    let group = front.stack()?.security_group.as_ref()?;
    ranges(group.spec.ingress.iter().filter(|permission| is_tcp(permission, port)))
}

/// Ranges that the managed group of the ALB lets in; none when it lets in the whole NLB, or nobody knows.
fn admitted<'p>(alb: &Subject<'p, '_>, port: i64, front: &str) -> Option<Vec<&'p Text>> {
    let group = alb.stack()?.security_group.as_ref()?;
    let open = group.spec.ingress.iter().filter(|permission| is_tcp(permission, port));
    let is_front = |permission: &&IpPermission| matches!(&permission.source, PermissionSource::Group(Value::OtherSecurityGroup(nlb)) if **nlb == *front);
    if open.clone().any(|permission| is_front(&permission)) {
        return None;
    }
    ranges(open)
}

fn is_tcp(permission: &IpPermission, port: i64) -> bool {
    permission.ip_protocol == "tcp" && (permission.from_port..=permission.to_port).contains(&port)
}

/// The ranges, or none when a prefix list hides some.
fn ranges<'p>(permissions: impl Iterator<Item = &'p IpPermission>) -> Option<Vec<&'p Text>> {
    let mut ranges = Vec::new();
    for permission in permissions {
        match &permission.source {
            PermissionSource::Ipv4(range) | PermissionSource::Ipv6(range) => ranges.push(range),
            PermissionSource::PrefixList(_) => return None,
            PermissionSource::Group(_) => {}
        }
    }
    Some(ranges)
}
