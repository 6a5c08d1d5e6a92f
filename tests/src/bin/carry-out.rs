//! Makes an account what manifests mean, for tests that kill it at any call: plans, observes, compares and executes until
//! nothing is left to do. It keeps TargetGroupBindings in a file, where a cluster would keep them.
//!
//! `carry-out MANIFESTS CLUSTER VPC BINDINGS`: standard output tells the changes of each round, one a line. It ends
//! with 0 when nothing is left, with 1 when it can't get there.
#![allow(clippy::print_stdout, clippy::print_stderr)] // A program for tests talks to them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Mutex;
use std::time::Duration;

use gwchain_aws::{
    Aws, Bindings, Cluster, Error, Executor, Known, Outcome, Patience, Retry, Settings, Stop, answered, find, observe,
};
use gwchain_core::account::{Account, Binding, StackId};
use gwchain_core::diff::{ChangeSet, Context, Wanted, diff};
use gwchain_core::fact::{Environment, LoadBalancerType};
use gwchain_core::manifest::{self, Manifests, ReadOptions, SourceFile};
use gwchain_core::pipeline::{Options, run};
use gwchain_core::profile::Profile;
use serde_json::Value as Json;

/// Rounds until what can be reached is reached, whatever goes wrong meanwhile.
const ROUNDS: usize = 12;
/// The server is quick.
const PATIENCE: Patience = Patience {
    active: Duration::from_secs(60),
    release: Duration::from_secs(5),
    known: Duration::from_secs(2),
    pause: Duration::from_millis(100),
};

/// Bindings by namespace and name, in a file.
struct Kept {
    path: PathBuf,
    lock: Mutex<()>,
}

impl Kept {
    fn all(&self) -> BTreeMap<String, Json> {
        let text = std::fs::read(&self.path).unwrap_or_default();
        serde_json::from_slice(&text).unwrap_or_default()
    }

    /// As a cluster does: all or nothing, even if the program is killed.
    fn change(&self, change: impl FnOnce(&mut BTreeMap<String, Json>)) {
        let _lock = self.lock.lock().expect("nothing panics while it holds the lock");
        let mut all = self.all();
        change(&mut all);
        let next = self.path.with_extension("next");
        std::fs::write(&next, Json::from_iter(all).to_string()).expect("the folder is writable");
        std::fs::rename(next, &self.path).expect("the folder is writable");
    }

    /// Every stack that was ever planned, as finalizers of Gateways keep them in mind.
    fn remember<'s>(&self, planned: impl Iterator<Item = &'s StackId>) -> Vec<StackId> {
        let path = self.path.with_extension("stacks");
        let mut lines: BTreeSet<String> =
            planned.map(|one| format!("{} {}", one.lb_type.as_str(), one.gateway)).collect();
        lines.extend(std::fs::read_to_string(&path).unwrap_or_default().lines().map(str::to_owned));
        std::fs::write(path, lines.iter().map(|line| format!("{line}\n")).collect::<String>()).expect("it is writable");
        let stack = |line: &String| {
            let (lb_type, gateway) = line.split_once(' ')?;
            let all = [LoadBalancerType::Application, LoadBalancerType::Network];
            let lb_type = all.into_iter().find(|one| one.as_str() == lb_type)?;
            Some(StackId { lb_type, gateway: gateway.into() })
        };
        lines.iter().filter_map(stack).collect()
    }

    fn bindings(&self) -> Vec<Binding> {
        self.all().values().map(Binding::of).collect()
    }
}

impl Bindings for Kept {
    async fn apply(&self, object: Json) -> Result<(), Error> {
        let text = |key: &str| object["metadata"][key].as_str().unwrap_or_default();
        let key = format!("{}/{}", text("namespace"), text("name"));
        self.change(|all| drop(all.insert(key, object)));
        Ok(())
    }

    async fn delete(&self, namespace: &str, name: &str) -> Result<(), Error> {
        self.change(|all| drop(all.remove(&format!("{namespace}/{name}"))));
        Ok(())
    }
}

struct World {
    aws: Aws,
    cluster: Cluster,
    manifests: Manifests,
    kept: Kept,
    vpc: String,
}

