//! Real parts that end-to-end tests run against, started once per test binary and gone with it.
//!
//! A tool that is missing fails the test that needs it; nothing is skipped.

pub mod apiserver;
pub mod aws;
pub mod http;
pub mod render;

use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ lies in the repository")
}

/// The plugin's binary, which cargo put beside the running test.
pub fn plugin() -> PathBuf {
    let test = std::env::current_exe().expect("a running program has a path");
    let folder = test.ancestors().nth(2).expect("tests lie in target/PROFILE/deps");
    let plugin = folder.join(format!("kubectl-gwchain{}", std::env::consts::EXE_SUFFIX));
    assert!(plugin.exists(), "{} is missing: cargo build -p kubectl-gwchain", plugin.display());
    plugin
}
