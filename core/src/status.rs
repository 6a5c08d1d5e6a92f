//! Conditions of classes, Gateways, listeners, ListenerSets and routes, as pure functions of what was resolved and
//! built.
//!
//! Nothing is written anywhere.

pub mod class;
mod condition;
pub mod gateway;
pub mod listener;
pub mod listener_set;
pub mod route;
pub mod rule_config;

pub use condition::{Condition, initial, set};

/// Cuts a message that is too long for a condition, as the reference does.
pub fn shortened(message: &str) -> String {
    const LONGEST: usize = 32_700;
    if message.chars().count() <= LONGEST {
        return message.to_owned();
    }
    let mut cut: String = message.chars().take(LONGEST).collect();
    cut.push_str("...");
    cut
}
