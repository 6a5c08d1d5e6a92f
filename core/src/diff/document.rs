//! The ChangeSet document: `apiVersion: gwchain.dev/v1alpha1`, `kind: ChangeSet` (docs/apply.md,
//! docs/schemas/changeset.schema.json).
//!
//! It holds no arguments of calls, which may be secret: `digest` stands for them.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::change::{Action, Blocked, FieldChange, ResourceId};
use super::digest::Digests;
use super::drift::Drift;
use super::operation::Server;
use super::proposal::{Proposal, Scope};
use super::resource::{ResourceChange, by_resource};
use super::totals::Totals;
use super::unanswered::remedy;
use crate::fact::Want;
use crate::plan;
use crate::plan::document::{API_VERSION, OriginDocument};
use crate::render::Locator;

const KIND: &str = "ChangeSet";

/// What every document about a proposal begins with.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Head<'a> {
    api_version: &'static str,
    kind: &'static str,
    profile: &'static str,
    #[serde(flatten)]
    scope: &'a Scope,
}

impl<'a> Head<'a> {
    pub(super) fn of(kind: &'static str, proposal: &'a Proposal<'_, '_>) -> Self {
        let profile = proposal.plan.pipeline.options.profile.name;
        Self { api_version: API_VERSION, kind, profile, scope: &proposal.scope }
    }
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    resources: Vec<ResourceDocument<'a>>,
    calls: Vec<CallDocument<'a>>,
    blocked: Vec<BlockedDocument<'a>>,
    /// Gateways without plan: what they have is left alone.
    unplanned: Vec<plan::Blocked>,
    unanswered: Vec<WantDocument<'a>>,
    summary: Totals,
    digest: &'a Digests,
}

/// A resource's place.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Named<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    gateway: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    load_balancer_type: Option<&'static str>,
    #[serde(rename = "type")]
    kind: &'static str,
    id: &'a str,
}

impl<'a> Named<'a> {
    pub(super) fn of(resource: &'a ResourceId) -> Self {
        let stack = resource.stack.as_ref();
        Self {
            gateway: stack.map(|stack| &*stack.gateway),
            load_balancer_type: stack.map(|stack| stack.lb_type.as_str()),
            kind: resource.kind.as_str(),
            id: &resource.id,
        }
    }
}

#[derive(Serialize)]
struct ResourceDocument<'a> {
    #[serde(flatten)]
    resource: Named<'a>,
    action: Action,
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    drift: Option<Drift>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fields: Vec<FieldDocument<'a>>,
    /// Positions in `calls`.
    calls: Vec<usize>,
}

#[derive(Serialize)]
struct FieldDocument<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<&'a Json>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<&'a Json>,
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<OriginDocument>,
    #[serde(skip_serializing_if = "Option::is_none")]
    drift: Option<Drift>,
}

#[derive(Serialize)]
struct CallDocument<'a> {
    call: &'static str,
    to: &'static str,
    /// Positions of those that must have succeeded before.
    after: &'a [usize],
}

#[derive(Serialize)]
struct BlockedDocument<'a> {
    #[serde(flatten)]
    resource: Named<'a>,
    reason: &'a str,
    help: &'a str,
}

#[derive(Serialize)]
struct WantDocument<'a> {
    #[serde(flatten)]
    want: &'a Want,
    text: String,
    help: &'static str,
}

/// The document as indented JSON.
pub fn to_string(proposal: &Proposal<'_, '_>) -> String {
    serde_json::to_string_pretty(&document(proposal)).expect("every key of the document is a string")
}

fn document<'a>(proposal: &'a Proposal<'_, '_>) -> Document<'a> {
    let Proposal { plan, set, digests, .. } = proposal;
    let locator = Locator::new(plan.manifests);
    Document {
        head: Head::of(KIND, proposal),
        resources: by_resource(set).into_iter().map(|one| resource(proposal, &locator, one)).collect(),
        calls: set.changes.iter().map(|one| call(one.operation.server(), one.operation.name(), &one.after)).collect(),
        blocked: set.blocked.iter().map(blocked).collect(),
        unplanned: plan.blocked(),
        unanswered: set.unanswered.iter().map(want).collect(),
        summary: Totals::of(set),
        digest: digests,
    }
}

fn resource<'a>(
    proposal: &'a Proposal<'_, '_>,
    locator: &Locator<'_>,
    one: ResourceChange<'a>,
) -> ResourceDocument<'a> {
    let drifts = &proposal.drifts;
    let field = |field: &'a FieldChange| FieldDocument {
        path: &field.field,
        before: field.before.as_ref(),
        after: field.after.as_ref(),
        origin: field.origin.as_ref().map(|origin| locator.origin(origin).into()),
        drift: drifts.field(one.resource, field),
    };
    ResourceDocument {
        resource: Named::of(one.resource),
        action: one.action,
        cause: one.cause(),
        drift: drifts.missing(one.resource).filter(|_| one.action == Action::Create),
        fields: one.fields().map(field).collect(),
        calls: one.calls,
    }
}

fn call<'a>(server: Server, call: &'static str, after: &'a [usize]) -> CallDocument<'a> {
    let to = match server {
        Server::Aws => "aws",
        Server::Kubernetes => "kubernetes",
        Server::Nobody => "none",
    };
    CallDocument { call, to, after }
}

fn blocked(blocked: &Blocked) -> BlockedDocument<'_> {
    BlockedDocument { resource: Named::of(&blocked.resource), reason: &blocked.reason, help: &blocked.help }
}

fn want(want: &Want) -> WantDocument<'_> {
    WantDocument { text: want.to_string(), help: remedy(want), want }
}

/// What a saved document promises.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Saved {
    api_version: String,
    kind: String,
    profile: String,
    cluster: String,
    region: String,
    digest: SavedDigests,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
struct SavedDigests {
    changes: String,
    account: String,
}

impl Saved {
    /// Reads a document that [`to_string`] made.
    pub fn parse(text: &str) -> Result<Self, String> {
        let saved: Self =
            serde_json::from_str(text).map_err(|error| format!("this is no saved change set: {error}"))?;
        if saved.api_version != API_VERSION || saved.kind != KIND {
            return Err(format!(
                "this is {} of {}, not a {KIND} of {API_VERSION}: save one with `kubectl gwchain diff --out FILE`",
                saved.kind, saved.api_version
            ));
        }
        Ok(saved)
    }

    /// Why it must not be carried out any more: something is not what it was when it was saved.
    pub fn objection(&self, proposal: &Proposal<'_, '_>) -> Option<String> {
        let Proposal { plan, digests, scope, .. } = proposal;
        let other = |what: &str, saved: &str, now: &str| {
            (saved != now).then(|| format!("the saved plan was made for {what} {saved}, not {now}"))
        };
        other("profile", &self.profile, plan.pipeline.options.profile.name)
            .or_else(|| other("cluster", &self.cluster, &scope.cluster))
            .or_else(|| other("region", &self.region, &scope.region))
            .or_else(|| self.moved(digests).map(str::to_owned))
    }

    fn moved(&self, now: &Digests) -> Option<&'static str> {
        match (self.digest.account == now.account, self.digest.changes == now.changes) {
            (true, true) => None,
            (false, true) => Some("what exists on AWS has changed since the plan was saved"),
            (true, false) => Some("the manifests or options are not those the plan was saved with"),
            (false, false) => Some("what exists on AWS, or the manifests, have changed since the plan was saved"),
        }
    }
}
