//! `metadata`, conditions and label selectors, which every kind shares.
//!
//! It fills in no defaults: the reader decides what an absent value means.

use std::collections::BTreeMap;

use std::fmt;

use serde::Deserialize;

use crate::id::{NamespacedName, ObjectIx, Text};

/// Tags, labels, annotations.
pub type StringMap = BTreeMap<Text, Text>;

/// `metadata` as far as it is read.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RawMeta {
    /// Namespace as written.
    pub namespace: Option<Text>,
    /// Name as written.
    pub name: Option<Text>,
    /// Assigned by the API server.
    pub uid: Option<Text>,
    /// Assigned by the API server.
    pub resource_version: Option<Text>,
    /// RFC 3339.
    pub creation_timestamp: Option<Text>,
    /// RFC 3339; set while the object is being deleted.
    pub deletion_timestamp: Option<Text>,
    /// Annotations.
    pub annotations: Option<StringMap>,
    /// Labels.
    pub labels: Option<StringMap>,
    /// Finalizers.
    pub finalizers: Option<Vec<Text>>,
}

/// Identity and bookkeeping of an object.
#[derive(Clone, Debug)]
pub struct Meta {
    /// Where the object stands in [`super::Manifests::objects`].
    pub object: ObjectIx,
    /// Namespace (empty for cluster-scoped kinds) and name.
    pub id: NamespacedName,
    /// `metadata.uid`, unknown for a file that never was on a cluster.
    pub uid: Option<Text>,
    /// `metadata.resourceVersion`.
    pub resource_version: Option<Text>,
    /// Seconds and nanoseconds since 1970, in nanoseconds.
    pub created: i128,
    /// Whether `deletionTimestamp` is set.
    pub deleting: bool,
    /// Annotations.
    pub annotations: StringMap,
    /// Labels.
    pub labels: StringMap,
    /// Finalizers.
    pub finalizers: Vec<Text>,
}

impl Meta {
    /// `metadata.namespace`.
    pub fn namespace(&self) -> &Text {
        &self.id.namespace
    }

    /// `metadata.name`.
    pub fn name(&self) -> &Text {
        &self.id.name
    }
}

/// A status condition.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Condition {
    /// Condition type.
    #[serde(rename = "type")]
    pub kind: Text,
    /// `True`, `False` or `Unknown`.
    pub status: Text,
    /// Machine-readable reason.
    pub reason: Text,
    /// Text for people.
    pub message: Text,
}

/// `status` of a kind whose conditions are read.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Status {
    /// Conditions, absent when nobody wrote any.
    pub conditions: Option<Vec<Condition>>,
}

impl Status {
    /// The condition of that type.
    pub fn condition(&self, kind: &str) -> Option<&Condition> {
        self.conditions.iter().flatten().find(|condition| &*condition.kind == kind)
    }
}

/// `LabelSelector` of apimachinery.
#[derive(Clone, Debug, Default, Deserialize, serde::Serialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase", default)]
pub struct LabelSelector {
    /// Labels that must be equal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub match_labels: Option<StringMap>,
    /// Further requirements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub match_expressions: Option<Vec<LabelRequirement>>,
}

/// One requirement of a [`LabelSelector`].
#[derive(Clone, Debug, Default, Deserialize, serde::Serialize, PartialEq, Eq)]
#[serde(default)]
pub struct LabelRequirement {
    /// Label key.
    pub key: Text,
    /// `In`, `NotIn`, `Exists` or `DoesNotExist`.
    pub operator: Text,
    /// Values of `In` and `NotIn`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub values: Option<Vec<Text>>,
}

impl LabelSelector {
    /// Whether `labels` satisfy the selector; an error names what can't be understood.
    pub fn matches(&self, labels: &StringMap) -> Result<bool, String> {
        let equal = self.match_labels.iter().flatten().all(|(key, value)| labels.get(key) == Some(value));
        let mut all = equal;
        for requirement in self.match_expressions.iter().flatten() {
            all &= requirement.matches(labels)?;
        }
        Ok(all)
    }
}

/// As Go's generated code prints it, which the reference's messages quote.
impl fmt::Display for LabelSelector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("&LabelSelector{MatchLabels:map[string]string{")?;
        for (key, value) in self.match_labels.iter().flatten() {
            write!(f, "{key}: {value},")?;
        }
        f.write_str("},MatchExpressions:[]LabelSelectorRequirement{")?;
        for LabelRequirement { key, operator, values } in self.match_expressions.iter().flatten() {
            let values = values.as_deref().unwrap_or_default().join(" ");
            write!(f, "LabelSelectorRequirement{{Key:{key},Operator:{operator},Values:[{values}],}},")?;
        }
        f.write_str("},}")
    }
}

impl LabelRequirement {
    fn matches(&self, labels: &StringMap) -> Result<bool, String> {
        let label = labels.get(&self.key);
        let values = self.values.as_deref().unwrap_or_default();
        let listed = label.is_some_and(|label| values.contains(label));
        match (&*self.operator, values.is_empty()) {
            ("In", false) => Ok(listed),
            ("NotIn", false) => Ok(!listed),
            ("Exists", true) => Ok(label.is_some()),
            ("DoesNotExist", true) => Ok(label.is_none()),
            ("In" | "NotIn", true) => {
                Err("values: Invalid value: null: for 'in', 'notin' operators, values set can't be empty".to_owned())
            }
            ("Exists" | "DoesNotExist", false) => {
                Err("values: Invalid value: values set must be empty for exists and does not exist".to_owned())
            }
            (operator, _) => Err(format!("\"{operator}\" is not a valid label selector operator")),
        }
    }
}
