//! Tags of a resource, sorted by key.
//!
//! The tracking tags that the controller adds at deployment are not among them.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::id::Text;

/// Tags, shared between the resources that carry the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tags(Option<Arc<BTreeMap<Text, Text>>>);

impl Tags {
    /// Wraps `tags`.
    pub fn new(tags: BTreeMap<Text, Text>) -> Self {
        Self((!tags.is_empty()).then(|| Arc::new(tags)))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// Key and value, by key.
    pub fn iter(&self) -> impl Iterator<Item = (&Text, &Text)> {
        self.0.iter().flat_map(|tags| tags.iter())
    }
}

impl Serialize for Tags {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter().map(|(key, value)| (&**key, &**value)))
    }
}
