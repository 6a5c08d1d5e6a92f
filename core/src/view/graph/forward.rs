//! Target groups and where they lead: to a Service, to the ALB of another Gateway, or to nothing that is known.
//!
//! Those that only folded rules lead to are folded, too, and so are their Services.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::build::Builder;
use super::label;
use super::sketch::{Column, Face, Sketched};
use super::{EdgeKind, LineStyle, NodeKind};
use crate::id::{LoadBalancerType, Text};
use crate::model::target_group::{AlbTarget, TargetGroup, TargetGroupBinding};
use crate::model::{Resource, Stack, Value};
use crate::origin::Origin;

/// Target groups or Services that are never folded into one node.
const FEW: usize = 3;

/// An edge that leads to a target group.
#[derive(Clone, Debug)]
pub struct Use {
    pub from: usize,
    /// Whether it comes from a single rule.
    pub is_alone: bool,
    pub label: Option<String>,
    pub kind: EdgeKind,
}

/// Target groups in the order of their first use, with all that leads to them.
#[derive(Debug, Default)]
pub struct Flow {
    places: FxHashMap<String, usize>,
    entries: Vec<(Value, Vec<Use>)>,
}

impl Flow {
    /// Notes that something leads to a target group.
    pub fn note(&mut self, arn: &Value, one: Use) {
        let place = self.place(arn);
        self.entries[place].1.push(one);
    }

    fn place(&mut self, arn: &Value) -> usize {
        let key = match arn {
            Value::TargetGroupArn(id) => id.to_string(),
            other => format!("\n{other}"),
        };
        let new = self.entries.len();
        let place = *self.places.entry(key).or_insert(new);
        if place == new {
            self.entries.push((arn.clone(), Vec::new()));
        }
        place
    }

    /// Notes the target groups of the plan that nothing leads to.
    pub fn add_unused(&mut self, stack: &Stack) {
        for group in &stack.target_groups {
            self.place(&Value::TargetGroupArn(group.id.clone()));
        }
    }
}

/// Where a target group leads.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Aim {
    /// `ns/name:port` of a Service.
    Service { name: String, namespace: Text, service: Text },
    /// A port of the ALB of a Gateway.
    Alb(usize, i64),
}

/// A node of target groups and where it leads.
#[derive(Debug)]
pub struct Aimed {
    node: usize,
    is_folded: bool,
    aim: Aim,
    backend: Option<Origin>,
}

/// Where target groups lead, and those that lead there.
type End = (Aim, Vec<Aimed>);

/// A stack with its look-ups.
struct Groups<'s> {
    stack: &'s Stack,
    groups: FxHashMap<&'s str, &'s Resource<TargetGroup>>,
    bindings: FxHashMap<&'s str, &'s Resource<TargetGroupBinding>>,
    albs: FxHashMap<&'s str, &'s Resource<AlbTarget>>,
}

fn by_id<S>(all: &[Resource<S>]) -> FxHashMap<&str, &Resource<S>> {
    all.iter().map(|resource| (&*resource.id, resource)).collect()
}

impl Builder<'_, '_> {
    /// Draws the target groups of a stack.
    pub fn targets(&mut self, index: usize, stack: &Stack, flow: Flow) {
        let groups = Groups {
            stack,
            groups: by_id(&stack.target_groups),
            bindings: by_id(&stack.bindings),
            albs: by_id(&stack.alb_targets),
        };
        let mut parts: Vec<Vec<(Value, Vec<Use>)>> = Vec::new();
        let mut places: FxHashMap<Vec<usize>, usize> = FxHashMap::default();
        for (arn, uses) in flow.entries {
            if uses.iter().any(|one| one.is_alone) {
                parts.push(vec![(arn, uses)]);
                continue;
            }
            let mut key: Vec<usize> = uses.iter().map(|one| one.from).collect();
            key.sort_unstable();
            key.dedup();
            let place = *places.entry(key).or_insert(parts.len());
            match parts.get_mut(place) {
                Some(part) => part.push((arn, uses)),
                None => parts.push(vec![(arn, uses)]),
            }
        }
        for part in parts {
            if part.len() > FEW && self.extent == super::Extent::Overview {
                self.folded_targets(index, &groups, &part);
            } else {
                part.iter().for_each(|(arn, uses)| self.target(index, &groups, arn, uses));
            }
        }
    }

    fn target_column(&self, index: usize) -> Column {
        match self.lb_type(index) {
            LoadBalancerType::Application => Column::Target,
            LoadBalancerType::Network => Column::NetworkTarget,
        }
    }

