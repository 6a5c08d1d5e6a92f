//! How long the work waits for what takes its time at AWS, and how often it looks.
//!
//! What is waited for is decided by the calls' own refusals.

use std::time::Duration;

use gwchain_core::diff::Operation;

use crate::error::{Error, Retry};

/// Times to wait; a host that comes back anyway sets them to nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// For a load balancer to become active.
    pub active: Duration,
    /// For something that is in use to be let go: network interfaces and targets vanish slowly.
    pub release: Duration,
    /// For what was just made to be known everywhere at AWS.
    pub known: Duration,
    /// The longest time between two looks; the first ones follow more closely.
    pub pause: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            active: Duration::from_secs(15 * 60),
            release: Duration::from_secs(4 * 60),
            known: Duration::from_secs(20),
            pause: Duration::from_secs(5),
        }
    }
}

impl Patience {
    /// None: what is not ready has failed, with [`Retry::Wait`].
    pub const NONE: Self =
        Self { active: Duration::ZERO, release: Duration::ZERO, known: Duration::ZERO, pause: Duration::ZERO };

    /// How long a call that was refused in this way is worth repeating.
    pub(super) fn with(&self, operation: &Operation, is_first: bool, error: &Error) -> Duration {
        match error.retry() {
            Retry::Wait => self.release,
            // What the call names was made by a change before it.
            Retry::Refused if !is_first && error.is_not_found() && !is_deletion(operation) => self.known,
            _ => Duration::ZERO,
        }
    }

    /// Time before the look of this number: a fifth of the longest, then twice as long each time.
    pub(super) fn before(&self, look: u32) -> Duration {
        (self.pause / 5).saturating_mul(2_u32.saturating_pow(look)).min(self.pause)
    }
}

/// Whether the call takes something away, so that finding nothing is as good.
pub(super) fn is_deletion(operation: &Operation) -> bool {
    matches!(
        operation,
        Operation::DeleteSecurityGroup { .. }
            | Operation::DeleteTargetGroup { .. }
            | Operation::DeregisterTargets { .. }
            | Operation::DeleteLoadBalancer { .. }
            | Operation::RemoveListenerCertificates { .. }
            | Operation::DeleteListener { .. }
            | Operation::DeleteRule { .. }
            | Operation::RemoveTags { .. }
            | Operation::DeleteTags { .. }
            | Operation::DisassociateWebAcl { .. }
            | Operation::DeleteProtection { .. }
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_come_at_longer_and_longer_intervals() {
        let patience = Patience::default();
        let seconds: Vec<u64> = (0..5).map(|look| patience.before(look).as_secs()).collect();
        assert_eq!(seconds, [1, 2, 4, 5, 5]);
    }
}
