//! GWC0302: two routes of equal precedence whose rules can hold for one request.
//!
//! Source: Gateway API, HTTPRouteRule.matches: after path, method, headers and parameters decide age and name.

use std::collections::BTreeMap;

use super::signature::{Key, Signature};
use super::{Scope, Subject};
use crate::diagnostic::{Code, Diagnostic};
use crate::id::ObjectIx;
use crate::model::Value;
use crate::model::listener::Condition;

/// One finding per rule that lost a tie against the one before it.
pub fn lint(scope: &Scope<'_, '_>, findings: &mut Vec<Diagnostic>) {
    for subject in scope.gateways.iter().filter(|subject| subject.is_alb()) {
        of_gateway(scope, subject, findings);
    }
}

/// What precedence looks at, beside hosts and paths: numbers of methods, headers and parameters.
type Weight = (i64, Key, [usize; 3]);

fn of_gateway(scope: &Scope<'_, '_>, subject: &Subject<'_, '_>, findings: &mut Vec<Diagnostic>) {
    let mut last: BTreeMap<Weight, Signature<'_>> = BTreeMap::new();
    for rule in subject.stack().iter().flat_map(|stack| &stack.rules) {
        let Value::ListenerArn(port) = rule.spec.listener_arn else { continue };
        let signature = Signature::of(rule);
        let weight = (port, signature.key.clone(), weight(&rule.spec.conditions));
        if let Some(earlier) = last.get(&weight)
            && earlier.rule.cause != rule.cause
            && !earlier.others.is_subset(&signature.others)
            && can_both_hold(&earlier.rule.spec.conditions, &rule.spec.conditions)
        {
            findings.push(tied(scope, &signature, earlier));
        }
        last.insert(weight, signature);
    }
}

fn weight(conditions: &[Condition]) -> [usize; 3] {
    let count = |is: fn(&Condition) -> bool| conditions.iter().filter(|condition| is(condition)).count();
    [
        count(|condition| matches!(condition, Condition::HttpRequestMethod { .. })),
        count(|condition| matches!(condition, Condition::HttpHeader { .. })),
        count(|condition| matches!(condition, Condition::QueryString { .. })),
    ]
}

/// Whether no condition of one contradicts one of the other.
fn can_both_hold(a: &[Condition], b: &[Condition]) -> bool {
    a.iter().all(|one| b.iter().all(|other| !contradict(one, other)))
}

fn contradict(a: &Condition, b: &Condition) -> bool {
    match (a, b) {
        (Condition::HttpRequestMethod { config: a }, Condition::HttpRequestMethod { config: b }) => a != b,
        (Condition::HttpHeader { config: a }, Condition::HttpHeader { config: b }) => {
            a.http_header_name.eq_ignore_ascii_case(&b.http_header_name) && a.patterns != b.patterns
        }
        (Condition::QueryString { config: a }, Condition::QueryString { config: b }) => {
            let key =
                |values: &[crate::model::listener::QueryStringPair]| values.first().and_then(|one| one.key.clone());
            key(&a.values) == key(&b.values) && a != b
        }
        (Condition::SourceIp { .. }, Condition::SourceIp { .. }) => a != b,
        _ => false,
    }
}

fn tied(scope: &Scope<'_, '_>, later: &Signature<'_>, earlier: &Signature<'_>) -> Diagnostic {
    let label = |object: ObjectIx| scope.manifests.object(object).describe();
    let (loser, winner) = (label(later.rule.cause), label(earlier.rule.cause));
    let message = format!(
        "{loser} and {winner} are equal in precedence: where both match, {winner} wins, being older or first by name"
    );
    let finding = Diagnostic::new(Code::PrecedenceTie, later.place(), message).related(earlier.place(), "goes first");
    finding.help("put both conditions into one match of a rule of its own, or make the paths differ")
}
