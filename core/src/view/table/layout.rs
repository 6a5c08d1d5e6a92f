//! Columns, and lines that are not longer than the terminal is wide.
//!
//! Columns count characters; a wide character takes one.

use super::Options;
use super::row::Row;
use crate::plan::document::{Planned, origins};
use crate::render::{Locator, Style, clean};

/// The longest name that widens its column.
const LONGEST_NAME: usize = 40;
/// Columns before the names: two, mark, space, label, space.
/// Columns of the widest mark, `-/+`.
const MARK: usize = 3;
const LABEL: usize = 14;
const BEFORE_NAME: usize = 4 + LABEL + 1;
/// The narrowest column of details; with less room they go below.
const NARROWEST: usize = 30;

/// Columns of one stack.
pub(super) struct Layout {
    name: usize,
    options: Options,
}

impl Layout {
    pub fn of(rows: &[Row], options: Options) -> Self {
        let widths = rows.iter().map(|row| row.name.chars().count());
        Self { name: widths.filter(|width| *width <= LONGEST_NAME).max().unwrap_or_default(), options }
    }

    /// `  + load balancer  name  details`.
    pub fn row(&self, row: &Row) -> String {
        self.marked(row, (Style::Create, "+"))
    }

    /// A line of text below a row, broken like details.
    pub fn below(&self, text: &str) -> String {
        self.block(text, BEFORE_NAME)
    }

    /// The same with another mark than `+`.
    pub fn marked(&self, row: &Row, (style, mark): (Style, &str)) -> String {
        let before = MARK.saturating_sub(mark.len());
        let start = format!("{:before$}{} {:LABEL$} ", "", self.options.paint.paint(style, mark), row.label);
        let indent = BEFORE_NAME + self.name + 2;
        let length = row.name.chars().count();
        let pad = self.name.saturating_sub(length);
        let details = row.details.join("; ");
        let room = self.options.width.map(|width| width.saturating_sub(indent));
        let is_below = length > self.name || room.is_some_and(|room| room < NARROWEST);
        if details.is_empty() {
            return format!("{start}{}\n", row.name);
        }
        if is_below {
            return format!("{start}{}\n{}", row.name, self.block(&details, BEFORE_NAME));
        }
        let block = self.block(&details, indent);
        format!("{start}{}{:pad$}  {}", row.name, "", block.trim_start())
    }

    /// Id, whole name and origins below a row.
    pub fn wide(&self, locator: &Locator<'_>, row: &Row, planned: &Planned<'_>) -> String {
        let mut lines = vec![format!("id: {}", clean(planned.id))];
        lines.extend(row.full_name.iter().map(|name| format!("name: {name}")));
        for (field, origin) in origins(locator, planned) {
            lines.push(format!("{field}: {}", clean(&origin.to_string())));
        }
        let faint = |line: &String| {
            let block = self.block(line, BEFORE_NAME);
            self.options.paint.paint(Style::Faint, block.trim_end_matches('\n')) + "\n"
        };
        lines.iter().map(faint).collect()
    }

    /// `text` broken at spaces, each line indented.
    fn block(&self, text: &str, indent: usize) -> String {
        let room = self.options.width.map_or(usize::MAX, |width| width.saturating_sub(indent).max(NARROWEST));
        let mut out = String::new();
        let mut used = 0;
        for word in text.split(' ') {
            let length = word.chars().count();
            let joined = used + usize::from(used > 0) + length;
            if used > 0 && joined <= room {
                out.push(' ');
                used = joined;
            } else {
                out.push_str(if out.is_empty() { "" } else { "\n" });
                out.push_str(&" ".repeat(indent));
                used = length;
            }
            out.push_str(word);
        }
        out + "\n"
    }
}
