//! The chains as a picture: nodes and edges from the client to the Services, with places on a sheet.
//!
//! Everything shown is a value of the plan, its origin or a finding; nothing is decided here but what is folded together
//! and where it stands. Lengths are in pixels of a 12-pixel font, all integers, so that the same plan gives the same picture
//! everywhere.

mod build;
mod dot;
mod findings;
mod fold;
mod forward;
mod front;
mod label;
mod layout;
mod left_out;
mod listener;
mod measure;
mod mermaid;
mod only;
mod outline;
mod sketch;
mod svg;

use serde::Serialize;

use crate::diagnostic::Diagnostic;
use crate::plan::Plan;
use crate::plan::document::API_VERSION;
use crate::render::{Location, Locator, Report, report};

pub use dot::dot;
pub use mermaid::mermaid;
pub use only::subject;
pub use svg::svg;

use super::explain::Mark;

/// How much is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Long lists of rules, target groups, Services and Gateways are folded into single nodes.
    Overview,
    /// Everything has a node of its own.
    All,
}

/// What a picture is about; only the ways through it are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// All Gateways of the plan.
    Everything,
    /// A Gateway, by its position in [`crate::pipeline::Pipeline::gateways`].
    Gateway(usize),
    /// A route or a Service.
    Object(Mark),
}

/// A picture, `apiVersion: gwchain.dev/v1alpha1`, `kind: Graph` (docs/graph.md).
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Graph {
    api_version: &'static str,
    kind: &'static str,
    /// Profile of the plan.
    pub profile: &'static str,
    /// Width of the sheet.
    pub width: i32,
    /// Height of the sheet.
    pub height: i32,
    /// Names of columns, above chains.
    pub headings: Vec<Heading>,
    /// Frames behind nodes: Gateways, and inside them the rules of one host.
    pub groups: Vec<Group>,
    /// From top to bottom within a column, columns from left to right, chain by chain.
    pub nodes: Vec<Node>,
    /// Edges from left to right.
    pub edges: Vec<Edge>,
    /// All findings about the manifests, in the order of the files; nodes and groups point into it.
    pub findings: Vec<Report>,
}

/// The name of a column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Heading {
    /// Left edge.
    pub x: i32,
    /// Foot of the letters.
    pub y: i32,
    /// The name.
    pub text: &'static str,
}

/// What a frame stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum GroupKind {
    /// The load balancer of a Gateway.
    Gateway,
    /// Rules of one listener for the same hosts.
    Host,
}

/// A frame behind nodes.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
pub struct Group {
    /// `ns/name` of a Gateway, or that of a listener followed by `/hosts/` and a number.
    pub id: String,
    /// What it stands for.
    pub kind: GroupKind,
    /// The frame around it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// `alb` or `nlb`, for a Gateway.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub load_balancer_type: Option<&'static str>,
    /// Where it stands and what it says.
    #[serde(flatten)]
    pub shape: Shape,
}

/// What a node stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum NodeKind {
    /// Whoever sends requests.
    Client,
    /// A listener.
    Listener,
    /// A rule of an ALB listener.
    Rule,
    /// Several rules.
    Rules,
    /// What a listener does when no rule matches.
    Default,
    /// A target group of the plan, or one that exists already.
    TargetGroup,
    /// Several target groups.
    TargetGroups,
    /// A port of a Service.
    Service,
    /// Ports of several Services.
    Services,
    /// A fixed response.
    Response,
    /// A redirect.
    Redirect,
    /// What a client meets that has not signed in, or whose token is bad.
    Authentication,
    /// An ALB outside of the picture.
    LoadBalancer,
    /// Why a Gateway has no load balancer.
    Blocked,
    /// A listener, route, rule or backend that is not in the plan.
    LeftOut,
    /// Gateways that have no room.
    Gateways,
}

/// How important a line of a label is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum LineStyle {
    /// What it is called.
    Name,
    /// A property.
    Detail,
    /// Known only at deployment.
    Pending,
    /// Left out or wrong.
    Problem,
}

/// A line of a label.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "LabelLine"))]
pub struct Line {
    /// Shortened in the middle where it is too long.
    pub text: String,
    /// How important it is.
    pub style: LineStyle,
}

