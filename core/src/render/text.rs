//! A diagnostic in rustc's layout.
//!
//! It shows one line of the file per place; a place of several lines is marked to the end of its first.

use unicode_width::UnicodeWidthStr;

use super::{Located, Locator, Paint, Style, clean};
use crate::diagnostic::{Diagnostic, Place, Severity};

/// Characters of a line that are shown before and after the start of the marks.
const BEFORE: usize = 60;
const AFTER: usize = 80;

/// The diagnostic as text of several lines, the last with its line break.
pub fn text(locator: &Locator<'_>, diagnostic: &Diagnostic, paint: Paint) -> String {
    let severity = diagnostic.severity();
    let style = style(severity);
    let head = paint.paint(style, &format!("{}[{}]", severity.as_str(), diagnostic.code));
    let mut out = format!("{head}{}\n", paint.paint(Style::Strong, &format!(": {}", clean(&diagnostic.message))));
    let places = std::iter::once(&diagnostic.place).chain(diagnostic.related.iter().map(|one| &one.place));
    let lines = places.filter_map(|place| Some(locator.place(place)?.start.line));
    let margin = lines.max().map_or(1, |line| line.to_string().len());
    let excerpts = Excerpts { margin, paint };
    let own = Mark { arrow: "-->", sign: "^", style, label: "" };
    out.push_str(&excerpts.place(locator, &diagnostic.place, &own));
    for one in &diagnostic.related {
        let mark = Mark { arrow: ":::", sign: "-", style: Style::Note, label: &one.message };
        out.push_str(&excerpts.place(locator, &one.place, &mark));
    }
    if let Some(help) = &diagnostic.help {
        out.push_str(&excerpts.remark("help", help));
    }
    if let Some(fix) = &diagnostic.fix {
        out.push_str(&excerpts.remark("fix", &fix.title));
    }
    out
}

/// `2 errors, 1 warning`, or `no findings`.
pub fn counts(findings: &[Diagnostic]) -> String {
    let count = |severity| findings.iter().filter(|finding| finding.severity() == severity).count();
    let parts: Vec<String> = [Severity::Error, Severity::Warning, Severity::Note]
        .into_iter()
        .map(|severity| (count(severity), severity.as_str()))
        .filter(|(count, _)| *count > 0)
        .map(|(count, noun)| format!("{count} {noun}{}", if count == 1 { "" } else { "s" }))
        .collect();
    if parts.is_empty() { "no findings".to_owned() } else { parts.join(", ") }
}

fn style(severity: Severity) -> Style {
    match severity {
        Severity::Error => Style::Error,
        Severity::Warning => Style::Warning,
        Severity::Note => Style::Note,
    }
}

/// What stands before a place and under the marked characters.
struct Mark<'l> {
    arrow: &'static str,
    sign: &'static str,
    style: Style,
    label: &'l str,
}

/// Lines of files with a common margin.
struct Excerpts {
    margin: usize,
    paint: Paint,
}

impl Excerpts {
    /// A remark may have several lines, which stand below each other.
    fn remark(&self, noun: &str, words: &str) -> String {
        let Self { margin, paint } = *self;
        let indent = format!("\n{:width$}", "", width = margin + noun.len() + " = : ".len());
        let words: Vec<_> = words.lines().map(clean).collect();
        let (sign, noun) = (paint.paint(Style::Note, "="), paint.paint(Style::Strong, noun));
        format!("{:margin$} {sign} {noun}: {}\n", "", words.join(&indent))
    }

    /// The line of a text, or the field of an object that has none.
    fn place(&self, locator: &Locator<'_>, place: &Place, mark: &Mark<'_>) -> String {
        if let Some(located) = locator.place(place) {
            return self.excerpt(located, mark);
        }
        let Some(field) = locator.in_cluster(place) else { return String::new() };
        let label = if mark.label.is_empty() { String::new() } else { format!(": {}", clean(mark.label)) };
        let (margin, arrow) = (self.margin, self.paint.paint(Style::Note, mark.arrow));
        format!("{:margin$}{arrow} {}{}\n", "", clean(&field), self.paint.paint(mark.style, &label))
    }

    fn excerpt(&self, located: Located<'_>, mark: &Mark<'_>) -> String {
        let Located { file, start, end, line } = located;
        let column = start.column as usize - 1;
        let length = line.chars().count();
        let to = if end.line > start.line { line.trim_end().chars().count() } else { end.column as usize - 1 };
        let first = if column > BEFORE + AFTER { column - BEFORE } else { 0 };
        let last = length.min(column + AFTER);
        let part =
            |from: usize, to: usize| -> String { line.chars().skip(from).take(to.saturating_sub(from)).collect() };
        let shown = part(first, last);
        let (cut_before, cut_after) = (if first > 0 { "…" } else { "" }, if last < length { "…" } else { "" });
        let indent = columns(cut_before) + columns(&clean(&part(first, column)));
        let marks = mark.sign.repeat(columns(&clean(&part(column, to.min(last)))).max(1));
        let label = if mark.label.is_empty() { String::new() } else { format!(" {}", clean(mark.label)) };
        let frame = |sign: &str| self.paint.paint(Style::Note, sign);
        let (margin, bar, empty, name) = (self.margin, frame("|"), "", clean(&file.name));
        format!(
            "{empty:margin$}{arrow} {name}:{line_number}:{column_number}\n{empty:margin$} {bar}\n{number} {bar} \
             {cut_before}{shown}{cut_after}\n{empty:margin$} {bar} {empty:indent$}{marks}\n",
            arrow = frame(mark.arrow),
            line_number = start.line,
            column_number = start.column,
            number = frame(&format!("{:>margin$}", start.line)),
            shown = clean(&shown),
            marks = self.paint.paint(mark.style, &format!("{marks}{label}")),
        )
    }
}

/// Columns that a terminal gives to `text`.
fn columns(text: &str) -> usize {
    text.width()
}
