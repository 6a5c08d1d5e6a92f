//! `diff`, `apply` and `destroy`: the subcommands that talk to AWS, behind the feature `live`.
//!
//! They ask, show and carry out; what is compared and changed is core's to say, and how to call AWS gwchain-aws's.

mod apply;
mod carry;
mod consent;
mod destroy;
mod diff;
mod interrupt;
mod log;
mod progress;
mod saved;
mod session;

pub use {apply::run as apply, destroy::run as destroy, diff::run as diff};
