//! Findings of a change, told as introduced, fixed and unchanged.
//!
//! Which is which was decided by `diagnose::compare`; the forms are those of single runs.

use serde::Serialize;
use serde_json::{Value, json};

use super::{Locator, Paint, Report, Style, clean, counts, github, listing, report, sarif};
use crate::diagnostic::{Change, Diagnostic};

/// Findings of two runs, with the places of each.
pub struct Compared<'f, 'm> {
    /// Places of what is fixed.
    pub before: Locator<'m>,
    /// Places of the others.
    pub after: Locator<'m>,
    /// All findings.
    pub findings: &'f [(Change, Diagnostic)],
}

/// A finding with what the change does to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChangedReport {
    change: &'static str,
    #[serde(flatten)]
    report: Report,
}

impl<'m> Compared<'_, 'm> {
    fn of(&self, change: Change) -> Vec<Diagnostic> {
        self.findings.iter().filter(|(own, _)| *own == change).map(|(_, finding)| finding.clone()).collect()
    }

    fn locator(&self, change: Change) -> &Locator<'m> {
        if change == Change::Fixed { &self.before } else { &self.after }
    }

    /// Spelled out, for documents.
    pub fn reports(&self) -> Vec<ChangedReport> {
        let spelled = |(change, finding): &(Change, Diagnostic)| ChangedReport {
            change: change.as_str(),
            report: report(self.locator(*change), finding),
        };
        self.findings.iter().map(spelled).collect()
    }

    /// What is introduced in full, what is fixed in a line each, what stays as a number.
    pub fn text(&self, paint: Paint) -> String {
        let (introduced, fixed) = (self.of(Change::Introduced), self.of(Change::Fixed));
        let mut out = String::new();
        if !introduced.is_empty() {
            out.push_str(&format!("{}\n\n", paint.paint(Style::Strong, "introduced")));
            out.push_str(&listing(&self.after, &introduced, paint));
        }
        if !fixed.is_empty() {
            out.push_str(&format!("{}\n\n", paint.paint(Style::Strong, "fixed")));
            let line = |finding: &Diagnostic| format!("  {}: {}\n", finding.code, clean(&finding.message));
            out.extend(fixed.iter().map(line));
            out.push('\n');
        }
        let totals = [Change::Introduced, Change::Fixed, Change::Unchanged]
            .map(|change| format!("{}: {}", change.as_str(), counts(&self.of(change))));
        out + "findings " + &totals.join("; ") + "\n"
    }

    /// `{"findings": […]}`, each with its `change`.
    pub fn json(&self) -> String {
        #[derive(Serialize)]
        struct Document {
            findings: Vec<ChangedReport>,
        }
        let document = Document { findings: self.reports() };
        serde_json::to_string_pretty(&document).expect("every key of the document is a string") + "\n"
    }

    /// SARIF: `baselineState` is `new` or `unchanged`; what is fixed is left out, as it has no place any more.
    pub fn sarif(&self) -> String {
        let (mut introduced, unchanged) = (self.of(Change::Introduced), self.of(Change::Unchanged));
        let new = introduced.len();
        introduced.extend(unchanged);
        let mut document: Value = serde_json::from_str(&sarif(&self.after, &introduced)).expect("SARIF is JSON");
        let results = document.pointer_mut("/runs/0/results").and_then(Value::as_array_mut);
        for (index, result) in results.into_iter().flatten().enumerate() {
            result["baselineState"] = json!(if index < new { "new" } else { "unchanged" });
        }
        format!("{document:#}\n")
    }

    /// GitHub's annotations, of what is introduced only.
    pub fn github(&self) -> String {
        github(&self.after, &self.of(Change::Introduced))
    }
}
