//! TargetGroupBindings as the API server holds them.
//!
//! What they shall be is `model`'s.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

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
    pub spec: Json,
}

impl Binding {
    /// Of an object as the API server gives it.
    pub fn of(object: &Json) -> Self {
        let metadata = &object["metadata"];
        let text = |value: &Json| Text::from(value.as_str().unwrap_or_default());
        let pairs = |key: &str| {
            let all = metadata[key].as_object().into_iter().flatten();
            all.map(|(key, value)| (Text::from(key), text(value))).collect()
        };
        Self {
            namespace: text(&metadata["namespace"]),
            name: text(&metadata["name"]),
            labels: pairs("labels"),
            annotations: pairs("annotations"),
            spec: object["spec"].clone(),
        }
    }

    /// ARN of its target group.
    pub fn target_group(&self) -> Option<&str> {
        self.spec.get("targetGroupARN")?.as_str()
    }
}
