//! What a program says that was built without the feature `live`.
//!
//! It reads files, and calls nothing.

use std::process::ExitCode;

use crate::args::{ApplyArgs, Color, DestroyArgs, DiffArgs};
use crate::failure::Failure;
use crate::output;

/// What is missing, with the remedy.
pub const MISSING: &str = "this program was built without clusters and AWS (`--no-default-features`): say -f FILE to \
                           read files, or build it whole: cargo build --release -p kubectl-gwchain";

fn missing(color: Color) -> ExitCode {
    output::fail(&Failure::new(MISSING), color)
}

/// Refuses.
pub fn diff(args: &DiffArgs) -> ExitCode {
    missing(args.color)
}

/// Refuses.
pub fn apply(args: &ApplyArgs) -> ExitCode {
    missing(args.consent.color)
}

/// Refuses.
pub fn destroy(args: &DestroyArgs) -> ExitCode {
    missing(args.consent.color)
}
