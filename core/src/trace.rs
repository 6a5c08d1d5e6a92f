//! Walks one request through the plan, from the client to the Service or to what answers instead.
//!
//! It reads planned load balancers as ELBv2 would carry them out; manifests only lend names and places.

mod compare;
mod document;
mod door;
mod entry;
mod expectation;
mod fault;
mod forward;
mod glob;
mod matching;
mod page;
mod planned;
mod reason;
mod request;
mod rewrite;
mod rules;
mod step;
mod url;
mod version;
mod walk;
mod way;

pub use compare::{Difference, Verdict, page as verdicts_page, run, to_string as verdicts_to_string};
pub use document::{Document, document, to_string};
pub use expectation::{Case, cases};
pub use page::page;
pub use planned::Planned;
pub use request::{Request, Scheme};
pub use step::{Answer, Portion, Share, Step, Target, Tried};
pub use way::way;

/// Where a request goes.
#[derive(Debug)]
pub struct Trace<'p> {
    /// The request.
    pub request: Request,
    /// The way, from the client inwards.
    pub steps: Vec<Step<'p>>,
    /// What comes of it.
    pub answer: Answer,
    /// What else is to be known.
    pub notes: Vec<String>,
    /// Gateways that would take the request as well, by their position in [`Planned`].
    pub also: Vec<usize>,
}

/// Walks `request` through the plan, entering at the Gateway `via` or at the one that fits best.
pub fn trace<'p>(planned: &Planned<'p, '_>, request: Request, via: Option<usize>) -> Trace<'p> {
    let entry = entry::choose(planned, &request, via);
    let mut walk = walk::Walk::new(planned, &request);
    match entry.gateway {
        Some(gateway) => walk.gateway(gateway, i64::from(request.port), None),
        None => walk.nothing(entry::nowhere(planned, &request)),
    }
    if via.is_none() && walk.answer.gateway.is_some() {
        walk.notes.extend(entry::absent(planned, &request));
    }
    let walk::Walk { steps, answer, notes, .. } = walk;
    let passed = |gateway: &usize| steps.iter().any(|step| matches!(step, Step::Gateway(one) if one == gateway));
    let also = entry.also.into_iter().filter(|gateway| !passed(gateway)).collect();
    Trace { request, steps, answer, notes, also }
}
