//! `diff`, `apply` and `destroy`: the subcommands that talk to AWS, behind the feature `live`.
//!
//! They ask, show and carry out; what is compared and changed is core's to say, and how to call AWS gwchain-aws's.

#[cfg(feature = "live")]
mod apply;
#[cfg(feature = "live")]
mod carry;
#[cfg(feature = "live")]
mod consent;
#[cfg(feature = "live")]
mod destroy;
#[cfg(feature = "live")]
mod diff;
#[cfg(feature = "live")]
mod interrupt;
#[cfg(feature = "live")]
mod log;
#[cfg(feature = "live")]
mod progress;
#[cfg(feature = "live")]
mod saved;
#[cfg(feature = "live")]
mod session;
#[cfg(not(feature = "live"))]
mod without;

#[cfg(not(feature = "live"))]
pub use without::{MISSING, apply, destroy, diff};
#[cfg(feature = "live")]
pub use {apply::run as apply, destroy::run as destroy, diff::run as diff};
