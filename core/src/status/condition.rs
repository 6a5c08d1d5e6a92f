//! The condition that a status lists.
//!
//! Times and generations are the writer's business.

use serde::Serialize;

use crate::manifest::meta::{Condition as Given, Status};

/// A status condition to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Condition {
    /// Condition type.
    #[serde(rename = "type")]
    pub kind: String,
    /// `True`, `False` or `Unknown`.
    pub status: String,
    /// Machine-readable reason.
    pub reason: String,
    /// Text for people.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub message: String,
}

impl Condition {
    /// A condition that holds or doesn't.
    pub fn new(kind: &str, holds: bool, reason: &str, message: impl Into<String>) -> Self {
        Self::with(kind, if holds { "True" } else { "False" }, reason, message)
    }

    /// A condition with any status.
    pub fn with(kind: &str, status: &str, reason: &str, message: impl Into<String>) -> Self {
        Self { kind: kind.to_owned(), status: status.to_owned(), reason: reason.to_owned(), message: message.into() }
    }
}

/// Conditions of an object before its controller writes them; the API server's defaults are among them.
pub fn initial(status: &Status) -> Vec<Condition> {
    let condition =
        |given: &Given| Condition::with(&given.kind, &given.status, &given.reason, given.message.to_string());
    status.conditions.iter().flatten().map(condition).collect()
}

/// Replaces the condition of the same type, or adds it.
pub fn set(conditions: &mut Vec<Condition>, condition: Condition) {
    match conditions.iter_mut().find(|old| old.kind == condition.kind) {
        Some(old) => *old = condition,
        None => conditions.push(condition),
    }
}
