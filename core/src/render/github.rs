//! Findings as GitHub's workflow commands, which it shows at the lines of a pull request.
//!
//! Source: docs.github.com, "Workflow commands"; the escapes are those of its toolkit's `command.ts`.

use std::fmt::Write as _;

use super::{Locator, clean};
use crate::diagnostic::{Diagnostic, Severity};

/// One line per finding.
pub fn github(locator: &Locator<'_>, findings: &[Diagnostic]) -> String {
    findings.iter().map(|finding| command(locator, finding)).collect()
}

fn command(locator: &Locator<'_>, finding: &Diagnostic) -> String {
    let name = match finding.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut out = format!("::{name} ");
    if let Some(at) = locator.place(&finding.place) {
        let (file, start, end) = (property(&clean(&at.file.name)), at.start, at.end);
        let (line, column) = (start.line, start.column);
        let _ = write!(out, "file={file},line={line},endLine={},col={column},endColumn={},", end.line, end.column);
    }
    let lines = |text: &str| text.lines().map(clean).collect::<Vec<_>>().join("\n");
    let help = finding.help.as_deref().map(|help| format!("\nhelp: {}", lines(help)));
    let at = locator.in_cluster(&finding.place).map(|field| format!("\nat: {}", clean(&field)));
    let message = format!("{}{}{}", clean(&finding.message), at.unwrap_or_default(), help.unwrap_or_default());
    let _ = writeln!(out, "title={}::{}", finding.code, data(&message));
    out
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
