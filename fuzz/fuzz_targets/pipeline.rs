//! Whatever was read is planned in both profiles and described as the reference would.
#![no_main]

use gwchain_tests::pipeline;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let manifests = pipeline::read(text);
    let _ = pipeline::translate(&manifests);
    let _ = pipeline::translate_default(&manifests);
    let _ = pipeline::reference_document(text, None);
});
