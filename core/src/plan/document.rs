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

use super::summary::Summary;
use super::{Blocked, Plan};
use crate::cost::{self, Cost};
use crate::model::Stack;
use crate::render::{Locator, Report, report};

pub use finding::findings;
pub use origin::{OriginDocument, origins};
pub use resource::{Planned, Spec, resources};
pub use want::wants;

/// The version of the document's form.
pub const API_VERSION: &str = "gwchain.dev/v1alpha1";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Document<'p> {
    api_version: &'static str,
    kind: &'static str,
    profile: &'static str,
    stacks: Vec<StackDocument<'p>>,
    blocked: Vec<Blocked>,
    statuses: status::Statuses,
    wants: Vec<want::WantDocument>,
    diagnostics: Vec<Report>,
    budgets: budget::Budgets<'p>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cost: Option<Cost>,
    summary: Summary,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct StackDocument<'p> {
    gateway: &'p str,
    load_balancer_type: &'static str,
    depends_on: Vec<&'p str>,
    resources: Vec<ResourceDocument<'p>>,
}

#[derive(Serialize)]
struct ResourceDocument<'p> {
    #[serde(rename = "type")]
    kind: &'static str,
    id: &'p str,
    action: &'static str,
    spec: Spec<'p>,
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
    serde_json::to_string_pretty(&document(plan)).expect("every key of the document is a string")
}

/// The document as a value.
pub fn to_value(plan: &Plan<'_, '_>) -> serde_json::Value {
    serde_json::to_value(document(plan)).expect("every key of the document is a string")
}

fn document<'p>(plan: &Plan<'p, '_>) -> Document<'p> {
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
        diagnostics: findings(plan).iter().map(|finding| report(&locator, finding)).collect(),
        summary: Summary::of(plan),
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
