//! `apply`: makes AWS what the manifests say.
//!
//! What changes is core's to say.

use std::process::ExitCode;

use gwchain_core::diff::Replacements;

use super::carry::{self, Consent};
use super::saved;
use super::session::{Session, Subject};
use crate::args::ApplyArgs;
use crate::failure::Failure;
use crate::{input, output};

/// Applies.
pub fn run(args: &ApplyArgs) -> ExitCode {
    apply(args).unwrap_or_else(|failure| output::fail(&failure, args.consent.color))
}

fn apply(args: &ApplyArgs) -> Result<ExitCode, Failure> {
    let saved = args.plan.as_deref().map(saved::read).transpose()?;
    let input = input::load_for_deployment(&args.input)?;
    output::tell_unread(&input.manifests, args.consent.color)?;
    if input.is_broken() {
        return Err(Failure::new("a file can't be read as a whole: what it lacks might be taken down"));
    }
    let access = (!args.input.is_offline()).then(|| args.input.access());
    let session = Session::open(&args.aws, access.as_ref())?;
    let replacements = if args.allow_replace { Replacements::Allowed } else { Replacements::Refused };
    session.with_proposal(input, &args.aws, &Subject::Planned, |proposal| {
        let consent = match &saved {
            None => Consent::Asked("Carry this out?"),
            Some(saved) => match saved.objection(proposal) {
                None => Consent::Given,
                Some(objection) => {
                    let help = "save a new one with `kubectl gwchain diff --out FILE`, and look at it";
                    return Err(Failure::new(format!("{objection}: nothing was changed; {help}")));
                }
            },
        };
        carry::out(&session, proposal, &args.consent, replacements, consent)
    })
}
