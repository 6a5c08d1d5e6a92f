//! A diagnostic in rustc's layout.
//!
//! It shows one line of the file; a place of several lines is marked to the end of its first.

use super::{Located, Locator, Paint, Style, clean};
use crate::diagnostic::{Diagnostic, Severity};

/// Characters of a line that are shown before and after the start of the marks.
const BEFORE: usize = 60;
const AFTER: usize = 80;

/// The diagnostic as text of several lines, the last with its line break.
pub fn text(locator: &Locator<'_>, diagnostic: &Diagnostic, paint: Paint) -> String {
    let severity = diagnostic.severity();
    let style = style(severity);
    let head = paint.paint(style, &format!("{}[{}]", severity.as_str(), diagnostic.code));
    let mut out = format!("{head}{}\n", paint.paint(Style::Strong, &format!(": {}", clean(&diagnostic.message))));
    let located = locator.place(&diagnostic.place);
    let margin = located.map_or(1, |located| located.start.line.to_string().len());
    if let Some(located) = located {
        out.push_str(&excerpt(located, margin, style, paint));
    }
    if let Some(help) = &diagnostic.help {
        let sign = paint.paint(Style::Note, "=");
        out.push_str(&format!("{:margin$} {sign} {}: {}\n", "", paint.paint(Style::Strong, "help"), clean(help)));
    }
    out
}

fn style(severity: Severity) -> Style {
    match severity {
        Severity::Error => Style::Error,
        Severity::Warning => Style::Warning,
        Severity::Note => Style::Note,
    }
}

fn excerpt(located: Located<'_>, margin: usize, style: Style, paint: Paint) -> String {
    let Located { file, start, end, line } = located;
    let column = start.column as usize - 1;
    let length = line.chars().count();
    let to = if end.line > start.line { line.trim_end().chars().count() } else { end.column as usize - 1 };
    let first = if column > BEFORE + AFTER { column - BEFORE } else { 0 };
    let last = length.min(column + AFTER);
    let shown: String = line.chars().skip(first).take(last.saturating_sub(first)).collect();
    let (cut_before, cut_after) = (if first > 0 { "…" } else { "" }, if last < length { "…" } else { "" });
    let marks = "^".repeat(to.min(last).saturating_sub(column).max(1));
    let indent = column - first + cut_before.chars().count();
    let frame = |sign: &str| paint.paint(Style::Note, sign);
    let bar = frame("|");
    let name = clean(&file.name);
    let empty = "";
    format!(
        "{empty:margin$}{arrow} {name}:{line_number}:{column_number}\n{empty:margin$} {bar}\n{number} {bar} \
         {cut_before}{shown}{cut_after}\n{empty:margin$} {bar} {empty:indent$}{marks}\n",
        arrow = frame("-->"),
        line_number = start.line,
        column_number = start.column,
        number = frame(&format!("{:>margin$}", start.line)),
        shown = clean(&shown),
        marks = paint.paint(style, &marks),
    )
}
