//! Diagnostics as people read them (rustc's layout) and as programs do (JSON, SARIF, GitHub's annotations).
//!
//! It finds nothing, and prints nothing: the host does.

mod clean;
mod compared;
mod gather;
mod github;
mod json;
mod locate;
mod paint;
mod provenance;
mod sarif;
mod text;
pub mod yaml;

#[cfg(test)]
mod tests;

pub use clean::clean;
pub use compared::{ChangedReport, Compared};
pub use gather::listing;
pub use github::github;
pub use json::{Location, Report, json, report};
pub use locate::{Located, Locator};
pub use paint::{Paint, Style};
pub use provenance::{FilePlace, Provenance};
pub use sarif::sarif;
pub use text::{counts, text};
