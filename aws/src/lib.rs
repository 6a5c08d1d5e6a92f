//! AWS: the only crate that knows its SDK. It answers the questions of plans, observes what exists, and carries changes out.
//!
//! It decides nothing: what is asked, compared and changed is core's.

mod client;
mod error;
mod settings;

pub use client::Aws;
pub use error::Error;
pub use settings::Settings;
