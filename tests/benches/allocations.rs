//! Allocations over the scenarios: `cargo bench -p gwchain-tests --bench allocations`.
//!
//! Times are measured elsewhere: counting costs some.
#![allow(clippy::print_stdout)] // The table is the output.

use gwchain_tests::allocations::{Allocations, Counting, measure};
use gwchain_tests::{pipeline, scale};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn main() {
    println!(
        "\n{:<14} {:>24} {:>24} {:>24}",
        "allocations", "read: count, peak kB", "of it kept kB", "translate: count, peak kB"
    );
    for scenario in scale::SCENARIOS {
        let text = scenario.yaml();
        let (manifests, read) = measure(|| pipeline::read(&text));
        let (environment, mut out) = (pipeline::environment(), Vec::new());
        let (_, translated) = measure(|| pipeline::translate(&manifests, &environment, &mut out));
        let kept = read.kept_bytes / 1024;
        println!("{:<14} {:>24} {kept:>24} {:>24}", scenario.name, show(read), show(translated));
    }
}

fn show(allocations: Allocations) -> String {
    format!("{}, {}", allocations.calls, allocations.peak_bytes / 1024)
}
