//! What each profile makes of the cases in `tests/deviations/`, and whether every deviation has a case and a line.
//!
//! `GWCHAIN_BLESS=1` writes the documents anew; read them before they are committed.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use gwchain_core::diagnostic::{Diagnostic, Place, Severity};
use gwchain_core::fact::Environment;
use gwchain_core::manifest::{ReadOptions, SourceFile, read};
use gwchain_core::pipeline::{self, Options};
use gwchain_core::profile::{DEVIATIONS, Profile};
use gwchain_core::{diagnose, environment, reference};
use gwchain_tests::vectors::canonical;

const PROFILES: [Profile; 2] = [Profile::AWS_LBC, Profile::GWCHAIN];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("deviations")
}

/// Folders below `deviations/`, by name.
fn cases() -> Vec<PathBuf> {
    let entries = fs::read_dir(folder()).expect("tests/deviations is there");
    let mut cases: Vec<_> = entries.map(|entry| entry.expect("an entry is readable").path()).collect();
    cases.retain(|path| path.is_dir());
    cases.sort();
    cases
}

fn name(case: &Path) -> String {
    case.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn input(case: &Path) -> (Vec<SourceFile>, Environment) {
    let text = fs::read_to_string(case.join("input.yaml")).expect("a case has an input.yaml");
    let environment = fs::read_to_string(case.join("environment.yaml")).ok();
    let environment = environment.map(|text| environment::parse(&text).expect("environment.yaml is valid"));
    (vec![SourceFile { name: "input.yaml".to_owned(), text }], environment.unwrap_or_default())
}

/// Everything gwchain has to say about a case.
fn findings(case: &Path) -> Vec<Diagnostic> {
    let (files, environment) = input(case);
    let manifests = read(files, &ReadOptions::default());
    let options = Options { profile: Profile::GWCHAIN, complete: true, simulate: false };
    diagnose::all(&pipeline::run(&manifests, &environment, options))
}

fn document(case: &Path, profile: Profile) -> String {
    let (files, environment) = input(case);
    let document = canonical(&reference::of_files(files, environment, profile));
    serde_json::to_string_pretty(&document).expect("every key is a string") + "\n"
}

#[test]
fn documents_are_as_expected() {
    let bless = std::env::var_os("GWCHAIN_BLESS").is_some();
    let mut failed = Vec::new();
    for case in cases() {
        let mut texts = Vec::new();
        for profile in PROFILES {
            let file = case.join(format!("expected.{}.json", profile.name));
            let actual = document(&case, profile);
            if bless {
                fs::write(&file, &actual).expect("a case's folder is writable");
            }
            let expected = fs::read_to_string(&file).unwrap_or_default();
            if expected != actual {
                failed.push(format!("{} under {}: {}", name(&case), profile.name, difference(&expected, &actual)));
            }
            texts.push(actual);
        }
        if texts[0] == texts[1] {
            failed.push(format!("{}: both profiles say the same", name(&case)));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// The first line that differs.
fn difference(expected: &str, actual: &str) -> String {
    let mut lines = expected.lines().zip(actual.lines()).enumerate();
    match lines.find(|(_, (expected, actual))| expected != actual) {
        Some((line, (expected, actual))) => {
            format!("line {}: expected {}, found {}", line + 1, expected.trim(), actual.trim())
        }
        None => "one has more lines than the other".to_owned(),
    }
}

/// What a route, listener or Gateway is refused is also a diagnostic, with a place.
#[test]
fn what_is_refused_is_reported() {
    let mut silent = Vec::new();
    for case in cases() {
        let text = document(&case, Profile::GWCHAIN);
        let refused = ["\"PartiallyInvalid\"", "\"error\"", "\"InvalidKind\"", "\"UnsupportedProtocol\"", "Conflict\""];
        let found = findings(&case);
        let told = found.iter().any(|one| one.severity() >= Severity::Warning && one.place != Place::Nowhere);
        if refused.iter().any(|word| text.contains(word)) && !told {
            silent.push(name(&case));
        }
    }
    assert!(silent.is_empty(), "nothing is said about {}", silent.join(", "));
}

#[test]
fn every_deviation_has_a_case_and_a_line() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/deviations.md");
    let page = fs::read_to_string(page).expect("docs/deviations.md is there");
    let listed: BTreeSet<&str> = page.lines().filter_map(|line| line.strip_prefix("| ")?.split(" | ").next()).collect();
    let names: Vec<String> = cases().iter().map(|case| name(case)).collect();
    let mut wrong = Vec::new();
    for (id, field, _) in DEVIATIONS {
        if !names.iter().any(|name| is_of(name, id)) {
            wrong.push(format!("{id} ({field}) has no case"));
        }
        if !page.lines().any(|line| line.starts_with(&format!("| {id} | `{field}` |"))) {
            wrong.push(format!("{id} ({field}) has no line in docs/deviations.md"));
        }
    }
    let known = |id: &str| DEVIATIONS.iter().any(|(known, ..)| *known == id);
    wrong.extend(
        listed
            .iter()
            .filter(|id| !known(id) && !matches!(**id, "id" | "---"))
            .map(|id| format!("{id} is no deviation")),
    );
    let stray = names.iter().filter(|name| !DEVIATIONS.iter().any(|(id, ..)| is_of(name, id)));
    wrong.extend(stray.map(|name| format!("{name} belongs to no deviation")));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn is_of(name: &str, id: &str) -> bool {
    name.strip_prefix(id).is_some_and(|rest| rest.starts_with('-'))
}
