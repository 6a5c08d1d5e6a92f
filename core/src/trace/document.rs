//! A trace as JSON: `apiVersion: gwchain.dev/v1alpha1`, `kind: Trace` (docs/trace.md).
//!
//! It holds all rules that were tried; what does not apply is absent.

use serde_json::{Map, Value, json};

use super::Trace;
use super::matching::Outcome;
use super::planned::{Planned, listener_name};
use super::reason::reason;
use super::request::Request;
use super::rewrite::{After, Rewriting};
use super::step::{Share, Step, Target, Tried};
use crate::model::Resource;
use crate::model::listener::ListenerRule;
use crate::origin::Origin;
use crate::plan::document::API_VERSION;
use crate::render::{Location, Locator};
use crate::view::explain::words;

/// The document.
pub fn document(planned: &Planned<'_, '_>, trace: &Trace<'_>) -> Value {
    let writer = Writer { planned, request: &trace.request, locator: Locator::new(planned.manifests) };
    let steps: Vec<Value> = trace.steps.iter().flat_map(|step| writer.steps(step)).collect();
    let also: Vec<String> = trace.also.iter().map(|index| planned.label(*index)).collect();
    json!({
        "apiVersion": API_VERSION,
        "kind": "Trace",
        "request": request(&trace.request),
        "steps": steps,
        "answer": trace.answer,
        "also": also,
        "notes": trace.notes,
    })
}

fn request(request: &Request) -> Value {
    let mut out = Map::new();
    out.insert("scheme".to_owned(), json!(request.scheme.as_str()));
    out.insert("host".to_owned(), json!(request.host));
    out.insert("port".to_owned(), json!(request.port));
    if request.scheme.is_http() {
        out.insert("method".to_owned(), json!(request.method));
        out.insert("path".to_owned(), json!(request.path));
        out.extend(request.query.iter().map(|query| ("query".to_owned(), json!(query))));
        let headers = request.headers.iter().map(|(name, value)| json!({"name": name, "value": value}));
        out.insert("headers".to_owned(), headers.collect());
    }
    out.extend(request.from.map(|address| ("from".to_owned(), json!(address.to_string()))));
    Value::Object(out)
}

struct Writer<'t, 'p, 'm> {
    planned: &'t Planned<'p, 'm>,
    request: &'t Request,
    locator: Locator<'m>,
}

impl Writer<'_, '_, '_> {
    fn steps(&self, step: &Step<'_>) -> Vec<Value> {
        let one = match step {
            Step::Rules(tried) => return tried.iter().map(|tried| self.tried(tried)).collect(),
            Step::Rule(rule, rewritings) => {
                let mut out = self.rule(rule, "matched");
                let before = &rule.spec.actions[..rule.spec.actions.len().saturating_sub(1)];
                if !before.is_empty() {
                    out["first"] = before.iter().map(|action| json!(words::action(action))).collect();
                }
                if !rewritings.is_empty() {
                    out["rewrites"] = rewritings.iter().map(rewriting).collect();
                }
                out
            }
            Step::Gateway(index) => {
                let lb_type = self.planned.lb_type(*index).as_str();
                json!({"step": "gateway", "gateway": self.planned.label(*index), "type": lb_type})
            }
            Step::Listener(_, listener) => json!({"step": "listener", "listener": listener_name(&listener.spec)}),
            Step::Route(object) => {
                json!({"step": "route", "route": self.planned.manifests.object(*object).describe()})
            }
            Step::Default(_) => json!({"step": "default"}),
            Step::Targets(shares, stickiness) => {
                let is_sticky = stickiness.is_some_and(|stickiness| stickiness.enabled == Some(true));
                let shares: Vec<Value> = shares.iter().map(|share| self.share(share)).collect();
                json!({"step": "targets", "targets": shares, "sticky": is_sticky})
            }
            Step::Response { status, body: None } => json!({"step": "response", "status": status}),
            Step::Response { status, body } => json!({"step": "response", "status": status, "body": body}),
            Step::Redirect { status, location } => {
                json!({"step": "redirect", "status": status, "location": location})
            }
            Step::Nothing(why) => json!({"step": "nothing", "error": why}),
        };
        vec![one]
    }

    fn tried(&self, tried: &Tried<'_>) -> Value {
        let outcome = if matches!(tried.outcome, Outcome::Failed(_)) { "failed" } else { "undecided" };
        let mut out = self.rule(tried.rule, outcome);
        out["reason"] = json!(reason(tried, self.request));
        out
    }

    fn rule(&self, rule: &Resource<ListenerRule>, outcome: &str) -> Value {
        let mut out = json!({
            "step": "rule",
            "priority": rule.spec.priority,
            "rule": self.planned.rule_name(rule),
            "conditions": words::conditions(&rule.spec.conditions),
            "outcome": outcome,
        });
        let place = match rule.origins.get("conditions") {
            Some(Origin::Field { object, path }) => self.locator.field(*object, &path.to_string()),
            _ => None,
        };
        if let Some(place) = place {
            out["location"] = json!(Location::from(place));
        }
        out
    }

    fn share(&self, share: &Share) -> Value {
        let mut out = json!({"weight": share.weight, "followed": share.is_followed});
        match &share.target {
            Target::Service(service) => out["service"] = json!(service),
            Target::Alb(index, port) => {
                out["gateway"] = json!(self.planned.label(*index));
                out["port"] = json!(port);
            }
            Target::Other(group) => out["targetGroup"] = json!(group),
        }
        out
    }
}

fn rewriting(rewriting: &Rewriting) -> Value {
    let what = rewriting.what.to_ascii_lowercase();
    match &rewriting.after {
        After::Text(after) => json!({"what": what, "before": rewriting.before, "after": after}),
        After::Unchanged => json!({"what": what, "before": rewriting.before, "after": rewriting.before}),
        After::Open(regex) => json!({"what": what, "before": rewriting.before, "undecided": regex}),
    }
}
