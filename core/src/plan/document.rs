//! The Plan document: `apiVersion: gwchain.dev/v1alpha1`, `kind: Plan` (docs/plan.md, docs/schemas/plan.schema.json).
//!
//! It decides nothing; the same plan gives the same bytes.

mod budget;
mod finding;
mod origin;
mod resource;
mod status;
mod want;

use serde::{Serialize, Serializer};
use serde_json::Value;

use super::compare::{Action, Comparison, Field, Totals};
use super::summary::Summary;
use super::{Blocked, Plan};
use crate::cost::{self, Cost};
use crate::diagnostic::Diagnostic;
use crate::model::Stack;
use crate::render::{ChangedReport, Compared, Locator, Report, report};

pub use finding::findings;
pub use origin::{OriginDocument, origins};
pub use resource::{Planned, Spec, resources};
pub use want::wants;

/// The version of the document's form.
pub const API_VERSION: &str = "gwchain.dev/v1alpha1";

/// The document.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields, rename = "PlanDocument"))]
pub struct Document<'p> {
    api_version: &'static str,
    kind: &'static str,
    profile: &'static str,
    stacks: Vec<StackDocument<'p>>,
    blocked: Vec<Blocked>,
    statuses: status::Statuses,
    wants: Vec<want::WantDocument>,
    #[cfg_attr(feature = "typescript", ts(as = "Vec<Report>"))]
    diagnostics: Vec<Finding>,
    budgets: budget::Budgets<'p>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cost: Option<Cost>,
    summary: Summary,
    // Of comparisons only, which the package doesn't make.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(skip))]
    changes: Option<Vec<ChangeDocument>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(skip))]
    totals: Option<Totals>,
}

/// A finding; of a comparison with what the change does to it.
#[derive(Serialize)]
#[serde(untagged)]
enum Finding {
    One(Report),
    Changed(ChangedReport),
}

/// A resource that changes.
#[derive(Serialize)]
struct ChangeDocument {
    gateway: String,
    #[serde(rename = "type")]
    kind: &'static str,
    id: String,
    action: Action,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fields: Vec<Field>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
struct StackDocument<'p> {
    gateway: &'p str,
    load_balancer_type: &'static str,
    depends_on: Vec<&'p str>,
    resources: Vec<ResourceDocument<'p>>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
struct ResourceDocument<'p> {
    #[serde(rename = "type")]
    kind: &'static str,
    id: &'p str,
    action: &'static str,
    #[cfg_attr(feature = "typescript", ts(type = "Record<string, unknown>"))]
    spec: Spec<'p>,
    #[cfg_attr(feature = "typescript", ts(as = "std::collections::BTreeMap<String, OriginDocument>"))]
    origins: OriginsDocument,
}

/// By field, in the order in which they were recorded.
struct OriginsDocument(Vec<(&'static str, OriginDocument)>);

impl Serialize for OriginsDocument {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(field, origin)| (field, origin)))
    }
}

/// The document as indented JSON.
pub fn to_string(plan: &Plan<'_, '_>) -> String {
    serde_json::to_string_pretty(&whole(plan)).expect("every key of the document is a string")
}

/// The document as a value.
pub fn to_value(plan: &Plan<'_, '_>) -> Value {
    serde_json::to_value(whole(plan)).expect("every key of the document is a string")
}

/// The document of a change as indented JSON: the plan after it, what differs from the plan before it, and the findings
/// of both.
pub fn compared_to_string(after: &Plan<'_, '_>, comparison: &Comparison<'_>, findings: &Compared<'_, '_>) -> String {
    serde_json::to_string_pretty(&compared(after, comparison, findings)).expect("every key of the document is a string")
}

/// The document of a change as a value.
pub fn compared_to_value(after: &Plan<'_, '_>, comparison: &Comparison<'_>, findings: &Compared<'_, '_>) -> Value {
    serde_json::to_value(compared(after, comparison, findings)).expect("every key of the document is a string")
}

fn compared<'p>(after: &Plan<'p, '_>, comparison: &Comparison<'p>, findings: &Compared<'_, '_>) -> Document<'p> {
    let mut document = document(after, |_| findings.reports().into_iter().map(Finding::Changed).collect());
    let changes = comparison.stacks.iter().flat_map(|stack| stack.changes.iter().map(|change| (stack.stack, change)));
    let spelled = changes.map(|(stack, change)| ChangeDocument {
        gateway: stack.id.to_string(),
        kind: change.planned.spec.kind(),
        id: change.planned.id.to_owned(),
        action: change.action,
        fields: change.fields.clone(),
    });
    document.changes = Some(spelled.collect());
    document.totals = Some(comparison.totals);
    let changed = comparison.actions();
    for stack in &mut document.stacks {
        for resource in &mut stack.resources {
            let action = changed.get(&(stack.gateway, resource.kind, resource.id));
            resource.action = action.map_or("none", |action| action.as_str());
        }
    }
    document
}

fn whole<'p>(plan: &Plan<'p, '_>) -> Document<'p> {
    with_findings(plan, &findings(plan))
}

/// The document, `found` being the plan's [`findings`].
pub fn with_findings<'p>(plan: &Plan<'p, '_>, found: &[Diagnostic]) -> Document<'p> {
    document(plan, |locator| found.iter().map(|finding| Finding::One(report(locator, finding))).collect())
}

fn document<'p>(plan: &Plan<'p, '_>, findings: impl FnOnce(&Locator<'_>) -> Vec<Finding>) -> Document<'p> {
    let locator = Locator::new(plan.manifests);
    let stacks = plan.stacks();
    let environment = plan.pipeline.resolver.environment;
    Document {
        api_version: API_VERSION,
        kind: "Plan",
        profile: plan.pipeline.options.profile.name,
        budgets: budget::budgets(&stacks, &environment.quotas),
        cost: cost::of(&stacks, environment),
        wants: want::documents(&stacks),
        stacks: stacks.into_iter().map(|stack| stack_document(&locator, stack)).collect(),
        blocked: plan.blocked(),
        statuses: status::statuses(plan),
        diagnostics: findings(&locator),
        summary: Summary::of(plan),
        changes: None,
        totals: None,
    }
}

fn stack_document<'p>(locator: &Locator<'_>, stack: &'p Stack) -> StackDocument<'p> {
    let resource = |planned: Planned<'p>| ResourceDocument {
        kind: planned.spec.kind(),
        id: planned.id,
        action: "create",
        origins: OriginsDocument(origins(locator, &planned)),
        spec: planned.spec,
    };
    StackDocument {
        gateway: &stack.id,
        load_balancer_type: stack.lb_type.as_str(),
        depends_on: stack.depends_on.iter().map(|stack| &**stack).collect(),
        resources: resources(stack).into_iter().map(resource).collect(),
    }
}
