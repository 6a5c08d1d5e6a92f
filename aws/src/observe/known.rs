//! ARNs of our own, remembered, so that the next time only these are described; and those of others, whose tags need
//! not be read again.
//!
//! It holds nothing that is not read anew before it counts.

use std::collections::{BTreeMap, BTreeSet};

use gwchain_core::account::{Pairs, StackId};
use gwchain_core::id::Text;

use super::find::Found;
use super::stack_of;

/// What earlier looks have told. Empty at first.
#[derive(Clone, Debug, Default)]
pub struct Known {
    pub(super) stacks: BTreeMap<StackId, BTreeMap<Text, Pairs>>,
    pub(super) others: BTreeSet<Text>,
}

impl Known {
    /// Takes in what was found.
    pub fn learn(&mut self, found: &Found) {
        let account = &found.account;
        if !found.is_remembered {
            self.others.clone_from(&found.others);
            self.stacks.clear();
        }
        let lbs = account.load_balancers.iter().map(|lb| (&lb.load_balancer_arn, &lb.tags));
        let groups = account.target_groups.iter().map(|group| (&group.target_group_arn, &group.tags));
        for (arn, tags) in lbs.chain(groups) {
            if let Some(stack) = stack_of(tags, &found.cluster) {
                self.stacks.entry(stack).or_default().insert(arn.clone(), tags.clone());
            }
        }
    }

    /// Forgets a stack: something of it has been created, or deleted, since.
    pub fn forget(&mut self, stack: &StackId) {
        self.stacks.remove(stack);
    }

    /// The tags of everything that `stacks` have; `None` if one of them is unknown.
    pub(super) fn of(&self, stacks: &[StackId]) -> Option<BTreeMap<Text, Pairs>> {
        let each: Option<Vec<_>> = stacks.iter().map(|stack| self.stacks.get(stack)).collect();
        let all = each?.into_iter().flatten();
        Some(all.map(|(arn, tags)| (arn.clone(), tags.clone())).collect())
    }
}
