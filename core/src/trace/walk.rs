//! The walk itself: Gateway, listener, target groups, and on through a chain.
//!
//! Rules and actions of ALBs are in `rules`.

use super::door;
use super::planned::{Planned, listener_name};
use super::request::{Request, Scheme};
use super::rewrite::Sent;
use super::step::{Answer, Portion, Share, Step, Target};
use crate::id::LoadBalancerType;
use crate::model::Resource;
use crate::model::action::{Action, ForwardConfig};
use crate::model::listener::Listener;
use crate::origin::Origin;

/// A request on its way.
pub struct Walk<'w, 'p, 'm> {
    /// The plan.
    pub(super) planned: &'w Planned<'p, 'm>,
    /// The request.
    pub(super) request: &'w Request,
    /// Whether it is encrypted where it is now.
    is_encrypted: bool,
    /// The way so far.
    pub steps: Vec<Step<'p>>,
    /// The end.
    pub answer: Answer,
    /// Remarks.
    pub notes: Vec<String>,
}

impl<'w, 'p, 'm> Walk<'w, 'p, 'm> {
    /// Begins at the client.
    pub fn new(planned: &'w Planned<'p, 'm>, request: &'w Request) -> Self {
        let is_encrypted = request.scheme.is_encrypted();
        Self { planned, request, is_encrypted, steps: Vec::new(), answer: Answer::default(), notes: Vec::new() }
    }

    /// Ends the way where nothing answers.
    pub fn nothing(&mut self, why: String) {
        self.answer.error = Some(why.clone());
        self.steps.push(Step::Nothing(why));
    }

    /// Goes into a Gateway's load balancer, perhaps from an NLB in front of it.
    pub fn gateway(&mut self, index: usize, port: i64, through: Option<usize>) {
        let planned = self.planned;
        self.steps.push(Step::Gateway(index));
        self.answer.gateway = Some(planned.label(index));
        self.answer.listener = None;
        if let Err(why) = planned.stack(index) {
            return self.nothing(format!("{} is not in the plan: {why}", planned.title(index)));
        }
        let Some(listener) = planned.listener(index, port) else {
            let there = match planned.listeners(index) {
                none if none.is_empty() => "it has no listener".to_owned(),
                listeners => format!("it listens on {listeners}"),
            };
            return self.nothing(format!("{} has no listener on port {port}: {there}", planned.title(index)));
        };
        self.steps.push(Step::Listener(index, listener));
        self.answer.listener = Some(listener_name(&listener.spec));
        if let Some(why) = self.shut(index, listener, through) {
            return self.nothing(why);
        }
        if let Some(why) = refusal(listener.spec.protocol, self.request.scheme, self.is_encrypted) {
            return self.nothing(why.to_owned());
        }
        match planned.lb_type(index) {
            LoadBalancerType::Network => self.network(index, listener),
            LoadBalancerType::Application => self.application(index, listener),
        }
    }

    fn shut(&self, index: usize, listener: &Resource<Listener>, through: Option<usize>) -> Option<String> {
        let (client, stack) = (self.request.from?, self.planned.stack(index).ok()?);
        let nlb = through.and_then(|nlb| self.planned.stack(nlb).ok()).map(|stack| &stack.id);
        let protocol = if self.request.scheme == Scheme::Udp { "udp" } else { "tcp" };
        let is_shut = door::refuses(stack, listener.spec.port, protocol, client, nlb);
        is_shut.then(|| {
            let title = self.planned.title(index);
            format!("the security group of {title} doesn't let {client} in on port {}", listener.spec.port)
        })
    }

