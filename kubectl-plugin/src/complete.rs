//! Answers kubectl, which runs `kubectl_complete-gwchain` with the words typed so far, the last one unfinished.
//!
//! The form is cobra's: a candidate and its description per line, then what the shell may add. Whole scripts, for
//! `kubectl-gwchain` without kubectl, are in `completion`.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;

use clap::{Arg, Command, CommandFactory};

use crate::args::{Cli, Color};
use crate::output;

/// The name under which kubectl looks for completions of the plugin.
const NAME: &str = "kubectl_complete-gwchain";
/// What the shell may add: names of files, or nothing.
const FILES: &str = ":0\n";
const NOTHING: &str = ":4\n";

/// Whether the plugin was called to complete, not to run.
pub fn is_asked(called: &OsStr) -> bool {
    Path::new(called).file_stem().is_some_and(|name| name == NAME)
}

/// Prints what the last of `words` may become.
pub fn run(words: &[String]) -> ExitCode {
    let mut command = Cli::command();
    command.build();
    match output::print(&answer(&command, words)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => output::fail(&failure, Color::Auto),
    }
}

fn answer(root: &Command, words: &[String]) -> String {
    let (last, before) = words.split_last().map_or(("", words), |(last, before)| (last.as_str(), before));
    let command = before.iter().fold(root, |command, word| command.find_subcommand(word).unwrap_or(command));
    if let Some((option, written)) = last.split_once('=') {
        let list = taking(command, option).map(|arg| values(arg, &format!("{option}=")));
        return list.map_or_else(|| NOTHING.to_owned(), |list| among(list, &format!("{option}={written}")));
    }
    if let Some(arg) = before.last().and_then(|word| taking(command, word)) {
        return among(values(arg, ""), last);
    }
    let mut list = if last.starts_with('-') { options(command) } else { subcommands(command) };
    if list.is_empty() {
        list = command.get_positionals().flat_map(|arg| values(arg, "")).collect();
    }
    if list.is_empty() { NOTHING.to_owned() } else { among(list, last) }
}

/// The option of that name, if it takes a value.
fn taking<'c>(command: &'c Command, word: &str) -> Option<&'c Arg> {
    let named = |arg: &&Arg| match word.strip_prefix("--") {
        Some(long) => arg.get_long() == Some(long),
        None => word.strip_prefix('-').is_some_and(|short| arg.get_short().is_some_and(|one| short == one.to_string())),
    };
    command.get_opts().find(named)
}

type Candidate = (String, String);

fn values(arg: &Arg, before: &str) -> Vec<Candidate> {
    let shown = |value: &clap::builder::PossibleValue| {
        (format!("{before}{}", value.get_name()), value.get_help().map(ToString::to_string).unwrap_or_default())
    };
    arg.get_possible_values().iter().map(shown).collect()
}

fn options(command: &Command) -> Vec<Candidate> {
    let shown = command.get_arguments().filter(|arg| !arg.is_hide_set());
    shown
        .filter_map(|arg| {
            Some((format!("--{}", arg.get_long()?), arg.get_help().map(ToString::to_string).unwrap_or_default()))
        })
        .collect()
}

fn subcommands(command: &Command) -> Vec<Candidate> {
    let about = |command: &Command| command.get_about().map(ToString::to_string).unwrap_or_default();
    command.get_subcommands().map(|command| (command.get_name().to_owned(), about(command))).collect()
}

/// Those of `list` that begin as written; an option without a list of values takes a file.
fn among(list: Vec<Candidate>, written: &str) -> String {
    if list.is_empty() {
        return FILES.to_owned();
    }
    let mut out = String::new();
    for (name, help) in list.iter().filter(|(name, _)| name.starts_with(written)) {
        let _ = writeln!(out, "{name}\t{}", help.lines().next().unwrap_or_default());
    }
    out + NOTHING
}

#[cfg(test)]
mod tests {
    use super::{Cli, CommandFactory, answer};

    fn asked(words: &[&str]) -> String {
        let mut command = Cli::command();
        command.build();
        answer(&command, &words.iter().map(ToString::to_string).collect::<Vec<_>>())
    }

    #[test]
    fn subcommands_options_and_values() {
        assert!(asked(&["pl"]).starts_with("plan\tShow the load balancers"), "{}", asked(&["pl"]));
        assert!(asked(&["plan", "--fail"]).starts_with("--failure-threshold\t"));
        assert!(asked(&["plan", "-o", "y"]).starts_with("yaml\tThe plan document as YAML\n:4"));
        assert!(asked(&["plan", "--profile=aws"]).starts_with("--profile=aws-lbc\t"));
        assert!(asked(&["completion", "z"]).starts_with("zsh\t"));
    }

    #[test]
    fn files_where_files_are_meant() {
        assert_eq!(asked(&["plan", "-f", ""]), ":0\n");
        assert_eq!(asked(&["explain", "my-"]), ":4\n");
    }
}
