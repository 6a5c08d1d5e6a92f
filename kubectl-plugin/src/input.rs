//! From the options that every subcommand shares to manifests, environment and pipeline options.
//!
//! It plans nothing.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use clap::{Args, ValueEnum};
use gwchain_core::diagnostic::Code;
use gwchain_core::environment;
use gwchain_core::fact::Environment;
use gwchain_core::id::Text;
use gwchain_core::manifest::gateway::Gateway;
use gwchain_core::manifest::selector::Selector;
use gwchain_core::manifest::{Manifests, ReadOptions, SourceFile, read_over};
use gwchain_core::pipeline;
use gwchain_core::plan::Shown;
use gwchain_core::profile::Profile;
use gwchain_core::render::clean;
use gwchain_core::source::{self, FileId, Node};
use time::OffsetDateTime;

use crate::cluster::{self, Access, Snapshot};
use crate::failure::Failure;
use crate::files::{self, Depth};
use crate::output;
use crate::progress::{Count, Progress};

/// Where manifests come from, and what is known beside them.
#[derive(Clone, Debug, Args)]
pub struct InputArgs {
    /// File, folder or - for stdin; may be repeated. Without, the cluster of the current context is read
    #[arg(short, long = "filename", value_name = "FILE", num_args = 1)]
    pub filename: Vec<PathBuf>,
    /// Read the subfolders of folders, too
    #[arg(short = 'R', long)]
    pub recursive: bool,
    /// With -f: as if the files were applied to the cluster, and what that changes
    #[arg(long)]
    pub cluster: bool,
    /// Context of kubeconfig to use; with -f it means --cluster
    #[arg(long, value_name = "NAME")]
    pub context: Option<String>,
    /// The kubeconfig to use; with -f it means --cluster
    #[arg(long, value_name = "FILE")]
    pub kubeconfig: Option<PathBuf>,
    /// Namespace of objects that name none; only its Gateways are shown. Of a cluster, the default is the context's
    #[arg(short, long)]
    pub namespace: Option<String>,
    /// Show the Gateways of all namespaces: the default with -f
    #[arg(short = 'A', long)]
    pub all_namespaces: bool,
    /// Show only Gateways with these labels, as key=value,key!=value,'key in (a,b)'
    #[arg(short = 'l', long, value_name = "SELECTOR")]
    pub selector: Option<String>,
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

/// Texts, objects and answers, not looked into yet.
#[derive(Clone, Debug)]
pub struct Sources {
    /// Manifests.
    pub files: Vec<SourceFile>,
    /// What a cluster holds, if one is read.
    pub cluster: Option<Snapshot>,
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
    /// The cluster as it is, when files are laid over it.
    pub today: Option<Manifests>,
    /// Answers.
    pub environment: Environment,
    /// How to run it.
    pub options: pipeline::Options,
    /// Which Gateways are shown; all without.
    pub shown: Option<Shown>,
}

impl Input {
    /// Whether some text is neither YAML nor JSON, so that not all of the input was seen.
    pub fn is_broken(&self) -> bool {
        let codes = [Code::SyntaxError, Code::TooBig];
        self.manifests.diagnostics.iter().any(|finding| codes.contains(&finding.code))
    }
}

impl InputArgs {
    /// Whether files are all that is read.
    pub fn is_offline(&self) -> bool {
        !self.filename.is_empty() && !self.cluster && self.context.is_none() && self.kubeconfig.is_none()
    }

    /// Shows that files are read and planned; reading a cluster shows itself.
    pub fn progress(&self) -> Progress {
        let what = if self.is_offline() { "reading and planning" } else { "planning" };
        Progress::start(what, self.reads_stdin())
    }

    fn reads_stdin(&self) -> bool {
        self.filename.iter().any(|name| name.as_os_str() == "-")
    }

    /// Which cluster is meant.
    pub fn access(&self) -> Access {
        let (kubeconfig, context) = (self.kubeconfig.clone(), self.context.clone());
        Access { kubeconfig, context, namespace: self.namespace.clone() }
    }

