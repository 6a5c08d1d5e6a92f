//! Manifests that lost their indentation mean the same, or are refused; never anything else.

use std::fs;
use std::path::{Path, PathBuf};

use gwchain_core::fact::Environment;
use gwchain_core::manifest::{Manifests, ReadOptions, SourceFile, read};
use gwchain_core::paste::open;
use gwchain_core::pipeline::{Options, run};
use gwchain_core::plan::{Plan, document};
use gwchain_core::profile::Profile;
use gwchain_core::source::{FileId, parse};
use gwchain_tests::flatten::{block_style, flattened};
use gwchain_tests::vectors::find;
use serde_json::Value as Json;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ lies in the repository").to_owned()
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Manifests of the examples and of all vectors.
fn inputs() -> Vec<(String, String)> {
    let cases = find(&root().join("tests/vectors")).expect("the vectors are readable");
    let vectors = cases.into_iter().map(|case| {
        let input = case.read().expect("a vector is readable").input;
        (case.name, input)
    });
    vectors.chain(examples()).collect()
}

fn examples() -> Vec<(String, String)> {
    let folders = fs::read_dir(root().join("examples")).expect("the examples are readable");
    let mut paths: Vec<PathBuf> = folders
        .flat_map(|folder| fs::read_dir(folder.expect("readable").path()).expect("an example is a folder"))
        .map(|file| file.expect("readable").path())
        .filter(|path| path.extension().is_some_and(|end| end == "yaml") && !path.ends_with("environment.yaml"))
        .collect();
    paths.sort();
    paths.iter().map(|path| (path.display().to_string(), text(path))).collect()
}

fn objects(input: &str) -> Vec<Json> {
    parse(FileId(0), input).documents.iter().map(|document| Json::from(&document.root)).collect()
}

/// How many objects there are, and how many of them came back.
#[derive(Debug, Default, PartialEq, Eq)]
struct Count {
    objects: usize,
    restored: usize,
}

/// Flattens texts and reads them; panics when anything came back as something else.
fn count(texts: impl Iterator<Item = (String, String)>) -> Count {
    let mut count = Count::default();
    for (name, text) in texts {
        let mut expected = objects(&text);
        let opened = open(FileId(0), &flattened(&text));
        count.objects += expected.len();
        count.restored += opened.documents.len();
        assert_eq!(
            expected.len(),
            opened.documents.len() + opened.reading.unclear.len(),
            "{name}: {:?}",
            opened.reading
        );
        for found in opened.documents.iter().map(|document| Json::from(&document.root)) {
            let same = expected.iter().position(|expected| *expected == found);
            expected.remove(same.unwrap_or_else(|| panic!("{name}: an object came back as {found:#}")));
        }
    }
    count
}

#[test]
fn what_people_write_comes_back() {
    // The one that doesn't has a field that no schema knows.
    let Count { objects, restored } = count(inputs().into_iter());
    assert_eq!(objects - restored, 1);
}

#[test]
fn what_kubectl_prints_comes_back_or_is_refused() {
    let blocks = |(name, text): (String, String)| (name, objects(&text).iter().map(block_style).collect());
    let Count { objects, restored } = count(inputs().into_iter().map(blocks));
    // Mostly it is `selector` that could go on: `type` comes after it in the alphabet.
    assert!(restored * 100 >= objects * 75, "{restored} of {objects}");
}

#[test]
fn the_page_of_the_guide_is_planned_as_its_example() {
    let page = SourceFile { name: "page".to_owned(), text: text(&root().join("tests/pastes/flattened-guide.txt")) };
    let page = read(vec![page], &ReadOptions::default());
    let is_guide = |(name, _): &(String, String)| name.contains("gateway-chaining");
    let files = examples().into_iter().filter(is_guide).map(|(name, text)| SourceFile { name, text });
    let example = read(files.collect(), &ReadOptions::default());
    assert_eq!(planned(&page), planned(&example));
    let note = page.diagnostics.iter().find(|found| found.code.as_str() == "GWC0610").expect("it is said");
    assert_eq!(note.message, "indentation restored in 12 documents");
}

/// The plan document without places, and without findings, which name places in words.
fn planned(manifests: &Manifests) -> Json {
    let options = Options { profile: Profile::GWCHAIN, complete: false, simulate: false };
    let environment = Environment::default();
    let pipeline = run(manifests, &environment, options);
    let mut plan = document::to_value(&Plan { manifests, pipeline: &pipeline, shown: None });
    plan["diagnostics"] = Json::Null;
    without_places(&mut plan);
    plan
}

fn without_places(value: &mut Json) {
    match value {
        Json::Object(map) => {
            ["file", "line", "column"].iter().for_each(|key| drop(map.remove(*key)));
            map.values_mut().for_each(without_places);
        }
        Json::Array(items) => items.iter_mut().for_each(without_places),
        _ => {}
    }
}
