//! The golden vectors: `cargo test -p gwchain-tests --test vectors -- [FILTER] [--via-plugin]`.
//!
//! `GWCHAIN_VECTORS=DIR` runs another folder of the same form.
#![allow(clippy::print_stdout)] // A test harness of its own prints its own results.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use gwchain_tests::vectors::{Plugin, Run};

fn main() -> ExitCode {
    match arguments(std::env::args().skip(1)).and_then(|run| run.run(&mut |line| println!("{line}"))) {
        Ok(report) => {
            println!("{}", report.summary());
            if report.is_success() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => {
            println!("{error}\n0 passed, 1 failed");
            ExitCode::FAILURE
        }
    }
}

fn arguments(arguments: impl Iterator<Item = String>) -> Result<Run, String> {
    let folder = std::env::var_os("GWCHAIN_VECTORS")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors"), PathBuf::from);
    let mut run = Run { folder, filter: None, plugin: None };
    for argument in arguments {
        match argument.as_str() {
            "--via-plugin" => {
                let test = std::env::current_exe().map_err(|error| error.to_string())?;
                run.plugin = Some(Plugin::beside(&test)?);
            }
            // Options for the standard harness, which `cargo test -- …` hands to every test binary.
            option if option.starts_with('-') => {}
            filter => run.filter = Some(filter.to_owned()),
        }
    }
    Ok(run)
}
