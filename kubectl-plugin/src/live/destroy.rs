//! `destroy`: takes down what Gateways have on AWS.
//!
//! In which order is core's to say.

use std::process::ExitCode;

use gwchain_core::diff::{Chosen, Replacements};
use gwchain_core::id::Text;
use gwchain_core::manifest::gateway::Gateway;

use super::carry::{self, Consent};
use super::session::{Session, Subject};
use crate::args::DestroyArgs;
use crate::failure::Failure;
use crate::input::{self, Input, InputArgs};
use crate::output;

/// Destroys.
pub fn run(args: &DestroyArgs) -> ExitCode {
    destroy(args).unwrap_or_else(|failure| output::fail(&failure, args.consent.color))
}

fn destroy(args: &DestroyArgs) -> Result<ExitCode, Failure> {
    let access = (!args.input.is_offline()).then(|| args.input.access());
    let files = files(&args.input)?;
    let session = Session::open(&args.aws, access.as_ref())?;
    let home = session.keeper.as_ref().map(|keeper| keeper.namespace().clone());
    let subject = Subject::Gone(chosen(args, files.as_ref(), home)?);
    let input = input::load_none(&args.input)?;
    session.with_proposal(input, &args.aws, &subject, |proposal| {
        let consent = Consent::Asked("Take this down? It can't be undone.");
        carry::out(&session, proposal, &args.consent, Replacements::Refused, consent)
    })
}

/// What files hold, if some are named; the cluster is not asked for Gateways, as they may be gone.
fn files(args: &InputArgs) -> Result<Option<Input>, Failure> {
    if args.filename.is_empty() {
        return Ok(None);
    }
    let alone = InputArgs { cluster: false, context: None, kubeconfig: None, ..args.clone() };
    input::load(&alone).map(Some)
}

fn chosen(args: &DestroyArgs, files: Option<&Input>, home: Option<Text>) -> Result<Chosen, Failure> {
    let home = args.input.namespace.as_deref().map(Text::from).or(home).unwrap_or_else(|| "default".into());
    let named = |name: &String| match name.strip_prefix("gateway/").unwrap_or(name) {
        name if name.contains('/') => Text::from(name),
        name => Text::from(format!("{home}/{name}")),
    };
    if !args.gateways.is_empty() {
        return Ok(Chosen::Named(args.gateways.iter().map(named).collect()));
    }
    if let Some(input) = files {
        let is_shown = |gateway: &&Gateway| input.shown.as_ref().is_none_or(|shown| shown.has(&gateway.meta));
        let gateways = input.manifests.gateways.iter().filter(is_shown);
        return Ok(Chosen::Named(gateways.map(|gateway| gateway.meta.id.to_string().into()).collect()));
    }
    match &args.input.namespace {
        _ if args.input.all_namespaces => Ok(Chosen::All),
        Some(namespace) => Ok(Chosen::Namespace(namespace.as_str().into())),
        None => Err(Failure::new("which Gateways? Say GATEWAY…, -f FILE, -n NAMESPACE for all of a namespace, or -A")),
    }
}
