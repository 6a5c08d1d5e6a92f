//! From the plan to a sketch: every Gateway that is shown, with what is behind it, and the clients in front.
//!
//! Listeners, targets and what is left out are drawn by their own modules.

use std::collections::{BTreeMap, BTreeSet};

use super::findings;
use super::forward::Aimed;
use super::front::Front;
use super::label;
use super::sketch::{Column, Face, Frame, Sketch, Sketched};
use super::{EdgeKind, Extent, GroupKind, LineStyle, NodeKind};
use crate::diagnostic::Diagnostic;
use crate::id::LoadBalancerType;
use crate::model::Stack;
use crate::pipeline::Built;
use crate::plan::{Blocked, Plan};
use crate::resolve::gateway::GatewayNode;

/// Gateways that an overview shows.
const GATEWAYS: usize = 40;

/// A Gateway and what was built of it.
pub type Gateway<'p, 'm> = (&'p GatewayNode<'m>, &'p Built<'m>);

pub struct Builder<'p, 'm> {
    pub plan: Plan<'p, 'm>,
    pub gateways: Vec<Gateway<'p, 'm>>,
    pub front: Front,
    pub extent: Extent,
    pub sketch: Sketch,
    /// Frames of the Gateways that are drawn.
    pub frames: Vec<Option<usize>>,
    /// Target groups and where they lead, drawn last.
    pub aimed: Vec<Aimed>,
    blocked: BTreeMap<String, Blocked>,
}

/// Draws all that the plan shows.
pub fn sketch(plan: &Plan<'_, '_>, findings: &[Diagnostic], extent: Extent) -> Sketch {
    let gateways: Vec<_> = plan.pipeline.gateways().collect();
    let (front, frames) = (Front::new(plan.pipeline), vec![None; gateways.len()]);
    let blocked = plan.blocked().into_iter().map(|blocked| (blocked.gateway.clone(), blocked)).collect();
    let (sketch, aimed) = (Sketch::default(), Vec::new());
    let mut builder = Builder { plan: *plan, gateways, front, extent, sketch, frames, aimed, blocked };
    let (drawn, cut) = builder.chosen();
    for index in &drawn {
        builder.gateway_frame(*index);
    }
    for index in drawn {
        builder.gateway(index);
    }
    builder.aims();
    builder.left_out(findings);
    builder.strangers();
    builder.more_gateways(&cut);
    findings::attach(&mut builder.sketch, findings);
    builder.sketch
}

impl<'p, 'm> Builder<'p, 'm> {
    pub fn label(&self, index: usize) -> String {
        self.gateways[index].0.label()
    }

