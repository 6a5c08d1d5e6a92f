//! What exists of stacks, found by the reference's tags (controller §3.2), as core's account.
//!
//! What is looked at is core's choice ([`Look`]); what nobody looked at stays `None`. Bindings are the caller's.

mod add_on;
mod find;
mod known;
mod list;
mod listener;
mod load_balancer;
mod tag;
mod target;

use std::collections::BTreeMap;

use futures::{StreamExt as _, TryStreamExt as _, stream};
use gwchain_core::account::{Account, LoadBalancer, Pairs, StackId, TargetGroup, tracked};
use gwchain_core::diff::{Look, Wanted};
use gwchain_core::id::Text;

use crate::answer::Cluster;
use crate::client::Aws;
use crate::error::{Error, Retry};

pub use find::{Found, find};
pub use known::Known;
pub(crate) use list::described_security_groups;

/// How many calls of a kind are on their way at once.
pub(crate) const AT_ONCE: usize = 8;

/// What was seen of an account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Observed {
    /// What exists. Details are there of the stacks in question; of others what the lists tell.
    pub account: Account,
    /// What could not be looked at, in words.
    pub notes: Vec<String>,
}

/// Looks at what `wanted` makes worth looking at. `found` must have been found for these stacks.
pub async fn observe(aws: &Aws, cluster: &Cluster, found: Found, wanted: &[Wanted<'_>]) -> Result<Observed, Error> {
    let found = with_holders(aws, cluster, found, wanted).await?;
    let mut notes = found.notes;
    let mut account = found.account;
    let look = Look::new(wanted, &account, &cluster.name);
    account.load_balancers = load_balancers(aws, &look, account.load_balancers, &mut notes).await?;
    account.target_groups = target_groups(aws, &look, account.target_groups, &mut notes).await?;
    let stale = if found.is_remembered { own_arns(&account) } else { Vec::new() };
    let arns: Vec<Text> = stale.into_iter().chain(listener::arns(&account)).collect();
    let read = tag::read(aws, &arns).await?;
    notes.extend(read.notes);
    tagged(&mut account, &read.tags);
    Ok(Observed { account, notes })
}

/// An ALB that goes may be a target of any other stack, and what is taken down may have been the last to need the shared
/// security group: then all of them count.
async fn with_holders(aws: &Aws, cluster: &Cluster, found: Found, wanted: &[Wanted<'_>]) -> Result<Found, Error> {
    let asks = Look::new(wanted, &found.account, &cluster.name).asks_for_all();
    match asks && found.is_remembered {
        true => find(aws, cluster, None, &Known::default()).await,
        false => Ok(found),
    }
}

/// Each with its details; one that has vanished meanwhile is left out.
async fn load_balancers(
    aws: &Aws,
    look: &Look<'_>,
    all: Vec<LoadBalancer>,
    notes: &mut Vec<String>,
) -> Result<Vec<LoadBalancer>, Error> {
    let detailed = stream::iter(all).map(|lb| load_balancer::detailed(aws, look, lb));
    Ok(kept(detailed.buffered(AT_ONCE).try_collect().await?, notes))
}

/// Each with its details; one that has vanished meanwhile is left out.
async fn target_groups(
    aws: &Aws,
    look: &Look<'_>,
    all: Vec<TargetGroup>,
    notes: &mut Vec<String>,
) -> Result<Vec<TargetGroup>, Error> {
    let detailed = stream::iter(all).map(|group| target::detailed(aws, look, group));
    Ok(kept(detailed.buffered(AT_ONCE).try_collect().await?, notes))
}

/// Those that are still there; what is to be said of them goes to `notes`.
fn kept<T>(detailed: Vec<Option<(T, Vec<String>)>>, notes: &mut Vec<String>) -> Vec<T> {
    let (kept, more): (Vec<T>, Vec<Vec<String>>) = detailed.into_iter().flatten().unzip();
    notes.extend(more.into_iter().flatten());
    kept
}

fn own_arns(account: &Account) -> Vec<Text> {
    let lbs = account.load_balancers.iter().map(|lb| &lb.load_balancer_arn);
    lbs.chain(account.target_groups.iter().map(|group| &group.target_group_arn)).cloned().collect()
}

/// Puts tags in their places.
fn tagged(account: &mut Account, tags: &BTreeMap<Text, Pairs>) {
    for lb in &mut account.load_balancers {
        if let Some(tags) = tags.get(&lb.load_balancer_arn) {
            lb.tags.clone_from(tags);
        }
        for listener in lb.listeners.iter_mut().flatten() {
            listener.tags = tags.get(&listener.listener_arn).cloned();
            for rule in listener.rules.iter_mut().flatten() {
                rule.tags = tags.get(&rule.rule_arn).cloned();
            }
        }
    }
    for group in &mut account.target_groups {
        if let Some(tags) = tags.get(&group.target_group_arn) {
            group.tags.clone_from(tags);
        }
    }
}

/// The stack of tags.
fn stack_of(tags: &Pairs, cluster: &str) -> Option<StackId> {
    tracked(tags, cluster).map(|(stack, _)| stack)
}

/// An outcome in which what does not exist any more is `None`.
pub(crate) fn unless_gone<T>(outcome: Result<T, Error>) -> Result<Option<T>, Error> {
    match outcome {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.is_not_found() => Ok(None),
        Err(error) => Err(error),
    }
}

/// An outcome in which what may not be read is `None` and noted: nothing depends on it but its own comparison.
fn unless_denied<T>(outcome: Result<T, Error>, arn: &str, notes: &mut Vec<String>) -> Result<Option<T>, Error> {
    match outcome {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.retry() == Retry::Denied && error.code().is_some() => {
            notes.push(format!("{arn}: {error}"));
            Ok(None)
        }
        Err(error) => Err(error),
    }
}
