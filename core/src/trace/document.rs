//! A trace as JSON: `apiVersion: gwchain.dev/v1alpha1`, `kind: Trace` (docs/trace.md).
//!
//! It holds all rules that were tried; what does not apply is absent.

use std::net::IpAddr;

use serde::Serialize;

use super::Trace;
use super::matching::Outcome;
use super::planned::{Planned, listener_name};
use super::reason::reason;
use super::request::Request;
use super::rewrite::{After, Rewriting};
use super::step::{Answer, Share, Step, Target, Tried};
use super::way::way;
use crate::id::Text;
use crate::model::Resource;
use crate::model::listener::ListenerRule;
use crate::origin::Origin;
use crate::plan::document::API_VERSION;
use crate::render::{Location, Locator};
use crate::view::explain::words;

/// The document.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "TraceDocument"))]
pub struct Document<'t> {
    api_version: &'static str,
    kind: &'static str,
    request: RequestDocument<'t>,
    answer: &'t Answer,
    steps: Vec<StepDocument<'t>>,
    nodes: Vec<String>,
    also: Vec<String>,
    notes: &'t [String],
}

#[derive(Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
struct RequestDocument<'t> {
    scheme: &'static str,
    host: &'t str,
    port: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    method: Option<&'t str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'t str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    query: Option<&'t str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    headers: Option<Vec<HeaderDocument<'t>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<IpAddr>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
struct HeaderDocument<'t> {
    name: &'t str,
    value: &'t str,
}

#[derive(Serialize)]
#[serde(tag = "step", rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
enum StepDocument<'t> {
    Gateway {
        gateway: String,
        #[serde(rename = "type")]
        lb_type: &'static str,
    },
    Listener {
        listener: String,
    },
    Route {
        route: String,
    },
    Rule(Box<RuleDocument<'t>>),
    Default {},
    Targets {
        targets: Vec<TargetDocument<'t>>,
        sticky: bool,
    },
    Response {
        status: u16,
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        body: Option<&'t Text>,
    },
    Redirect {
        status: u16,
        location: &'t str,
    },
    Nothing {
        error: &'t str,
    },
}

#[derive(Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
struct RuleDocument<'t> {
    priority: usize,
    rule: String,
    outcome: &'static str,
    conditions: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<_>"))]
    first: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<_>"))]
    rewrites: Vec<RewriteDocument<'t>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<Location>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
struct RewriteDocument<'t> {
    what: &'static str,
    before: &'t str,
    after: &'t str,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<_>"))]
    undecided: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
struct TargetDocument<'t> {
    #[serde(skip_serializing_if = "Option::is_none")]
    service: Option<&'t str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gateway: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    port: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    target_group: Option<&'t str>,
    weight: i64,
    followed: bool,
}

/// The document as indented JSON.
pub fn to_string(planned: &Planned<'_, '_>, trace: &Trace<'_>) -> String {
    let write = |document: &Document<'_>| serde_json::to_string_pretty(document);
    document(planned, trace, write).expect("every key of the document is a string")
}

/// Hands the document to `write`.
pub fn document<T>(planned: &Planned<'_, '_>, trace: &Trace<'_>, write: impl FnOnce(&Document<'_>) -> T) -> T {
    let writer = Writer { planned, request: &trace.request, locator: Locator::new(planned.manifests) };
    write(&Document {
        api_version: API_VERSION,
        kind: "Trace",
        request: request(&trace.request),
        answer: &trace.answer,
        steps: trace.steps.iter().flat_map(|step| writer.steps(step)).collect(),
        nodes: way(planned, trace),
        also: trace.also.iter().map(|index| planned.label(*index)).collect(),
        notes: &trace.notes,
    })
}

fn request(request: &Request) -> RequestDocument<'_> {
    let http = request.scheme.is_http().then_some(request);
    RequestDocument {
        scheme: request.scheme.as_str(),
        host: &request.host,
        port: request.port,
        method: http.map(|request| &*request.method),
        path: http.map(|request| &*request.path),
        query: http.and_then(|request| request.query.as_deref()),
        headers: http.map(headers),
        from: request.from,
    }
}

