//! What gwchain sees of an account, for tests of reading: answers, stacks, and what would change, as JSON.
//!
//! `look MANIFESTS VPC NODE` reads three times: everything; the planned stacks by remembered names; and, with
//! `look MANIFESTS VPC NODE make`, it makes the account what the manifests mean before. VPC or NODE may be empty.
#![allow(clippy::print_stdout, clippy::print_stderr)] // A program for tests talks to them.

use std::collections::BTreeMap;
use std::process::ExitCode;

use gwchain_aws::{
    Aws, Cluster, Error, Executor, Found, Known, NoCluster, Observed, Patience, Settings, Stop, answered, find, observe,
};
use gwchain_core::account::StackId;
use gwchain_core::diff::{ChangeSet, Context, Wanted, diff, wanted};
use gwchain_core::fact::Environment;
use gwchain_core::manifest::{self, Manifests, ReadOptions, SourceFile};
use gwchain_core::pipeline::{Options, run};
use gwchain_core::plan::Plan;
use gwchain_core::profile::Profile;
use serde_json::{Value as Json, json};

const OPTIONS: Options = Options { profile: Profile::GWCHAIN, complete: true, simulate: false };
/// Rounds until nothing is left to do.
const ROUNDS: usize = 4;

struct World {
    aws: Aws,
    cluster: Cluster,
    manifests: Manifests,
}

/// What a look has told.
struct Look {
    environment: Environment,
    observed: Observed,
    set: ChangeSet,
    stacks: Vec<StackId>,
    calls: BTreeMap<String, usize>,
}

impl World {
    async fn look(&self, stacks: Option<&[StackId]>, known: &mut Known) -> Result<Look, Error> {
        let before = self.aws.calls();
        let found: Found = find(&self.aws, &self.cluster, stacks, known).await?;
        known.learn(&found);
        let mut environment = Environment::default();
        found.tell(&mut environment);
        let environment = answered(&self.aws, &self.cluster, &self.manifests, environment, OPTIONS).await?;
        let pipeline = run(&self.manifests, &environment, OPTIONS);
        let plan = Plan { manifests: &self.manifests, pipeline: &pipeline, shown: None };
        let wanted: Vec<Wanted<'_>> = wanted(&plan);
        let observed = observe(&self.aws, &self.cluster, found, &wanted).await?;
        let none = BTreeMap::new();
        let (cluster, account) = (self.cluster.name.as_str(), &observed.account);
        let set = diff(&wanted, Context { cluster, account, external_tags: &[], default_tags: &none });
        let stacks = wanted.iter().map(|one| one.stack.clone()).collect();
        let calls = self.aws.calls().since(&before).iter().map(|(name, count)| (name.to_owned(), count)).collect();
        drop(pipeline);
        Ok(Look { environment, observed, set, stacks, calls })
    }

    async fn make(&self) -> Result<(), Error> {
        for _ in 0..ROUNDS {
            let look = self.look(None, &mut Known::default()).await?;
            let vpc = look.environment.vpc.map(|vpc| vpc.id).unwrap_or_default();
            let (stop, bindings) = (Stop::default(), &NoCluster);
            let patience = Patience::default();
            let executor = Executor { aws: &self.aws, vpc: &vpc, bindings, patience, stop: &stop };
            let outcome = executor.execute(&look.set, &mut |_| ()).await;
            outcome.failures().for_each(|(_, error)| eprintln!("{error}"));
            if look.set.changes.is_empty() {
                break;
            }
        }
        Ok(())
    }
}

fn told(look: &Look) -> Json {
    let changes = look.set.changes.iter().map(|change| format!("{} {}", change.operation.name(), change.resource.id));
    json!({
        "environment": look.environment,
        "account": look.observed.account,
        "notes": look.observed.notes,
        "changes": changes.collect::<Vec<_>>(),
        "unanswered": look.set.unanswered.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "calls": look.calls,
    })
}

async fn run_all(world: &World, is_making: bool) -> Result<Json, Error> {
    if is_making {
        world.make().await?;
    }
    let mut known = Known::default();
    let first = world.look(None, &mut known).await?;
    let again = world.look(Some(&first.stacks), &mut known).await?;
    Ok(json!({ "everything": told(&first), "remembered": told(&again) }))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [manifests, vpc, node, rest @ ..] = arguments.as_slice() else {
        eprintln!("usage: look MANIFESTS VPC NODE [make]");
        return ExitCode::FAILURE;
    };
    let given = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    let text = std::fs::read_to_string(manifests).expect("the test has written the manifests");
    let file = SourceFile { name: manifests.clone(), text };
    let world = World {
        aws: Aws::connect(&Settings::default()).await.expect("the environment names a region"),
        cluster: Cluster { name: "gw".to_owned(), vpc: given(vpc), nodes: given(node).into_iter().collect() },
        manifests: manifest::read(vec![file], &ReadOptions { simulate: true, ..ReadOptions::default() }),
    };
    match run_all(&world, !rest.is_empty()).await {
        Ok(json) => println!("{json}"),
        Err(error) => {
            println!("{}", json!({ "error": error.to_string() }));
        }
    }
    ExitCode::SUCCESS
}
