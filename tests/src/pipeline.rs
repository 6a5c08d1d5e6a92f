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

/// Resolves, translates and plans as the reference would, then writes every stack as JSON text.
pub fn translate(manifests: &Manifests) -> String {
    stacks(manifests, Profile::AWS_LBC)
}

/// The same with gwchain's own profile.
pub fn translate_default(manifests: &Manifests) -> String {
    stacks(manifests, Profile::GWCHAIN)
}

fn stacks(manifests: &Manifests, profile: Profile) -> String {
    let environment = Environment::default().simulated();
    let pipeline = run(manifests, &environment, Options { profile, complete: true, simulate: true });
    pipeline.stacks().into_iter().map(stack_json::to_string).collect()
}

/// The document in the form of the vectors' `expected.json`.
pub fn reference_document(input: &str, environment: Option<&str>) -> Result<serde_json::Value, String> {
    gwchain_core::reference::document(input, environment)
}