impl World {
    /// What is left to do.
    async fn changes(&self) -> Result<ChangeSet, Error> {
        let options = Options { profile: Profile::GWCHAIN, complete: true, simulate: false };
        let mut environment = Environment { cluster_name: Some(self.cluster.name.clone()), ..Environment::default() };
        let found = find(&self.aws, &self.cluster, None, &Known::default()).await?;
        found.tell(&mut environment);
        let environment = answered(&self.aws, &self.cluster, &self.manifests, environment, options).await?;
        let pipeline = run(&self.manifests, &environment, options);
        for failure in pipeline.gateways().filter_map(|(_, built)| built.result.as_ref().err()) {
            eprintln!("not planned: {}", failure.message());
        }
        let stacks = pipeline.stacks();
        let id = |lb_type, gateway: &_| StackId { lb_type, gateway: Clone::clone(gateway) };
        let mut wanted: Vec<Wanted<'_>> =
            stacks.iter().map(|stack| Wanted { stack: id(stack.lb_type, &stack.id), model: Some(*stack) }).collect();
        let mut left = found.account().stacks(&self.cluster.name);
        left.extend(self.kept.remember(wanted.iter().map(|one| &one.stack)));
        left.sort();
        left.dedup();
        left.retain(|one| wanted.iter().all(|other| other.stack != *one));
        wanted.extend(left.into_iter().map(|stack| Wanted { stack, model: None }));
        let observed = observe(&self.aws, &self.cluster, found, &wanted).await?;
        observed.notes.iter().for_each(|note| eprintln!("note: {note}"));
        let account = Account { bindings: Some(self.kept.bindings()), ..observed.account };
        let none = BTreeMap::new();
        let context =
            Context { cluster: &self.cluster.name, account: &account, external_tags: &[], default_tags: &none };
        Ok(diff(&wanted, context))
    }

    async fn execute(&self, set: &ChangeSet) -> Outcome {
        let (stop, bindings) = (Stop::default(), &self.kept);
        let executor = Executor { aws: &self.aws, vpc: &self.vpc, bindings, patience: PATIENCE, stop: &stop };
        executor.execute(set, &mut |_| ()).await
    }

    async fn carry_out(&self) -> Result<(), String> {
        for round in 0..ROUNDS {
            let set = match self.changes().await {
                Err(error) if error.retry() <= Retry::Transient => {
                    eprintln!("round {round}: {error}");
                    continue;
                }
                other => other.map_err(|error| error.to_string())?,
            };
            if !set.blocked.is_empty() || !set.unanswered.is_empty() {
                return Err(format!("blocked: {:?}, unanswered: {:?}", set.blocked, set.unanswered));
            }
            if set.changes.is_empty() {
                return Ok(());
            }
            for change in &set.changes {
                println!("{round} {} {}", change.operation.name(), change.resource.id);
            }
            let outcome = self.execute(&set).await;
            for (place, error) in outcome.failures() {
                eprintln!(
                    "round {round}: {} {}: {error}",
                    set.changes[place].operation.name(),
                    set.changes[place].resource.id
                );
            }
            if outcome.retry().is_some_and(|retry| retry >= Retry::Denied) {
                return Err("refused".to_owned());
            }
        }
        Err(format!("still something to do after {ROUNDS} rounds"))
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [manifests, cluster, vpc, bindings] = arguments.as_slice() else {
        eprintln!("usage: carry-out MANIFESTS CLUSTER VPC BINDINGS");
        return ExitCode::FAILURE;
    };
    let text = std::fs::read_to_string(manifests).expect("the test has written the manifests");
    let file = SourceFile { name: manifests.clone(), text };
    let options = ReadOptions { simulate: true, ..ReadOptions::default() };
    let world = World {
        aws: Aws::connect(&Settings::default()).await.expect("the environment names a region"),
        cluster: Cluster { name: cluster.clone(), vpc: Some(vpc.clone()), nodes: Vec::new() },
        manifests: manifest::read(vec![file], &options),
        kept: Kept { path: bindings.into(), lock: Mutex::default() },
        vpc: vpc.clone(),
    };
    let ended = world.carry_out().await;
    eprintln!("{} calls: {}", world.aws.calls().total(), world.aws.calls());
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
