//! GWC0301: rules that never apply, as an earlier one takes all their requests.
//!
//! Rules are compared with those of the same hosts and paths only: precedence puts the rest in a useful order.

use std::collections::BTreeMap;

use super::answer::glob;
use super::signature::{Key, Signature};
use super::{Scope, Subject};
use crate::diagnostic::{Code, Diagnostic};
use crate::id::ObjectIx;
use crate::model::Value;

/// Earlier rules of the same hosts and paths that a rule is compared with, so that time stays linear.
const COMPARED: usize = 32;

/// One finding per rule that never applies.
pub fn lint(scope: &Scope<'_, '_>, findings: &mut Vec<Diagnostic>) {
    for subject in scope.gateways.iter().filter(|subject| subject.is_alb()) {
        of_gateway(scope, subject, findings);
    }
}

/// Earlier rules of one listener.
#[derive(Default)]
struct Earlier<'p> {
    by_key: BTreeMap<Key, Vec<Signature<'p>>>,
    /// Positions of rules with a wildcard inside a path, by hosts.
    broad: BTreeMap<Vec<String>, Vec<(Key, usize)>>,
}

impl<'p> Earlier<'p> {
    fn cover(&self, later: &Signature<'p>) -> Option<&Signature<'p>> {
        let takes = |earlier: &&Signature<'p>| earlier.others.is_subset(&later.others);
        if let Some(found) = self.by_key.get(&later.key).into_iter().flatten().find(takes) {
            return Some(found);
        }
        let broad = self.broad.get(&later.key.0)?.iter().map(|(key, at)| &self.by_key[key][*at]);
        broad.filter(|earlier| covers(&earlier.key.1, &later.key.1)).find(takes)
    }

    fn add(&mut self, signature: Signature<'p>) {
        let key = signature.key.clone();
        let same = self.by_key.entry(key.clone()).or_default();
        if same.len() >= COMPARED {
            return;
        }
        same.push(signature);
        let at = same.len() - 1;
        if key.1.iter().any(|path| path.trim_end_matches("/*").contains(['*', '?'])) {
            let broad = self.broad.entry(key.0.clone()).or_default();
            if broad.len() < COMPARED {
                broad.push((key, at));
            }
        }
    }
}

/// Whether the globs `earlier` take every path that `later` names literally.
fn covers(earlier: &[String], later: &[String]) -> bool {
    let is_literal = |path: &str| !path.contains(['*', '?']) && !path.starts_with("regex ");
    let globs = || earlier.iter().filter(|path| !path.starts_with("regex "));
    !later.is_empty() && later.iter().all(|path| is_literal(path) && globs().any(|pattern| glob(pattern, path)))
}

fn of_gateway(scope: &Scope<'_, '_>, subject: &Subject<'_, '_>, findings: &mut Vec<Diagnostic>) {
    let mut listeners: BTreeMap<i64, Earlier<'_>> = BTreeMap::new();
    for rule in subject.stack().iter().flat_map(|stack| &stack.rules) {
        let Value::ListenerArn(port) = rule.spec.listener_arn else { continue };
        let earlier = listeners.entry(port).or_default();
        let signature = Signature::of(rule);
        match earlier.cover(&signature) {
            Some(cover) => findings.push(shadowed(scope, &signature, cover)),
            None => earlier.add(signature),
        }
    }
}

fn shadowed(scope: &Scope<'_, '_>, later: &Signature<'_>, earlier: &Signature<'_>) -> Diagnostic {
    let label = |object: ObjectIx| scope.manifests.object(object).describe();
    let (route, winner) = (later.rule.cause, earlier.rule.cause);
    let by = if route == winner { "an earlier match of the same route".to_owned() } else { label(winner) };
    let message = format!("{}: a match never applies: {by} takes its requests first", label(route));
    let finding =
        Diagnostic::new(Code::RuleShadowed, later.place(), message).related(earlier.place(), "takes the requests");
    finding.help("remove it, or make it differ in host, path, method, header or query parameter")
}
