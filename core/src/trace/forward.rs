//! Which target groups share a request, and where each leads.
//!
//! Of several the walk follows the heaviest; the others are told beside it.

use super::planned::Planned;
use super::step::{Share, Target};
use crate::id::ObjectIx;
use crate::model::action::{Action, ForwardConfig};
use crate::model::target_group::TargetGroup;
use crate::model::{Stack, Value};

impl Planned<'_, '_> {
    /// Shares of a forward action of the Gateway at `index`.
    pub(super) fn shares(&self, index: usize, config: &ForwardConfig) -> Vec<Share> {
        let Ok(stack) = self.stack(index) else { return Vec::new() };
        let tuples = config.target_groups.iter();
        let share = |arn| Share { target: self.target(stack, arn), weight: 0, is_followed: false };
        let mut shares: Vec<Share> =
            tuples.map(|tuple| Share { weight: tuple.weight.unwrap_or(1), ..share(&tuple.arn) }).collect();
        let heaviest = shares.iter().map(|share| share.weight).max().filter(|weight| *weight > 0);
        if let Some(share) = shares.iter_mut().find(|share| Some(share.weight) == heaviest) {
            share.is_followed = true;
        }
        shares
    }

    fn target(&self, stack: &Stack, arn: &Value) -> Target {
        let Value::TargetGroupArn(id) = arn else { return Target::Other(arn.to_string()) };
        if let Some(target) = stack.alb_targets.iter().find(|target| target.id == *id) {
            return match self.alb(&target.spec) {
                Some(alb) => Target::Alb(alb, target.spec.target_port),
                None => Target::Other(format!("{} port {}", target.spec.target_arn, target.spec.target_port)),
            };
        }
        match stack.bindings.iter().find(|binding| binding.id == *id) {
            Some(binding) => {
                let template = &binding.spec.template;
                let service = &template.spec.service_ref;
                Target::Service(format!("{}/{}:{}", template.metadata.namespace, service.name, service.port))
            }
            None => Target::Other(id.to_string()),
        }
    }

    /// The target group with that ARN.
    pub(super) fn group(&self, index: usize, arn: &Value) -> Option<&TargetGroup> {
        let Value::TargetGroupArn(id) = arn else { return None };
        let group = self.stack(index).ok()?.target_groups.iter().find(|group| group.id == *id)?;
        Some(&group.spec)
    }

    /// The ALB, and its port, that the listener of an NLB leads to.
    pub(super) fn chained(&self, index: usize, port: i64) -> Option<(usize, i64)> {
        let actions = self.listener(index, port)?.spec.default_actions.iter();
        let mut shares = actions.filter_map(|action| match action {
            Action::Forward { config } => Some(self.shares(index, config)),
            _ => None,
        });
        shares.find_map(|shares| {
            shares.iter().find_map(|share| match share.target {
                Target::Alb(alb, port) if share.is_followed => Some((alb, port)),
                _ => None,
            })
        })
    }

    /// `Kind ns/name#index` of the rule of an L4 route that names `target`.
    pub(super) fn l4_rule_name(&self, object: ObjectIx, target: Option<&Target>) -> String {
        let name = self.manifests.object(object).describe();
        let Some(route) = self.route(object) else { return name };
        let written = match target {
            Some(Target::Service(service)) => service.clone(),
            Some(Target::Alb(alb, port)) => format!("{}:{port}", self.label(*alb)),
            Some(Target::Other(_)) | None => String::new(),
        };
        let names = |rule: &crate::manifest::route::RouteRule| {
            rule.backend_refs.iter().any(|backend| {
                let namespace = backend.namespace.as_ref().unwrap_or(route.meta.namespace());
                format!("{namespace}/{}:{}", backend.name, backend.port.unwrap_or_default()) == written
            })
        };
        let only = (route.spec.rules.len() == 1).then_some(0);
        match only.or_else(|| route.spec.rules.iter().position(names)) {
            Some(index) => format!("{name}#{index}"),
            None => name,
        }
    }
}
