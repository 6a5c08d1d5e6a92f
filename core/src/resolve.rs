//! Follows every reference between objects: the result knows for each what it found, missed or may not use.
//!
//! It plans nothing of AWS, and a broken reference is a value here, never an error.

pub mod attach;
pub mod backend;
mod chain;
pub mod config;
mod conflict;
pub mod gateway;
pub mod hostname;
pub mod index;
pub mod listeners;
pub mod load;
pub mod names;
pub mod props;
mod update;

use std::cell::RefCell;

use rustc_hash::FxHashMap;

use crate::fact::Environment;
use crate::id::{LoadBalancerType, NamespacedName, Text};
use crate::manifest::Manifests;
use crate::manifest::gateway::{Gateway, GatewayClass, ListenerSet};
use crate::manifest::rule_config::ListenerRuleConfiguration;
use crate::profile::Profile;
use crate::status::class::{self, ClassStatus};
use crate::status::rule_config::{self, RuleConfigurationStatus};

use gateway::GatewayNode;
use index::Index;
use names::Names;

/// Whether a GatewayClass can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClassVerdict {
    /// Yes.
    Accepted,
    /// Its `Accepted` condition is not True.
    NotAccepted,
    /// Its configuration is newer than what its controller has seen; the reference's text.
    Stale(String),
}

/// What is known of a Gateway's load balancer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Programmed {
    /// It exists and serves.
    Arn(Text),
    /// It will exist.
    Planned(LoadBalancerType),
}

/// What resolving needs at hand.
#[derive(Debug)]
pub struct Resolver<'m> {
    /// Look-ups.
    pub index: Index<'m>,
    /// Answers about cluster and account.
    pub environment: &'m Environment,
    /// Deviations.
    pub profile: Profile,
    /// Whether the manifests are all there is, so that what they lack does not exist.
    pub complete: bool,
    classes: FxHashMap<&'m str, (ClassStatus, ClassVerdict)>,
    programmed: RefCell<FxHashMap<NamespacedName, Programmed>>,
    ports: RefCell<FxHashMap<NamespacedName, Vec<i64>>>,
    /// Names of target groups.
    pub target_group_names: Names,
    /// Names that users gave to load balancers.
    pub load_balancer_names: Names,
}

impl<'m> Resolver<'m> {
    /// Prepares resolving `manifests`.
    pub fn new(manifests: &'m Manifests, environment: &'m Environment, profile: Profile, complete: bool) -> Self {
        let mut resolver = Self {
            index: Index::new(manifests, profile.references_checked),
            environment,
            profile,
            complete,
            classes: FxHashMap::default(),
            programmed: RefCell::default(),
            ports: RefCell::default(),
            target_group_names: Names::default(),
            load_balancer_names: Names::default(),
        };
        for class in &manifests.gateway_classes {
            let status = class::status(&resolver, class);
            let verdict = class::verdict(&resolver, class, &status);
            resolver.classes.insert(class.meta.name(), (status, verdict));
        }
        for gateway in &manifests.gateways {
            let programmed = gateway.status.condition("Programmed").filter(|found| &*found.status == "True");
            if let Some(condition) = programmed {
                resolver.set_programmed(&gateway.meta.id, Some(Programmed::Arn(condition.message.clone())));
            }
        }
        resolver
    }

    /// Gateways of our classes, by namespace and name.
    pub fn nodes(&self) -> Vec<GatewayNode<'m>> {
        let mut sets: FxHashMap<(&str, &str), Vec<&'m ListenerSet>> = FxHashMap::default();
        let gate = self.environment.gate("GatewayListenerSet");
        for set in self.index.manifests.listener_sets.iter().filter(|_| gate) {
            let parent = &set.spec.parent_ref;
            let foreign = self.profile.references_checked && !listeners::is_gateway_api(parent.group.as_ref());
            if parent.kind() == "Gateway" && !foreign {
                let gateway = (&**parent.namespace(&set.meta.id.namespace), &*parent.name);
                sets.entry(gateway).or_default().push(set);
            }
        }
        let node = |gateway: &'m Gateway| {
            let class = self.index.class(&gateway.spec.gateway_class_name)?;
            let lb_type = LoadBalancerType::of_controller(&class.spec.controller_name)?;
            let id = &gateway.meta.id;
            let sets = sets.get(&(&*id.namespace, &*id.name)).map(Vec::as_slice).unwrap_or_default();
            Some(gateway::node(self, gateway, class, lb_type, sets))
        };
        let nodes: Vec<_> = self.index.manifests.gateways.iter().filter_map(node).collect();
        let mut ports = self.ports.borrow_mut();
        for node in &nodes {
            ports.insert(node.gateway.meta.id.clone(), attach::valid_ports(&node.listeners, node.lb_type));
        }
        drop(ports);
        nodes
    }

    /// The load balancer type of a Gateway's class, if the class is ours.
    pub fn lb_type(&self, gateway: &Gateway) -> Option<LoadBalancerType> {
        let class = self.index.class(&gateway.spec.gateway_class_name)?;
        LoadBalancerType::of_controller(&class.spec.controller_name)
    }

    /// Ports of the valid listeners of a Gateway of ours.
    pub fn listener_ports(&self, gateway: &Gateway) -> Vec<i64> {
        self.ports.borrow().get(&gateway.meta.id).cloned().unwrap_or_default()
    }

    /// The load balancer of a Gateway, if it is `Programmed` or planned.
    pub fn programmed(&self, gateway: &NamespacedName) -> Option<Programmed> {
        self.programmed.borrow().get(gateway).cloned()
    }

    /// Notes the outcome of deploying a Gateway.
    pub fn set_programmed(&self, gateway: &NamespacedName, found: Option<Programmed>) {
        let mut programmed = self.programmed.borrow_mut();
        match found {
            Some(found) => programmed.insert(gateway.clone(), found),
            None => programmed.remove(gateway),
        };
    }

    /// Status of a GatewayClass.
    pub fn class_status(&self, class: &GatewayClass) -> Option<&ClassStatus> {
        self.classes.get(&**class.meta.name()).map(|(status, _)| status)
    }

    /// Whether a GatewayClass can be used.
    pub fn class_verdict(&self, class: &GatewayClass) -> &ClassVerdict {
        self.classes.get(&**class.meta.name()).map_or(&ClassVerdict::NotAccepted, |(_, verdict)| verdict)
    }

    /// Status of a ListenerRuleConfiguration.
    pub fn rule_configuration_status(&self, configuration: &ListenerRuleConfiguration) -> RuleConfigurationStatus {
        rule_config::status(&self.index, configuration, self.environment, self.complete)
    }

    /// gwchain's text or the reference's.
    pub fn own_text(&self, own: impl FnOnce() -> String, reference: impl FnOnce() -> String) -> String {
        if self.profile.own_texts { own() } else { reference() }
    }

    /// Whether a ReferenceGrant lets `kind` of namespace `from` refer to an object (translation §3.6).
    pub fn is_granted(
        &self,
        kind: &str,
        from: &Text,
        namespace: &Text,
        to_group: &str,
        to_kind: &str,
        name: &Text,
    ) -> bool {
        self.index.grants(namespace).iter().any(|grant| {
            let spec = &grant.spec;
            let from_fits = spec.from.iter().any(|entry| {
                &*entry.group == "gateway.networking.k8s.io" && &*entry.kind == kind && entry.namespace == *from
            });
            from_fits
                && spec.to.iter().any(|entry| {
                    let named = entry.name.as_ref().is_none_or(|wanted| wanted == name);
                    &*entry.group == to_group && &*entry.kind == to_kind && named
                })
        })
    }
}
