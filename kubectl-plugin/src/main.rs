//! `kubectl gwchain`: arguments in, one subcommand each, an exit code out.
//!
//! It decides nothing about a plan.

mod args;
mod change;
mod cluster;
mod complete;
mod completion;
mod explain;
mod failure;
mod files;
mod fixing;
mod graph;
mod input;
mod lint;
#[cfg_attr(not(feature = "live"), path = "live/without.rs")]
mod live;
mod output;
mod plan;
mod progress;
mod trace;
mod ui;

use std::process::ExitCode;

use clap::FromArgMatches;

use args::{Cli, Command};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let mut called = std::env::args_os();
    if called.next().is_some_and(|name| complete::is_asked(&name)) {
        let words: Vec<String> = called.map(|word| word.to_string_lossy().into_owned()).collect();
        return complete::run(&words);
    }
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
        Command::Trace(args) => trace::run(args),
        Command::Graph(args) => graph::run(args),
        Command::Diff(args) => live::diff(args),
        Command::Apply(args) => live::apply(args),
        Command::Destroy(args) => live::destroy(args),
        Command::Ui(args) => ui::run(args),
        Command::Completion(args) => completion::run(args),
        Command::Version => output::version(),
    }
}

/// Prints help or what is wrong with the arguments; code 2 is for findings, so a wrong argument is 1.
fn usage(error: &clap::Error) -> ExitCode {
    let is_printed = error.print().is_ok();
    if error.use_stderr() || !is_printed { failure::CODE.into() } else { ExitCode::SUCCESS }
}
