//! The command line.
//!
//! What its options mean is decided where they are used.

mod live;

use std::path::{Path, PathBuf};

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use gwchain_core::diagnostic::{Diagnostic, Severity};

use crate::input::InputArgs;
pub use live::{ApplyArgs, DestroyArgs, DiffArgs};
#[cfg(feature = "live")]
pub use live::{AwsArgs, ConsentArgs, LiveForm};

const EXAMPLES: &str = "\
Examples:
  # What will exist, in order
  kubectl gwchain plan -f examples/gateway-chaining/

  # From stdin, as JSON
  kubectl kustomize overlays/prod | kubectl gwchain plan -f - -o json

  # Where a request goes
  kubectl gwchain trace -f examples/gateway-chaining/ https://shop.example.com/cart

Exit codes:
  0  done, nothing found at or above the threshold
  1  the tool or its input failed: a wrong option, a file that can't be read or isn't YAML
  2  findings at or above --failure-threshold, or changes: of plan with --exit-code, of diff always";

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

const COMPLETION_EXAMPLES: &str = "\
Examples:
  # For `kubectl gwchain`: kubectl asks a program of this name, and the plugin answers when called by it
  ln -s \"$(command -v kubectl-gwchain)\" ~/.local/bin/kubectl_complete-gwchain

  # For `kubectl-gwchain` called directly
  source <(kubectl gwchain completion bash)";

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
What to explain: GATEWAY, GATEWAY.FIELD, GATEWAY/listener/PORT, route/NAME, service/NAME or a code; everything when left out

A name is NAME or NAMESPACE/NAME; gateway/NAME is a Gateway, too, and tcproute/NAME a TCPRoute. A field is called as in the stack or in the configuration
kinds: my-gateway.scheme, my-gateway.listeners[443].certificates.";

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  # The chains of a folder, from the client inwards
  kubectl gwchain explain -f examples/gateway-chaining/

  # Which load balancers lead to a Service, and what becomes of a route
  kubectl gwchain explain -f examples/gateway-chaining/ service/echoserver
  kubectl gwchain explain -f examples/gateway-chaining/ httproute/my-http-app-route

  # One Gateway, and one of its values
  kubectl gwchain explain -f examples/gateway-chaining/ my-tcp-gateway
  kubectl gwchain explain -f examples/gateway-chaining/ my-alb-gateway.scheme

  # What a code means, and which there are
  kubectl gwchain explain GWC0101
  kubectl gwchain explain --list

Exit codes:
  0  explained
  1  the tool or its input failed: a wrong option, a file that can't be read or isn't YAML";

const URL: &str = "\
URL of the request: http://, https://, tcp://HOST:PORT, tls://HOST or udp://HOST:PORT

Scheme, host and port decide at which Gateways the request can arrive, as DNS would.";

const TRACE_EXAMPLES: &str = "\
Examples:
  # Where a request goes, from the client to the Service
  kubectl gwchain trace -f examples/gateway-chaining/ https://shop.example.com/cart?x=1

  # With method, headers and the client's address
  kubectl gwchain trace -f shop.yaml -X POST -H 'X-Team: blue' --from 203.0.113.9 https://shop.example.com/

  # Entering at one Gateway, for a program
  kubectl gwchain trace -f shop.yaml --via shop/inner -o json http://shop.example.com/ | jq .answer.service

  # Not HTTP
  kubectl gwchain trace -f examples/tcp-and-http/ tcp://db.example.com:5432

  # Routing tests for CI (docs/trace.md)
  kubectl gwchain trace -f shop.yaml --expect routing.yaml

Exit codes:
  0  traced; with --expect, all is as expected
  1  the tool or its input failed: a wrong option or URL, a file that can't be read or isn't YAML
  2  with --expect, something is not as expected";

const GRAPH_SUBJECT: &str = "\
What to show: GATEWAY, route/NAME or service/NAME, with all that leads there and from there; everything when left out

A name is NAME or NAMESPACE/NAME.";

const GRAPH_EXAMPLES: &str = "\
Examples:
  # A picture for the browser
  kubectl gwchain graph -f examples/gateway-chaining/ > chain.svg

  # Everything that is behind one Gateway, rule by rule
  kubectl gwchain graph -f manifests/ --all shop/web > web.svg

  # The ways that lead to a Service
  kubectl gwchain graph -f manifests/ service/shop/cart > cart.svg

  # For a page in Markdown, for Graphviz, for a program (docs/graph.md)
  kubectl gwchain graph -f manifests/ -o mermaid
  kubectl gwchain graph -f manifests/ -o dot | dot -Tpdf > chain.pdf
  kubectl gwchain graph -f manifests/ -o json | jq '.nodes[].id'

