//! Lines of styled text, the form in which every page leaves core.
//!
//! Colours are the host's business; all text is made harmless when it comes in.

use std::fmt;

use serde::Serialize;

use crate::render::clean;

/// What a piece of text is, for the host to paint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Style {
    /// Neither of the others.
    Plain,
    /// Begins a part of a page.
    Heading,
    /// Names an object or a resource.
    Name,
    /// A planned value.
    Value,
    /// Where something comes from; tree lines too.
    Origin,
    /// Known only at deployment.
    Pending,
    /// Something is left out or wrong.
    Problem,
}

/// A piece of text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "PageSpan"))]
pub struct Span {
    /// Without control characters.
    pub text: String,
    /// What it is.
    pub style: Style,
}

impl Span {
    /// Text of a style, made harmless.
    pub fn new(style: Style, text: impl AsRef<str>) -> Self {
        Self { text: clean(text.as_ref()).into_owned(), style }
    }

    /// How many columns it takes, counting every character as one.
    pub fn width(&self) -> usize {
        self.text.chars().count()
    }
}

/// A line of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "PageLine"))]
pub struct Line(pub Vec<Span>);

impl Line {
    /// A line of one style.
    pub fn of(style: Style, text: impl AsRef<str>) -> Self {
        Self(vec![Span::new(style, text)])
    }

    /// How many columns it takes.
    pub fn width(&self) -> usize {
        self.0.iter().map(Span::width).sum()
    }

    /// Adds text at the end.
    pub fn push(&mut self, style: Style, text: impl AsRef<str>) {
        self.0.push(Span::new(style, text));
    }

    /// Fills up with blanks to `column`.
    pub fn pad(&mut self, column: usize) {
        let missing = column.saturating_sub(self.width());
        if missing > 0 {
            self.push(Style::Plain, " ".repeat(missing));
        }
    }
}

/// A page; `Display` is its plain text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Page {
    /// From top to bottom.
    pub lines: Vec<Line>,
}

impl Page {
    /// Adds a line of one style.
    pub fn line(&mut self, style: Style, text: impl AsRef<str>) {
        self.lines.push(Line::of(style, text));
    }

    /// Adds an empty line, unless the page is empty or ends with one.
    pub fn gap(&mut self) {
        if self.lines.last().is_some_and(|line| !line.0.is_empty()) {
            self.lines.push(Line::default());
        }
    }
}

impl fmt::Display for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in &self.lines {
            let text: String = line.0.iter().map(|span| span.text.as_str()).collect();
            writeln!(f, "{}", text.trim_end())?;
        }
        Ok(())
    }
}
