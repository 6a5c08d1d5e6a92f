//! gwchain-core: Kubernetes Gateway API manifests in; AWS load balancer plans, verdicts and diagnostics out.
//!
//! The pipeline is parse ([`source`], [`admission`], [`manifest`]) → resolve ([`resolve`]) → translate
//! ([`translate`], into [`model`]) → plan ([`pipeline`], [`plan`]) and [`status`];
//! [`view`] tells what came of it, [`trace`] where a request goes. There is no I/O, no clock and no randomness here: what
//! only AWS knows is a question ([`fact::Want`]) that an [`fact::Environment`] may answer.

pub mod account;
pub mod admission;
pub mod budget;
pub mod cost;
pub mod diagnose;
pub mod diagnostic;
pub mod diff;
pub mod environment;
pub mod fact;
pub mod id;
pub mod lint;
pub mod manifest;
pub mod model;
pub mod origin;
pub mod paste;
pub mod pipeline;
pub mod plan;
pub mod preview;
pub mod price;
pub mod profile;
pub mod quota;
pub mod reference;
pub mod render;
pub mod resolve;
pub mod source;
pub mod status;
pub mod trace;
pub mod translate;
pub mod view;
