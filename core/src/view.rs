//! Plans as people read them.
//!
//! It decides nothing and knows no terminal: the host says how wide one is and whether it has colours.

pub mod table;