    fn network(&mut self, index: usize, listener: &'p Resource<Listener>) {
        let action = listener.spec.default_actions.iter().find_map(|action| match action {
            Action::Forward { config } => Some(config),
            _ => None,
        });
        let Some(config) = action else {
            return self.nothing(format!("listener {} forwards to nothing", listener_name(&listener.spec)));
        };
        let shares = self.planned.shares(index, config);
        let followed = shares.iter().position(|share| share.is_followed);
        if let Some(Origin::Field { object, .. }) = listener.origins.get("defaultActions") {
            let target = followed.map(|followed| &shares[followed].target);
            self.answer.rule = Some(self.planned.l4_rule_name(*object, target));
            self.steps.push(Step::Route(*object));
        }
        if let (Some(followed), "TLS") = (followed, listener.spec.protocol) {
            let behind = self.planned.group(index, &config.target_groups[followed].arn);
            self.is_encrypted = behind.is_some_and(|group| *group.protocol == *"TLS");
        }
        self.forward(index, shares, config);
        if self.answer.path.is_none() && self.answer.service.is_some() && self.request.scheme.is_http() {
            self.arrived(Sent::of(self.request));
        }
    }

    /// Says what the target sees of the request.
    pub(super) fn arrived(&mut self, sent: Sent) {
        (self.answer.path, self.answer.query) = (Some(sent.path), sent.query);
        self.answer.host = Some(sent.host);
    }

    /// Goes on to the heaviest of `shares`.
    pub(super) fn forward(&mut self, index: usize, shares: Vec<Share>, config: &'p ForwardConfig) {
        self.steps.push(Step::Targets(shares.clone(), config.target_group_stickiness_config.as_ref()));
        let Some(followed) = shares.iter().find(|share| share.is_followed) else {
            return self.nothing("no target group has a weight above zero".to_owned());
        };
        self.note_other_ways(&shares, followed);
        match &followed.target {
            Target::Alb(alb, port) if self.planned.lb_type(index) == LoadBalancerType::Network => {
                self.gateway(*alb, *port, Some(index));
            }
            Target::Alb(..) => self.nothing("an ALB can't be a target of an ALB".to_owned()),
            Target::Service(service) => {
                self.answer.service = Some(service.clone());
                self.answer.services = portions(&shares);
            }
            Target::Other(group) => self.answer.target_group = Some(group.clone()),
        }
    }

    /// An answer names Services; what goes elsewhere is said.
    fn note_other_ways(&mut self, shares: &[Share], followed: &Share) {
        let all: i64 = shares.iter().map(|share| share.weight).sum();
        let is_service = |share: &Share| matches!(share.target, Target::Service(_));
        if all > followed.weight && !shares.iter().filter(|share| share.weight > 0).all(is_service) {
            let others = all - followed.weight;
            self.notes.push(format!("the heaviest target group is followed: {others} of {all} go to others"));
        }
    }
}

/// Services with a weight above zero, if there are several targets.
fn portions(shares: &[Share]) -> Vec<Portion> {
    let heavy = shares.iter().filter(|share| share.weight > 0);
    let portions: Vec<Portion> = heavy
        .filter_map(|share| match &share.target {
            Target::Service(service) => Some(Portion { service: service.clone(), weight: share.weight }),
            Target::Alb(..) | Target::Other(_) => None,
        })
        .collect();
    if portions.len() > 1 { portions } else { Vec::new() }
}

/// Why a listener of `protocol` does not take what the client speaks.
pub fn refusal(protocol: &str, scheme: Scheme, is_encrypted: bool) -> Option<&'static str> {
    let is_datagram = scheme == Scheme::Udp;
    match protocol {
        "TCP" if is_datagram => Some("a TCP listener takes no datagrams"),
        "UDP" | "QUIC" if !is_datagram => Some("a UDP listener takes datagrams only"),
        "TLS" if is_datagram => Some("a TLS listener takes no datagrams"),
        "TLS" if !is_encrypted => Some("a TLS listener expects a TLS handshake, and the client doesn't begin with one"),
        "HTTP" | "HTTPS" if is_datagram => Some("an ALB takes no datagrams"),
        "HTTP" if is_encrypted => {
            Some("the client begins a TLS handshake, and an HTTP listener has none: the connection fails")
        }
        "HTTPS" if !is_encrypted && scheme.is_http() => {
            Some("the request comes in plain text, and an HTTPS listener refuses it before it tries a rule")
        }
        "HTTP" | "HTTPS" if !scheme.is_http() => {
            Some("an ALB routes HTTP requests: trace an http:// or https:// URL to go on through its rules")
        }
        _ => None,
    }
}
