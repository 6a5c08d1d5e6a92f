//! Findings as SARIF 2.1.0, for code scanning and editors.
//!
//! Source: OASIS, "Static Analysis Results Interchange Format"; only what the findings have is written.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{Located, Locator};
use crate::diagnostic::{Code, Diagnostic, Edit, Fix, Place, page};
use crate::source::FileId;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";
/// The pages behind the codes; their text comes along in `help`.
const PAGES: &str = "https://gwchain.dev/diagnostics/";

/// All findings as one indented document.
pub fn sarif(locator: &Locator<'_>, findings: &[Diagnostic]) -> String {
    let codes: BTreeSet<Code> = findings.iter().map(|finding| finding.code).collect();
    let codes: Vec<Code> = codes.into_iter().collect();
    let driver = json!({
        "name": "gwchain",
        "version": env!("CARGO_PKG_VERSION"),
        "informationUri": "https://gwchain.dev/",
        "rules": codes.iter().map(|code| rule(*code)).collect::<Vec<_>>(),
    });
    let results: Vec<Value> = findings.iter().map(|finding| result(locator, &codes, finding)).collect();
    let run = json!({"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results});
    let document = json!({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]});
    format!("{document:#}\n")
}

fn rule(code: Code) -> Value {
    let page = page(code.as_str()).unwrap_or_default();
    json!({
        "id": code.as_str(),
        "shortDescription": {"text": code.summary()},
        "help": {"text": page, "markdown": page},
        "helpUri": format!("{PAGES}{code}"),
        "defaultConfiguration": {"level": code.severity().as_str()},
    })
}

fn result(locator: &Locator<'_>, codes: &[Code], finding: &Diagnostic) -> Value {
    let help = finding.help.as_deref().map(|help| format!("\n{help}")).unwrap_or_default();
    let mut result = json!({
        "ruleId": finding.code.as_str(),
        "ruleIndex": codes.binary_search(&finding.code).unwrap_or_default(),
        "level": finding.severity().as_str(),
        "message": {"text": format!("{}{help}", finding.message)},
        "locations": location(locator, &finding.place).into_iter().collect::<Vec<_>>(),
    });
    let related: Vec<Value> = finding
        .related
        .iter()
        .filter_map(|related| {
            let mut location = location(locator, &related.place)?;
            location["message"] = json!({"text": related.message});
            Some(location)
        })
        .collect();
    if !related.is_empty() {
        result["relatedLocations"] = Value::from(related);
    }
    if let Some(fix) = &finding.fix {
        result["fixes"] = json!([fix_value(locator, fix)]);
    }
    result
}

fn location(locator: &Locator<'_>, place: &Place) -> Option<Value> {
    let Some(found) = locator.place(place) else {
        let field = locator.in_cluster(place)?;
        return Some(json!({"logicalLocations": [{"fullyQualifiedName": field, "kind": "object"}]}));
    };
    let mut location =
        json!({"physicalLocation": {"artifactLocation": artifact(&found.file.name), "region": region(found)}});
    if let Some(object) = locator.object(place) {
        location["logicalLocations"] = json!([{"fullyQualifiedName": object, "kind": "object"}]);
    }
    Some(location)
}

fn region(found: Located<'_>) -> Value {
    json!({
        "startLine": found.start.line,
        "startColumn": found.start.column,
        "endLine": found.end.line,
        "endColumn": found.end.column,
    })
}

fn fix_value(locator: &Locator<'_>, fix: &Fix) -> Value {
    let files: BTreeSet<FileId> = fix.edits.iter().map(|edit| edit.file).collect();
    let changes: Vec<Value> = files.into_iter().filter_map(|file| change(locator, fix, file)).collect();
    json!({"description": {"text": fix.title}, "artifactChanges": changes})
}

fn change(locator: &Locator<'_>, fix: &Fix, file: FileId) -> Option<Value> {
    let name = &locator.manifests().files.get(file.0 as usize)?.name;
    let replacement = |edit: &Edit| {
        let region = region(locator.span(file, edit.span)?);
        Some(json!({"deletedRegion": region, "insertedContent": {"text": edit.replacement}}))
    };
    let edits = fix.edits.iter().filter(|edit| edit.file == file);
    let replacements: Vec<Value> = edits.filter_map(replacement).collect();
    Some(json!({"artifactLocation": artifact(name), "replacements": replacements}))
}

/// A path as a relative or absolute reference (RFC 3986).
fn artifact(name: &str) -> Value {
    let mut uri = String::with_capacity(name.len());
    for byte in name.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(byte.into()),
            b'\\' => uri.push('/'),
            other => {
                let _ = write!(uri, "%{other:02X}");
            }
        }
    }
    json!({"uri": uri})
}