    fn target(&mut self, index: usize, groups: &Groups<'_>, arn: &Value, uses: &[Use]) {
        let (column, frame) = (self.target_column(index), self.frames[index]);
        let stack = groups.stack;
        let planned = match arn {
            Value::TargetGroupArn(id) => groups.groups.get(&**id).copied(),
            _ => None,
        };
        let (id, mut face) = match planned {
            Some(group) => (format!("{}/target-group/{}", stack.id, group.id), label::target_group(stack, group)),
            None => {
                let (style, text) = label::value(arn);
                let face = Face::named("target group that exists").line(style, text);
                (format!("{}/existing-target-group/{arn}", stack.id), face)
            }
        };
        if uses.is_empty() {
            face = face.line(LineStyle::Pending, "nothing leads here");
        }
        let aims = planned.map(|group| self.aim(groups, &group.id));
        if let Some((_, Some(Origin::Field { object, path }))) = &aims {
            let (object, path) = (*object, path.to_string());
            if column == Column::NetworkTarget {
                let name = self.plan.manifests.object(object).describe();
                face = face.line(LineStyle::Detail, format!("by {name}"));
            }
            // What is wrong with a backend is told at its Service.
            let takes_findings = !matches!(aims, Some((Some(Aim::Service { .. }), _)));
            face.anchors.insert(0, super::sketch::Anchor { object, path, takes_findings });
        }
        if let Some(binding) = planned.and_then(|group| groups.bindings.get(&*group.id)) {
            face = face.resource(&stack.id, "K8S::ElasticLoadBalancingV2::TargetGroupBinding", &binding.id);
        }
        if let Some(target) = planned.and_then(|group| groups.albs.get(&*group.id)) {
            face = face.resource(&stack.id, "FrontendNLBTargetGroup", &target.id);
        }
        let node = self.sketch.add(Sketched::new(id, NodeKind::TargetGroup, column, frame, face));
        self.uses(node, uses);
        if let Some((Some(aim), backend)) = aims {
            self.aimed.push(Aimed { node, is_folded: false, aim, backend });
        }
    }

    fn folded_targets(&mut self, index: usize, groups: &Groups<'_>, part: &[(Value, Vec<Use>)]) {
        let stack = groups.stack;
        let ids: Vec<&Text> = part
            .iter()
            .filter_map(|(arn, _)| match arn {
                Value::TargetGroupArn(id) => Some(id),
                _ => None,
            })
            .collect();
        let members: Vec<String> = ids.iter().map(|id| format!("{}/target-group/{id}", stack.id)).collect();
        let face = Face::named(label::count(part.len(), "target group"));
        let id = format!("{}/target-groups/{}-{}", stack.id, ids.first().map_or("", |id| id), part.len());
        let column = self.target_column(index);
        let node = Sketched::new(id, NodeKind::TargetGroups, column, self.frames[index], face);
        let node = self.sketch.add(Sketched { members, ..node });
        part.iter().for_each(|(_, uses)| self.uses(node, uses));
        let mut aims: BTreeSet<Aim> = BTreeSet::new();
        for id in ids {
            let (aim, backend) = self.aim(groups, id);
            if let Some(aim) = aim.filter(|aim| aims.insert(aim.clone())) {
                self.aimed.push(Aimed { node, is_folded: true, aim, backend });
            }
        }
    }

    fn uses(&mut self, node: usize, uses: &[Use]) {
        for one in uses {
            self.sketch.link(one.from, node, one.kind, one.label.clone());
        }
    }

    /// Where a target group leads, and the `backendRef` that says so.
    fn aim(&self, groups: &Groups<'_>, id: &Text) -> (Option<Aim>, Option<Origin>) {
        if let Some(target) = groups.albs.get(&**id) {
            let aim = self.front.gateway(&target.spec).map(|alb| Aim::Alb(alb, target.spec.target_port));
            return (aim, target.origins.get("TargetARN").cloned());
        }
        let Some(binding) = groups.bindings.get(&**id) else { return (None, None) };
        let template = &binding.spec.template;
        let (namespace, service) = (template.metadata.namespace.clone(), template.spec.service_ref.name.clone());
        let name = format!("{namespace}/{service}:{}", template.spec.service_ref.port);
        (Some(Aim::Service { name, namespace, service }), binding.origins.get("template.spec.serviceRef").cloned())
    }

