//! Change sets carried out on an AWS API server: what an account holds afterwards, whatever goes wrong on the way.
//!
//! What is compared with what is core's, and has its laws in `changes.rs`.

mod case;
mod cut;
mod fault;
mod plain;
