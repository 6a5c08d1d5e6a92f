//! Diagnostics as people read them (rustc's layout) and as programs do (JSON).
//!
//! It finds nothing, and prints nothing: the host does.

mod clean;
mod json;
mod locate;
mod paint;
mod provenance;
mod text;

#[cfg(test)]
mod tests;

pub use clean::clean;
pub use json::{Location, Report, report};
pub use locate::{Located, Locator};
pub use paint::{Paint, Style};
pub use provenance::{FilePlace, Provenance};
pub use text::text;
