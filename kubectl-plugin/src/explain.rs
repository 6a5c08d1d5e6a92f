//! `kubectl gwchain explain`: chains from the client inwards, and why a value is what it is.
//!
//! It finds out what is asked; every word comes from core.

use std::io;
use std::process::ExitCode;

use gwchain_core::diagnostic;
use gwchain_core::pipeline::run as run_pipeline;
use gwchain_core::plan::Plan;
use gwchain_core::plan::document::findings;
use gwchain_core::render::{Locator, listing};
use gwchain_core::view::explain::{View, answer, page};
use gwchain_core::view::page::Page;

use crate::args::ExplainArgs;
use crate::failure::{self, Failure};
use crate::input::{self, Input};
use crate::output;

/// Explains and prints.
pub fn run(args: &ExplainArgs) -> ExitCode {
    explain(args).unwrap_or_else(|failure| output::fail(&failure, args.color))
}

fn explain(args: &ExplainArgs) -> Result<ExitCode, Failure> {
    if args.list {
        output::print(&codes())?;
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(page) = args.subject.as_deref().and_then(|code| diagnostic::page(&code.to_ascii_uppercase())) {
        output::print(page)?;
        return Ok(ExitCode::SUCCESS);
    }
    let input = input::load(&args.input)?;
    let page = told(args, &input).map_err(Failure::new)?;
    output::print(&output::page(&page, args.color))?;
    if args.subject.is_none() {
        output::print(&findings_below(&input, args))?;
    }
    Ok(if input.is_broken() { failure::CODE.into() } else { ExitCode::SUCCESS })
}

/// Every code with its severity and what it stands for.
fn codes() -> String {
    let line = |code: &diagnostic::Code| format!("{code}  {:<7}  {}\n", code.severity().as_str(), code.summary());
    diagnostic::table().iter().map(line).collect()
}

fn told(args: &ExplainArgs, input: &Input) -> Result<Page, String> {
    let pipeline = run_pipeline(&input.manifests, &input.environment, input.options);
    let rules = if args.all { usize::MAX } else { View::RULES };
    let view = View { width: output::page_width(), rules };
    let plan = Plan { manifests: &input.manifests, pipeline: &pipeline, shown: input.shown.as_ref() };
    let Some(subject) = args.subject.as_deref() else {
        return Ok(page(&plan, None, view));
    };
    answer(&plan, subject, view)
}

/// What `lint` says, below the page of everything.
fn findings_below(input: &Input, args: &ExplainArgs) -> String {
    let pipeline = run_pipeline(&input.manifests, &input.environment, input.options);
    let plan = Plan { manifests: &input.manifests, pipeline: &pipeline, shown: input.shown.as_ref() };
    let (locator, paint) = (Locator::new(&input.manifests), output::paint(&io::stdout(), args.color));
    let all = findings(&plan);
    if all.is_empty() { String::new() } else { format!("\n{}", listing(&locator, &all, paint)) }
}
