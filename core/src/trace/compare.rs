//! Traces the requests of a file of expectations, and compares.
//!
//! It reads no file: that is `expectation`'s business.

use serde::Serialize;

use super::expectation::Case;
use super::page::said;
use super::planned::Planned;
use super::step::Answer;
use super::trace;
use crate::plan::document::API_VERSION;
use crate::view::page::{Line, Page, Style};

/// A field of the answer that is not as expected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "names of the document")]
pub struct Difference {
    pub field: &'static str,
    pub expected: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actual: Option<String>,
}

/// What came of one case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The case's name.
    pub name: String,
    /// Its line in the file.
    pub line: u32,
    /// What is not as expected.
    pub differences: Vec<Difference>,
    /// What came of the request.
    pub answer: Answer,
    /// Remarks of the trace.
    pub notes: Vec<String>,
}

impl Verdict {
    /// Whether all is as expected.
    pub fn is_passed(&self) -> bool {
        self.differences.is_empty()
    }
}

/// Traces `case` and compares.
pub fn run(planned: &Planned<'_, '_>, case: &Case) -> Verdict {
    let traced = trace(planned, case.request.clone(), case.via);
    let differences = case.expected.iter().filter_map(|(field, expected)| {
        let actual = actual(&traced.answer, field);
        let is_same = actual.as_ref().is_some_and(|actual| same(field, expected, actual));
        (!is_same).then(|| Difference { field, expected: expected.clone(), actual })
    });
    let (differences, name) = (differences.collect(), case.name.clone());
    Verdict { name, line: case.line, differences, answer: traced.answer, notes: traced.notes }
}

fn actual(answer: &Answer, field: &str) -> Option<String> {
    match field {
        "service" => answer.service.clone(),
        "status" => answer.status.map(|status| status.to_string()),
        "redirect" => answer.redirect.clone(),
        "rule" => answer.rule.clone(),
        "path" => answer.path.clone(),
        "gateway" => answer.gateway.clone(),
        "listener" => answer.listener.clone(),
        _ => answer.host.clone(),
    }
}

/// A redirect may be written without the port that its scheme has anyway.
fn same(field: &str, expected: &str, actual: &str) -> bool {
    expected == actual || (field == "redirect" && without_usual_port(expected) == without_usual_port(actual))
}

fn without_usual_port(url: &str) -> String {
    for (scheme, port) in [("http://", ":80"), ("https://", ":443")] {
        let Some(rest) = url.strip_prefix(scheme) else { continue };
        let (host, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
        return format!("{scheme}{}{path}", host.strip_suffix(port).unwrap_or(host));
    }
    url.to_owned()
}

/// One line per case, with what differs below it, and how many passed.
pub fn page(verdicts: &[Verdict]) -> Page {
    let mut page = Page::default();
    for verdict in verdicts {
        let mut line = match verdict.is_passed() {
            true => Line::of(Style::Value, "✓ "),
            false => Line::of(Style::Problem, "✗ "),
        };
        line.push(Style::Plain, &verdict.name);
        line.push(Style::Origin, format!(" → {}", said(&verdict.answer)));
        page.lines.push(line);
        for Difference { field, expected, actual } in &verdict.differences {
            let actual = actual.as_deref().unwrap_or("none");
            page.line(Style::Problem, format!("    {field}: expected {expected}, got {actual}"));
        }
        if !verdict.is_passed() {
            verdict.notes.iter().for_each(|note| page.line(Style::Origin, format!("    note: {note}")));
        }
    }
    let failed = failed(verdicts);
    page.gap();
    page.line(Style::Heading, format!("{} passed, {failed} failed", verdicts.len() - failed));
    page
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Document<'v> {
    api_version: &'static str,
    kind: &'static str,
    passed: usize,
    failed: usize,
    results: Vec<ResultDocument<'v>>,
}

#[derive(Serialize)]
struct ResultDocument<'v> {
    name: &'v str,
    line: u32,
    passed: bool,
    differences: &'v [Difference],
    answer: &'v Answer,
    notes: &'v [String],
}

/// The same as indented JSON, `kind: TraceTestResult`.
pub fn to_string(verdicts: &[Verdict]) -> String {
    let results = verdicts.iter().map(|verdict| ResultDocument {
        name: &verdict.name,
        line: verdict.line,
        passed: verdict.is_passed(),
        differences: &verdict.differences,
        answer: &verdict.answer,
        notes: &verdict.notes,
    });
    let failed = failed(verdicts);
    let document = Document {
        api_version: API_VERSION,
        kind: "TraceTestResult",
        passed: verdicts.len() - failed,
        failed,
        results: results.collect(),
    };
    serde_json::to_string_pretty(&document).expect("every key of the document is a string")
}

fn failed(verdicts: &[Verdict]) -> usize {
    verdicts.iter().filter(|verdict| !verdict.is_passed()).count()
}
