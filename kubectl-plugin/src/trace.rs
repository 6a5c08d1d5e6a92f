//! `kubectl gwchain trace`: where a request goes, or whether requests go where they should.
//!
//! It reads and prints; the walk is core's.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use gwchain_core::pipeline::run as run_pipeline;
use gwchain_core::trace::{self, Planned, Request};

use crate::args::{TraceArgs, TraceForm};
use crate::failure::{self, Failure};
use crate::input;
use crate::output;

/// Traces and prints.
pub fn run(args: &TraceArgs) -> ExitCode {
    traced(args).unwrap_or_else(|failure| output::fail(&failure, args.color))
}

fn traced(args: &TraceArgs) -> Result<ExitCode, Failure> {
    let request = args.url.as_deref().map(|url| request(url, args)).transpose().map_err(Failure::new)?;
    let input = input::load_beside(&args.input, args.expect.as_deref())?;
    output::tell_unread(&input.manifests, args.color)?;
    let pipeline = run_pipeline(&input.manifests, &input.environment, input.options);
    let planned = Planned::new(&input.manifests, &pipeline, input.shown.clone());
    let code = match (request, &args.expect) {
        (Some(request), _) => one(args, &planned, request)?,
        (None, Some(path)) => all(args, &planned, path)?,
        (None, None) => return Err(Failure::new("say which URL to trace, or --expect FILE")),
    };
    Ok(if input.is_broken() { failure::CODE.into() } else { code })
}

fn request(url: &str, args: &TraceArgs) -> Result<Request, String> {
    let mut request = Request::parse(url)?;
    if let Some(method) = &args.method {
        request = request.with_method(method)?;
    }
    for header in &args.header {
        request = request.with_header(header)?;
    }
    match &args.from {
        Some(address) => request.with_client(address),
        None => Ok(request),
    }
}

fn one(args: &TraceArgs, planned: &Planned<'_, '_>, request: Request) -> Result<ExitCode, Failure> {
    let via = args.via.as_deref().map(|name| planned.named(name)).transpose().map_err(Failure::new)?;
    let traced = trace::trace(planned, request, via);
    output::print(&match args.output {
        TraceForm::Text => output::page(&trace::page(planned, &traced, output::page_width()), args.color),
        TraceForm::Json => trace::to_string(planned, &traced) + "\n",
    })?;
    Ok(ExitCode::SUCCESS)
}

fn all(args: &TraceArgs, planned: &Planned<'_, '_>, path: &Path) -> Result<ExitCode, Failure> {
    let read = fs::read_to_string(path).map_err(|error| Failure::reading(path, &error))?;
    let cases = trace::cases(&read, planned).map_err(|errors| {
        let located: Vec<String> = errors.iter().map(|error| format!("{}:{error}", path.display())).collect();
        Failure::several(located)
    })?;
    let verdicts: Vec<_> = cases.iter().map(|case| trace::run(planned, case)).collect();
    output::print(&match args.output {
        TraceForm::Text => output::page(&trace::verdicts_page(&verdicts), args.color),
        TraceForm::Json => trace::verdicts_to_string(&verdicts) + "\n",
    })?;
    let is_passed = verdicts.iter().all(trace::Verdict::is_passed);
    Ok(if is_passed { ExitCode::SUCCESS } else { failure::FOUND.into() })
}
