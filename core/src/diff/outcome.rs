//! The Outcome document: what became of a change set that was carried out (docs/apply.md,
//! docs/schemas/outcome.schema.json).
//!
//! How changes are carried out is the host's business.

use std::collections::BTreeMap;

use serde::Serialize;

use super::change::{Action, ResourceId};
use super::document::{Head, Named};
use super::proposal::Proposal;
use super::resource::{ResourceChange, by_resource};
use crate::id::Text;

/// How a change ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// It is made.
    Done,
    /// It was refused; the words for people.
    Failed(String),
    /// It would have come after one that was not made.
    Skipped,
    /// The work was ended before.
    Stopped,
}

/// How the whole ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Every change is made.
    Complete,
    /// Some change was refused.
    Failed,
    /// The work was ended before its end.
    Stopped,
}

impl Verdict {
    /// Of all endings.
    pub fn of(endings: &[Ending]) -> Self {
        let is_one = |wanted: fn(&Ending) -> bool| endings.iter().any(wanted);
        match () {
            () if is_one(|one| matches!(one, Ending::Failed(_))) => Self::Failed,
            () if is_one(|one| *one != Ending::Done) => Self::Stopped,
            () => Self::Complete,
        }
    }
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    status: Verdict,
    resources: Vec<ResourceDocument<'a>>,
    calls: BTreeMap<String, usize>,
}

#[derive(Serialize)]
struct ResourceDocument<'a> {
    #[serde(flatten)]
    resource: Named<'a>,
    action: Action,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    output: Option<&'a str>,
}

/// The document as indented JSON. `endings` are those of the changes, `outputs` ARNs and ids of what was created, `calls`
/// how often what was called, looking included.
pub fn to_string(
    proposal: &Proposal<'_, '_>,
    endings: &[Ending],
    outputs: &BTreeMap<ResourceId, Text>,
    calls: BTreeMap<String, usize>,
) -> String {
    let all = by_resource(&proposal.set);
    let document = Document {
        head: Head::of("Outcome", proposal),
        status: Verdict::of(endings),
        resources: all.iter().map(|one| resource(one, endings, outputs)).collect(),
        calls,
    };
    serde_json::to_string_pretty(&document).expect("every key of the document is a string")
}

fn resource<'a>(
    one: &ResourceChange<'a>,
    endings: &'a [Ending],
    outputs: &'a BTreeMap<ResourceId, Text>,
) -> ResourceDocument<'a> {
    let own: Vec<&Ending> = one.calls.iter().filter_map(|place| endings.get(*place)).collect();
    let error = own.iter().find_map(|ending| match ending {
        Ending::Failed(error) => Some(error.as_str()),
        _ => None,
    });
    let status = match () {
        () if error.is_some() => "failed",
        () if own.contains(&&Ending::Skipped) => "skipped",
        () if own.contains(&&Ending::Stopped) => "stopped",
        () => "done",
    };
    let output = outputs.get(one.resource).map(|output| &**output);
    ResourceDocument { resource: Named::of(one.resource), action: one.action, status, error, output }
}
