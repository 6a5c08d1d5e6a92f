//! `kubectl gwchain`: arguments in, one subcommand each, an exit code out.
//!
//! It decides nothing about a plan.

mod args;
mod completion;
mod explain;
mod failure;
mod files;
mod fixing;
mod input;
mod lint;
mod output;
mod plan;
mod progress;
mod yaml;

use std::process::ExitCode;

use clap::FromArgMatches;

use args::{Cli, Command};

fn main() -> ExitCode {
    let matches = match args::command().try_get_matches() {
        Ok(matches) => matches,
        Err(error) => return usage(&error),
    };
    match Cli::from_arg_matches(&matches) {
        Ok(cli) => run(&cli),
        Err(error) => usage(&error),
    }
}

fn run(cli: &Cli) -> ExitCode {
    match &cli.command {
        Command::Plan(args) => plan::run(args),
        Command::Lint(args) => lint::run(args),
        Command::Explain(args) => explain::run(args),
        Command::Completion(args) => completion::run(args),
        Command::Version => output::version(),
    }
}

/// Prints help or what is wrong with the arguments; code 2 is for findings, so a wrong argument is 1.
fn usage(error: &clap::Error) -> ExitCode {
    let is_printed = error.print().is_ok();
    if error.use_stderr() || !is_printed { failure::CODE.into() } else { ExitCode::SUCCESS }
}
