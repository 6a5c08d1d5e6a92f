//! Fields that differ, collected one by one.
//!
//! What counts as equal is decided by the modules of the resources.

use serde::Serialize;
use serde_json::Value as Json;

use super::change::FieldChange;
use crate::account::Pairs;
use crate::id::Text;
use crate::origin::{Origin, Origins};

/// Fields of one resource that differ.
#[derive(Debug, Default)]
pub struct Fields(Vec<FieldChange>);

impl Fields {
    /// Notes `field` if `before` and `after` differ; tells whether they do.
    pub fn compare<T: PartialEq + Serialize>(&mut self, field: &str, before: T, after: T, origins: &Origins) -> bool {
        let differs = before != after;
        if differs {
            self.note(field, shown(before), shown(after), origins.get(field).cloned());
        }
        differs
    }

    /// Notes a field that is known to differ.
    pub fn note(&mut self, field: &str, before: Option<Json>, after: Option<Json>, origin: Option<Origin>) {
        self.0.push(FieldChange { field: Text::from(field), before, after, origin });
    }

    /// Notes what of `wanted` is missing or otherwise in `now`, key by key; gives it back. Keys that only `now` has
    /// are somebody else's.
    pub fn pairs(&mut self, field: &str, now: &Pairs, wanted: &Pairs, origins: &Origins) -> Pairs {
        let differs = |(key, value): &(&Text, &Text)| now.get(*key) != Some(*value);
        let changed: Pairs = wanted.iter().filter(differs).map(|(key, value)| (key.clone(), value.clone())).collect();
        for (key, value) in &changed {
            let before = now.get(key).and_then(shown);
            self.note(&format!("{field}[{key}]"), before, shown(value), origins.get(field).cloned());
        }
        changed
    }

    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What differs.
    pub fn done(self) -> Vec<FieldChange> {
        self.0
    }
}

/// A value as JSON; nothing for null and for what is empty.
pub fn shown(value: impl Serialize) -> Option<Json> {
    let json = serde_json::to_value(value).ok()?;
    let is_empty = match &json {
        Json::Null => true,
        Json::String(text) => text.is_empty(),
        Json::Array(items) => items.is_empty(),
        Json::Object(fields) => fields.is_empty(),
        _ => false,
    };
    (!is_empty).then_some(json)
}
