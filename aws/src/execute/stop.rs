//! A flag that ends the work early: calls under way come to their end, no new ones start.
//!
//! Who sets it, and when, is the host's business.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

/// The flag; clones are the same one.
#[derive(Clone, Debug)]
pub struct Stop(Arc<watch::Sender<bool>>);

impl Default for Stop {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(false)))
    }
}

impl Stop {
    /// Sets it, for good.
    pub fn now(&self) {
        self.0.send_replace(true);
    }

    /// Whether it is set.
    pub fn is_set(&self) -> bool {
        *self.0.borrow()
    }

    /// Until it is set.
    pub(super) async fn set(&self) {
        // The sender is `self`, so the channel can't be closed.
        let _ = self.0.subscribe().wait_for(|is_set| *is_set).await;
    }

    /// Until the time has passed or the flag is set.
    pub(super) async fn pause(&self, time: Duration) {
        let _ = tokio::time::timeout(time, self.set()).await;
    }
}
