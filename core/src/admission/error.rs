//! The API server's field errors and the texts it gives them.
//! It does not check anything.

use crate::source::{NodeValue, Span};
use std::fmt;

/// Why a field is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The field, for instance `spec.rules[0].name`; `<nil>` where the API server names none.
    pub path: String,
    /// What the API server says about it.
    pub detail: String,
    /// The place of the value, or of the nearest value around a missing one.
    pub span: Span,
    /// What kind of error it is.
    pub kind: ErrorKind,
}

/// The kinds of field errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ErrorKind {
    /// A required field is missing.
    Required,
    /// A value has the wrong type.
    Type,
    /// A value is none of those allowed.
    Unsupported,
    /// A text, list, map or number is out of its bounds, or does not match a pattern.
    Invalid,
    /// Two items of a list have the same key.
    Duplicate,
    /// A rule (CEL) of the kind does not hold.
    Rule,
}

impl fmt::Display for FieldError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.path, self.detail)
    }
}

impl std::error::Error for FieldError {}

/// A field the kind does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownField {
    /// The field with all that leads to it.
    pub path: String,
    /// Its own name.
    pub name: String,
    /// A field of the same object that was probably meant.
    pub suggestion: Option<String>,
    /// The place of the key.
    pub span: Span,
}

/// `value` as the API server prints it after `Invalid value: `.
pub(super) fn printed(value: &NodeValue) -> String {
    match value {
        NodeValue::Null => "null".to_owned(),
        NodeValue::Bool(truth) => truth.to_string(),
        NodeValue::Int(number) => number.to_string(),
        NodeValue::Float(number) => number.to_string(),
        NodeValue::String(text) => quoted(text),
        NodeValue::Seq(_) | NodeValue::Map(_) => serde_json::Value::from(value).to_string(),
    }
}

/// Text in double quotes with Go's escapes.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    text.chars().for_each(|character| escape(character, &mut quoted));
    quoted.push('"');
    quoted
}

fn escape(character: char, into: &mut String) {
    match character {
        '"' => into.push_str("\\\""),
        '\\' => into.push_str("\\\\"),
        '\u{7}' => into.push_str("\\a"),
        '\u{8}' => into.push_str("\\b"),
        '\u{b}' => into.push_str("\\v"),
        '\u{c}' => into.push_str("\\f"),
        '\n' => into.push_str("\\n"),
        '\r' => into.push_str("\\r"),
        '\t' => into.push_str("\\t"),
        '\0'..='\u{1f}' | '\u{7f}' => into.push_str(&format!("\\x{:02x}", character as u32)),
        '\u{80}'..='\u{a0}' | '\u{feff}' => into.push_str(&format!("\\u{:04x}", character as u32)),
        _ => into.push(character),
    }
}
