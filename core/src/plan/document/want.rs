//! The questions that a plan leaves open, each once.
//!
//! It answers none.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{Spec, resources};
use crate::fact::Want;
use crate::model::action::Action;
use crate::model::load_balancer::{PermissionSource, Subnets};
use crate::model::target_group::{HealthCheckPort, NetworkingPeer, NetworkingRule, RulePort};
use crate::model::{Number, Stack, Value};

/// A question, in words too.
#[derive(Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub(super) struct WantDocument {
    #[serde(flatten)]
    want: Want,
    text: String,
}

pub(super) fn documents(stacks: &[&Stack]) -> Vec<WantDocument> {
    let document = |want: Want| WantDocument { text: want.to_string(), want };
    wants(stacks).into_iter().map(document).collect()
}

/// All questions of `stacks`.
pub fn wants(stacks: &[&Stack]) -> BTreeSet<Want> {
    let mut wants = Wants(BTreeSet::new());
    for planned in stacks.iter().flat_map(|stack| resources(stack)) {
        wants.spec(&planned.spec);
    }
    wants.0
}

struct Wants(BTreeSet<Want>);

impl Wants {
    fn spec(&mut self, spec: &Spec<'_>) {
        match spec {
            Spec::SecurityGroup(spec) => {
                self.value(&spec.group_name);
                spec.ingress.iter().for_each(|permission| self.source(&permission.source));
            }
            Spec::LoadBalancer(spec) => {
                self.value(&spec.name);
                self.subnets(&spec.subnet_mapping);
                self.values(&spec.security_groups);
            }
            Spec::TargetGroup(spec) => {
                self.value(&spec.name);
                self.number(&spec.port);
                if let HealthCheckPort::Number(port) = &spec.health_check_config.port {
                    self.number(port);
                }
            }
            Spec::Binding(spec) => {
                self.values([&spec.template.metadata.name, &spec.template.spec.target_group_arn]);
                self.value(&spec.template.spec.vpc_id);
                let rules = spec.template.spec.networking.iter().flat_map(|networking| &networking.ingress);
                rules.for_each(|rule| self.networking(rule));
            }
            Spec::AlbTarget(spec) => self.values([&spec.name, &spec.arn, &spec.target_arn]),
            Spec::Listener(spec) => {
                self.values(spec.certificates.iter().map(|certificate| &certificate.arn));
                self.values(spec.mutual_authentication.iter().filter_map(|mutual| mutual.trust_store_arn.as_ref()));
                self.actions(&spec.default_actions);
            }
            Spec::Rule(spec) => self.actions(&spec.actions),
            Spec::WebAcl(spec) => self.value(&spec.resource_arn),
            Spec::Shield(spec) => self.value(&spec.resource_arn),
        }
    }

    fn value(&mut self, value: &Value) {
        if let Value::Pending(want) | Value::Partial(_, want) = value {
            self.0.insert(Want::clone(want));
        }
    }

    fn values<'v>(&mut self, values: impl IntoIterator<Item = &'v Value>) {
        values.into_iter().for_each(|value| self.value(value));
    }

    fn number(&mut self, number: &Number) {
        if let Number::Pending(want) = number {
            self.0.insert(Want::clone(want));
        }
    }

    fn subnets(&mut self, subnets: &Subnets) {
        if let Subnets::Pending(want) = subnets {
            self.0.insert(Want::clone(want));
        }
    }

    fn source(&mut self, source: &PermissionSource) {
        if let PermissionSource::Group(group) = source {
            self.value(group);
        }
    }

    fn networking(&mut self, rule: &NetworkingRule) {
        for peer in &rule.from {
            match peer {
                NetworkingPeer::IpBlock { cidr } => self.value(cidr),
                NetworkingPeer::SecurityGroup { group_id } => self.value(group_id),
            }
        }
        for port in rule.ports.iter().filter_map(|port| port.port.as_ref()) {
            if let RulePort::Number(number) = port {
                self.number(number);
            }
        }
    }

    fn actions(&mut self, actions: &[Action]) {
        for action in actions {
            if let Action::Forward { config } = action {
                self.values(config.target_groups.iter().map(|tuple| &tuple.arn));
            }
        }
    }
}
