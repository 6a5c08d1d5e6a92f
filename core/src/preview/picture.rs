//! What a previewer draws after each change: the picture, findings, and which text makes what; values are asked for later.
//!
//! Everything in it is made elsewhere.

use serde::Serialize;
use serde_json::Value;

use super::finding::{Finding, finding};
use super::link::{Link, links};
use super::range::Ranges;
use super::reading::{FileReading, readings};
use crate::model::Stack;
use crate::plan::Plan;
use crate::plan::document::{Planned, findings, resources};
use crate::plan::summary::Summary;
use crate::view::graph::{Extent, Graph, ResourceRef, Subject, graph};

/// What a previewer draws.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Picture<'s> {
    /// The chains; its places are pixels. Its own list of findings is empty: they stand beside it, with better places. So
    /// are the points of its edges, which their paths tell, too.
    pub graph: Graph,
    /// Findings with places as editors count them; nodes and groups of the graph point into them.
    pub findings: Vec<Finding>,
    /// Which stretch of the texts makes which values of the plan, by place.
    pub links: Vec<Link>,
    /// The resources that links name, by stack and position.
    pub stacks: Vec<Vec<ResourceRef>>,
    /// What was done to read each text, in the order of the input.
    pub reading: Vec<FileReading>,
    /// How many there are.
    pub summary: Summary,
    /// The environment's fields as they are written (docs/environment.md), for a form.
    #[cfg_attr(feature = "typescript", ts(type = "Record<string, unknown> | null"))]
    pub environment: Option<&'s Value>,
    /// What is wrong with the environment, which then counts as empty.
    pub environment_error: Option<&'s str>,
}

pub(super) fn picture<'s>(
    plan: &Plan<'_, '_>,
    ranges: &Ranges<'_>,
    environment: Option<&'s Value>,
    environment_error: Option<&'s str>,
) -> Picture<'s> {
    let found = findings(plan);
    let mut graph = graph(plan, &found, &Subject::Everything, Extent::Overview);
    graph.findings = Vec::new();
    graph.edges.iter_mut().for_each(|edge| edge.points = Vec::new());
    Picture {
        graph,
        findings: found.iter().map(|one| finding(ranges, one)).collect(),
        links: links(plan, ranges),
        stacks: plan.stacks().into_iter().map(named).collect(),
        reading: readings(ranges),
        summary: Summary::of(plan),
        environment,
        environment_error,
    }
}

fn named(stack: &Stack) -> Vec<ResourceRef> {
    let named =
        |one: &Planned<'_>| ResourceRef { gateway: stack.id.to_string(), kind: one.spec.kind(), id: one.id.to_owned() };
    resources(stack).iter().map(named).collect()
}
