//! Core's steps as benchmarks and fuzz targets call them: the one file to adapt when core's surface changes.
//!
//! It measures and checks nothing.

use gwchain_core::fact::Environment;
use gwchain_core::manifest::{self, Manifests, ReadOptions, SourceFile};
use gwchain_core::pipeline::{Options, run};
use gwchain_core::plan::stack_json;
use gwchain_core::profile::Profile;

/// Parses and admits `text` as one file.
pub fn read(text: &str) -> Manifests {
    let file = SourceFile { name: "input.yaml".to_owned(), text: text.to_owned() };
    manifest::read(vec![file], &ReadOptions { simulate: true, ..ReadOptions::default() })
}

/// What the vectors' harness answers, made once.
pub fn environment() -> Environment {
    Environment::default().simulated()
}

/// Resolves, translates and plans as the reference would, and writes every stack as JSON text into `out`.
pub fn translate(manifests: &Manifests, environment: &Environment, out: &mut Vec<u8>) {
    out.clear();
    let options = Options { profile: Profile::AWS_LBC, complete: true, simulate: true };
    for stack in run(manifests, environment, options).stacks() {
        stack_json::write(stack, out);
    }
}

/// The document in the form of the vectors' `expected.json`.
pub fn reference_document(input: &str, environment: Option<&str>) -> Result<serde_json::Value, String> {
    gwchain_core::reference::document(input, environment)
}
