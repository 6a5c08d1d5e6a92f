//! Plan × account → the changes that lead from one to the other, in an order that can be carried out.
//!
//! What is matched by what, replaced or left alone follows controller §3.2–§3.7. Nothing is called here: a change names
//! one call, and the host makes it.

mod action;
mod bind;
mod binding;
mod certificate;
mod change;
mod chosen;
mod digest;
pub mod document;
mod draft;
mod drift;
mod existing;
mod field;
mod listener;
mod load_balancer;
mod look;
mod mapping;
mod operation;
mod order;
pub mod outcome;
mod permission;
mod proposal;
mod resource;
mod rule;
mod security_group;
mod shared;
mod tags;
mod target;
mod target_group;
mod totals;
mod unanswered;

use crate::account::{Account, StackId};
use crate::fact::Want;
use crate::id::Text;
use crate::model::Stack;
use crate::plan::document::wants;

pub use bind::output;
pub use change::{Action, Blocked, Change, ChangeSet, FieldChange, ResourceId, ResourceKind};
pub use chosen::Chosen;
pub use digest::Digests;
pub use drift::{Drift, Drifts};
pub use look::{ListenerLook, LoadBalancerLook, Look, TargetGroupLook};
pub use operation::{Operation, Server};
pub use proposal::{Proposal, Refusal, Replacements, Scope, taken_down, wanted};
pub use resource::{ResourceChange, by_resource};
pub use totals::Totals;
pub use unanswered::remedy;

use bind::Names;
use draft::Drafts;
use existing::Existing;

/// What a stack shall be.
#[derive(Clone, Debug)]
pub struct Wanted<'s> {
    /// The stack.
    pub stack: StackId,
    /// Its resources; `None` takes it down.
    pub model: Option<&'s Stack>,
}

/// What changes are made for.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The cluster's name, which tracking tags carry.
    pub cluster: &'a str,
    /// What exists.
    pub account: &'a Account,
    /// Tag keys that somebody else manages (`--external-managed-tags`).
    pub external_tags: &'a [String],
    /// Tags that every resource of the cluster carries (`--default-tags`).
    pub default_tags: &'a std::collections::BTreeMap<String, String>,
}

/// The changes that make `wanted` true. Stacks that `wanted` does not name are left alone.
pub fn diff(wanted: &[Wanted<'_>], context: Context<'_>) -> ChangeSet {
    let existing: Vec<Existing<'_>> =
        wanted.iter().map(|one| Existing::of(one, context.account, context.cluster)).collect();
    let mut names = Names::new(wanted, &existing, context);
    let mut drafts = Drafts { blocked: keep_blocked(&mut names, wanted, &existing, context), ..Drafts::default() };
    shared::create(&names, &mut drafts, wanted, context);
    for (one, existing) in wanted.iter().zip(&existing) {
        Stacked { wanted: one, existing, names: &names, context }.draft(&mut drafts);
    }
    shared::delete(&mut drafts, wanted, context);
    ChangeSet { unanswered: unanswered(wanted), ..order::arrange(drafts) }
}

/// Leaves stacks alone whose load balancer would have to go and may not. What one of them holds can't go either.
fn keep_blocked<'a>(
    names: &mut Names<'a>,
    wanted: &[Wanted<'_>],
    existing: &[Existing<'a>],
    context: Context<'a>,
) -> Vec<Blocked> {
    let mut all = Vec::new();
    loop {
        let mut stacks = wanted.iter().zip(existing).filter(|(one, _)| !names.is_kept(&one.stack));
        let blocked = stacks.find_map(|(wanted, existing)| {
            let stacked = Stacked { wanted, existing, names, context };
            Some((wanted.stack.clone(), load_balancer::blocked(stacked)?))
        });
        let Some((stack, blocked)) = blocked else { return all };
        names.keep(stack);
        all.push(blocked);
    }
}

/// Questions that keep changes from being carried out; the shared security group is not one, as it can be made.
fn unanswered(wanted: &[Wanted<'_>]) -> Vec<Want> {
    let models: Vec<&Stack> = wanted.iter().filter_map(|one| one.model).collect();
    wants(&models).into_iter().filter(|want| *want != Want::BackendSecurityGroup).collect()
}

/// One stack and what exists of it.
#[derive(Clone, Copy)]
struct Stacked<'a> {
    wanted: &'a Wanted<'a>,
    existing: &'a Existing<'a>,
    names: &'a Names<'a>,
    context: Context<'a>,
}

impl Stacked<'_> {
    fn draft(self, drafts: &mut Drafts) {
        if self.names.is_kept(&self.wanted.stack) {
            return;
        }
        security_group::draft(self, drafts);
        target_group::draft(self, drafts);
        load_balancer::draft(self, drafts);
        listener::draft(self, drafts);
        target::draft(self, drafts);
        binding::draft(self, drafts);
    }

    fn id(self, kind: ResourceKind, id: &Text) -> ResourceId {
        ResourceId { stack: Some(self.wanted.stack.clone()), kind, id: id.clone() }
    }
}