Exit codes:
  0  drawn, whatever was found
  1  the tool or its input failed: a wrong option, a file that can't be read or isn't YAML";

const UI_EXAMPLES: &str = "\
Examples:
  # The previewer with the manifests of a folder loaded
  kubectl gwchain ui -f examples/gateway-chaining/

  # With what the cluster of the current context holds
  kubectl gwchain ui

  # Only print the link, as on a machine without desktop
  kubectl gwchain ui -f gateway.yaml --no-open

The page is served on 127.0.0.1 until Ctrl-C, to whoever has the link with its secret. It reads: nothing is written or sent.
Secrets of a cluster are left out.

Exit codes:
  1  the tool or its input failed: a wrong option, a file that can't be read, a program built without the page";

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
    /// Tell where a request goes, and which rules it passes
    Trace(TraceArgs),
    /// Draw the chains, from the client to the Services
    Graph(GraphArgs),
    /// Compare with what exists on AWS, resource by resource and field by field
    Diff(DiffArgs),
    /// Make AWS what the manifests say, without a controller
    Apply(ApplyArgs),
    /// Take down what Gateways have on AWS
    Destroy(DestroyArgs),
    /// Show the manifests in the previewer, served on this machine only
    Ui(UiArgs),
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
    /// File with prices in place of the built-in ones (docs/prices.md)
    #[arg(long, value_name = "FILE")]
    pub prices: Option<PathBuf>,
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
    /// List the codes of all findings
    #[arg(long, conflicts_with = "subject")]
    pub list: bool,
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

/// Options of `trace`.
#[derive(Debug, Args)]
#[command(after_help = TRACE_EXAMPLES)]
pub struct TraceArgs {
    /// URL of the request: http://, https://, tcp://HOST:PORT, tls://HOST or udp://HOST:PORT
    #[arg(long_help = URL, required_unless_present = "expect")]
    pub url: Option<String>,
    /// Method of the request; GET when left out
    #[arg(short = 'X', long, value_name = "METHOD")]
    pub method: Option<String>,
    /// Header of the request, 'Name: value'; may be repeated
    #[arg(short = 'H', long, value_name = "HEADER", num_args = 1)]
    pub header: Vec<String>,
    /// Address of the client
    #[arg(long, value_name = "ADDRESS")]
    pub from: Option<String>,
    /// Gateway to enter at, NAME or NAMESPACE/NAME; the one that fits best when left out
    #[arg(long, value_name = "GATEWAY")]
    pub via: Option<String>,
    /// File of requests with what is expected of them (docs/trace.md)
    #[arg(long, value_name = "FILE", conflicts_with_all = ["url", "method", "header", "from", "via"])]
    pub expect: Option<PathBuf>,
    /// Form of the output
    #[arg(short, long, value_enum, default_value = "text", value_name = "FORM")]
    pub output: TraceForm,
    /// Where manifests come from.
    #[command(flatten)]
    pub input: InputArgs,
    /// When to use colours; NO_COLOR is honoured
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN")]
    pub color: Color,
}

/// Options of `graph`.
#[derive(Debug, Args)]
#[command(after_help = GRAPH_EXAMPLES)]
pub struct GraphArgs {
    /// What to show: GATEWAY, route/NAME or service/NAME; everything when left out
    #[arg(long_help = GRAPH_SUBJECT)]
    pub subject: Option<String>,
    /// Form of the output
    #[arg(short, long, value_enum, default_value = "svg", value_name = "FORM")]
    pub output: GraphForm,
    /// Give every rule, target group and Service a node of its own
    #[arg(long)]
    pub all: bool,
    /// Where manifests come from.
    #[command(flatten)]
    pub input: InputArgs,
    /// When to use colours; NO_COLOR is honoured
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN")]
    pub color: Color,
}

/// Options of `ui`.
#[derive(Debug, Args)]
#[command(after_help = UI_EXAMPLES)]
pub struct UiArgs {
    /// Where manifests come from.
    #[command(flatten)]
    pub input: InputArgs,
    /// Print the link without opening a browser
    #[arg(long)]
    pub no_open: bool,
    /// When to use colours; NO_COLOR is honoured
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN")]
    pub color: Color,
}

/// Options of `completion`.
#[derive(Debug, Args)]
#[command(after_help = COMPLETION_EXAMPLES)]
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

/// Forms of a trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TraceForm {
    /// The way as a tree, for people
    Text,
    /// The trace document, `apiVersion: gwchain.dev/v1alpha1`
    Json,
}

/// Forms of a graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum GraphForm {
    /// A picture for browsers and documents
    Svg,
    /// For Graphviz
    Dot,
    /// For Markdown pages of Git hosts and wikis
    Mermaid,
    /// The graph document, `apiVersion: gwchain.dev/v1alpha1`
    Json,
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