fn headers(request: &Request) -> Vec<HeaderDocument<'_>> {
    request.headers.iter().map(|(name, value)| HeaderDocument { name, value }).collect()
}

struct Writer<'t, 'p, 'm> {
    planned: &'t Planned<'p, 'm>,
    request: &'t Request,
    locator: Locator<'m>,
}

impl<'t> Writer<'t, '_, '_> {
    fn steps(&self, step: &'t Step<'_>) -> Vec<StepDocument<'t>> {
        vec![match step {
            Step::Rules(tried) => return tried.iter().map(|tried| self.tried(tried)).collect(),
            Step::Rule(rule, rewritings) => self.taken(rule, rewritings),
            Step::Gateway(index) => {
                let lb_type = self.planned.lb_type(*index).as_str();
                StepDocument::Gateway { gateway: self.planned.label(*index), lb_type }
            }
            Step::Listener(_, listener) => StepDocument::Listener { listener: listener_name(&listener.spec) },
            Step::Route(object) => StepDocument::Route { route: self.planned.manifests.object(*object).describe() },
            Step::Default(_) => StepDocument::Default {},
            Step::Targets(shares, stickiness) => StepDocument::Targets {
                targets: shares.iter().map(|share| self.share(share)).collect(),
                sticky: stickiness.is_some_and(|stickiness| stickiness.enabled == Some(true)),
            },
            Step::Response { status, body } => StepDocument::Response { status: *status, body: body.as_ref() },
            Step::Redirect { status, location } => StepDocument::Redirect { status: *status, location },
            Step::Nothing(error) => StepDocument::Nothing { error },
        }]
    }

    fn tried(&self, tried: &Tried<'_>) -> StepDocument<'t> {
        let outcome = if matches!(tried.outcome, Outcome::Failed(_)) { "failed" } else { "undecided" };
        let document = self.rule(tried.rule, outcome);
        StepDocument::Rule(Box::new(RuleDocument { reason: Some(reason(tried, self.request)), ..document }))
    }

    fn taken(&self, rule: &Resource<ListenerRule>, rewritings: &'t [Rewriting]) -> StepDocument<'t> {
        let (_, first) = rule.spec.actions.split_last().unzip();
        let first: &[_] = first.unwrap_or_default();
        StepDocument::Rule(Box::new(RuleDocument {
            first: first.iter().map(words::action).collect(),
            rewrites: rewritings.iter().map(rewriting).collect(),
            ..self.rule(rule, "matched")
        }))
    }

    fn rule(&self, rule: &Resource<ListenerRule>, outcome: &'static str) -> RuleDocument<'t> {
        let place = match rule.origins.get("conditions") {
            Some(Origin::Field { object, path }) => self.locator.field(*object, &path.to_string()),
            _ => None,
        };
        RuleDocument {
            priority: rule.spec.priority,
            rule: self.planned.rule_name(rule),
            outcome,
            conditions: words::conditions(&rule.spec.conditions),
            reason: None,
            first: Vec::new(),
            rewrites: Vec::new(),
            location: place.map(Location::from),
        }
    }

    fn share(&self, share: &'t Share) -> TargetDocument<'t> {
        let (weight, followed) = (share.weight, share.is_followed);
        let none = TargetDocument { service: None, gateway: None, port: None, target_group: None, weight, followed };
        match &share.target {
            Target::Service(service) => TargetDocument { service: Some(service), ..none },
            Target::Alb(index, port) => {
                TargetDocument { gateway: Some(self.planned.label(*index)), port: Some(*port), ..none }
            }
            Target::Other(group) => TargetDocument { target_group: Some(group), ..none },
        }
    }
}

fn rewriting(rewriting: &Rewriting) -> RewriteDocument<'_> {
    let before = rewriting.before.as_str();
    let what = if rewriting.what == "URL" { "url" } else { "host" };
    match &rewriting.after {
        After::Text(after) => RewriteDocument { what, before, after, undecided: false },
        After::Unchanged => RewriteDocument { what, before, after: before, undecided: false },
        After::Open(_) => RewriteDocument { what, before, after: before, undecided: true },
    }
}
