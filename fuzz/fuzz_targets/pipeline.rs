//! Whatever was read is planned in both profiles and described as the reference would, and keeps the laws.
#![no_main]

use gwchain_core::fact::Environment;
use gwchain_core::manifest::SourceFile;
use gwchain_tests::outcome::{OPTIONS, outcome};
use gwchain_tests::pipeline;
use libfuzzer_sys::fuzz_target;

/// Options per profile: complete or not, deployed or not.
const VARIANTS: usize = OPTIONS.len() / 2;

fuzz_target!(|text: &str| {
    // The text chooses the variant: all of them for each text would be four times as slow.
    let variant = text.len() % VARIANTS;
    for options in [OPTIONS[variant], OPTIONS[variant + VARIANTS]] {
        let file = SourceFile { name: "input.yaml".to_owned(), text: text.to_owned() };
        let broken = outcome(vec![file], &Environment::default(), options).broken;
        assert!(broken.is_empty(), "{broken:#?}");
    }
    if variant == 0 {
        let _ = pipeline::reference_document(text, None);
    }
});
