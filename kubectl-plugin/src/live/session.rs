//! From options to a proposal: what the manifests mean, what exists, and what leads from the one to the other.
//!
//! Nothing is changed here.

use std::future::Future;

use gwchain_aws::{Aws, Cluster, Error, Known, Settings, answered, find, observe};
use gwchain_core::account::Account;
use gwchain_core::diff::{Chosen, Proposal, Scope, Wanted, wanted};
use gwchain_core::fact::Environment;
use gwchain_core::pipeline::{self, Options};
use gwchain_core::plan::Plan;
use gwchain_core::render::clean;
use tokio::runtime::{Builder, Runtime};

use super::log;
use crate::args::AwsArgs;
use crate::cluster::{Access, Keeper};
use crate::failure::Failure;
use crate::input::Input;
use crate::output;
use crate::progress::Progress;

/// What is to be true.
#[derive(Clone, Debug)]
pub enum Subject {
    /// That AWS is as the manifests say.
    Planned,
    /// That these have nothing on AWS.
    Gone(Chosen),
}

impl Subject {
    fn missing(&self, account: &Account, cluster: &str) -> Option<String> {
        match self {
            Self::Planned => None,
            Self::Gone(chosen) => chosen.missing(account, cluster),
        }
    }
}

/// An account, and a cluster where there is one.
pub struct Session {
    runtime: Runtime,
    /// The account.
    pub aws: Aws,
    /// The cluster whose bindings are kept.
    pub keeper: Option<Keeper>,
}

impl Session {
    /// Finds credentials, region and cluster.
    pub fn open(args: &AwsArgs, access: Option<&Access>) -> Result<Self, Failure> {
        if args.verbose {
            log::start();
        }
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| Failure::new(format!("no event loop: {error}")))?;
        let (aws, keeper) = runtime.block_on(async {
            let keeper = match access {
                Some(access) => Some(Keeper::connect(access).await?),
                None => None,
            };
            let aws = Aws::connect(&settings(args)).await.map_err(failed)?;
            Ok::<_, Failure>((aws, keeper))
        })?;
        Ok(Self { runtime, aws, keeper })
    }

    /// Runs `work` to its end.
    pub fn wait<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }

    /// Looks at the account and hands on what would change.
    pub fn with_proposal<T>(
        &self,
        mut input: Input,
        args: &AwsArgs,
        subject: &Subject,
        then: impl FnOnce(&Proposal<'_, '_>) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let progress = Progress::start("reading the account", false);
        let cluster = self.cluster(&input.environment, args)?;
        let found = self.wait(find(&self.aws, &cluster, None, &Known::default())).map_err(failed)?;
        found.tell(&mut input.environment);
        let environment = std::mem::take(&mut input.environment);
        let answers = answered(&self.aws, &cluster, &input.manifests, environment, input.options);
        input.environment = self.wait(answers).map_err(failed)?;
        let pipeline = pipeline::run(&input.manifests, &input.environment, input.options);
        let plan = Plan { manifests: &input.manifests, pipeline: &pipeline, shown: input.shown.as_ref() };
        let wanted: Vec<Wanted<'_>> = match subject {
            Subject::Planned => wanted(&plan),
            Subject::Gone(chosen) => chosen.taken_down(found.account(), &cluster.name),
        };
        let missing = subject.missing(found.account(), &cluster.name);
        let observed = self.wait(observe(&self.aws, &cluster, found, &wanted)).map_err(failed)?;
        let account = Account { bindings: self.bindings()?, ..observed.account };
        drop(progress);
        let notes = missing.iter().chain(&observed.notes);
        notes.into_iter().try_for_each(|note| output::print_beside(&format!("note: {}\n", clean(note))))?;
        let scope = Scope { cluster: cluster.name, region: self.aws.region().to_owned() };
        with_today(&input, input.options, |today| then(&Proposal::new(plan, &wanted, today, &account, scope)))
    }

    fn cluster(&self, environment: &Environment, args: &AwsArgs) -> Result<Cluster, Failure> {
        let Some(name) = environment.cluster_name.clone() else {
            return Err(Failure::new(
                "whose load balancers? They are found by the cluster's name: say --cluster-name NAME, as the controller's \
                 flag of that name has it",
            ));
        };
        let vpc = args.vpc_id.clone().or_else(|| environment.vpc.as_ref().map(|vpc| vpc.id.clone()));
        let nodes = match &self.keeper {
            Some(keeper) if vpc.is_none() => self.wait(keeper.nodes())?,
            _ => Vec::new(),
        };
        Ok(Cluster { name, vpc, nodes })
    }

    fn bindings(&self) -> Result<Option<Vec<gwchain_core::account::Binding>>, Failure> {
        let Some(keeper) = &self.keeper else { return Ok(None) };
        self.wait(keeper.bindings())
    }
}

/// The plan of the cluster without the files that are laid over it, where there are some.
fn with_today<T>(input: &Input, options: Options, then: impl FnOnce(Option<&Plan<'_, '_>>) -> T) -> T {
    let Some(manifests) = &input.today else { return then(None) };
    let pipeline = pipeline::run(manifests, &input.environment, options);
    then(Some(&Plan { manifests, pipeline: &pipeline, shown: input.shown.as_ref() }))
}

fn settings(args: &AwsArgs) -> Settings {
    Settings {
        region: args.region.clone(),
        profile: args.aws_profile.clone(),
        role: args.role_arn.clone(),
        endpoint: args.endpoint_url.clone(),
        ..Settings::default()
    }
}

/// A failure of AWS, with what to do about it.
pub fn failed(error: Error) -> Failure {
    Failure::new(explained(&error))
}

/// An error with its remedy.
pub fn explained(error: &Error) -> String {
    use gwchain_aws::Retry;
    let help = match error.retry() {
        Retry::Throttled => "; AWS takes no more calls for now: try again later",
        Retry::Transient => "; try again, and check the network and --region",
        Retry::Denied if error.code().is_some() => "; check the credentials, and that IAM allows the call",
        Retry::Denied => "; log in, or say --aws-profile NAME",
        Retry::Wait => "; try again once that is over",
        Retry::Refused => "",
    };
    format!("{error}{help}")
}
