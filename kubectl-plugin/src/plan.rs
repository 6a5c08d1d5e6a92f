//! `plan`: what will exist, in one of six forms.
//!
//! Forms are core's; here is which one, on which stream, with which exit code.

use std::fmt::Write as _;
use std::io;
use std::process::ExitCode;

use gwchain_core::diagnostic::Diagnostic;
use gwchain_core::pipeline;
use gwchain_core::plan::document::{self, compared_to_string, compared_to_value, findings};
use gwchain_core::plan::summary::Summary;
use gwchain_core::plan::{Plan, stack_json};
use gwchain_core::price;
use gwchain_core::reference;
use gwchain_core::render::{Locator, text, yaml};
use gwchain_core::view::table::{Detail, Options, changes, table};

use crate::args::{Form, PlanArgs};
use crate::change::{Changed, with_change};
use crate::failure::{self, Failure};
use crate::input::{self, Input, Sources};
use crate::output;

/// Plans and prints.
pub fn run(args: &PlanArgs) -> ExitCode {
    let result = if args.output == Form::Reference { reference(args) } else { plan(args) };
    result.unwrap_or_else(|failure| output::fail(&failure, args.color))
}

/// The vectors' document simulates a whole cluster, so that options about what is shown have no meaning.
fn reference(args: &PlanArgs) -> Result<ExitCode, Failure> {
    if args.input.namespace.is_some() {
        return Err(Failure::new("-o reference shows everything as the test vectors do: -n does not go with it"));
    }
    if !args.input.is_offline() {
        return Err(Failure::new("-o reference simulates a cluster: say with -f FILE which manifests to plan"));
    }
    let progress = args.input.progress();
    let Sources { files, environment, profile, .. } = input::sources(&args.input)?;
    let document = reference::of_files(files, environment, profile);
    drop(progress);
    output::print(&format!("{document:#}\n"))?;
    Ok(ExitCode::SUCCESS)
}

fn plan(args: &PlanArgs) -> Result<ExitCode, Failure> {
    let progress = args.input.progress();
    let input = load(args)?;
    if let Some(done) = with_change(&input, |changed| compared(args, changed)) {
        drop(progress);
        return done;
    }
    let pipeline = pipeline::run(&input.manifests, &input.environment, input.options);
    let plan = Plan { manifests: &input.manifests, pipeline: &pipeline, shown: input.shown.as_ref() };
    let shown = shown(&plan, args);
    drop(progress);
    output::print(&shown)?;
    let findings = findings(&plan);
    if args.output == Form::Stack {
        output::print_beside(&said(&plan, &findings, args))?;
    }
    Ok(match input.is_broken() {
        true => failure::CODE.into(),
        false => verdict(&findings, Summary::of(&plan), args),
    })
}

fn load(args: &PlanArgs) -> Result<Input, Failure> {
    let mut input = input::load_beside(&args.input, args.prices.as_deref())?;
    if let Some(path) = &args.prices {
        input.environment.prices = Some(input::own_file(path, price::parse)?);
    }
    Ok(input)
}

/// What the files change in the cluster; findings that were there before fail nothing.
fn compared(args: &PlanArgs, changed: &Changed<'_, '_>) -> Result<ExitCode, Failure> {
    let (plan, findings) = (&changed.after, changed.compared());
    output::print(&match args.output {
        Form::Table | Form::Wide => {
            let options = options(args, Detail::Rows);
            changes(plan, &changed.comparison, &findings.text(options.paint), options)
        }
        Form::Json => compared_to_string(plan, &changed.comparison, &findings) + "\n",
        Form::Yaml => yaml::of_json(compared_to_value(plan, &changed.comparison, &findings)),
        Form::Stack | Form::Reference => shown(plan, args),
    })?;
    let is_found = args.failure_threshold.is_reached(&changed.introduced());
    let is_change = args.exit_code && changed.comparison.totals.is_change();
    Ok(match changed.input.is_broken() {
        true => failure::CODE.into(),
        false if is_found || is_change => failure::FOUND.into(),
        false => ExitCode::SUCCESS,
    })
}

fn shown(plan: &Plan<'_, '_>, args: &PlanArgs) -> String {
    match args.output {
        Form::Table => view(plan, args, Detail::Rows),
        Form::Wide => view(plan, args, Detail::Wide),
        Form::Json => document::to_string(plan) + "\n",
        Form::Yaml => yaml::of_json(document::to_value(plan)),
        Form::Stack | Form::Reference => {
            plan.stacks().into_iter().map(|stack| stack_json::to_string(stack) + "\n").collect()
        }
    }
}

fn view(plan: &Plan<'_, '_>, args: &PlanArgs, detail: Detail) -> String {
    table(plan, options(args, detail))
}

fn options(args: &PlanArgs, detail: Detail) -> Options {
    Options { paint: output::paint(&io::stdout(), args.color), width: output::width(), detail }
}

/// Findings for a form that has no room for them.
fn said(plan: &Plan<'_, '_>, findings: &[Diagnostic], args: &PlanArgs) -> String {
    let paint = output::paint(&io::stderr(), args.color);
    let locator = Locator::new(plan.manifests);
    let mut out = String::new();
    for finding in findings {
        let _ = writeln!(out, "{}", text(&locator, finding, paint));
    }
    out
}

fn verdict(findings: &[Diagnostic], summary: Summary, args: &PlanArgs) -> ExitCode {
    let is_found = args.failure_threshold.is_reached(findings);
    let is_change = args.exit_code && summary.creates();
    if is_found || is_change { failure::FOUND.into() } else { ExitCode::SUCCESS }
}
