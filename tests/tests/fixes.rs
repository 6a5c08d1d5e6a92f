//! What fixes do to any text: they settle, mend what they were for, break nothing, and leave the rest as it is written.
//!
//! They are tried on the pages' examples, the cases of `tests/lint`, and the vectors, in several layouts.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use gwchain_core::diagnostic::{Code, Diagnostic, Severity, apply, page, table};
use gwchain_core::source::{FileId, parse};
use gwchain_tests::lint::{Case, block};
use gwchain_tests::vectors::find;
use serde_json::Value as Json;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Names and cases in which something can be fixed. A text without indentation is mended whole: tests/paste.rs.
fn fixable() -> Vec<(String, Case)> {
    let mut all = Vec::new();
    for code in table() {
        let page = page(code.as_str()).unwrap_or_default();
        if let Some(text) = block(page, "failing") {
            let environment = block(page, "environment");
            all.push((code.to_string(), Case::new("input.yaml", &text, environment.as_deref())));
        }
    }
    for entry in fs::read_dir(root().join("lint")).expect("tests/lint is there") {
        let folder = entry.expect("an entry is readable").path();
        if let Ok(text) = fs::read_to_string(folder.join("input.yaml")) {
            let environment = fs::read_to_string(folder.join("environment.yaml")).ok();
            all.push((folder.display().to_string(), Case::new("input.yaml", &text, environment.as_deref())));
        }
    }
    for vector in find(&root().join("vectors")).expect("the vectors are readable") {
        let texts = vector.read().expect("a vector is readable");
        all.push((vector.name, Case::new("input.yaml", &texts.input, texts.environment.as_deref())));
    }
    all.retain(|(_, case)| {
        let findings = case.run().findings;
        let is_mended_whole = findings.iter().any(|finding| finding.code == Code::IndentationRestored);
        !is_mended_whole && findings.iter().any(|finding| finding.fix.is_some())
    });
    assert!(all.len() > 20, "there are fixes to try: {}", all.len());
    all
}

/// How often each kind of finding is there, above notes.
fn counted(findings: &[Diagnostic]) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for finding in findings.iter().filter(|finding| finding.severity() > Severity::Note) {
        *counts.entry(finding.code.as_str()).or_default() += 1;
    }
    counts
}

fn documents(text: &str) -> Vec<Json> {
    parse(FileId(0), text).documents.iter().map(|document| Json::from(&document.root)).collect()
}

/// Paths at which two values differ.
fn differences(path: &str, before: &Json, after: &Json, out: &mut Vec<String>) {
    match (before, after) {
        (Json::Object(before), Json::Object(after)) => {
            let keys: std::collections::BTreeSet<&String> = before.keys().chain(after.keys()).collect();
            for key in keys {
                let (before, after) = (before.get(key).unwrap_or(&Json::Null), after.get(key).unwrap_or(&Json::Null));
                differences(&format!("{path}.{key}"), before, after, out);
            }
        }
        (Json::Array(before), Json::Array(after)) if before.len() == after.len() => {
            for (at, (before, after)) in before.iter().zip(after).enumerate() {
                differences(&format!("{path}[{at}]"), before, after, out);
            }
        }
        _ if before != after => out.push(path.to_owned()),
        _ => {}
    }
}

#[test]
fn fixes_settle_and_nothing_gets_worse() {
    for (name, case) in fixable() {
        let before = case.run().findings;
        let fixed = case.fixed();
        assert_eq!(fixed.fixed().text(), fixed.text(), "{name}: fixing again changes nothing");
        let after = fixed.run().findings;
        assert!(after.iter().all(|finding| finding.fix.is_none()), "{name}: all fixes were applied");
        let (before, after) = (counted(&before), counted(&after));
        // A route whose parent is found, or a field that gets its name, may have faults of its own.
        let reveals = ["GWC0307", "GWC0312", "GWC0603", "GWC0604"].iter().any(|code| before.contains_key(code));
        for (code, count) in after.iter().filter(|_| !reveals) {
            assert!(count <= before.get(code).unwrap_or(&0), "{name}: {code} appeared\n{}", fixed.text());
        }
    }
}

