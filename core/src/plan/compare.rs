//! What changes from one plan to another, resource by resource and field by field.
//!
//! Both are plans of manifests: what exists on AWS is not known here. A Gateway that can't be built any more changes
//! nothing, as its controller leaves alone what it has made.

mod fields;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::Serialize;

use super::Plan;
use super::document::{Planned, Spec, resources};
use crate::model::Stack;

pub use fields::{Field, between};

/// What becomes of a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// It is new.
    Create,
    /// Fields of it change.
    Update,
    /// A field changes that is fixed for life: another takes its place.
    Replace,
    /// It goes.
    Delete,
}

impl Action {
    /// Lower-case name, as in output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Update => "update",
            Self::Replace => "replace",
            Self::Delete => "delete",
        }
    }
}

/// A resource that changes.
#[derive(Clone, Debug)]
pub struct Change<'p> {
    /// What becomes of it.
    pub action: Action,
    /// As it will be; of one that goes, as it was.
    pub planned: Planned<'p>,
    /// Fields that change, in the order of the resource.
    pub fields: Vec<Field>,
}

/// The changes of a Gateway.
#[derive(Clone, Debug)]
pub struct StackChange<'p> {
    /// The stack as it will be; of one that goes, as it was.
    pub stack: &'p Stack,
    /// In the order in which they can be carried out; what goes comes last.
    pub changes: Vec<Change<'p>>,
}

/// The difference of two plans.
#[derive(Clone, Debug)]
pub struct Comparison<'p> {
    /// Gateways with changes, in the order in which they can be carried out.
    pub stacks: Vec<StackChange<'p>>,
    /// Numbers.
    pub totals: Totals,
}

/// Numbers of resources by what becomes of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "one number per action")]
pub struct Counts {
    pub create: usize,
    pub update: usize,
    pub replace: usize,
    pub delete: usize,
}

impl Counts {
    /// Whether anything changes.
    pub fn is_change(&self) -> bool {
        self.create + self.update + self.replace + self.delete > 0
    }

    /// Counts one more.
    pub fn add(&mut self, action: Action) {
        *match action {
            Action::Create => &mut self.create,
            Action::Update => &mut self.update,
            Action::Replace => &mut self.replace,
            Action::Delete => &mut self.delete,
        } += 1;
    }
}

/// The last line of a comparison.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// Resources that change.
    #[serde(flatten)]
    pub counts: Counts,
    /// Resources that stay as they are.
    pub unchanged: usize,
    /// Gateways that can't be built.
    pub blocked: usize,
}

impl Totals {
    /// Whether anything changes.
    pub fn is_change(&self) -> bool {
        self.counts.is_change()
    }
}

/// `Plan: 4 to create, 1 to update, 0 to delete`.
impl fmt::Display for Totals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Counts { create, update, replace, delete } = self.counts;
        write!(f, "Plan: {create} to create, {update} to update, ")?;
        if replace > 0 {
            write!(f, "{replace} to replace, ")?;
        }
        write!(f, "{delete} to delete")?;
        match self.blocked {
            0 => Ok(()),
            1 => f.write_str("; 1 Gateway blocked"),
            blocked => write!(f, "; {blocked} Gateways blocked"),
        }
    }
}

impl<'p> Comparison<'p> {
    /// What becomes of resources that change, by Gateway, type and id.
    pub fn actions(&self) -> BTreeMap<(&'p str, &'static str, &'p str), Action> {
        let changes = self.stacks.iter().flat_map(|stack| stack.changes.iter().map(move |change| (stack, change)));
        let named = |(stack, change): (&StackChange<'p>, &Change<'p>)| {
            let (kind, id) = key(&change.planned);
            ((&*stack.stack.id, kind, id), change.action)
        };
        changes.map(named).collect()
    }
}

/// Compares what `before` and `after` show.
pub fn compare<'p>(before: &Plan<'p, '_>, after: &Plan<'p, '_>) -> Comparison<'p> {
    let blocked = after.blocked();
    let mut totals = Totals { blocked: blocked.len(), ..Totals::default() };
    let old: BTreeMap<&str, &'p Stack> = before.stacks().into_iter().map(|stack| (&*stack.id, stack)).collect();
    let mut kept: BTreeSet<&str> = blocked.iter().map(|blocked| blocked.gateway.as_str()).collect();
    let mut stacks = Vec::new();
    for stack in after.stacks() {
        kept.insert(&stack.id);
        stacks.push(StackChange { stack, changes: changes(old.get(&*stack.id).copied(), Some(stack), &mut totals) });
    }
    let mut gone: Vec<&'p Stack> = before.stacks();
    gone.retain(|stack| !kept.contains(&*stack.id));
    // An NLB goes before the ALB behind it.
    for stack in gone.into_iter().rev() {
        stacks.push(StackChange { stack, changes: changes(Some(stack), None, &mut totals) });
    }
    stacks.retain(|stack| !stack.changes.is_empty());
    Comparison { stacks, totals }
}

/// Fields that AWS can't change (controller §3.4).
fn fixed_for_life(spec: &Spec<'_>) -> &'static [&'static str] {
    match spec {
        Spec::LoadBalancer(_) => &["type", "scheme"],
        Spec::TargetGroup(_) => &["targetType", "protocol", "protocolVersion", "targetControlPort"],
        _ => &[],
    }
}

type Key<'p> = (&'static str, &'p str);

fn key<'p>(planned: &Planned<'p>) -> Key<'p> {
    (planned.spec.kind(), planned.id)
}

fn changes<'p>(before: Option<&'p Stack>, after: Option<&'p Stack>, totals: &mut Totals) -> Vec<Change<'p>> {
    let old: Vec<Planned<'p>> = before.map(resources).unwrap_or_default();
    let new: Vec<Planned<'p>> = after.map(resources).unwrap_or_default();
    let known: BTreeMap<Key<'p>, &Planned<'p>> = old.iter().map(|planned| (key(planned), planned)).collect();
    let kept: BTreeSet<Key<'p>> = new.iter().map(key).collect();
    let mut out = Vec::new();
    for planned in new {
        let change = match known.get(&key(&planned)) {
            None => Some(Change { action: Action::Create, planned, fields: Vec::new() }),
            Some(before) => {
                let fields = fields::changed(&before.spec, &planned.spec);
                let is_fixed = fields.iter().any(|field| fixed_for_life(&planned.spec).contains(&&*field.path));
                let action = if is_fixed { Action::Replace } else { Action::Update };
                (!fields.is_empty()).then_some(Change { action, planned, fields })
            }
        };
        totals.unchanged += usize::from(change.is_none());
        out.extend(change);
    }
    let gone = old.iter().rev().filter(|planned| !kept.contains(&key(planned)));
    out.extend(gone.map(|planned| Change { action: Action::Delete, planned: *planned, fields: Vec::new() }));
    out.iter().for_each(|change| totals.counts.add(change.action));
    out
}
