//! `kubectl gwchain explain`: chains from the client inwards, and why a value is what it is.
//!
//! It finds out what is asked and paints; every word comes from core.

use std::fmt::Write as _;
use std::io;
use std::process::ExitCode;

use gwchain_core::diagnostic;
use gwchain_core::pipeline::run as run_pipeline;
use gwchain_core::plan::Plan;
use gwchain_core::plan::document::findings;
use gwchain_core::render::{Locator, Paint, text};
use gwchain_core::view::explain::{Asked, View, find, page};
use gwchain_core::view::page::{Page, Style};
use gwchain_core::view::why;

use crate::args::ExplainArgs;
use crate::failure::{self, Failure};
use crate::input::{self, Input};
use crate::output;

/// Columns of a page that no terminal bounds.
const PIPE: usize = 120;
/// Columns that no page takes more of.
const WIDEST: usize = 160;
/// Columns below which no page is readable.
const NARROWEST: usize = 60;

/// Explains and prints.
pub fn run(args: &ExplainArgs) -> ExitCode {
    explain(args).unwrap_or_else(|failure| output::fail(&failure, args.color))
}

fn explain(args: &ExplainArgs) -> Result<ExitCode, Failure> {
    if let Some(page) = args.subject.as_deref().and_then(diagnostic::page) {
        output::print(page)?;
        return Ok(ExitCode::SUCCESS);
    }
    if args.input.filename.is_empty() {
        return Err(Failure::new("say with -f FILE which manifests to explain, or name a code such as GWC0101"));
    }
    let input = input::load(&args.input)?;
    let page = told(args, &input).map_err(Failure::new)?;
    let paint = output::paint(&io::stdout(), args.color);
    output::print(&if paint == Paint::Plain { page.to_string() } else { painted(&page) })?;
    if args.subject.is_none() {
        output::print(&findings_below(&input, paint))?;
    }
    Ok(if input.is_broken() { failure::CODE.into() } else { ExitCode::SUCCESS })
}

fn told(args: &ExplainArgs, input: &Input) -> Result<Page, String> {
    let pipeline = run_pipeline(&input.manifests, &input.environment, input.options);
    let rules = if args.all { usize::MAX } else { View::RULES };
    let width = output::width().map_or(PIPE, |columns| columns.clamp(NARROWEST, WIDEST));
    let view = View { width, rules };
    let Some(subject) = args.subject.as_deref() else {
        return Ok(page(&input.manifests, &pipeline, None, view));
    };
    match find(&pipeline, subject).map_err(|unclear| unclear.to_string())? {
        Asked::Gateway(index) => Ok(page(&input.manifests, &pipeline, Some(index), view)),
        Asked::Field(index, field) => why::field(&input.manifests, &pipeline, index, field, view.width),
        Asked::Resource(index, resource) => why::resource(&input.manifests, &pipeline, index, resource, view.width),
    }
}

/// What `lint` says, below the page of everything.
fn findings_below(input: &Input, paint: Paint) -> String {
    let pipeline = run_pipeline(&input.manifests, &input.environment, input.options);
    let plan = Plan { manifests: &input.manifests, pipeline: &pipeline, namespace: None };
    let locator = Locator::new(&input.manifests);
    let texts = findings(&plan).into_iter().map(|finding| format!("\n{}", text(&locator, &finding, paint)));
    texts.collect()
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
