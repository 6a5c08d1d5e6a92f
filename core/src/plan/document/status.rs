//! The statuses a plan means, once its load balancers are being provisioned.
//!
//! Conditions are those of `status`; nothing is added to them.

use serde::Serialize;

use crate::id::RouteKind;
use crate::manifest::route::Route;
use crate::pipeline::Built;
use crate::plan::Plan;
use crate::resolve::gateway::GatewayNode;
use crate::status::listener::ListenerStatus;
use crate::status::{Condition, gateway, listener_set, route};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub(super) struct Statuses {
    gateway_classes: Vec<ClassDocument>,
    gateways: Vec<GatewayDocument>,
    listener_sets: Vec<GatewayDocument>,
    routes: Vec<RouteDocument>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
struct ClassDocument {
    name: String,
    controller: String,
    conditions: Vec<Condition>,
}

/// A Gateway or ListenerSet.
#[derive(Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
struct GatewayDocument {
    name: String,
    conditions: Vec<Condition>,
    listeners: Vec<ListenerStatus>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
struct RouteDocument {
    route: String,
    parents: Vec<ParentDocument>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
struct ParentDocument {
    parent: String,
    controller: &'static str,
    conditions: Vec<Condition>,
}

pub(super) fn statuses(plan: &Plan<'_, '_>) -> Statuses {
    Statuses {
        gateway_classes: classes(plan),
        gateways: plan.gateways().map(|(node, built)| gateway_document(node, built)).collect(),
        listener_sets: listener_sets(plan),
        routes: routes(plan),
    }
}

fn classes(plan: &Plan<'_, '_>) -> Vec<ClassDocument> {
    let class = |class: &crate::manifest::gateway::GatewayClass| {
        let status = plan.pipeline.resolver.class_status(class);
        ClassDocument {
            name: class.meta.name().to_string(),
            controller: class.spec.controller_name.to_string(),
            conditions: status.map(|status| status.conditions.clone()).unwrap_or_default(),
        }
    };
    plan.manifests.gateway_classes.iter().map(class).collect()
}

fn gateway_document(node: &GatewayNode<'_>, built: &Built<'_>) -> GatewayDocument {
    let conditions = gateway::conditions(node, built);
    GatewayDocument { name: node.label(), conditions, listeners: gateway::listeners(node, built) }
}

fn listener_sets(plan: &Plan<'_, '_>) -> Vec<GatewayDocument> {
    let one = |set: &crate::manifest::gateway::ListenerSet| {
        let status = listener_set::status(plan.pipeline, set);
        GatewayDocument { name: set.meta.id.to_string(), conditions: status.conditions, listeners: status.listeners }
    };
    plan.manifests.listener_sets.iter().map(one).collect()
}

fn routes(plan: &Plan<'_, '_>) -> Vec<RouteDocument> {
    let all = route::parents(plan.pipeline);
    let one = |found: &Route| RouteDocument {
        route: found.describe(),
        parents: all
            .get(&found.meta.object)
            .into_iter()
            .flatten()
            .map(|(position, conditions)| ParentDocument {
                parent: route::parent_label(&found.spec.parent_refs[*position]),
                controller: found.kind.controller(),
                conditions: conditions.clone(),
            })
            .collect(),
    };
    let of_kind = |kind| plan.manifests.routes.iter().filter(move |route| route.kind == kind);
    RouteKind::ALL.into_iter().flat_map(of_kind).map(one).collect()
}
