//! From the options that every subcommand shares to manifests, environment and pipeline options.
//!
//! It runs nothing.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use clap::{Args, ValueEnum};
use gwchain_core::admission::Mode;
use gwchain_core::diagnostic::Code;
use gwchain_core::environment;
use gwchain_core::fact::{AdmissionMode, Environment};
use gwchain_core::id::Text;
use gwchain_core::manifest::{Manifests, ReadOptions, SourceFile, read};
use gwchain_core::pipeline;
use gwchain_core::profile::Profile;
use time::OffsetDateTime;

use crate::failure::Failure;
use crate::files::{self, Depth};

/// Where manifests come from, and what is known beside them.
#[derive(Debug, Args)]
pub struct InputArgs {
    /// File, folder or - for stdin; may be repeated
    #[arg(short, long = "filename", value_name = "FILE", num_args = 1)]
    pub filename: Vec<PathBuf>,
    /// Read the subfolders of folders, too
    #[arg(short = 'R', long)]
    pub recursive: bool,
    /// Namespace of objects that name none; only its Gateways are shown
    #[arg(short, long)]
    pub namespace: Option<String>,
    /// Show the Gateways of all namespaces: the default without -n
    #[arg(short = 'A', long)]
    pub all_namespaces: bool,
    /// File with what only AWS knows: subnets, certificates, security groups (docs/environment.md)
    #[arg(long, value_name = "FILE")]
    pub environment: Option<PathBuf>,
    /// Whose behaviour to plan
    #[arg(long, value_enum, default_value = "gwchain", value_name = "PROFILE")]
    pub profile: ProfileName,
    /// The manifests are all there is: what they lack does not exist
    #[arg(long)]
    pub complete: bool,
    /// The controller's cluster name, part of generated names
    #[arg(long, value_name = "NAME")]
    pub cluster_name: Option<String>,
}

/// Profiles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ProfileName {
    /// With each known defect of the controller fixed (docs/deviations.md)
    Gwchain,
    /// Exactly as the AWS Load Balancer Controller v3.5 would
    AwsLbc,
}

impl ProfileName {
    fn profile(self) -> Profile {
        match self {
            Self::Gwchain => Profile::GWCHAIN,
            Self::AwsLbc => Profile::AWS_LBC,
        }
    }
}

/// Texts and answers, not looked into yet.
#[derive(Debug)]
pub struct Sources {
    /// Manifests.
    pub files: Vec<SourceFile>,
    /// Answers.
    pub environment: Environment,
    /// Deviations.
    pub profile: Profile,
}

/// What the pipeline runs on.
#[derive(Debug)]
pub struct Input {
    /// Manifests, with the findings of reading them.
    pub manifests: Manifests,
    /// Answers.
    pub environment: Environment,
    /// How to run it.
    pub options: pipeline::Options,
}

impl Input {
    /// Whether some text is neither YAML nor JSON, so that not all of the input was seen.
    pub fn is_broken(&self) -> bool {
        let codes = [Code::SyntaxError, Code::TooBig];
        self.manifests.diagnostics.iter().any(|finding| codes.contains(&finding.code))
    }
}

impl InputArgs {
    /// The namespace whose Gateways are shown; all without.
    pub fn shown_namespace(&self) -> Option<Text> {
        self.namespace.as_deref().filter(|_| !self.all_namespaces).map(Text::from)
    }
}

/// Reads files and environment.
pub fn sources(args: &InputArgs) -> Result<Sources, Failure> {
    sources_beside(args, None)
}

fn sources_beside(args: &InputArgs, other: Option<&Path>) -> Result<Sources, Failure> {
    let depth = if args.recursive { Depth::Recursive } else { Depth::Folder };
    let except: Vec<&Path> = args.environment.as_deref().into_iter().chain(other).collect();
    let files = files::read(&args.filename, depth, &except)?;
    Ok(Sources { files, environment: environment(args)?, profile: args.profile.profile() })
}

/// Reads everything that the options name.
pub fn load(args: &InputArgs) -> Result<Input, Failure> {
    input(args, sources(args)?)
}

/// The same, when the file `other` may lie among the manifests and is none.
pub fn load_beside(args: &InputArgs, other: Option<&Path>) -> Result<Input, Failure> {
    input(args, sources_beside(args, other)?)
}

/// Looks into texts that were read.
pub fn input(args: &InputArgs, sources: Sources) -> Result<Input, Failure> {
    let Sources { files, environment, profile } = sources;
    let manifests = read(files, &read_options(args, &environment));
    let options = pipeline::Options { profile, complete: args.complete, simulate: false };
    if manifests.objects.is_empty() && manifests.diagnostics.is_empty() {
        return Err(Failure::new("the input holds no Kubernetes object"));
    }
    Ok(Input { manifests, environment, options })
}

fn environment(args: &InputArgs) -> Result<Environment, Failure> {
    let mut environment = match &args.environment {
        None => Environment::default(),
        Some(path) => own_file(path, environment::parse)?,
    };
    if let Some(name) = &args.cluster_name {
        environment.cluster_name = Some(name.clone());
    }
    if environment.now.is_none() {
        environment.now = Some(today());
    }
    Ok(environment)
}

/// A file of gwchain's own.
pub fn own_file<T>(path: &Path, parse: fn(&str) -> Result<T, String>) -> Result<T, Failure> {
    let text = fs::read_to_string(path).map_err(|error| Failure::reading(path, &error))?;
    parse(&text).map_err(|error| Failure::new(format!("{}: {error}", path.display())))
}

/// Today's day in UTC; core has no clock.
fn today() -> String {
    let now = OffsetDateTime::from(SystemTime::now());
    format!("{:04}-{:02}-{:02}", now.year(), u8::from(now.month()), now.day())
}

fn read_options(args: &InputArgs, environment: &Environment) -> ReadOptions {
    let mut options = ReadOptions::default();
    if let Some(namespace) = &args.namespace {
        options.namespace = Text::from(&**namespace);
    }
    options.keep_refused = environment.admission == Some(AdmissionMode::Report);
    options.mode = match environment.admission {
        None | Some(AdmissionMode::Enforce | AdmissionMode::Report) => Mode::Enforce,
        Some(AdmissionMode::Off) => Mode::DefaultOnly,
        Some(AdmissionMode::None) => Mode::Nothing,
    };
    options
}
