//! What can go wrong with AWS.
//!
//! The user's mistakes are diagnostics of core, not errors.

/// A failure of the environment.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Nobody says which region.
    #[error("no AWS region: set --region, AWS_REGION, or region in the profile")]
    NoRegion,
}
