//! Time over the scenarios: `cargo bench -p gwchain-tests --bench scenarios [-- FILTER]`.
//!
//! The reference's figures and ours stand in docs/performance.md; scale them by its calibration.
#![allow(clippy::print_stdout)] // The table of best runs is output, like criterion's own.
#![allow(missing_docs)] // criterion's macros make undocumented functions.

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use gwchain_tests::{pipeline, scale};

/// The plugin's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn translate(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("translate");
    group.sample_size(20).measurement_time(Duration::from_secs(3));
    for scenario in scale::SCENARIOS {
        let (manifests, environment) = (pipeline::read(&scenario.yaml()), pipeline::environment());
        let mut out = Vec::new();
        group.bench_function(scenario.name, |bencher| {
            bencher.iter(|| pipeline::translate(black_box(&manifests), &environment, &mut out));
        });
    }
    group.finish();
}

fn read(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("read");
    group.sample_size(10).measurement_time(Duration::from_secs(3));
    for scenario in scale::SCENARIOS {
        let text = scenario.yaml();
        group.bench_function(scenario.name, |bencher| {
            bencher.iter_batched(|| text.as_str(), |text| pipeline::read(black_box(text)), BatchSize::PerIteration);
        });
    }
    group.finish();
}

/// The least of many runs, the figure that the reference's is compared with.
fn best(_: &mut Criterion) {
    const RUNS: usize = 40;
    println!("\n{:<14} {:>18} {:>18}", "best of 40, ms", "translate", "read");
    for scenario in scale::SCENARIOS {
        let text = scenario.yaml();
        let (manifests, environment) = (pipeline::read(&text), pipeline::environment());
        let mut out = Vec::new();
        let translate = least(RUNS, || pipeline::translate(black_box(&manifests), &environment, &mut out));
        let read = least(RUNS / 4, || drop(black_box(pipeline::read(black_box(&text)))));
        println!("{:<14} {translate:>18.4} {read:>18.4}", scenario.name);
    }
}

/// Milliseconds of the fastest of `runs` runs.
fn least(runs: usize, mut run: impl FnMut()) -> f64 {
    let time = |_| {
        let start = Instant::now();
        run();
        start.elapsed().as_secs_f64() * 1000.0
    };
    (0..runs).map(time).fold(f64::INFINITY, f64::min)
}

criterion_group!(benches, translate, read, best);
criterion_main!(benches);
