//! Options of the subcommands that talk to AWS.
//!
//! What they mean is decided where they are used.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Color;
use crate::input::InputArgs;

const DIFF_EXAMPLES: &str = "\
Examples:
  # What the cluster of the current context means, against the account
  kubectl gwchain diff --cluster-name demo

  # The same of files, against the VPC that load balancers are to be in
  kubectl gwchain diff -f examples/gateway-chaining/ --cluster-name demo --vpc-id vpc-0123456789abcdef0

  # Of files laid over the cluster, with what was called
  kubectl gwchain diff -f gateway.yaml --cluster --cluster-name demo -v

  # Saved, to be looked at and carried out as it is
  kubectl gwchain diff -f manifests/ --cluster-name demo --out change.json
  kubectl gwchain apply -f manifests/ --cluster-name demo --plan change.json

Exit codes:
  0  AWS is as the manifests say
  1  the tool, its input or AWS failed
  2  there are changes, or something is in their way";

const APPLY_EXAMPLES: &str = "\
Examples:
  # Shows what changes and asks
  kubectl gwchain apply -f manifests/ --cluster --cluster-name demo

  # Without asking, for CI
  kubectl gwchain apply -f manifests/ --cluster --cluster-name demo --yes -o json

  # What was shown and saved by diff, unless anything has changed since
  kubectl gwchain apply -f manifests/ --cluster-name demo --plan change.json

Ctrl-C ends it cleanly: calls under way come to their end, no new ones start. The same command goes on from there.

Exit codes:
  0    AWS is as the manifests say
  1    the tool, its input or AWS failed, it was refused, or something stays as it was
  130  ended by Ctrl-C";

const DESTROY_EXAMPLES: &str = "\
Examples:
  # What a chain has on AWS, the NLB first; asks before
  kubectl gwchain destroy shop/outer shop/inner --cluster-name demo

  # What the Gateways of files have, without a cluster
  kubectl gwchain destroy -f manifests/ --cluster-name demo --vpc-id vpc-0123456789abcdef0

  # What all Gateways of a namespace have, and those that no longer exist
  kubectl gwchain destroy -n shop --cluster-name demo --yes

What exists is found by its tags, whether the Gateway exists or not. A controller makes anew what a Gateway that exists asks
for: delete such a Gateway instead. Deletion protection is never taken off.

Exit codes:
  0    nothing is left
  1    the tool, its input or AWS failed, it was refused, or something stays as it was
  130  ended by Ctrl-C";

/// Which account, and what is told of the calls to it.
#[derive(Clone, Debug, Args)]
pub struct AwsArgs {
    /// The AWS region; without, that of the environment or of the AWS profile
    #[arg(long, value_name = "REGION", help_heading = "AWS")]
    pub region: Option<String>,
    /// Profile of AWS's configuration files
    #[arg(long, value_name = "NAME", help_heading = "AWS")]
    pub aws_profile: Option<String>,
    /// Role to assume
    #[arg(long, value_name = "ARN", help_heading = "AWS")]
    pub role_arn: Option<String>,
    /// URL to call in place of AWS's own, for all services
    #[arg(long, value_name = "URL", help_heading = "AWS")]
    pub endpoint_url: Option<String>,
    /// VPC of the load balancers; without, that of the cluster's nodes, or of the machine this runs on
    #[arg(long, value_name = "ID", help_heading = "AWS")]
    pub vpc_id: Option<String>,
    /// Log every call with its duration to stderr
    #[arg(short, long)]
    pub verbose: bool,
}

/// Options of `diff`.
#[derive(Debug, Args)]
#[command(after_help = DIFF_EXAMPLES)]
pub struct DiffArgs {
    /// Where manifests come from.
    #[command(flatten)]
    pub input: InputArgs,
    /// The account.
    #[command(flatten)]
    pub aws: AwsArgs,
    /// Form of the output
    #[arg(short, long, value_enum, default_value = "text", value_name = "FORM")]
    pub output: LiveForm,
    /// Save the change set to be carried out by `apply --plan`
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// When to use colours; NO_COLOR is honoured
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN")]
    pub color: Color,
}

/// Options of `apply`.
#[derive(Debug, Args)]
#[command(after_help = APPLY_EXAMPLES)]
pub struct ApplyArgs {
    /// Where manifests come from.
    #[command(flatten)]
    pub input: InputArgs,
    /// The account.
    #[command(flatten)]
    pub aws: AwsArgs,
    /// Carry out exactly what `diff --out FILE` has saved, with the same manifests and options, without asking
    #[arg(long, value_name = "FILE")]
    pub plan: Option<PathBuf>,
    /// Replace what AWS can't change: a load balancer gets another DNS name
    #[arg(long)]
    pub allow_replace: bool,
    /// What is agreed to.
    #[command(flatten)]
    pub consent: ConsentArgs,
}

/// Options of `destroy`.
#[derive(Debug, Args)]
#[command(after_help = DESTROY_EXAMPLES)]
pub struct DestroyArgs {
    /// Gateways, NAME or NAMESPACE/NAME; those of -f, or of -n or -A when left out
    #[arg(value_name = "GATEWAY")]
    pub gateways: Vec<String>,
    /// Where manifests come from.
    #[command(flatten)]
    pub input: InputArgs,
    /// The account.
    #[command(flatten)]
    pub aws: AwsArgs,
    /// What is agreed to.
    #[command(flatten)]
    pub consent: ConsentArgs,
}

/// Options of what changes something.
#[derive(Clone, Debug, Args)]
pub struct ConsentArgs {
    /// Do not ask
    #[arg(short, long)]
    pub yes: bool,
    /// Form of the outcome; the change set is told on stderr unless it is text
    #[arg(short, long, value_enum, default_value = "text", value_name = "FORM")]
    pub output: LiveForm,
    /// When to use colours; NO_COLOR is honoured
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN")]
    pub color: Color,
}

/// Forms of change sets and outcomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LiveForm {
    /// For people
    Text,
    /// A document, `apiVersion: gwchain.dev/v1alpha1`
    Json,
}
