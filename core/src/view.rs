//! What people see: pages made of manifests and the plan.
//!
//! Nothing is decided or printed here, and no colour is chosen: text carries a style for the host to paint.

pub mod assist;
pub mod explain;
pub mod graph;
pub mod page;
pub mod report;
pub mod table;
pub mod why;

pub mod places;
