//! The terminal: colours, width, and streams that may have been closed.
//!
//! It does not know what it prints.

use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use anstream::{AutoStream, ColorChoice};
use gwchain_core::diagnostic::Severity;
use gwchain_core::manifest::Manifests;
use gwchain_core::render::{Locator, Paint, Style, clean, text};
use gwchain_core::view::page::{self, Page};

use crate::args::Color;
use crate::failure::{self, Failure};

/// Columns of a page that no terminal bounds.
const PIPE: usize = 120;
/// Columns that no page takes more of.
const WIDEST: usize = 160;
/// Columns below which no page is readable.
const NARROWEST: usize = 60;

/// Whether `stream` takes colours.
pub fn paint(stream: &impl anstream::stream::RawStream, color: Color) -> Paint {
    let choice = match color {
        Color::Auto => AutoStream::choice(stream),
        Color::Always => ColorChoice::Always,
        Color::Never => ColorChoice::Never,
    };
    if choice == ColorChoice::Never { Paint::Plain } else { Paint::Ansi }
}

/// Columns of the terminal that stdout is; `None` when it is none.
pub fn width() -> Option<usize> {
    let (width, _) = io::stdout().is_terminal().then(terminal_size::terminal_size).flatten()?;
    Some(width.0.into())
}

/// Columns of a page.
pub fn page_width() -> usize {
    width().map_or(PIPE, |columns| columns.clamp(NARROWEST, WIDEST))
}

/// A page for stdout, painted where it takes colours.
pub fn page(page: &Page, color: Color) -> String {
    if paint(&io::stdout(), color) == Paint::Plain { page.to_string() } else { painted(page) }
}

fn painted(page: &Page) -> String {
    let mut out = String::new();
    for line in &page.lines {
        for span in &line.0 {
            let _ = match escape(span.style) {
                "" => out.write_str(&span.text),
                code => write!(out, "\u{1b}[{code}m{}\u{1b}[0m", span.text),
            };
        }
        out.push('\n');
    }
    out
}

/// The ANSI code of a style, empty for none.
fn escape(style: page::Style) -> &'static str {
    match style {
        page::Style::Plain => "",
        page::Style::Heading => "1",
        page::Style::Name => "36",
        page::Style::Value => "32",
        page::Style::Origin => "2",
        page::Style::Pending => "33",
        page::Style::Problem => "31",
    }
}

/// Prints `text`; a reader that has seen enough (`| head`) is no failure.
pub fn print(text: &str) -> Result<(), Failure> {
    written(io::stdout().lock().write_all(text.as_bytes()), "stdout")
}

/// Prints `text` beside the output.
pub fn print_beside(text: &str) -> Result<(), Failure> {
    written(io::stderr().lock().write_all(text.as_bytes()), "stderr")
}

/// What could not be read is told beside the output: it may be what is missing there.
pub fn tell_unread(manifests: &Manifests, color: Color) -> Result<(), Failure> {
    let (locator, paint) = (Locator::new(manifests), paint(&io::stderr(), color));
    let mut errors = manifests.diagnostics.iter().filter(|finding| finding.severity() == Severity::Error);
    errors.try_for_each(|finding| print_beside(&(text(&locator, finding, paint) + "\n")))
}

fn written(result: io::Result<()>, stream: &str) -> Result<(), Failure> {
    match result {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::new(format!("{stream}: {error}"))),
        _ => Ok(()),
    }
}

/// Says what stopped the command.
pub fn fail(failure: &Failure, color: Color) -> ExitCode {
    let stream = io::stderr();
    let head = paint(&stream, color).paint(Style::Error, "error");
    // When stderr is gone too, the exit code is all that is left to say.
    for reason in failure.reasons() {
        let _ = print_beside(&format!("{head}: {}\n", clean(reason)));
    }
    ExitCode::from(failure::CODE)
}

/// Prints the version.
pub fn version() -> ExitCode {
    let text = format!(
        "kubectl-gwchain {}\nfollows: AWS Load Balancer Controller v3.5, Gateway API v1.6\n",
        env!("CARGO_PKG_VERSION")
    );
    match print(&text) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => fail(&failure, Color::Auto),
    }
}
