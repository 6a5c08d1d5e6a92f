//! The project's own commands: `cargo xtask …`.
//!
//! It starts programs and builds nothing that users run.
#![allow(clippy::print_stderr)] // A command for developers talks to their terminal.

mod package;
mod schemas;

use std::path::Path;
use std::process::{Command, ExitCode};

const USAGE: &str = "\
usage: cargo xtask COMMAND

  vectors [FILTER] [--via-plugin]   run the golden vectors whose name contains FILTER,
                                    with --via-plugin through the built plugin as well
  bench [FILTER]                    run the benchmarks whose name contains FILTER
  schemas CRD.yaml…                 regenerate the schemas that core checks manifests with, from the
                                    Gateway API's and the controller's CRDs
  package MODULE.wasm               make the npm package wasm/pkg of a built module; scripts/wasm-package builds it first
";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let command = arguments.next();
    let rest: Vec<String> = arguments.collect();
    match command.as_deref() {
        Some("vectors") => vectors(&rest),
        Some("bench") => cargo(&["bench", "-p", "gwchain-tests", "--bench", "scenarios", "--"], &rest),
        Some("schemas") if !rest.is_empty() => {
            schemas::write(&rest);
            ExitCode::SUCCESS
        }
        Some("package") if rest.len() == 1 => package::write(Path::new(&rest[0])),
        _ => {
            eprint!("{USAGE}");
            ExitCode::FAILURE
        }
    }
}

fn vectors(arguments: &[String]) -> ExitCode {
    if arguments.iter().any(|argument| argument == "--via-plugin") {
        let built = cargo(&["build", "-p", "kubectl-gwchain"], &[]);
        if built != ExitCode::SUCCESS {
            return built;
        }
    }
    cargo(&["test", "-p", "gwchain-tests", "--test", "vectors", "--"], arguments)
}

fn cargo(arguments: &[&str], more: &[String]) -> ExitCode {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    match Command::new(cargo).args(arguments).args(more).status() {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("cargo: {error}");
            ExitCode::FAILURE
        }
    }
}
