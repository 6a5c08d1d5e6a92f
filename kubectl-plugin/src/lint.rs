//! `kubectl gwchain lint`: findings in one of four forms, and their fixes.
//!
//! Which findings there are is core's to say.

use std::io;
use std::process::ExitCode;

use gwchain_core::diagnostic::Diagnostic;
use gwchain_core::pipeline;
use gwchain_core::plan::Plan;
use gwchain_core::plan::document::findings;
use gwchain_core::render::{Locator, Paint, counts, github, json, listing, sarif};

use crate::args::{LintArgs, Report};
use crate::change::{Changed, with_change};
use crate::failure::{self, Failure};
use crate::fixing;
use crate::input::{self, Input};
use crate::output;

/// Lints and prints.
pub fn run(args: &LintArgs) -> ExitCode {
    if args.fix && !args.input.is_offline() {
        let text = "--fix changes files: say with -f FILE which, and leave the cluster away";
        return output::fail(&Failure::new(text), args.color);
    }
    let result = if args.fix { fixed(args) } else { lint(args) };
    result.unwrap_or_else(|failure| output::fail(&failure, args.color))
}

fn lint(args: &LintArgs) -> Result<ExitCode, Failure> {
    let progress = args.input.progress();
    let input = input::load(&args.input)?;
    if let Some(done) = with_change(&input, |changed| compared(args, changed)) {
        drop(progress);
        return done;
    }
    let findings = found(&input);
    drop(progress);
    let paint = output::paint(&io::stdout(), args.color);
    output::print(&report(args.output, &input, &findings, paint))?;
    Ok(verdict(args, &input, &findings))
}

/// What the files change in the cluster; findings that were there before fail nothing.
fn compared(args: &LintArgs, changed: &Changed<'_, '_>) -> Result<ExitCode, Failure> {
    let findings = changed.compared();
    output::print(&match args.output {
        Report::Json => findings.json(),
        Report::Sarif => findings.sarif(),
        Report::Github => findings.github(),
        Report::Text => findings.text(output::paint(&io::stdout(), args.color)),
    })?;
    Ok(verdict(args, changed.input, &changed.introduced()))
}

/// Fixes what can be fixed; what is left is reported beside the diff or the fixed text.
fn fixed(args: &LintArgs) -> Result<ExitCode, Failure> {
    let progress = args.input.progress();
    let sources = input::sources(&args.input)?;
    let before = sources.files.clone();
    let (input, fixed) = fixing::fixed(sources, |sources| {
        let input = input::input(&args.input, sources)?;
        let findings = found(&input);
        Ok((input, findings))
    })?;
    drop(progress);
    let changed = fixing::changed(&before, &input.manifests.files);
    let is_beside = args.dry_run || fixing::reads_stdin(&before);
    if args.dry_run {
        output::print(&changed.iter().map(fixing::Change::diff).collect::<String>())?;
    } else {
        fixing::write(&changed)?;
        output::print(&fixing::stdout(&input.manifests.files))?;
    }
    output::print_beside(&format!("{}\n", fixing::summary(fixed, changed.len(), args.dry_run)))?;
    let findings = found(&input);
    if is_beside {
        let paint = output::paint(&io::stderr(), args.color);
        output::print_beside(&report(args.output, &input, &findings, paint))?;
    } else {
        let paint = output::paint(&io::stdout(), args.color);
        output::print(&report(args.output, &input, &findings, paint))?;
    }
    Ok(verdict(args, &input, &findings))
}

fn found(input: &Input) -> Vec<Diagnostic> {
    let pipeline = pipeline::run(&input.manifests, &input.environment, input.options);
    findings(&Plan { manifests: &input.manifests, pipeline: &pipeline, shown: input.shown.as_ref() })
}

fn report(form: Report, input: &Input, findings: &[Diagnostic], paint: Paint) -> String {
    let locator = Locator::new(&input.manifests);
    match form {
        Report::Json => json(&locator, findings),
        Report::Sarif => sarif(&locator, findings),
        Report::Github => github(&locator, findings),
        Report::Text => listing(&locator, findings, paint) + &counts(findings) + "\n",
    }
}

fn verdict(args: &LintArgs, input: &Input, findings: &[Diagnostic]) -> ExitCode {
    if input.is_broken() {
        failure::CODE.into()
    } else if args.failure_threshold.is_reached(findings) {
        failure::FOUND.into()
    } else {
        ExitCode::SUCCESS
    }
}
