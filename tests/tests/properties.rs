//! Properties that hold for any input, tried on the vectors' objects in other orders, other subsets and other shapes.
//!
//! Seeds are fixed; `PROPTEST_CASES` raises the number of cases.

use gwchain_core::fact::AdmissionMode;
use gwchain_core::pipeline::Options;
use gwchain_tests::inputs::{Input as Vector, all as vectors, files};
use gwchain_tests::mutate::{Step, mutate};
use gwchain_tests::outcome::{OPTIONS, Outcome, outcome};
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestCaseError, TestRunner};
use serde_json::Value as Json;

fn runner(cases: u32) -> TestRunner {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|text| text.parse().ok());
    TestRunner::new(ProptestConfig {
        cases: asked.unwrap_or(cases),
        failure_persistence: None,
        max_shrink_iters: 2000,
        rng_seed: RngSeed::Fixed(0x6763_6861_696e),
        ..ProptestConfig::default()
    })
}

fn planned(vector: &Vector, lists: &[&[Json]], options: Options) -> Outcome {
    outcome(files(lists), &vector.environment, options)
}

/// Of objects given twice the later one counts, so their order does matter.
fn is_free_of_doubles(objects: &[Json]) -> bool {
    let key = |object: &Json| {
        let meta = &object["metadata"];
        let namespace = meta["namespace"].as_str().unwrap_or("default").to_owned();
        (object["kind"].to_string(), namespace, meta["name"].to_string())
    };
    let keys: std::collections::BTreeSet<_> = objects.iter().map(key).collect();
    keys.len() == objects.len()
}

#[test]
fn input_order_does_not_matter() {
    for vector in vectors().iter().filter(|vector| is_free_of_doubles(&vector.objects)) {
        for options in [OPTIONS[0], OPTIONS[4], OPTIONS[5]] {
            let before = planned(vector, &[&vector.objects], options);
            let shuffled = (Just(vector.objects.clone()).prop_shuffle(), any::<prop::sample::Index>());
            let result = runner(2).run(&shuffled, |(objects, cut)| {
                let (first, second) = objects.split_at(cut.index(objects.len() + 1));
                prop_assert_eq!(&planned(vector, &[first, second], options), &before);
                Ok(())
            });
            result.unwrap_or_else(|error| panic!("{} with {options:?}: {error}", vector.name));
        }
    }
}

#[test]
fn the_same_bytes_each_time() {
    for vector in vectors() {
        for options in OPTIONS {
            let once = planned(&vector, &[&vector.objects], options);
            assert_eq!(once, planned(&vector, &[&vector.objects], options), "{} with {options:?}", vector.name);
        }
    }
}

#[test]
fn references_lead_to_resources() {
    for vector in vectors() {
        for options in OPTIONS {
            let broken = planned(&vector, &[&vector.objects], options).broken;
            assert!(broken.is_empty(), "{} with {options:?}: {broken:#?}", vector.name);
        }
    }
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = any::<(u32, u32, u32)>().prop_map(|(object, place, change)| Step { object, place, change });
    prop::collection::vec(step, 0..6)
}

/// Plans with all options; a panic says which.
fn check(vector: &Vector, objects: &[Json]) -> Result<(), TestCaseError> {
    for options in OPTIONS {
        let broken = planned(vector, &[objects], options).broken;
        prop_assert!(broken.is_empty(), "{} with {:?}: {:#?}", vector.name, options, broken);
    }
    Ok(())
}

#[test]
fn any_subset_can_be_planned() {
    let vectors = vectors();
    let some = (any::<prop::sample::Index>(), prop::collection::vec(any::<bool>(), 64));
    let result = runner(400).run(&some, |(vector, keep)| {
        let vector = vector.get(&vectors);
        let kept = vector.objects.iter().zip(keep.iter().cycle()).filter(|(_, keep)| **keep);
        check(vector, &kept.map(|(object, _)| object.clone()).collect::<Vec<_>>())
    });
    result.unwrap_or_else(|error| panic!("{error}"));
}

fn mutations_can_be_planned(vectors: &[Vector], cases: u32) {
    let result = runner(cases).run(&(any::<prop::sample::Index>(), steps()), |(vector, steps)| {
        let vector = vector.get(vectors);
        let mut objects = vector.objects.clone();
        mutate(&mut objects, &steps);
        check(vector, &objects)
    });
    result.unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn any_mutation_can_be_planned() {
    mutations_can_be_planned(&vectors(), 1500);
}

/// Where admission is off, whatever was written goes through; most mutations would be refused otherwise.
#[test]
fn any_mutation_can_be_planned_without_admission() {
    let mut vectors = vectors();
    for (position, vector) in vectors.iter_mut().enumerate() {
        let modes = [AdmissionMode::Report, AdmissionMode::Off, AdmissionMode::None];
        vector.environment.admission = Some(modes[position % modes.len()]);
    }
    mutations_can_be_planned(&vectors, 1500);
}