#[test]
fn each_fix_mends_what_it_is_for_and_nothing_else() {
    for (name, case) in fixable() {
        for finding in case.run().findings {
            let Some(fix) = &finding.fix else { continue };
            let edits: Vec<_> = fix.edits.iter().collect();
            let fixed = case.with(apply(FileId(0), case.text(), &edits));
            let same = |other: &&Diagnostic| (other.code, &other.message) == (finding.code, &finding.message);
            let count = |findings: &[Diagnostic]| findings.iter().filter(same).count();
            assert!(count(&fixed.run().findings) < count(&case.run().findings), "{name}: {} stays", finding.message);
            let (before, after) = (documents(case.text()), documents(fixed.text()));
            assert!(after.len() >= before.len(), "{name}: no document is lost");
            let mut changed = Vec::new();
            for (before, after) in before.iter().zip(&after) {
                differences("", before, after, &mut changed);
            }
            let added = after.len() - before.len();
            assert!(changed.len() + added <= 2, "{name}: {} changes {changed:?}", finding.message);
        }
    }
}

/// The same text in another layout is fixed to the same text in that layout.
fn same_in_layout(layout: impl Fn(&str) -> String) {
    for (name, case) in fixable() {
        let fixed = case.with(layout(case.text())).fixed();
        assert_eq!(fixed.text(), layout(case.fixed().text()), "{name}");
    }
}

#[test]
fn line_ends_of_windows_stay() {
    same_in_layout(|text| text.replace("\r\n", "\n").replace('\n', "\r\n"));
}

#[test]
fn a_byte_order_mark_stays() {
    same_in_layout(|text| format!("\u{feff}{text}"));
}

#[test]
fn comments_stay() {
    let commented = |text: &str| {
        let lines = text.lines().map(|line| {
            if line.starts_with('#') || line == "---" { line.to_owned() } else { format!("{line} # kept\tas it is") }
        });
        lines.collect::<Vec<_>>().join("\n") + "\n"
    };
    for (name, case) in fixable().into_iter().filter(|(_, case)| !case.text().contains(['|', '>', '#'])) {
        let before = case.with(commented(case.text()));
        let after = before.fixed();
        let kept = |case: &Case| case.text().matches("# kept\tas it is").count();
        // A line that goes takes its comment along; a line that comes has none.
        let gone = case.text().lines().count().saturating_sub(case.fixed().text().lines().count());
        assert!(kept(&after) + gone >= kept(&before), "{name}:\n{}", after.text());
        assert_eq!(documents(after.text()), documents(case.fixed().text()), "{name}");
    }
}

#[test]
fn json_is_fixed_as_yaml_is() {
    let stream = |text: &str| documents(text).iter().map(|one| format!("---\n{one:#}\n")).collect::<String>();
    for (name, case) in fixable() {
        let parsed = parse(FileId(0), case.text());
        if !parsed.problems.is_empty() || case.text().starts_with("# ") {
            continue;
        }
        let (yaml, json) = (case.fixed(), case.with(stream(case.text())).fixed());
        let left = json.run().findings.iter().filter(|finding| finding.fix.is_some()).count();
        assert_eq!(left, 0, "{name}");
        // Types that only YAML leaves open are not open in JSON.
        if !case.run().findings.iter().any(|finding| finding.code.as_str() == "GWC0604") {
            assert_eq!(documents(json.text()), documents(yaml.text()), "{name}:\n{}", json.text());
        }
    }
}

#[test]
fn items_of_a_list_are_fixed_where_they_stand() {
    for (name, case) in fixable() {
        let parsed = parse(FileId(0), case.text());
        if !parsed.problems.is_empty() || case.text().starts_with("# ") {
            continue;
        }
        let items: String = documents(case.text()).iter().map(|one| format!("- {one}\n")).collect();
        let list = case.with(format!("apiVersion: v1\nkind: List\nitems:\n{items}"));
        let fixed = list.fixed();
        assert!(fixed.text().starts_with("apiVersion: v1\nkind: List\nitems:\n"), "{name}");
        assert!(fixed.run().findings.iter().all(|finding| finding.fix.is_none()), "{name}");
    }
}
