//! The vectors' inputs as lists of objects, for tests that reorder, cut and change them.
//!
//! What the reference made of them is `vectors`' business.

use std::path::Path;

use gwchain_core::environment;
use gwchain_core::fact::Environment;
use gwchain_core::manifest::SourceFile;
use gwchain_core::source::{FileId, parse};
use serde_json::Value as Json;

use crate::vectors::{Case, find};

/// A vector's input.
#[derive(Debug)]
pub struct Input {
    /// `area/name`.
    pub name: String,
    /// Its objects, as written.
    pub objects: Vec<Json>,
    /// What is known beside them.
    pub environment: Environment,
}

/// All vectors' inputs by name.
pub fn all() -> Vec<Input> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors");
    find(&folder).expect("the vectors are readable").into_iter().map(read).collect()
}

fn read(case: Case) -> Input {
    let texts = case.read().expect("a vector is readable");
    let environment = texts.environment.map(|text| environment::parse(&text).expect("a vector's environment is valid"));
    let parsed = parse(FileId(0), &texts.input);
    let objects = parsed.documents.iter().map(|document| Json::from(&document.root)).collect();
    Input { name: case.name, objects, environment: environment.unwrap_or_default() }
}

/// One file per list of objects.
pub fn files(lists: &[&[Json]]) -> Vec<SourceFile> {
    let text = |objects: &[Json]| objects.iter().map(|object| format!("---\n{object}\n")).collect::<String>();
    let file = |(at, objects): (usize, &&[Json])| SourceFile { name: format!("{at}.yaml"), text: text(objects) };
    lists.iter().enumerate().map(file).collect()
}
