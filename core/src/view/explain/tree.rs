//! A tree of told things, laid out in two columns: what there is, and where it comes from.
//!
//! It does not know what is told.

use super::super::page::{Line, Page, Span, Style};
use super::focus::Mark;
use super::wrap::{hard, wrap};
use crate::render::Provenance;

/// Narrower pages put origins below what they belong to.
const TWO_COLUMNS: usize = 90;
/// Columns that origins never take less of.
const NARROWEST: usize = 34;
/// Columns that origins never take more of.
const WIDEST: usize = 60;
/// Columns of a row's label.
pub const LABEL: usize = 12;

/// An origin, and what of the text it belongs to when there are several.
#[derive(Clone, Debug)]
pub struct Source {
    /// What it belongs to, empty when that is plain.
    pub what: String,
    /// The origin.
    pub from: Provenance,
}

impl Source {
    /// The origin of a whole text.
    pub fn of(from: Provenance) -> Self {
        Self { what: String::new(), from }
    }
}

/// Something told, with what hangs on it.
#[derive(Clone, Debug, Default)]
pub struct Item {
    /// What there is.
    pub text: Vec<Span>,
    /// Where it comes from.
    pub sources: Vec<Source>,
    /// Its properties.
    pub rows: Vec<Row>,
    /// What comes behind it.
    pub children: Vec<Item>,
    /// What it is about.
    pub marks: Vec<Mark>,
}

/// A property: label, value and origins.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its name.
    pub label: &'static str,
    /// Its value.
    pub text: Vec<Span>,
    /// Where it comes from.
    pub sources: Vec<Source>,
}

impl Item {
    /// An item with one piece of text.
    pub fn of(style: Style, text: impl AsRef<str>) -> Self {
        Self { text: vec![Span::new(style, text)], ..Self::default() }
    }

    /// Adds text.
    #[must_use]
    pub fn and(mut self, style: Style, text: impl AsRef<str>) -> Self {
        self.text.push(Span::new(style, text));
        self
    }

    /// Says what it is about.
    #[must_use]
    pub fn about(mut self, mark: Mark) -> Self {
        self.marks.push(mark);
        self
    }

    /// Adds a property.
    pub fn row(&mut self, label: &'static str, text: Vec<Span>, sources: Vec<Source>) {
        self.rows.push(Row { label, text, sources });
    }
}

/// Where columns are.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    width: usize,
    /// First column of the origins, none when they stand below.
    column: Option<usize>,
}

impl Layout {
    /// For pages of `width` columns.
    pub fn new(width: usize) -> Self {
        let origins = (width * 3 / 8).clamp(NARROWEST, WIDEST);
        Self { width, column: (width >= TWO_COLUMNS).then(|| width - origins) }
    }

    /// Adds `item` as the root of a tree.
    pub fn draw(&self, item: &Item, page: &mut Page) {
        self.item(item, "", "", page);
    }

    fn item(&self, item: &Item, first: &str, rest: &str, page: &mut Page) {
        let rail = if item.children.is_empty() { "   " } else { "│  " };
        let below = if first.is_empty() && rest.is_empty() { String::new() } else { rest.to_owned() };
        let inner = format!("{below}{rail}");
        self.entry((first, &format!("{inner} ")), &[], &item.text, &item.sources, page);
        for row in &item.rows {
            let label = [Span::new(Style::Plain, format!("{:<LABEL$} ", row.label))];
            let hang = format!("{inner}{}", " ".repeat(LABEL + 1));
            self.entry((&inner, &hang), &label, &row.text, &row.sources, page);
        }
        let last = item.children.len().saturating_sub(1);
        for (position, child) in item.children.iter().enumerate() {
            let (branch, trunk) = if position == last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
            self.item(child, &format!("{below}{branch}"), &format!("{below}{trunk}"), page);
        }
    }

    /// One text with its origins; `prefixes` begin its first line and all others.
    fn entry(&self, prefixes: (&str, &str), label: &[Span], text: &[Span], sources: &[Source], page: &mut Page) {
        let used =
            prefixes.1.chars().count().max(prefixes.0.chars().count() + label.iter().map(Span::width).sum::<usize>());
        let end = self.column.filter(|_| !sources.is_empty()).map_or(self.width, |column| column - 2);
        let lines = wrap(text, end.saturating_sub(used).max(16));
        let origins = self.origins(sources, prefixes.1.chars().count());
        let beside = self.column.map_or(0, |_| origins.len());
        for index in 0..lines.len().max(beside) {
            let mut line = Line::default();
            line.push(Style::Origin, if index == 0 { prefixes.0 } else { prefixes.1 });
            if index == 0 {
                line.0.extend(label.iter().cloned());
            }
            line.0.extend(lines.get(index).cloned().unwrap_or_default().0);
            if let (Some(column), Some(origin)) = (self.column, origins.get(index)) {
                line.pad(column);
                line.push(Style::Origin, origin);
            }
            page.lines.push(line);
        }
        for origin in origins.iter().skip(beside) {
            page.line(Style::Origin, format!("{}{origin}", prefixes.1));
        }
    }

    fn origins(&self, sources: &[Source], indent: usize) -> Vec<String> {
        let width = self.width.saturating_sub(self.column.unwrap_or(indent)).max(16);
        sources.iter().flat_map(|source| fit(source, width)).collect()
    }
}

/// `place path (what)`, the path shortened from the left when it is too long.
fn fit(source: &Source, width: usize) -> Vec<String> {
    let what = if source.what.is_empty() { String::new() } else { format!(" ({})", source.what) };
    let (place, path) = (source.from.place(), source.from.path());
    if path.is_empty() {
        return hard(&format!("{place}{what}"), width);
    }
    let room = width.saturating_sub(place.chars().count() + what.chars().count() + 1);
    match shortened(path, room) {
        Some(path) => vec![format!("{place} {path}{what}")],
        // The place of an object of a cluster is its field.
        None if source.from.is_in_cluster() => hard(&format!("{place} {path}{what}"), width),
        None => hard(&format!("{place}{what}"), width),
    }
}

/// The path, or its last parts behind `…`, in at most `room` columns.
fn shortened(path: &str, room: usize) -> Option<String> {
    if path.len() <= room {
        return Some(path.to_owned());
    }
    let ends = path.match_indices('.').map(|(dot, _)| format!("…{}", &path[dot..]));
    ends.into_iter().find(|end| end.chars().count() <= room)
}
