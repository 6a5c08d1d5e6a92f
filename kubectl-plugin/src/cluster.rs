//! A cluster: the objects that a plan depends on, and the bindings that deployment keeps there.
//!
//! What is read and written is core's to say. Without the feature `live` there are no clusters.

#[cfg(feature = "live")]
mod connect;
#[cfg(feature = "live")]
mod discover;
#[cfg(feature = "live")]
mod keeper;
#[cfg(feature = "live")]
mod list;
#[cfg(feature = "live")]
mod reading;
#[cfg(feature = "live")]
mod trouble;

use std::path::PathBuf;

use gwchain_core::id::Text;
use gwchain_core::source::Node;

#[cfg(feature = "live")]
pub use keeper::Keeper;
#[cfg(feature = "live")]
pub use reading::read;

/// Which cluster is meant.
#[derive(Clone, Debug, Default)]
pub struct Access {
    /// kubeconfig; that of `KUBECONFIG` or the home folder without.
    pub kubeconfig: Option<PathBuf>,
    /// Context; the current one without.
    pub context: Option<String>,
    /// Namespace; that of the context without.
    pub namespace: Option<String>,
}

/// What was read.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    /// The objects.
    pub objects: Vec<Node>,
    /// Namespace of the context, or the one that was asked for.
    pub namespace: Text,
    /// Whether nothing was withheld.
    pub is_whole: bool,
    /// What could not be read, for people.
    pub notes: Vec<String>,
}

/// Says that no cluster can be read.
#[cfg(not(feature = "live"))]
pub fn read(access: &Access, _: &[Node], _: &crate::progress::Count) -> Result<Snapshot, crate::failure::Failure> {
    let Access { kubeconfig, context, namespace } = access;
    let _ = (kubeconfig, context, namespace);
    Err(crate::failure::Failure::new(crate::live::MISSING))
}
