//! Numbers of a change set: its last line.
//!
//! What a call costs AWS is not known here; each counts as one.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use super::change::ChangeSet;
use super::operation::Server;
use super::resource::by_resource;
use crate::plan::compare::Counts;

/// Numbers of resources by what becomes of them, and of calls by their names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Totals {
    /// Resources that change.
    #[serde(flatten)]
    pub counts: Counts,
    /// What should change and may not.
    pub blocked: usize,
    /// Calls to AWS, by name.
    pub calls: BTreeMap<&'static str, usize>,
    /// Calls to Kubernetes.
    pub kubernetes_calls: usize,
}

impl Totals {
    /// Counts.
    pub fn of(set: &ChangeSet) -> Self {
        let mut totals = Self { blocked: set.blocked.len(), ..Self::default() };
        for one in by_resource(set) {
            totals.counts.add(one.action);
        }
        for change in &set.changes {
            match change.operation.server() {
                Server::Aws => *totals.calls.entry(change.operation.name()).or_default() += 1,
                Server::Kubernetes => totals.kubernetes_calls += 1,
                Server::Nobody => {}
            }
        }
        totals
    }

    /// Whether anything changes, or should.
    pub fn is_change(&self) -> bool {
        self.counts.is_change() || self.blocked > 0
    }

    fn calls(&self) -> String {
        let all: usize = self.calls.values().sum();
        let named: Vec<String> = self.calls.iter().map(|(name, count)| format!("{count} {name}")).collect();
        let aws = match all {
            0 => String::new(),
            1 => format!("1 call to AWS ({})", named.join(", ")),
            _ => format!("{all} calls to AWS ({})", named.join(", ")),
        };
        let kubernetes = match self.kubernetes_calls {
            0 => String::new(),
            1 => "1 call to Kubernetes".to_owned(),
            many => format!("{many} calls to Kubernetes"),
        };
        [aws, kubernetes].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }
}

/// `Plan: 3 to create, 1 to change, 0 to replace, 0 to destroy; 12 calls to AWS (2 CreateListener, …)`.
impl fmt::Display for Totals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Counts { create, update, replace, delete } = self.counts;
        write!(f, "Plan: {create} to create, {update} to change, {replace} to replace, {delete} to destroy")?;
        if self.blocked > 0 {
            write!(f, ", {} blocked", self.blocked)?;
        }
        match self.calls().as_str() {
            "" => Ok(()),
            calls => write!(f, "; {calls}"),
        }
    }
}
