//! `completion`: scripts that complete the plugin's arguments.
//!
//! They are made from the command line's declaration.

use std::process::ExitCode;

use clap::CommandFactory;
use clap_complete::generate;
use clap_complete::shells::{Bash, Fish, PowerShell, Zsh};

use crate::args::{Cli, Color, CompletionArgs, Shell};
use crate::output;

const NAME: &str = "kubectl-gwchain";

/// Prints the script.
pub fn run(args: &CompletionArgs) -> ExitCode {
    let mut script = Vec::new();
    let mut command = Cli::command();
    match args.shell {
        Shell::Bash => generate(Bash, &mut command, NAME, &mut script),
        Shell::Zsh => generate(Zsh, &mut command, NAME, &mut script),
        Shell::Fish => generate(Fish, &mut command, NAME, &mut script),
        Shell::Powershell => generate(PowerShell, &mut command, NAME, &mut script),
    }
    match output::print(&String::from_utf8_lossy(&script)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => output::fail(&failure, Color::Auto),
    }
}
