//! The part of a picture that has to do with one Gateway, route or Service, and what a command line means by it.
//!
//! Names are found as `explain` finds them.

use super::super::explain::{Asked, Mark, find};
use super::sketch::Sketch;
use super::{NodeKind, Subject};
use crate::id::NamespacedName;
use crate::manifest::Manifests;
use crate::plan::Plan;

/// The subject that `argument` names: a Gateway, `route/NAME` or `service/NAME`.
pub fn subject(plan: &Plan<'_, '_>, argument: &str) -> Result<Subject, String> {
    match find(plan.pipeline, argument, plan.shown).map_err(|unclear| unclear.to_string())? {
        Asked::Gateway(index) => Ok(Subject::Gateway(index)),
        Asked::Object(mark) => Ok(Subject::Object(mark)),
        Asked::Field(..) | Asked::Resource(..) => {
            Err(format!("{argument} is part of a Gateway: a graph shows a Gateway, route/NAME or service/NAME"))
        }
    }
}

/// Keeps the subject, what leads to it and what it leads to.
pub fn prune(sketch: &mut Sketch, plan: &Plan<'_, '_>, subject: &Subject) {
    let mut is_wanted: Vec<bool> = match subject {
        Subject::Everything => return,
        Subject::Gateway(index) => {
            let label = plan.pipeline.gateways().nth(*index).map(|(node, _)| node.label()).unwrap_or_default();
            let frame = sketch.frames.iter().position(|frame| frame.id == label);
            sketch.nodes.iter().map(|node| node.gateway.is_some() && node.gateway == frame).collect()
        }
        Subject::Object(mark) => sketch.nodes.iter().map(|node| is_about(node, mark, plan.manifests)).collect(),
    };
    let (mut before, mut after) = (is_wanted.clone(), is_wanted.clone());
    let mut links: Vec<(usize, usize)> = sketch.links.iter().map(|link| (link.from, link.to)).collect();
    links.sort_by_key(|(from, to)| (sketch.nodes[*from].column, *to));
    for (from, to) in &links {
        after[*to] |= after[*from];
    }
    for (from, to) in links.iter().rev() {
        before[*from] |= before[*to];
    }
    for (position, wanted) in is_wanted.iter_mut().enumerate() {
        *wanted |= before[position] || after[position];
    }
    sketch.retain(&is_wanted);
}

fn is_about(node: &super::sketch::Sketched, mark: &Mark, manifests: &Manifests) -> bool {
    match mark {
        Mark::Service(service) => node.kind == NodeKind::Service && is_port_of(&node.id, service),
        Mark::Object(object) => {
            let name = manifests.object(*object).describe();
            let is_rule = |rule: &String| rule.split('#').next() == Some(&name);
            let is_anchored = node.face.anchors.first().is_some_and(|anchor| anchor.object == *object);
            match node.kind {
                NodeKind::Rule | NodeKind::Rules => node.rules.iter().any(is_rule),
                NodeKind::TargetGroup | NodeKind::LeftOut => is_anchored,
                _ => false,
            }
        }
    }
}

fn is_port_of(id: &str, service: &NamespacedName) -> bool {
    let name = id.strip_prefix("service/").and_then(|id| id.rsplit_once(':'));
    name.is_some_and(|(name, _)| name == service.to_string())
}
