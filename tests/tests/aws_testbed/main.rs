//! The AWS server of the test bed itself, and the proxy before it.
//!
//! gwchain has no part in it.

mod account;
mod proxy;
