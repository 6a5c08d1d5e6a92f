//! TargetGroupBindings as the API server holds them.
//!
//! What they shall be is `model`'s.

use serde::{Deserialize, Serialize};

use super::Pairs;
use crate::id::Text;

/// A TargetGroupBinding of one of our stacks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[expect(missing_docs, reason = "the object's own fields")]
pub struct Binding {
    pub namespace: Text,
    pub name: Text,
    pub labels: Pairs,
    pub annotations: Pairs,
    /// `spec` as it stands.
    pub spec: serde_json::Value,
}

impl Binding {
    /// ARN of its target group.
    pub fn target_group(&self) -> Option<&str> {
        self.spec.get("targetGroupARN")?.as_str()
    }
}
