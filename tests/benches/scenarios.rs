//! Time and allocations over the scenarios: `cargo bench -p gwchain-tests --bench scenarios [-- FILTER]`.
//!
//! The reference's figures and ours stand in docs/performance.md; scale them by its calibration.
#![allow(clippy::print_stdout)] // The table of allocations is output, like criterion's own.
#![allow(missing_docs)] // criterion's macros make undocumented functions.

use std::hint::black_box;
use std::time::Duration;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use gwchain_tests::allocations::{Allocations, Counting, measure};
use gwchain_tests::{pipeline, scale};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn translate(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("translate");
    group.sample_size(20).measurement_time(Duration::from_secs(3));
    for scenario in scale::SCENARIOS {
        let manifests = pipeline::read(&scenario.yaml());
        group.bench_function(scenario.name, |bencher| bencher.iter(|| pipeline::translate(black_box(&manifests))));
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

fn allocations(_: &mut Criterion) {
    println!(
        "\n{:<14} {:>24} {:>24} {:>24}",
        "allocations", "read: count, peak kB", "of it kept kB", "translate: count, peak kB"
    );
    for scenario in scale::SCENARIOS {
        let text = scenario.yaml();
        let (manifests, read) = measure(|| pipeline::read(&text));
        let (_, translated) = measure(|| pipeline::translate(&manifests));
        let kept = read.kept_bytes / 1024;
        println!("{:<14} {:>24} {kept:>24} {:>24}", scenario.name, show(read), show(translated));
    }
}

fn show(allocations: Allocations) -> String {
    format!("{}, {}", allocations.calls, allocations.peak_bytes / 1024)
}

criterion_group!(benches, translate, read, allocations);
criterion_main!(benches);
