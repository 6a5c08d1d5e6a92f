//! The manifests of `deploy/`, as objects.
//!
//! It renders nothing; `testbed::render` does.

use std::fs;
use std::path::{Path, PathBuf};

use gwchain_core::source::{FileId, parse};
use serde_json::Value;

/// `deploy/`.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ lies in the repository").join("deploy")
}

/// The objects of a text of YAML documents.
pub fn objects(yaml: &str) -> Vec<Value> {
    let parsed = parse(FileId(0), yaml);
    assert!(parsed.problems.is_empty(), "{:?}", parsed.problems);
    parsed.documents.iter().map(|document| Value::from(&document.root)).collect()
}

/// The objects of all YAML files of a folder, by file name.
pub fn objects_in(folder: &Path) -> Vec<Value> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("it is readable").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "yaml"));
    paths.sort();
    paths.iter().flat_map(|path| objects(&fs::read_to_string(path).expect("a manifest is text"))).collect()
}

/// The text under a heading of `deploy/README.md` up to the next, and the first block of code in it.
pub fn block(heading: &str) -> String {
    let page = fs::read_to_string(folder().join("README.md")).expect("it lies in the repository");
    let (_, part) = page.split_once(&format!("## {heading}\n")).unwrap_or_else(|| panic!("no heading `{heading}`"));
    let part = part.split("\n## ").next().expect("split yields at least one part");
    let (_, code) = part.split_once("```yaml\n").unwrap_or_else(|| panic!("no YAML under `{heading}`"));
    code.split("```").next().expect("split yields at least one part").to_owned()
}
