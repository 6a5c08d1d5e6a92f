//! The command line.
//!
//! What its options mean is decided where they are used.

use std::path::Path;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use gwchain_core::diagnostic::{Diagnostic, Severity};

use crate::input::InputArgs;

const EXAMPLES: &str = "\
Examples:
  # What will exist, in order
  kubectl gwchain plan -f examples/gateway-chaining/

  # From stdin, as JSON
  kubectl kustomize overlays/prod | kubectl gwchain plan -f - -o json

Exit codes:
  0  done, nothing found at or above the threshold
  1  the tool or its input failed: a wrong option, a file that can't be read or isn't YAML
  2  findings at or above --failure-threshold, or changes with --exit-code";

const PLAN_EXAMPLES: &str = "\
Examples:
  # What the manifests of a folder mean, as a table
  kubectl gwchain plan -f examples/gateway-chaining/

  # With its subfolders, with ids and the reason of each value
  kubectl gwchain plan -R -f manifests/ -o wide

  # From stdin, for a program
  kubectl kustomize overlays/prod | kubectl gwchain plan -f - -o json

  # With subnets and certificates as a file knows them
  kubectl gwchain plan -f gateway.yaml --environment environment.yaml

  # What the AWS Load Balancer Controller itself would do
  kubectl gwchain plan -f gateway.yaml --profile aws-lbc

Exit codes:
  0  a plan was made, nothing was found at or above --failure-threshold
  1  the tool or its input failed: a wrong option, a file that can't be read or isn't YAML
  2  findings at or above --failure-threshold, or anything to create with --exit-code";

const LINT_EXAMPLES: &str = "\
Examples:
  # What is wrong with the manifests of a folder
  kubectl gwchain lint -f examples/gateway-chaining/

  # In CI: annotations of a pull request, warnings count
  kubectl gwchain lint -R -f manifests/ -o github --failure-threshold warning

  # What the fixes would change; then change it
  kubectl gwchain lint -f gateway.yaml --fix --dry-run
  kubectl gwchain lint -f gateway.yaml --fix

  # As a filter
  kubectl gwchain lint -f - --fix < gateway.yaml > fixed.yaml

Exit codes:
  0  nothing was found at or above --failure-threshold; with --fix, nothing is left of it
  1  the tool or its input failed: a wrong option, a file that can't be read or isn't YAML
  2  findings at or above --failure-threshold";

const SUBJECT: &str = "\
What to explain: GATEWAY, GATEWAY.FIELD, GATEWAY/listener/PORT or a code; everything when left out

A Gateway is NAME or NAMESPACE/NAME. A field is called as in the stack or in the configuration
kinds: my-gateway.scheme, my-gateway.listeners[443].certificates.";

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  # The chains of a folder, from the client inwards
  kubectl gwchain explain -f examples/gateway-chaining/

  # One Gateway, and one of its values
  kubectl gwchain explain -f examples/gateway-chaining/ my-tcp-gateway
  kubectl gwchain explain -f examples/gateway-chaining/ my-alb-gateway.scheme

  # What a code means
  kubectl gwchain explain GWC0101

Exit codes:
  0  explained
  1  the tool or its input failed: a wrong option, a file that can't be read or isn't YAML";

/// Tells what Gateway API manifests mean on AWS before anything exists there.
#[derive(Debug, Parser)]
#[command(name = "kubectl-gwchain", version, after_help = EXAMPLES)]
pub struct Cli {
    /// Subcommand.
    #[command(subcommand)]
    pub command: Command,
}

/// Subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Show the load balancers that manifests mean, in the order in which they will exist
    Plan(PlanArgs),
    /// Find mistakes, and fix those whose remedy is mechanical
    Lint(LintArgs),
    /// Tell a chain from the client inwards, or why a value is what it is
    Explain(ExplainArgs),
    /// Print a completion script for a shell
    Completion(CompletionArgs),
    /// Print the version and what it follows
    Version,
}

