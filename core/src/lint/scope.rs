//! What lints look at: Gateways, their stacks, and the chains between them, looked up once.
//!
//! It judges nothing.

use std::collections::BTreeMap;

use crate::diagnostic::Place;
use crate::id::{LoadBalancerType, NamespacedName, Text};
use crate::manifest::Manifests;
use crate::manifest::config::Attribute;
use crate::model::target_group::TargetGroup;
use crate::model::{Resource, Stack, Value};
use crate::origin::FieldPath;
use crate::pipeline::{Built, Pipeline};
use crate::resolve::backend::{Backend, GatewayTarget, Target};
use crate::resolve::gateway::GatewayNode;
use crate::resolve::load::{Loaded, LoadedRoute};

/// A route that forwards to the load balancer of another Gateway.
pub struct Chain<'p, 'm> {
    /// Position of the Gateway in front in [`Scope::gateways`].
    pub front: usize,
    /// Position of the ALB Gateway.
    pub alb: usize,
    /// The route.
    pub route: &'p LoadedRoute<'m>,
    /// Position of the rule in the route.
    pub rule: usize,
    /// The backend as written.
    pub backend: &'p Backend<'m>,
    /// The same, resolved.
    pub target: &'p GatewayTarget<'m>,
}

impl Chain<'_, '_> {
    /// The backendRef.
    pub fn place(&self) -> Place {
        let path = FieldPath::indexed("spec.rules[].backendRefs[]", &[self.rule, self.backend.index]);
        Place::Field(self.route.object(), path)
    }
}

/// A Gateway of our classes.
pub struct Subject<'p, 'm> {
    /// The Gateway with its listeners.
    pub node: &'p GatewayNode<'m>,
    /// What came of it.
    pub built: &'p Built<'m>,
}

impl<'p, 'm> Subject<'p, 'm> {
    /// What is planned for it.
    pub fn stack(&self) -> Option<&'p Stack> {
        self.built.result.as_ref().ok()
    }

    /// Its routes.
    pub fn loaded(&self) -> Option<&'p Loaded<'m>> {
        self.built.loaded.as_ref()
    }

    /// Whether it stands for an ALB.
    pub fn is_alb(&self) -> bool {
        self.node.lb_type == LoadBalancerType::Application
    }

    /// Where the listener on `port` is declared.
    pub fn listener_place(&self, port: i64) -> Place {
        let listener = self.node.valid_listeners().find(|listener| listener.spec.port == port);
        listener.map_or(self.field("spec.listeners"), |listener| {
            Place::Field(listener.object, FieldPath::indexed("spec.listeners[]", &[listener.index]))
        })
    }

    /// A field of the Gateway.
    pub fn field(&self, path: &'static str) -> Place {
        Place::Field(self.node.object(), FieldPath::new(path))
    }

    /// Value of a load balancer attribute, and where it stands.
    pub fn attribute(&self, key: &str) -> Option<(&'m Text, Place)> {
        let config = self.node.config.as_ref().ok()?;
        let value = &config.attributes().into_iter().find(|attribute| &*attribute.key == key)?.value;
        let is_it = |attribute: &Attribute| &*attribute.key == key && attribute.value == *value;
        let (list, object) =
            config.pick(|spec| spec.load_balancer_attributes.as_ref().filter(|list| list.iter().any(is_it)))?;
        let at = list.iter().position(is_it)?;
        let path = FieldPath::indexed("spec.loadBalancerAttributes[]", &[at]).child(".value");
        Some((value, Place::Field(object, path)))
    }
}

/// Everything that lints read.
pub struct Scope<'p, 'm> {
    /// Where it comes from.
    pub pipeline: &'p Pipeline<'m>,
    /// What was read.
    pub manifests: &'m Manifests,
    /// Gateways of our classes, by namespace and name.
    pub gateways: Vec<Subject<'p, 'm>>,
    /// Chains, in the order of the Gateways in front.
    pub chains: Vec<Chain<'p, 'm>>,
}

impl<'p, 'm> Scope<'p, 'm> {
    /// Looks everything up.
    pub fn new(pipeline: &'p Pipeline<'m>) -> Self {
        let gateways: Vec<Subject<'p, 'm>> = pipeline.gateways().map(|(node, built)| Subject { node, built }).collect();
        let chains = chains(&gateways);
        Self { pipeline, manifests: pipeline.resolver.index.manifests, gateways, chains }
    }

    /// The planned target group of a chain.
    pub fn group(&self, chain: &Chain<'p, 'm>) -> Option<&'p Resource<TargetGroup>> {
        let stack = self.gateways[chain.front].stack()?;
        let alb = self.gateways[chain.alb].node.label();
        let target = stack.alb_targets.iter().find(|target| {
            let is_other = matches!(&target.spec.target_arn, Value::OtherLoadBalancerArn(other) if **other != *alb);
            target.cause == chain.route.object() && target.spec.target_port == chain.target.port && !is_other
        })?;
        stack.target_groups.iter().find(|group| group.id == target.id)
    }
}

fn chains<'p, 'm>(gateways: &[Subject<'p, 'm>]) -> Vec<Chain<'p, 'm>> {
    let places: BTreeMap<&NamespacedName, usize> =
        gateways.iter().enumerate().map(|(at, subject)| (&subject.node.gateway.meta.id, at)).collect();
    let mut chains = Vec::new();
    for (front, subject) in gateways.iter().enumerate() {
        for route in subject.loaded().into_iter().flat_map(|loaded| &loaded.routes) {
            for rule in &route.rules {
                for backend in &rule.backends {
                    let Target::Gateway(target) = &backend.target else { continue };
                    let Some(alb) = places.get(&target.gateway.meta.id) else { continue };
                    chains.push(Chain { front, alb: *alb, route, rule: rule.index, backend, target });
                }
            }
        }
    }
    chains
}
