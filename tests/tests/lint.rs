//! Golden findings of every code, `tests/lint/<CODE>/`: the text, the JSON, and the manifests after `--fix`.
//!
//! The manifests are `input.yaml`, or the failing example of the code's page. `GWCHAIN_BLESS=1` writes what is expected
//! anew; read it before committing.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use gwchain_core::diagnostic::{page, table};
use gwchain_core::render::{Locator, Paint, counts, github, json, listing, sarif};
use gwchain_tests::lint::{CLASSES, Case, block};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("lint")
}

fn names() -> Vec<String> {
    let entries = fs::read_dir(folder()).expect("tests/lint is there");
    let names = entries.map(|entry| entry.expect("an entry is readable").file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

/// `GWC0101`, of the folder `GWC0101` or `GWC0101-in-words`.
fn code(name: &str) -> &str {
    name.split('-').next().unwrap_or_default()
}

fn case(name: &str) -> Case {
    let folder = folder().join(name);
    let page = page(code(name)).unwrap_or_else(|| panic!("{name} starts with no code"));
    let own = |file: &str| fs::read_to_string(folder.join(file)).ok();
    let (text, environment) = match own("input.yaml") {
        Some(text) => (text, own("environment.yaml")),
        None => (block(page, "failing").unwrap_or_default(), block(page, "environment")),
    };
    Case::new("input.yaml", &text, environment.as_deref())
}

/// Compares with a file of the case, which is absent when nothing is expected.
fn check(name: &str, file: &str, text: &str, failed: &mut Vec<String>) {
    let path = folder().join(name).join(file);
    if std::env::var_os("GWCHAIN_BLESS").is_some() {
        if text.is_empty() {
            let _ = fs::remove_file(&path);
        } else {
            fs::write(&path, text).expect("a case's folder is writable");
        }
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    if expected != text {
        failed.push(format!("{name}/{file}: expected\n{expected}\nfound\n{text}"));
    }
}

#[test]
fn findings_are_as_expected() {
    let mut failed = Vec::new();
    for name in names() {
        let case = case(&name);
        let run = case.run();
        let locator = Locator::new(&run.manifests);
        let codes: Vec<&str> = run.findings.iter().map(|finding| finding.code.as_str()).collect();
        assert!(codes.contains(&code(&name)), "{name}: {codes:?}");
        let text = listing(&locator, &run.findings, Paint::Plain) + &counts(&run.findings) + "\n";
        check(&name, "expected.txt", &text, &mut failed);
        check(&name, "expected.json", &json(&locator, &run.findings), &mut failed);
        let fixed = case.fixed();
        let changed = fixed.text() != case.text();
        check(&name, "fixed.yaml", if changed { fixed.text() } else { "" }, &mut failed);
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn every_code_has_a_case() {
    let names = names();
    let cases: BTreeSet<&str> = names.iter().map(|name| code(name)).collect();
    let missing: Vec<&str> = table().iter().map(|code| code.as_str()).filter(|code| !cases.contains(code)).collect();
    assert!(missing.is_empty(), "no folder in tests/lint for {missing:?}");
}

/// Messages name object and value, begin in lower case unless with a kind, and are no sentences; so is help.
#[test]
fn messages_have_the_projects_style() {
    let mut wrong = Vec::new();
    for name in names() {
        for finding in case(&name).run().findings {
            let texts = std::iter::once(&finding.message).chain(&finding.help);
            let related = finding.related.iter().map(|related| &related.message);
            for text in
                texts.chain(related).filter(|text| text.ends_with('.') || text.contains(". ") || text.is_empty())
            {
                wrong.push(format!("{name}: {text}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn all_forms_tell_the_same() {
    for name in names() {
        let run = case(&name).run();
        let locator = Locator::new(&run.manifests);
        let sarif: serde_json::Value = serde_json::from_str(&sarif(&locator, &run.findings)).expect("SARIF is JSON");
        let results = sarif["runs"][0]["results"].as_array().expect("there are results");
        assert_eq!(results.len(), run.findings.len(), "{name}");
        for (result, finding) in results.iter().zip(&run.findings) {
            assert_eq!(result["ruleId"], finding.code.as_str(), "{name}");
            assert_eq!(result["fixes"].is_array(), finding.fix.is_some(), "{name}");
            let rule = result["ruleIndex"].as_u64().and_then(|at| usize::try_from(at).ok()).expect("there is an index");
            assert_eq!(sarif["runs"][0]["tool"]["driver"]["rules"][rule]["id"], finding.code.as_str(), "{name}");
        }
        let commands = github(&locator, &run.findings);
        assert_eq!(commands.lines().count(), run.findings.len(), "{name}: one command is one line");
        assert!(
            commands.lines().all(|line| line.starts_with("::") && line.contains(",endColumn=")),
            "{name}: {commands}"
        );
    }
}

#[test]
fn classes_need_no_repeating() {
    assert!(Case::new("input.yaml", "", None).run().findings.is_empty(), "{CLASSES}");
}
