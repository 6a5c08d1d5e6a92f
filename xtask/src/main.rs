//! The project's own commands: `cargo xtask …`.
//!
//! It starts programs and builds nothing that users run.
#![allow(clippy::print_stderr)] // A command for developers talks to their terminal.

mod deploy;
mod package;
mod schemas;

use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, ExitCode};

const USAGE: &str = "\
usage: cargo xtask COMMAND

  vectors [FILTER] [--via-plugin]   run the golden vectors whose name contains FILTER,
                                    with --via-plugin through the built plugin as well
  bench [FILTER]                    run the benchmarks whose name contains FILTER
  schemas CRD.yaml…                 regenerate the schemas that core checks manifests with, from the
                                    Gateway API's and the controller's CRDs
  iam                               renew deploy/iam-policy.json from the list of calls in aws/src/permission.rs
  crds                              write deploy/crds from core's schemas
  rbac                              write the roles in deploy/rbac from the kinds that core reads
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
        Some("iam") => iam(),
        Some("crds") => {
            deploy::write_crds();
            ExitCode::SUCCESS
        }
        Some("rbac") => {
            deploy::write_rbac();
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

/// With the workspace's one set of features, so that the SDK is not built a second time.
fn iam() -> ExitCode {
    let test = ["test", "--workspace", "--features", "gwchain-tests/testbed", "--test", "iam"];
    run(Command::new(program()).args(test).env("GWCHAIN_BLESS", "1"))
}

fn cargo(arguments: &[&str], more: &[String]) -> ExitCode {
    run(Command::new(program()).args(arguments).args(more))
}

fn program() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

fn run(command: &mut Command) -> ExitCode {
    match command.status() {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("cargo: {error}");
            ExitCode::FAILURE
        }
    }
}
