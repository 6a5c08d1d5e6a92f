//! `kubectl gwchain explain`: chains from the client inwards, and why a value is what it is.
//!
//! It finds out what is asked and paints; every word comes from core.

use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write as _};

use clap::Args;
use gwchain_core::pipeline::run;
use gwchain_core::view::explain::{Asked, View, find, page};
use gwchain_core::view::page::{Page, Style};
use gwchain_core::view::why;

use crate::input::{Failure, Input, InputArgs, load};

/// Columns of a page that no terminal bounds.
const PIPE: usize = 120;
/// Columns that no page takes more of.
const WIDEST: usize = 160;

/// Arguments of `explain`.
#[derive(Args, Debug)]
pub struct ExplainArgs {
    /// What to explain: GATEWAY, GATEWAY.FIELD or GATEWAY/listener/PORT; everything when left out.
    ///
    /// A Gateway is NAME or NAMESPACE/NAME. A field is called as in the stack or in the configuration
    /// kinds: my-gateway.scheme, my-gateway.listeners[443].certificates.
    pub subject: Option<String>,
    /// Show all rules of every listener.
    #[arg(long)]
    pub all: bool,
    /// Files.
    #[command(flatten)]
    pub input: InputArgs,
}

/// Prints what was asked for.
pub fn explain(arguments: &ExplainArgs) -> Result<(), Failure> {
    let input = load(&arguments.input)?;
    let page = told(arguments, &input).map_err(Failure::from)?;
    let text = if is_painted() { painted(&page) } else { page.to_string() };
    io::stdout().lock().write_all(text.as_bytes()).map_err(|error| Failure::from(error.to_string()))
}

fn told(arguments: &ExplainArgs, input: &Input) -> Result<Page, String> {
    let pipeline = run(&input.manifests, &input.environment, input.options);
    let rules = if arguments.all { usize::MAX } else { View::RULES };
    let view = View { width: width(), rules };
    let Some(subject) = arguments.subject.as_deref() else {
        return Ok(page(&input.manifests, &pipeline, None, view));
    };
    match find(&pipeline, subject).map_err(|unclear| unclear.to_string())? {
        Asked::Gateway(index) => Ok(page(&input.manifests, &pipeline, Some(index), view)),
        Asked::Field(index, field) => why::field(&input.manifests, &pipeline, index, field, view.width),
        Asked::Resource(index, resource) => why::resource(&input.manifests, &pipeline, index, resource, view.width),
    }
}

fn width() -> usize {
    let told = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse::<usize>().ok());
    told.map_or(PIPE, |columns| columns.clamp(60, WIDEST))
}

/// Colours only where somebody looks, and not against NO_COLOR (no-color.org) or a dumb terminal.
fn is_painted() -> bool {
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    io::stdout().is_terminal() && !refused && !dumb
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
fn escape(style: Style) -> &'static str {
    match style {
        Style::Plain => "",
        Style::Heading => "1",
        Style::Name => "36",
        Style::Value => "32",
        Style::Origin => "2",
        Style::Pending => "33",
        Style::Problem => "31",
    }
}
