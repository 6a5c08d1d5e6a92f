//! AWS: the only crate that knows its SDK. It answers the questions of plans, observes what exists, and carries changes out.
//!
//! It decides nothing: what is asked, compared and changed is core's. Hosts that write logs leave out what the SDK itself
//! says at level trace (`aws_smithy_runtime=debug`): it writes requests whole, with secrets of authentications.

mod answer;
mod client;
mod convert;
mod error;
mod execute;
mod http;
mod observe;
mod pace;
mod permission;
mod settings;
mod watch;

pub use answer::{Cluster, answer, answered};
pub use client::Aws;
pub use error::{Error, Retry};
pub use execute::{Bindings, Event, Executor, NoCluster, Outcome, Patience, Status, Stop};
pub use observe::{Found, Known, Observed, find, observe};
pub use permission::{Permission, permissions, policy};
pub use settings::Settings;
pub use watch::Calls;
