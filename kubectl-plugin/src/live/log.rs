//! The log of calls, for `--verbose`.
//!
//! Only our own crates write to it: what the SDK says at its lowest level holds requests whole, secrets included.

use std::io::{self, IsTerminal};

use tracing_subscriber::EnvFilter;

/// Logs calls to stderr from now on.
pub fn start() {
    let filter = EnvFilter::new("off,gwchain_aws=debug");
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr);
    // Whoever has set one up before keeps it.
    let _ = log.with_ansi(io::stderr().is_terminal()).with_target(false).try_init();
}
