//! `diff`: what exists against what the manifests mean, read-only.
//!
//! The page and the document are core's.

use std::io;
use std::process::ExitCode;

use gwchain_core::diff::{Proposal, Totals, document};
use gwchain_core::view::table::{Detail, Options, change_set};

use super::saved;
use super::session::{Session, Subject};
use crate::args::{Color, DiffArgs, LiveForm};
use crate::failure::{self, Failure};
use crate::{input, output};

/// Compares and prints.
pub fn run(args: &DiffArgs) -> ExitCode {
    diff(args).unwrap_or_else(|failure| output::fail(&failure, args.color))
}

fn diff(args: &DiffArgs) -> Result<ExitCode, Failure> {
    let input = input::load_for_deployment(&args.input)?;
    let is_broken = input.is_broken();
    output::tell_unread(&input.manifests, args.color)?;
    let access = (!args.input.is_offline()).then(|| args.input.access());
    let session = Session::open(&args.aws, access.as_ref())?;
    session.with_proposal(input, &args.aws, &Subject::Planned, |proposal| {
        if let Some(path) = &args.out {
            saved::write(path, proposal)?;
        }
        output::print(&match args.output {
            LiveForm::Text => text(proposal, args.color, &io::stdout()),
            LiveForm::Json => document::to_string(proposal) + "\n",
        })?;
        tell_missing_cluster(proposal)?;
        let is_change = Totals::of(&proposal.set).is_change() || !proposal.set.unanswered.is_empty();
        Ok(match is_broken {
            true => failure::CODE.into(),
            false if is_change => failure::FOUND.into(),
            false => ExitCode::SUCCESS,
        })
    })
}

/// The change set as people read it, painted as `stream` takes it.
pub fn text(proposal: &Proposal<'_, '_>, color: Color, stream: &impl anstream::stream::RawStream) -> String {
    change_set(proposal, Options { paint: output::paint(stream, color), width: output::width(), detail: Detail::Rows })
}

/// Without a cluster no pods come behind the load balancers.
pub fn tell_missing_cluster(proposal: &Proposal<'_, '_>) -> Result<(), Failure> {
    if !proposal.lacks_bindings() {
        return Ok(());
    }
    output::print_beside(
        "note: TargetGroupBindings are neither compared nor written, so that no pod or node is registered: that takes a \
         cluster (--cluster)\n",
    )
}
