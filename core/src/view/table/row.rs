//! A row: what one resource is, in words.
//!
//! It knows no layout. Its texts are clean already.

use std::fmt;

use crate::render::clean;

/// A resource in words.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Its type.
    pub label: &'static str,
    /// Its name.
    pub name: String,
    /// What it is like, part by part.
    pub details: Vec<String>,
    /// The whole name, when the name column shows less.
    pub full_name: Option<String>,
}

impl Row {
    pub fn new(label: &'static str, name: &impl fmt::Display) -> Self {
        Self { label, name: shown(name), details: Vec::new(), full_name: None }
    }

    /// Adds a part without a key.
    #[must_use]
    pub fn part(mut self, part: &impl fmt::Display) -> Self {
        self.details.push(shown(part));
        self
    }

    /// Adds `key: value`.
    #[must_use]
    pub fn with(self, key: &str, value: &impl fmt::Display) -> Self {
        self.part(&format!("{key}: {value}"))
    }

    /// Adds `key: value, value …`, unless there is no value.
    #[must_use]
    pub fn list<V: fmt::Display>(self, key: &str, values: impl IntoIterator<Item = V>) -> Self {
        let values: Vec<String> = values.into_iter().map(|value| value.to_string()).collect();
        if values.is_empty() { self } else { self.with(key, &values.join(", ")) }
    }
}

fn shown(text: &impl fmt::Display) -> String {
    clean(&text.to_string()).into_owned()
}