    /// Which Gateways are shown: of a cluster those of one namespace, as kubectl has it.
    pub fn shown(&self, cluster: Option<&Snapshot>) -> Result<Option<Shown>, Failure> {
        let selector = self.selector.as_deref().map(Selector::parse).transpose();
        let selector = selector.map_err(|error| Failure::new(format!("--selector: {error}")))?;
        let context = cluster.filter(|_| self.filename.is_empty()).map(|snapshot| snapshot.namespace.clone());
        let namespace = self.namespace.as_deref().map(Text::from).or(context).filter(|_| !self.all_namespaces);
        let shown = Shown { namespace, selector };
        Ok((shown != Shown::default()).then_some(shown))
    }
}

/// Reads files, cluster and environment.
pub fn sources(args: &InputArgs) -> Result<Sources, Failure> {
    sources_beside(args, None)
}

fn sources_beside(args: &InputArgs, other: Option<&Path>) -> Result<Sources, Failure> {
    let depth = if args.recursive { Depth::Recursive } else { Depth::Folder };
    let except: Vec<&Path> = args.environment.as_deref().into_iter().chain(other).collect();
    let files = files::read(&args.filename, depth, &except)?;
    let (environment, profile) = (environment(args)?, args.profile.profile());
    let cluster = if args.is_offline() { None } else { Some(snapshot(args, &files)?) };
    Ok(Sources { files, cluster, environment, profile })
}

fn snapshot(args: &InputArgs, files: &[SourceFile]) -> Result<Snapshot, Failure> {
    let count = Count::default();
    let progress = Progress::counting("reading the cluster", args.reads_stdin(), count.clone());
    let numbered = files.iter().zip(0..).flat_map(|(file, number)| source::parse(FileId(number), &file.text).documents);
    let written: Vec<Node> = numbered.map(|document| document.root).collect();
    let snapshot = cluster::read(&args.access(), &written, &count)?;
    drop(progress);
    for note in &snapshot.notes {
        output::print_beside(&format!("note: {}\n", clean(note)))?;
    }
    Ok(snapshot)
}

/// Reads everything that the options name.
pub fn load(args: &InputArgs) -> Result<Input, Failure> {
    input(args, sources(args)?)
}

/// The same, when the file `other` may lie among the manifests and is none.
pub fn load_beside(args: &InputArgs, other: Option<&Path>) -> Result<Input, Failure> {
    input(args, sources_beside(args, other)?)
}

/// The same for deployment, where a Gateway that no cluster has given a uid gets one by its name.
#[cfg(feature = "live")]
pub fn load_for_deployment(args: &InputArgs) -> Result<Input, Failure> {
    input_with(args, sources(args)?, Uids::ByName)
}

/// What there is without manifests.
#[cfg(feature = "live")]
pub fn load_none(args: &InputArgs) -> Result<Input, Failure> {
    let environment = environment(args)?;
    let options = pipeline::Options { profile: args.profile.profile(), complete: true, simulate: false };
    let manifests = read_over(Vec::new(), Vec::new(), &read_options(args, &environment));
    Ok(Input { manifests, today: None, environment, options, shown: None })
}

/// Whose uids objects have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Uids {
    /// Their own, if any.
    Own,
    /// Their own, else one made of kind and name.
    #[cfg(feature = "live")]
    ByName,
}

/// Looks into what was read.
pub fn input(args: &InputArgs, sources: Sources) -> Result<Input, Failure> {
    input_with(args, sources, Uids::Own)
}

fn input_with(args: &InputArgs, sources: Sources, uids: Uids) -> Result<Input, Failure> {
    let Sources { files, cluster, environment, profile } = sources;
    let shown = args.shown(cluster.as_ref())?;
    let complete = args.complete || cluster.as_ref().is_some_and(|snapshot| snapshot.is_whole);
    let options = pipeline::Options { profile, complete, simulate: false };
    let mut reading = read_options(args, &environment);
    reading.simulate = uids != Uids::Own;
    let is_over = cluster.is_some() && !files.is_empty();
    let Snapshot { objects, namespace, .. } = cluster.unwrap_or_default();
    if !namespace.is_empty() {
        reading.namespace = namespace;
    }
    let today = is_over.then(|| read_over(Vec::new(), objects.clone(), &reading));
    let is_offline = args.is_offline();
    let manifests = read_over(files, objects, &reading);
    tell_empty(args, &manifests, shown.as_ref())?;
    if is_offline && manifests.objects.is_empty() && manifests.diagnostics.is_empty() {
        return Err(Failure::new("the input holds no Kubernetes object"));
    }
    Ok(Input { manifests, today, environment, options, shown })
}

/// Of a cluster one namespace is shown, perhaps not the one that was meant.
fn tell_empty(args: &InputArgs, manifests: &Manifests, shown: Option<&Shown>) -> Result<(), Failure> {
    let is_shown = |gateway: &Gateway| shown.is_none_or(|shown| shown.has(&gateway.meta));
    if args.is_offline() || manifests.gateways.iter().any(is_shown) {
        return Ok(());
    }
    let labels = if args.selector.is_some() { " with these labels" } else { "" };
    output::print_beside(&match shown.and_then(|shown| shown.namespace.as_deref()) {
        Some(namespace) => {
            format!("note: no Gateway{labels} in namespace {}; -A shows those of all namespaces\n", clean(namespace))
        }
        None => format!("note: no Gateway{labels} in the cluster\n"),
    })
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
    let mut options = ReadOptions::of(environment);
    if let Some(namespace) = &args.namespace {
        options.namespace = Text::from(&**namespace);
    }
    options
}
