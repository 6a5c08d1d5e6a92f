//! The planned load balancers of all Gateways, with the look-ups that a walk needs.
//!
//! It does not know requests.

use std::collections::{BTreeMap, BTreeSet};

use crate::admission::suggestion::nearest;
use crate::id::{LoadBalancerType, ObjectIx};
use crate::manifest::Manifests;
use crate::manifest::route::Route;
use crate::model::listener::{Listener, ListenerRule};
use crate::model::target_group::AlbTarget;
use crate::model::{Resource, Stack, Value};
use crate::origin::Origin;
use crate::pipeline::{Built, Failure, Pipeline};
use crate::plan::Shown;
use crate::resolve::Programmed;
use crate::resolve::gateway::GatewayNode;

/// Names that an error offers at most.
const OFFERED: usize = 5;

/// What was planned, Gateways by namespace and name.
pub struct Planned<'p, 'm> {
    /// Names and places.
    pub(super) manifests: &'m Manifests,
    pipeline: &'p Pipeline<'m>,
    pub(super) gateways: Vec<(&'p GatewayNode<'m>, &'p Built<'m>)>,
    labels: BTreeMap<String, usize>,
    /// ALBs that some NLB leads to.
    fronted: BTreeSet<usize>,
    shown: Option<Shown>,
}

impl<'p, 'm> Planned<'p, 'm> {
    /// Prepares walks; requests enter at Gateways that are `shown`, if anything is said about that.
    pub fn new(manifests: &'m Manifests, pipeline: &'p Pipeline<'m>, shown: Option<Shown>) -> Self {
        let gateways: Vec<_> = pipeline.gateways().collect();
        let labels = gateways.iter().enumerate().map(|(index, (node, _))| (node.label(), index)).collect();
        let mut planned = Self { manifests, pipeline, gateways, labels, fronted: BTreeSet::new(), shown };
        let stacks = planned.gateways.iter().filter_map(|(_, built)| built.result.as_ref().ok());
        let targets = stacks.flat_map(|stack| &stack.alb_targets);
        planned.fronted = targets.filter_map(|target| planned.alb(&target.spec)).collect();
        planned
    }

    /// The Gateway called `name` or `namespace/name`.
    pub fn named(&self, name: &str) -> Result<usize, String> {
        if let Some(index) = self.labels.get(name) {
            return Ok(*index);
        }
        let own = |label: &&String| label.split_once('/').is_some_and(|(_, own)| own == name);
        let found: Vec<&String> = self.labels.keys().filter(own).collect();
        match found.as_slice() {
            [] => Err(format!("no Gateway is called {name}; {}", self.offer(name))),
            [only] => Ok(self.labels[*only]),
            many => {
                let names: Vec<&str> = many.iter().map(|label| label.as_str()).collect();
                Err(format!("several Gateways are called {name}: say {}", names.join(" or ")))
            }
        }
    }

    fn offer(&self, name: &str) -> String {
        let own = self.labels.keys().filter_map(|label| Some(label.split_once('/')?.1));
        if let Some(near) = nearest(name, self.labels.keys().map(String::as_str).chain(own)) {
            return format!("did you mean {near}?");
        }
        let some: Vec<&str> = self.labels.keys().take(OFFERED).map(String::as_str).collect();
        match self.labels.len() - some.len() {
            _ if some.is_empty() => "there is none".to_owned(),
            0 => format!("there are {}", some.join(", ")),
            more => format!("there are {} and {more} more", some.join(", ")),
        }
    }

    /// Positions of Gateways at which requests enter.
    pub(super) fn doors(&self) -> impl Iterator<Item = usize> + '_ {
        let shown = |node: &GatewayNode<'_>| self.shown.as_ref().is_none_or(|shown| shown.has(&node.gateway.meta));
        self.gateways.iter().enumerate().filter(move |(_, (node, _))| shown(node)).map(|(index, _)| index)
    }

    pub(super) fn node(&self, index: usize) -> &'p GatewayNode<'m> {
        self.gateways[index].0
    }

    /// `ns/name`.
    pub(super) fn label(&self, index: usize) -> String {
        self.node(index).label()
    }

    /// `NLB Gateway ns/name`.
    pub(super) fn title(&self, index: usize) -> String {
        format!("{} Gateway {}", self.lb_type(index).short(), self.label(index))
    }

    pub(super) fn lb_type(&self, index: usize) -> LoadBalancerType {
        self.node(index).lb_type
    }

    /// The stack, or why there is none.
    pub(super) fn stack(&self, index: usize) -> Result<&'p Stack, &'p str> {
        let built = self.gateways[index].1;
        built.result.as_ref().map_err(Failure::message)
    }

    pub(super) fn listener(&self, index: usize, port: i64) -> Option<&'p Resource<Listener>> {
        self.stack(index).ok()?.listeners.iter().find(|listener| listener.spec.port == port)
    }

    /// `TCP:80, TLS:443`, empty without listeners.
    pub(super) fn listeners(&self, index: usize) -> String {
        let all = self.stack(index).map(|stack| stack.listeners.as_slice()).unwrap_or_default();
        let names: Vec<String> = all.iter().map(|listener| listener_name(&listener.spec)).collect();
        names.join(", ")
    }

    /// Rules of the listener on `port` by priority.
    pub(super) fn rules(&self, index: usize, port: i64) -> impl Iterator<Item = &'p Resource<ListenerRule>> {
        let rules = self.stack(index).map(|stack| stack.rules.as_slice()).unwrap_or_default();
        rules.iter().filter(move |rule| rule.spec.listener_arn == Value::ListenerArn(port))
    }

    /// Whether some NLB leads to the Gateway.
    pub(super) fn is_fronted(&self, index: usize) -> bool {
        self.fronted.contains(&index)
    }

    /// The Gateway whose ALB a target group leads to.
    pub(super) fn alb(&self, target: &AlbTarget) -> Option<usize> {
        match &target.target_arn {
            Value::OtherLoadBalancerArn(stack) => self.labels.get(&**stack).copied(),
            Value::Known(arn) => self.gateways.iter().position(|(node, _)| {
                self.pipeline.resolver.programmed(&node.gateway.meta.id) == Some(Programmed::Arn(arn.clone()))
            }),
            _ => None,
        }
    }

    pub(super) fn route(&self, object: ObjectIx) -> Option<&'m Route> {
        self.manifests.routes.iter().find(|route| route.meta.object == object)
    }

    /// `Kind ns/name#index` of the rule of the route behind a rule of an ALB.
    pub(super) fn rule_name(&self, rule: &Resource<ListenerRule>) -> String {
        let route = self.manifests.object(rule.cause).describe();
        match rule.origins.get("conditions") {
            Some(Origin::Field { path, .. }) => format!("{route}#{}", path.first_index().unwrap_or_default()),
            _ => route,
        }
    }
}

/// `TCP:80`.
pub fn listener_name(listener: &Listener) -> String {
    format!("{}:{}", listener.protocol, listener.port)
}
