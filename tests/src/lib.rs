//! What the project's tests, benchmarks and fuzz targets share.
//!
//! It holds no test itself: see `tests/tests/` and `tests/benches/`.

pub mod allocations;
pub mod cloud;
pub mod deploy;
pub mod fixture;
pub mod flatten;
pub mod inputs;
pub mod laws;
pub mod lint;
pub mod mutate;
pub mod outcome;
pub mod pipeline;
pub mod scale;
pub mod schema;
#[cfg(feature = "testbed")]
pub mod testbed;
pub mod typescript;
pub mod vectors;
