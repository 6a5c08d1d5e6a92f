//! Runs golden vectors: every folder with an `input.yaml` and an `expected.json`.
//!
//! It does not know what a plan means: it compares documents.

mod canonical;
mod case;
mod compare;
mod differs;
mod plugin;

pub use canonical::canonical;
pub use case::{Case, find};
pub use compare::{Comparison, Difference, compare};
pub use differs::Differs;
pub use plugin::Plugin;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use serde_json::Value;

use crate::pipeline;

/// Differences shown for one case.
const SHOWN: usize = 5;

/// What to run.
#[derive(Debug)]
pub struct Run {
    /// Folder of the vectors.
    pub folder: PathBuf,
    /// Only cases whose name contains this.
    pub filter: Option<String>,
    /// Compare the documents that this binary prints, too.
    pub plugin: Option<Plugin>,
}

/// How a run went.
#[derive(Debug, Default)]
pub struct Report {
    /// Cases that are equal.
    pub passed: usize,
    /// Cases that differ and should not.
    pub failed: usize,
    /// Cases that differ and are listed in `DIFFERS.md`.
    pub listed: usize,
    /// Messages and error texts that are equal.
    pub messages_equal: usize,
    /// Messages and error texts compared.
    pub messages: usize,
}

impl Run {
    /// Runs the cases, handing each line of output to `print`.
    pub fn run(&self, print: &mut dyn FnMut(&str)) -> Result<Report, String> {
        let differs = Differs::read(&self.folder)?;
        let cases = find(&self.folder)?;
        let mut report = Report::default();
        if self.filter.is_none() {
            let names: BTreeSet<_> = cases.iter().map(|case| case.name.as_str()).collect();
            for name in differs.cases().filter(|name| !names.contains(name)) {
                print(&format!("FAIL {name}\n  DIFFERS.md lists it, but there is no such case"));
                report.failed += 1;
            }
        }
        let wanted = |case: &&Case| self.filter.as_ref().is_none_or(|part| case.name.contains(part.as_str()));
        for case in cases.iter().filter(wanted) {
            let outcome = self.outcome(case, &mut report);
            report.judge(&case.name, outcome, differs.reason(&case.name), print);
        }
        Ok(report)
    }

    fn outcome(&self, case: &Case, report: &mut Report) -> Result<(), String> {
        let input = case.read()?;
        let expected = canonical(&input.expected);
        let native = document(&input.input, input.environment.as_deref());
        // Without a document all of its messages are missing.
        let comparison = compare(&expected, &native.as_ref().map_or(Value::Null, canonical));
        report.messages += comparison.messages;
        report.messages_equal += comparison.messages_equal;
        let native = native?;
        if !comparison.differences.is_empty() {
            return Err(comparison.describe(SHOWN));
        }
        let Some(plugin) = &self.plugin else { return Ok(()) };
        let printed = plugin.document(case)?;
        if printed == native {
            return Ok(());
        }
        let against = compare(&canonical(&native), &canonical(&printed));
        Err(format!("  the plugin's document is not core's\n{}", against.describe(SHOWN)))
    }
}

fn document(input: &str, environment: Option<&str>) -> Result<Value, String> {
    catch_unwind(AssertUnwindSafe(|| pipeline::reference_document(input, environment)))
        .map_err(|_| "  core panicked (see above)".to_owned())?
        .map_err(|error| format!("  no document: {error}"))
}

impl Report {
    fn judge(&mut self, name: &str, outcome: Result<(), String>, listed: Option<&str>, print: &mut dyn FnMut(&str)) {
        match (outcome, listed) {
            (Ok(()), None) => self.passed += 1,
            (Err(_), Some(reason)) => {
                self.listed += 1;
                print(&format!("differs as listed: {name}: {reason}"));
            }
            (Ok(()), Some(_)) => {
                self.failed += 1;
                print(&format!("FAIL {name}\n  it is equal now: take it out of DIFFERS.md"));
            }
            (Err(text), None) => {
                self.failed += 1;
                print(&format!("FAIL {name}\n{}", text.trim_end()));
            }
        }
    }

    /// Whether the run counts as a success; a run without cases does not.
    pub fn is_success(&self) -> bool {
        self.failed == 0 && self.passed > 0
    }

    /// The last lines of a run.
    pub fn summary(&self) -> String {
        let mut out = String::new();
        if self.passed + self.failed + self.listed == 0 {
            out.push_str("no vectors found\n");
        }
        if self.listed > 0 {
            let _ = writeln!(out, "{} differ as DIFFERS.md says", self.listed);
        }
        let share = 100.0 * self.messages_equal as f64 / self.messages.max(1) as f64;
        let _ = writeln!(out, "messages: {} of {} equal ({share:.1} %)", self.messages_equal, self.messages);
        let _ = write!(out, "{} passed, {} failed", self.passed, self.failed);
        out
    }
}
