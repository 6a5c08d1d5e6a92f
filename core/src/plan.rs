//! Puts stacks into documents.
//!
//! Nothing is decided here.

pub mod stack_json;
