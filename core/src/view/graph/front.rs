//! Which ALB a target group of an NLB leads to.
//!
//! It reads references between stacks, and ARNs in conditions where the profile plans by them.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::Value;
use crate::model::target_group::AlbTarget;
use crate::pipeline::Pipeline;
use crate::resolve::Programmed;

/// Gateways by name and by ARN.
pub struct Front {
    labels: BTreeMap<String, usize>,
    arns: BTreeMap<String, usize>,
}

impl Front {
    pub fn new(pipeline: &Pipeline<'_>) -> Self {
        let (mut labels, mut arns) = (BTreeMap::new(), BTreeMap::new());
        for (index, (node, _)) in pipeline.gateways().enumerate() {
            labels.insert(node.label(), index);
            if let Some(Programmed::Arn(arn)) = pipeline.resolver.programmed(&node.gateway.meta.id) {
                arns.entry(arn.to_string()).or_insert(index);
            }
        }
        Self { labels, arns }
    }

    /// Position of the Gateway.
    pub fn gateway(&self, target: &AlbTarget) -> Option<usize> {
        match &target.target_arn {
            Value::OtherLoadBalancerArn(stack) => self.labels.get(&**stack).copied(),
            Value::Known(arn) => self.arns.get(&**arn).copied(),
            _ => None,
        }
    }

    /// NLB and ALB of each chain.
    pub fn chains(&self, pipeline: &Pipeline<'_>) -> BTreeSet<(usize, usize)> {
        let mut chains = BTreeSet::new();
        for (index, (_, built)) in pipeline.gateways().enumerate() {
            let targets = built.result.as_ref().map(|stack| stack.alb_targets.as_slice()).unwrap_or_default();
            chains.extend(targets.iter().filter_map(|target| Some((index, self.gateway(&target.spec)?))));
        }
        chains
    }
}
