//! Which stacks are meant by names, namespace or all, of those that exist on AWS.
//!
//! A stack is found by its tags, so that it can be taken down when no manifest tells of it any more.

use super::{Wanted, taken_down};
use crate::account::{Account, StackId};
use crate::id::Text;

/// A choice of stacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// Of these Gateways, `ns/name`.
    Named(Vec<Text>),
    /// Of all Gateways of a namespace.
    Namespace(Text),
    /// All of the cluster.
    All,
}

impl Chosen {
    /// What takes them down.
    pub fn taken_down(&self, account: &Account, cluster: &str) -> Vec<Wanted<'static>> {
        taken_down(account.stacks(cluster).into_iter().filter(|stack| self.is_meant(stack)))
    }

    /// In words what is meant by name that is not there, or not any more.
    pub fn missing(&self, account: &Account, cluster: &str) -> Option<String> {
        let Self::Named(names) = self else { return None };
        let all = account.stacks(cluster);
        let missing = names.iter().filter(|name| !all.iter().any(|stack| stack.gateway == **name));
        let missing: Vec<&str> = missing.map(|name| &**name).collect();
        let words =
            || format!("nothing on AWS is of Gateway {} in cluster {cluster}; {}", missing.join(", "), listed(&all));
        (!missing.is_empty()).then(words)
    }

    fn is_meant(&self, stack: &StackId) -> bool {
        match self {
            Self::Named(names) => names.contains(&stack.gateway),
            Self::Namespace(namespace) => stack.gateway.split_once('/').is_some_and(|(own, _)| own == namespace),
            Self::All => true,
        }
    }
}

fn listed(all: &[StackId]) -> String {
    let names: Vec<&str> = all.iter().map(|stack| &*stack.gateway).collect();
    if names.is_empty() { "it has none".to_owned() } else { format!("it has {}", names.join(", ")) }
}
