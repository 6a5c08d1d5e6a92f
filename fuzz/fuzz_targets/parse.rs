//! Any text is read without a panic, a hang or unbounded memory.
#![no_main]

use gwchain_tests::pipeline;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = pipeline::read(text);
});