/// Place and text of a node or a frame.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Shape {
    /// Left edge.
    pub x: i32,
    /// Upper edge.
    pub y: i32,
    /// Width.
    pub width: i32,
    /// Height.
    pub height: i32,
    /// From top to bottom.
    pub lines: Vec<Line>,
    /// The same in full, with what the lines have no room for.
    pub title: String,
    /// Resources of the plan it stands for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<_>"))]
    pub resources: Vec<ResourceRef>,
    /// Where it comes from, the main place first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<_>"))]
    pub origins: Vec<Place>,
    /// What was found about it, the worst first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<_>"))]
    pub findings: Vec<Found>,
}

/// A resource of the plan document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ResourceRef {
    /// `ns/name` of the Gateway whose stack it is in.
    pub gateway: String,
    /// Type as in the plan.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// Id as in the plan.
    pub id: String,
}

/// A field of an object and where it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields, rename = "GraphPlace"))]
pub struct Place {
    /// `Kind ns/name`.
    pub object: String,
    /// The field, empty for the object itself.
    pub path: String,
    /// Lines and columns, when it was read from a text and is written there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
}

/// A finding at a node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Found {
    /// Code.
    pub code: &'static str,
    /// `error`, `warning` or `note`.
    pub severity: &'static str,
    /// Position in [`Graph::findings`].
    pub finding: usize,
}

/// A node.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
pub struct Node {
    /// What `explain` calls it (`ns/name/listener/443`, `ns/name/rule/443:1`), `service/ns/name:port`, or one of these with
    /// what hangs on it.
    pub id: String,
    /// What it stands for.
    pub kind: NodeKind,
    /// The frame it stands in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Rules of routes it stands for, `Kind ns/name#index` as in a trace.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<_>"))]
    pub rules: Vec<String>,
    /// Ids of the nodes that are folded together in it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<_>"))]
    pub members: Vec<String>,
    /// Where it stands and what it says.
    #[serde(flatten)]
    pub shape: Shape,
}

/// What an edge says about what takes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum EdgeKind {
    /// Requests take it.
    Traffic,
    /// Its weight is 0: nothing takes it.
    Unused,
    /// Requests that are turned away.
    Refused,
    /// It would be there but for a mistake.
    LeftOut,
}

/// An edge.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
pub struct Edge {
    /// Id of the node on the left.
    pub from: String,
    /// Id of the node on the right.
    pub to: String,
    /// What takes it.
    pub kind: EdgeKind,
    /// Share of the traffic, or when it is taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Where the label's middle is.
    #[serde(rename = "labelAt", skip_serializing_if = "Option::is_none")]
    pub label_at: Option<[i32; 2]>,
    /// From left to right: corners with level tangents.
    pub points: Vec<[i32; 2]>,
    /// The same as the `d` of an SVG path.
    pub path: String,
}

/// Draws `plan` with what was found about it.
pub fn graph(plan: &Plan<'_, '_>, findings: &[Diagnostic], subject: &Subject, extent: Extent) -> Graph {
    let locator = Locator::new(plan.manifests);
    // What is asked for by name must not be folded away.
    let extent = if matches!(subject, Subject::Object(_)) { Extent::All } else { extent };
    let mut sketch = build::sketch(plan, findings, extent);
    only::prune(&mut sketch, plan, subject);
    sketch.add_clients(plan);
    let sheet = layout::lay_out(&sketch);
    let headings = sheet.headings.iter().map(|(x, y, text)| Heading { x: *x, y: *y, text }).collect();
    let outline = outline::Outline { sketch: &sketch, sheet: &sheet, locator: &locator, findings };
    let (groups, nodes, edges) = outline.draw();
    Graph {
        api_version: API_VERSION,
        kind: "Graph",
        profile: plan.pipeline.options.profile.name,
        width: sheet.width,
        height: sheet.height,
        headings,
        groups,
        nodes,
        edges,
        findings: findings.iter().map(|finding| report(&locator, finding)).collect(),
    }
}

impl Graph {
    /// The document as indented JSON.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).expect("every key of the document is a string")
    }
}
