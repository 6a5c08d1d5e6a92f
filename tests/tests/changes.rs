//! Laws of change sets, tried in an account as strict as AWS: they can be carried out from anywhere, can be cut off
//! anywhere, and leave nothing to do.
//!
//! Seeds are fixed; `PROPTEST_CASES` raises the number of cases.

use gwchain_core::account::StackId;
use gwchain_core::diff::{ChangeSet, Context, Wanted, diff};
use gwchain_core::fact::Environment;
use gwchain_core::id::Text;
use gwchain_core::manifest::{self, ReadOptions};
use gwchain_core::pipeline::{Options, Pipeline, run};
use gwchain_core::profile::Profile;
use gwchain_tests::cloud::Cloud;
use gwchain_tests::inputs::{Input, all, files};
use gwchain_tests::mutate::{Step, mutate};
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestCaseError, TestRunner};
use serde_json::Value as Json;

const CLUSTER: &str = "demo";

/// Plans `objects` and hands the stacks on.
fn planned<T>(
    objects: &[Json],
    environment: &Environment,
    profile: Profile,
    then: impl FnOnce(&Pipeline<'_>) -> T,
) -> T {
    let options = ReadOptions { simulate: true, ..ReadOptions::default() };
    let manifests = manifest::read(files(&[objects]), &options);
    let environment = Environment { cluster_name: Some(CLUSTER.to_owned()), ..environment.clone() }.simulated();
    then(&run(&manifests, &environment, Options { profile, complete: true, simulate: false }))
}

/// What leads from the account to the stacks of `pipeline` and of nobody else.
fn changes(cloud: &Cloud, pipeline: &Pipeline<'_>) -> ChangeSet {
    let id = |lb_type, gateway: &Text| StackId { lb_type, gateway: gateway.clone() };
    let mut wanted: Vec<Wanted<'_>> = pipeline
        .stacks()
        .into_iter()
        .map(|stack| Wanted { stack: id(stack.lb_type, &stack.id), model: Some(stack) })
        .collect();
    for stack in cloud.account.stacks(CLUSTER) {
        if !wanted.iter().any(|one| one.stack == stack) {
            wanted.push(Wanted { stack, model: None });
        }
    }
    let none = std::collections::BTreeMap::new();
    let context = Context { cluster: CLUSTER, account: &cloud.account, external_tags: &[], default_tags: &none };
    diff(&wanted, context)
}

/// Whether the plan can be carried out at all: nothing is open, and nothing stands in the way.
fn is_open(set: &ChangeSet) -> bool {
    !set.unanswered.is_empty() || !set.blocked.is_empty()
}

/// Carries `pipeline` out from wherever `cloud` is, cut off after `calls`, then to the end.
fn converge(cloud: &mut Cloud, pipeline: &Pipeline<'_>, calls: usize) -> Result<(), String> {
    let set = changes(cloud, pipeline);
    if is_open(&set) {
        return Ok(());
    }
    cloud.apply(&set, calls)?;
    let rest = changes(cloud, pipeline);
    cloud.apply(&rest, usize::MAX).map_err(|error| format!("after {calls} calls: {error}"))?;
    let left = changes(cloud, pipeline);
    if is_open(&left) || left.is_empty() {
        return Ok(());
    }
    let left: Vec<String> =
        left.changes.iter().map(|one| format!("{} {:?}", one.operation.name(), one.fields)).collect();
    Err(format!("after {calls} calls, left: {left:?}"))
}

#[test]
fn every_vector_is_carried_out_wherever_it_was_cut_off() {
    let (mut found, mut carried_out) = (Vec::new(), 0);
    for input in all() {
        for profile in [Profile::GWCHAIN, Profile::AWS_LBC] {
            planned(&input.objects, &input.environment, profile, |pipeline| {
                let total = changes(&Cloud::new(), pipeline);
                if is_open(&total) || (profile == Profile::AWS_LBC && is_beyond_the_reference(pipeline)) {
                    return;
                }
                carried_out += 1;
                let cuts = (0..=total.changes.len()).step_by(total.changes.len() / 12 + 1);
                for calls in cuts {
                    if let Err(error) = converge(&mut account(&input), pipeline, calls) {
                        return found.push(format!("{}: {error}", input.name));
                    }
                }
            });
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    assert!(carried_out > 300, "only {carried_out} plans could be carried out");
}

/// An account with the target groups that a vector's manifests name.
fn account(input: &Input) -> Cloud {
    let named = input.environment.target_groups.iter().flatten();
    Cloud::new().with_target_groups(named.map(|group| &*group.arn))
}

/// The reference plans no chain from nothing, and plans target groups of one name, which AWS refuses (B30).
fn is_beyond_the_reference(pipeline: &Pipeline<'_>) -> bool {
    let stacks = pipeline.stacks();
    let mut names: Vec<String> =
        stacks.iter().flat_map(|stack| &stack.target_groups).map(|group| group.spec.name.to_string()).collect();
    let all = names.len();
    names.sort();
    names.dedup();
    names.len() < all || stacks.iter().any(|stack| !stack.alb_targets.is_empty())
}

fn runner(cases: u32) -> TestRunner {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|text| text.parse().ok());
    TestRunner::new(ProptestConfig {
        cases: asked.unwrap_or(cases),
        failure_persistence: None,
        max_shrink_iters: 500,
        rng_seed: RngSeed::Fixed(0x6763_6861_696e),
        ..ProptestConfig::default()
    })
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step =
        (any::<u32>(), any::<u32>(), any::<u32>()).prop_map(|(object, place, change)| Step { object, place, change });
    prop::collection::vec(step, 1..6)
}

#[test]
fn every_state_leads_to_every_plan() {
    let inputs = all();
    let strategy = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), steps(), any::<bool>(), 0..60_usize);
    let result = runner(400).run(&strategy, |(one, other, steps, is_change, calls)| {
        let from = one.get(&inputs);
        let to = if is_change { from } else { other.get(&inputs) };
        travel(from, to, &steps, calls).map_err(TestCaseError::fail)
    });
    result.unwrap_or_else(|error| panic!("{error}"));
}

/// Builds `from`, then goes to a changed `to`, and then takes everything down.
fn travel(from: &Input, to: &Input, steps: &[Step], calls: usize) -> Result<(), String> {
    let mut cloud = account(from);
    let there = |cloud: &mut Cloud, objects: &[Json], environment: &Environment, calls| {
        planned(objects, environment, Profile::GWCHAIN, |pipeline| converge(cloud, pipeline, calls))
    };
    there(&mut cloud, &from.objects, &from.environment, usize::MAX)?;
    let mut objects = to.objects.clone();
    mutate(&mut objects, steps);
    there(&mut cloud, &objects, &to.environment, calls)
        .map_err(|error| format!("{} to {}: {error}", from.name, to.name))?;
    there(&mut cloud, &[], &Environment::default(), calls).map_err(|error| format!("to nothing: {error}"))?;
    let is_protected = |attributes: &Option<gwchain_core::account::Pairs>| {
        attributes.as_ref().and_then(|all| all.get("deletion_protection.enabled")).is_some_and(|value| value == "true")
    };
    let left = !cloud.account.stacks(CLUSTER).is_empty();
    if left && !cloud.account.load_balancers.iter().any(|lb| is_protected(&lb.attributes)) {
        return Err(format!("{}: something is left: {:?}", from.name, cloud.account.stacks(CLUSTER)));
    }
    Ok(())
}
