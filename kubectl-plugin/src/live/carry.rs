//! Carries an agreed change set out and tells what became of it.
//!
//! In which order what is called is decided in the change set.

use std::io;
use std::process::ExitCode;
use std::time::Instant;

use gwchain_aws::{Bindings, Executor, NoCluster, Outcome, Patience, Status, Stop};
use gwchain_core::diff::outcome::{self, Ending, Verdict};
use gwchain_core::diff::{Blocked, Proposal, Refusal, Replacements, Totals};
use gwchain_core::plan::compare::Counts;
use gwchain_core::render::Style;

use super::progress::Progress;
use super::session::{Session, explained};
use super::{consent, diff, interrupt};
use crate::args::{Color, ConsentArgs, LiveForm};
use crate::failure::{self, Failure};
use crate::output;

/// Whether somebody has to be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consent {
    /// It was given before.
    Given,
    /// With this question.
    Asked(&'static str),
}

/// Shows what changes, asks, and does it.
pub fn out(
    session: &Session,
    proposal: &Proposal<'_, '_>,
    args: &ConsentArgs,
    replacements: Replacements,
    consent: Consent,
) -> Result<ExitCode, Failure> {
    show(proposal, args)?;
    if let Some(Refusal { reason, help }) = proposal.refusal(replacements) {
        return Err(Failure::new(format!("{reason}; {help}")));
    }
    if proposal.set.changes.is_empty() {
        return ended(session, proposal, args, &Outcome::default(), Instant::now());
    }
    match consent {
        Consent::Asked(question) if !args.yes => consent::ask(question)?,
        _ => {}
    }
    let began = Instant::now();
    let outcome = match &session.keeper {
        Some(keeper) => execute(session, proposal, keeper),
        None => execute(session, proposal, &NoCluster),
    };
    ended(session, proposal, args, &outcome, began)
}

/// The change set goes to stdout, unless that is for the outcome's document.
fn show(proposal: &Proposal<'_, '_>, args: &ConsentArgs) -> Result<(), Failure> {
    match args.output {
        LiveForm::Text => output::print(&diff::text(proposal, args.color, &io::stdout()))?,
        LiveForm::Json => output::print_beside(&diff::text(proposal, args.color, &io::stderr()))?,
    }
    diff::tell_missing_cluster(proposal)
}

fn execute(session: &Session, proposal: &Proposal<'_, '_>, bindings: &impl Bindings) -> Outcome {
    let environment = proposal.plan.pipeline.resolver.environment;
    let vpc = environment.vpc.as_ref().map(|vpc| vpc.id.as_str()).unwrap_or_default();
    let stop = Stop::default();
    let executor = Executor { aws: &session.aws, vpc, bindings, patience: Patience::default(), stop: &stop };
    let mut progress = Progress::new(proposal);
    session.wait(async {
        let watching = tokio::spawn(interrupt::watch(stop.clone()));
        let outcome = executor.execute(&proposal.set, &mut |event| progress.tell(event)).await;
        watching.abort();
        outcome
    })
}

fn ended(
    session: &Session,
    proposal: &Proposal<'_, '_>,
    args: &ConsentArgs,
    outcome: &Outcome,
    began: Instant,
) -> Result<ExitCode, Failure> {
    let endings: Vec<Ending> = outcome.statuses.iter().map(ending).collect();
    let verdict = Verdict::of(&endings);
    match args.output {
        LiveForm::Json => {
            let calls = session.aws.calls();
            let calls = calls.iter().map(|(name, count)| (name.to_owned(), count)).collect();
            output::print(&(outcome::to_string(proposal, &endings, &outcome.outputs, calls) + "\n"))?;
        }
        LiveForm::Text if !endings.is_empty() => {
            output::print(&last_line(session, proposal, verdict, args.color, began))?;
        }
        LiveForm::Text => {}
    }
    if verdict != Verdict::Complete {
        let left = endings.iter().filter(|ending| **ending != Ending::Done).count();
        let all = endings.len();
        output::print_beside(&format!("{left} of {all} calls are left: the same command goes on from here\n"))?;
    }
    let reasons = reasons(proposal, outcome);
    if !reasons.is_empty() {
        output::fail(&Failure::several(reasons.clone()), args.color);
    }
    Ok(match verdict {
        Verdict::Stopped => interrupt::CODE.into(),
        Verdict::Complete if reasons.is_empty() => ExitCode::SUCCESS,
        _ => failure::CODE.into(),
    })
}

/// Why AWS is not as it should be.
fn reasons(proposal: &Proposal<'_, '_>, outcome: &Outcome) -> Vec<String> {
    let progress = Progress::new(proposal);
    let failures = outcome.failures().map(|(place, error)| located(proposal, &progress, place, &explained(error)));
    let mut reasons: Vec<String> = failures.collect();
    let gateway = |one: &Blocked| one.resource.stack.as_ref().map(|stack| stack.gateway.to_string());
    let blocked = proposal
        .set
        .blocked
        .iter()
        .filter_map(gateway)
        .chain(proposal.plan.blocked().into_iter().map(|one| one.gateway));
    reasons.extend(blocked.map(|gateway| format!("Gateway {gateway} stays as it is: see above")));
    reasons
}

fn located(proposal: &Proposal<'_, '_>, progress: &Progress, place: usize, error: &str) -> String {
    let resource = &proposal.set.changes[place].resource;
    let cause = proposal.cause(resource).map(|cause| format!(" of {cause}")).unwrap_or_default();
    format!("{}{cause}: {error}", progress.name(place))
}

fn ending(status: &Status) -> Ending {
    match status {
        Status::Done => Ending::Done,
        Status::Failed(error) => Ending::Failed(explained(error)),
        Status::Skipped(_) => Ending::Skipped,
        Status::Stopped => Ending::Stopped,
    }
}

fn last_line(session: &Session, proposal: &Proposal<'_, '_>, verdict: Verdict, color: Color, began: Instant) -> String {
    let Counts { create, update, replace, delete } = Totals::of(&proposal.set).counts;
    let seconds = began.elapsed().as_secs();
    let head = match verdict {
        Verdict::Complete => {
            format!("Done in {seconds} s: {create} created, {update} changed, {replace} replaced, {delete} destroyed")
        }
        Verdict::Failed => format!("Failed after {seconds} s"),
        Verdict::Stopped => format!("Ended after {seconds} s"),
    };
    let text = format!("{head}; {} calls to AWS, looking included", session.aws.calls().total());
    format!("\n{}\n", output::paint(&io::stdout(), color).paint(Style::Strong, &text))
}