    pub fn stack(&self, index: usize) -> Option<&'p Stack> {
        self.gateways[index].1.result.as_ref().ok()
    }

    pub fn lb_type(&self, index: usize) -> LoadBalancerType {
        self.gateways[index].0.lb_type
    }

    /// Gateways that are drawn and those that have no room: what is shown, with the other ends of its chains.
    fn chosen(&self) -> (BTreeSet<usize>, Vec<usize>) {
        let chains = self.front.chains(self.plan.pipeline);
        let shows = |index: &usize| self.plan.shows(&self.gateways[*index].0.gateway.meta.id);
        let (mut drawn, mut cut) = (BTreeSet::new(), Vec::new());
        let limit = if self.extent == Extent::All { usize::MAX } else { GATEWAYS };
        for index in (0..self.gateways.len()).filter(shows) {
            if drawn.len() < limit || drawn.contains(&index) {
                drawn.insert(index);
                drawn.extend(chains.iter().filter(|(nlb, _)| *nlb == index).map(|(_, alb)| *alb));
                drawn.extend(chains.iter().filter(|(_, alb)| *alb == index).map(|(nlb, _)| *nlb));
            } else {
                cut.push(index);
            }
        }
        cut.retain(|index| !drawn.contains(index));
        (drawn, cut)
    }

    fn gateway_frame(&mut self, index: usize) {
        let (node, built) = self.gateways[index];
        let load_balancer_type = match node.lb_type {
            LoadBalancerType::Application => "alb",
            LoadBalancerType::Network => "nlb",
        };
        let face = label::gateway(node, built);
        let load_balancer_type = Some(load_balancer_type);
        let frame = Frame { id: node.label(), kind: GroupKind::Gateway, parent: None, load_balancer_type, face };
        self.frames[index] = Some(self.sketch.frame(frame));
    }

    fn gateway(&mut self, index: usize) {
        let (node, built) = self.gateways[index];
        match self.stack(index) {
            Some(stack) => {
                self.listeners(index, stack);
                self.unserved(index);
                if stack.listeners.is_empty() {
                    let text = if stack.load_balancer.is_none() { "is being deleted" } else { "has no listeners" };
                    self.no_load_balancer(index, Face::named(text));
                }
            }
            None => {
                let message = built.result.as_ref().err().map_or("", |failure| failure.message());
                let reason = self.blocked.get(&node.label()).map_or("", |blocked| &*blocked.reason);
                let face = label::blocked(reason, message);
                self.no_load_balancer(index, face);
            }
        }
    }

    fn no_load_balancer(&mut self, index: usize, face: Face) {
        let column = match self.lb_type(index) {
            LoadBalancerType::Application => Column::Listener,
            LoadBalancerType::Network => Column::NetworkListener,
        };
        let id = format!("{}/blocked", self.label(index));
        self.sketch.add(Sketched::new(id, NodeKind::Blocked, column, self.frames[index], face));
    }

    /// Gateways of which nobody knows what they stand for.
    fn strangers(&mut self) {
        for gateway in self.plan.without_class() {
            let id = gateway.meta.id.to_string();
            let face = Face::named(format!("Gateway {id}")).at(gateway.meta.object, "");
            let frame =
                Frame { id: id.clone(), kind: GroupKind::Gateway, parent: None, load_balancer_type: None, face };
            let frame = self.sketch.frame(frame);
            let Some(blocked) = self.blocked.get(&id) else { continue };
            let face = label::blocked(&blocked.reason, &blocked.message);
            let id = format!("{id}/blocked");
            self.sketch.add(Sketched::new(id, NodeKind::Blocked, Column::Listener, Some(frame), face));
        }
    }

    fn more_gateways(&mut self, cut: &[usize]) {
        if cut.is_empty() {
            return;
        }
        let mut face = Face::named(format!("{} more Gateways", cut.len()))
            .line(LineStyle::Detail, "name one of them, or show all");
        let mut members = Vec::new();
        for index in cut {
            face.anchor(self.gateways[*index].0.object(), String::new(), true);
            members.push(self.label(*index));
        }
        face.more.push(label::some(&members));
        let node = Sketched::new("gateways".to_owned(), NodeKind::Gateways, Column::Client, None, face);
        self.sketch.add(Sketched { members, ..node });
    }
}

impl Sketch {
    /// Puts a client in front of every chain: it reaches the listeners that nothing else leads to.
    pub fn add_clients(&mut self, plan: &Plan<'_, '_>) {
        let (chains, count) = self.chains();
        let mut is_fed = vec![false; self.nodes.len()];
        for link in &self.links {
            is_fed[link.to] = true;
        }
        let mut doors: Vec<Vec<usize>> = vec![Vec::new(); count];
        for (position, node) in self.nodes.iter().enumerate() {
            if node.kind == NodeKind::Listener && !is_fed[position] {
                doors[chains[position]].push(position);
            }
        }
        let schemes: rustc_hash::FxHashMap<&str, bool> =
            plan.pipeline.stacks().into_iter().map(|stack| (&*stack.id, is_public(stack))).collect();
        for doors in doors.into_iter().filter(|doors| !doors.is_empty()) {
            let frames = doors.iter().filter_map(|door| self.nodes[*door].gateway);
            let frames: Vec<&str> = frames.map(|frame| self.frames[frame].id.as_str()).collect();
            let is_public = |frame: &&str| schemes.get(*frame).copied().unwrap_or(false);
            let mut members: Vec<String> = frames.iter().map(|frame| format!("client/{frame}")).collect();
            members.dedup();
            let face = label::client(frames.iter().any(is_public), frames.iter().all(is_public));
            let id = members.remove(0);
            let node = Sketched::new(id, NodeKind::Client, Column::Client, None, face);
            let client = self.add(Sketched { members, ..node });
            for door in doors {
                self.link(client, door, EdgeKind::Traffic, None);
            }
        }
    }
}

fn is_public(stack: &Stack) -> bool {
    stack.load_balancer.as_ref().is_some_and(|load_balancer| load_balancer.spec.scheme == "internet-facing")
}
