//! A pipeline's outcome with the part of it that is shown, and its forms as documents.
//!
//! Nothing is decided here but what is shown.

pub mod compare;
pub mod difference;
pub mod document;
pub mod shown;
pub mod stack_json;
pub mod summary;

use crate::id::{NamespacedName, Text};
use crate::manifest::Manifests;
use crate::manifest::gateway::Gateway;
use crate::model::Stack;
use crate::pipeline::{Built, Failure, Pipeline};
use crate::resolve::gateway::GatewayNode;
use crate::status;

pub use shown::Shown;

/// A pipeline's outcome.
#[derive(Clone, Copy, Debug)]
pub struct Plan<'p, 'm> {
    /// What was planned.
    pub manifests: &'m Manifests,
    /// What came of it.
    pub pipeline: &'p Pipeline<'m>,
    /// Which Gateways are shown; all without.
    pub shown: Option<&'p Shown>,
}

/// A Gateway without stack.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Blocked {
    /// `ns/name`.
    pub gateway: String,
    /// Reason as in its condition.
    pub reason: String,
    /// What is in the way.
    pub message: String,
}

impl<'p, 'm> Plan<'p, 'm> {
    /// Stacks in the order in which they can be carried out.
    pub fn stacks(&self) -> Vec<&'p Stack> {
        let mut stacks = self.pipeline.stacks();
        stacks.retain(|stack| self.shows(&self.manifests.object(stack.gateway).id));
        stacks
    }

    /// Gateways of our classes that are shown.
    pub fn gateways(&self) -> impl Iterator<Item = (&'p GatewayNode<'m>, &'p Built<'m>)> {
        self.pipeline.gateways().filter(|(node, _)| self.shows(&node.gateway.meta.id))
    }

    /// Gateways without stack, by namespace and name.
    pub fn blocked(&self) -> Vec<Blocked> {
        let mut blocked: Vec<Blocked> = self.gateways().filter_map(|(node, built)| failed(node, built)).collect();
        blocked.extend(self.without_class().map(|gateway| Blocked {
            gateway: gateway.meta.id.to_string(),
            reason: "ClassNotFound".to_owned(),
            message: format!("GatewayClass {} is not among the manifests", gateway.spec.gateway_class_name),
        }));
        blocked.sort_by(|a, b| a.gateway.cmp(&b.gateway));
        blocked
    }

    /// Gateways whose class is not among the manifests.
    pub fn without_class(&self) -> impl Iterator<Item = &'m Gateway> {
        let (plan, index) = (*self, &self.pipeline.resolver.index);
        let all = self.manifests.gateways.iter().filter(move |gateway| plan.shows(&gateway.meta.id));
        all.filter(move |gateway| index.class(&gateway.spec.gateway_class_name).is_none())
    }

    /// Gateways of other controllers, with their controllers.
    pub fn others(&self) -> impl Iterator<Item = (&'m Gateway, &'m Text)> {
        let (plan, resolver) = (*self, &self.pipeline.resolver);
        let all = self.manifests.gateways.iter().filter(move |gateway| plan.shows(&gateway.meta.id));
        all.filter(|gateway| resolver.lb_type(gateway).is_none()).filter_map(|gateway| {
            let class = resolver.index.class(&gateway.spec.gateway_class_name)?;
            Some((gateway, &class.spec.controller_name))
        })
    }

    /// Whether the Gateway of that name is shown.
    pub fn shows(&self, gateway: &NamespacedName) -> bool {
        self.shown.is_none_or(|shown| shown.has_named(self.manifests, gateway))
    }
}

fn failed(node: &GatewayNode<'_>, built: &Built<'_>) -> Option<Blocked> {
    let failure = built.result.as_ref().err()?;
    let accepted = status::gateway::conditions(node, built).into_iter().find(|found| found.kind == "Accepted");
    let reason = match (failure, accepted) {
        (Failure::Panic, _) => "Panic".to_owned(),
        (_, Some(condition)) if condition.status == "False" => condition.reason,
        _ => "Invalid".to_owned(),
    };
    Some(Blocked { gateway: node.label(), reason, message: failure.message().to_owned() })
}
