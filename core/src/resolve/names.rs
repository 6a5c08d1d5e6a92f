//! Names that AWS gives out once: who has which.
//!
//! Whether a name may be taken twice is for the asker to say.

use std::cell::RefCell;

use rustc_hash::FxHashMap;

use crate::id::Text;

/// Names of one type of resource, of all Gateways.
#[derive(Debug, Default)]
pub struct Names(RefCell<FxHashMap<Text, Text>>);

impl Names {
    /// Takes `name` for `owner`, or says who has it.
    pub fn claim(&self, name: &Text, owner: &Text) -> Result<(), Text> {
        let mut names = self.0.borrow_mut();
        let holder = names.entry(name.clone()).or_insert_with(|| owner.clone());
        if holder == owner { Ok(()) } else { Err(holder.clone()) }
    }
}