/// Options of `plan`.
#[derive(Debug, Args)]
#[command(after_help = PLAN_EXAMPLES)]
pub struct PlanArgs {
    /// Where manifests come from.
    #[command(flatten)]
    pub input: InputArgs,
    /// Form of the output
    #[arg(short, long, value_enum, default_value = "table", value_name = "FORM")]
    pub output: Form,
    /// Exit with 2 when findings are at least this severe
    #[arg(long, value_enum, default_value = "error", value_name = "SEVERITY")]
    pub failure_threshold: Threshold,
    /// Exit with 2 when there is anything to create
    #[arg(long)]
    pub exit_code: bool,
    /// When to use colours; NO_COLOR is honoured
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN")]
    pub color: Color,
}

/// Options of `lint`.
#[derive(Debug, Args)]
#[command(after_help = LINT_EXAMPLES)]
pub struct LintArgs {
    /// Where manifests come from.
    #[command(flatten)]
    pub input: InputArgs,
    /// Form of the output
    #[arg(short, long, value_enum, default_value = "text", value_name = "FORM")]
    pub output: Report,
    /// Exit with 2 when findings are at least this severe
    #[arg(long, value_enum, default_value = "error", value_name = "SEVERITY")]
    pub failure_threshold: Threshold,
    /// Change the files where the remedy is mechanical; text from stdin goes fixed to stdout
    #[arg(long)]
    pub fix: bool,
    /// Show what --fix would change, as a unified diff
    #[arg(long, requires = "fix")]
    pub dry_run: bool,
    /// When to use colours; NO_COLOR is honoured
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN")]
    pub color: Color,
}

/// Options of `explain`.
#[derive(Debug, Args)]
#[command(after_help = EXPLAIN_EXAMPLES)]
pub struct ExplainArgs {
    /// What to explain: GATEWAY, GATEWAY.FIELD, GATEWAY/listener/PORT or a code; everything when left out
    #[arg(long_help = SUBJECT)]
    pub subject: Option<String>,
    /// Show all rules of every listener
    #[arg(long)]
    pub all: bool,
    /// Where manifests come from.
    #[command(flatten)]
    pub input: InputArgs,
    /// When to use colours; NO_COLOR is honoured
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN")]
    pub color: Color,
}

/// Options of `completion`.
#[derive(Debug, Args)]
pub struct CompletionArgs {
    /// The shell
    #[arg(value_enum)]
    pub shell: Shell,
}

/// Forms of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// Resources in order, for people
    Table,
    /// The same with ids, whole names and the origin of each value
    Wide,
    /// The plan document, `apiVersion: gwchain.dev/v1alpha1`
    Json,
    /// The plan document as YAML
    Yaml,
    /// One line of JSON per stack, as the AWS Load Balancer Controller writes it
    Stack,
    /// Stacks, conditions and verdicts in the form of the test vectors
    Reference,
}

/// Forms of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Report {
    /// The line, the mark under it, the remedy
    Text,
    /// `{"findings": […]}`
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Workflow commands, which GitHub shows at the lines of a pull request
    Github,
}

/// Severities that make a run fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Threshold {
    /// Any finding
    Note,
    /// Warnings and errors
    Warning,
    /// Errors
    Error,
    /// No finding
    Never,
}

impl Threshold {
    /// Whether one of `findings` is that severe.
    pub fn is_reached(self, findings: &[Diagnostic]) -> bool {
        let least = match self {
            Self::Note => Severity::Note,
            Self::Warning => Severity::Warning,
            Self::Error => Severity::Error,
            Self::Never => return false,
        };
        findings.iter().any(|finding| finding.severity() >= least)
    }
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On terminals
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Shells with completion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Shell {
    /// bash
    Bash,
    /// zsh
    Zsh,
    /// fish
    Fish,
    /// PowerShell
    Powershell,
}

/// The command line under the name it was called by: kubectl calls `kubectl-gwchain` for `kubectl gwchain`.
pub fn command() -> clap::Command {
    let called = std::env::args_os().next().unwrap_or_default();
    let name = Path::new(&called).file_stem().unwrap_or_default().to_string_lossy().into_owned();
    match name.strip_prefix("kubectl-") {
        Some(plugin) => Cli::command().bin_name(format!("kubectl {plugin}")),
        None if name.is_empty() => Cli::command().bin_name("kubectl gwchain"),
        None => Cli::command().bin_name(name),
    }
}