    /// Draws what target groups lead to.
    pub fn aims(&mut self) {
        let aimed = std::mem::take(&mut self.aimed);
        let mut places: FxHashMap<Aim, usize> = FxHashMap::default();
        let mut ends: Vec<End> = Vec::new();
        for one in aimed {
            let place = *places.entry(one.aim.clone()).or_insert(ends.len());
            if place == ends.len() {
                ends.push((one.aim.clone(), Vec::new()));
            }
            ends[place].1.push(one);
        }
        let mut folded: Vec<(Vec<usize>, Vec<End>)> = Vec::new();
        let mut keys: FxHashMap<Vec<usize>, usize> = FxHashMap::default();
        for (aim, ways) in ends {
            if matches!(aim, Aim::Alb(..)) || ways.iter().any(|way| !way.is_folded) {
                self.end(&aim, &ways);
                continue;
            }
            let key: Vec<usize> = ways.iter().map(|way| way.node).collect();
            let place = *keys.entry(key.clone()).or_insert(folded.len());
            if place == folded.len() {
                folded.push((key, Vec::new()));
            }
            folded[place].1.push((aim, ways));
        }
        for (nodes, ends) in folded {
            if ends.len() > FEW {
                self.folded_services(&nodes, &ends);
            } else {
                ends.iter().for_each(|(aim, ways)| self.end(aim, ways));
            }
        }
    }

    fn end(&mut self, aim: &Aim, ways: &[Aimed]) {
        match aim {
            Aim::Service { name, namespace, service } => {
                let node = self.service(name, namespace, service, ways);
                ways.iter().for_each(|way| self.sketch.link(way.node, node, EdgeKind::Traffic, None));
            }
            Aim::Alb(alb, port) => {
                for way in ways {
                    let node = self.alb(*alb, *port, self.sketch.nodes[way.node].column);
                    self.sketch.link(way.node, node, EdgeKind::Traffic, None);
                }
            }
        }
    }

    fn service(&mut self, name: &str, namespace: &Text, service: &Text, ways: &[Aimed]) -> usize {
        let mut face = Face::named(name);
        match self.plan.pipeline.resolver.index.service(namespace, service) {
            Some(found) => face = face.line(LineStyle::Detail, "Service").at(found.meta.object, ""),
            None => face = face.line(LineStyle::Pending, "Service, not among the manifests"),
        }
        for way in ways {
            if let Some(Origin::Field { object, path }) = &way.backend {
                face.anchor(*object, path.to_string(), true);
            }
        }
        let id = format!("service/{name}");
        self.sketch.add(Sketched::new(id, NodeKind::Service, Column::End, None, face))
    }

    /// The listener of an ALB, or what stands for it: one that is not on the right, or not drawn, is only named.
    fn alb(&mut self, alb: usize, port: i64, from: Column) -> usize {
        let label = self.label(alb);
        let is_behind = from == Column::NetworkTarget && self.lb_type(alb) == LoadBalancerType::Application;
        let listener = self.sketch.find(&format!("{label}/listener/{port}"));
        if let Some(listener) = listener.filter(|_| is_behind) {
            return listener;
        }
        let id = format!("{label}/port/{port}");
        if is_behind && self.frames[alb].is_some() {
            let face = Face::named(format!("no listener on port {port}"));
            let node = Sketched::new(id, NodeKind::LeftOut, Column::Listener, self.frames[alb], face);
            return self.sketch.add(node);
        }
        let face = Face::named(format!("{} Gateway {label}", self.lb_type(alb).short()));
        let face = face.line(LineStyle::Detail, format!("port {port}"));
        let face = face.at(self.gateways[alb].0.object(), "");
        self.sketch.add(Sketched::new(id, NodeKind::LoadBalancer, Column::End, None, face))
    }

    fn folded_services(&mut self, nodes: &[usize], ends: &[End]) {
        let mut face = Face::named(label::count(ends.len(), "Service port"));
        let mut names: Vec<String> = Vec::new();
        for (aim, _) in ends {
            let Aim::Service { name, namespace, service } = aim else { continue };
            names.push(name.clone());
            if let Some(found) = self.plan.pipeline.resolver.index.service(namespace, service) {
                face.anchor(found.meta.object, String::new(), true);
            }
        }
        names.sort_unstable();
        face.more.push(label::some(&names));
        let id = format!("services/{}-{}", names.first().map_or("", String::as_str), names.len());
        let members = names.iter().map(|name| format!("service/{name}")).collect();
        let node = Sketched::new(id, NodeKind::Services, Column::End, None, face);
        let node = self.sketch.add(Sketched { members, ..node });
        for from in nodes {
            self.sketch.link(*from, node, EdgeKind::Traffic, None);
        }
    }
}
