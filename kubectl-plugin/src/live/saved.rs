//! Change sets in files: written whole or not at all, and held to when they are carried out.
//!
//! What they promise is core's to say.

use std::fs;
use std::path::Path;

use gwchain_core::diff::Proposal;
use gwchain_core::diff::document::{Saved, to_string};

use crate::failure::Failure;

/// Saves a change set.
pub fn write(path: &Path, proposal: &Proposal<'_, '_>) -> Result<(), Failure> {
    let failed = |error: &std::io::Error| Failure::new(format!("{}: {error}", path.display()));
    let mut beside = path.as_os_str().to_owned();
    beside.push(format!(".{}.part", std::process::id()));
    let written = fs::write(&beside, to_string(proposal) + "\n").and_then(|()| fs::rename(&beside, path));
    written.map_err(|error| {
        // What is left of it is of no use; the error that matters is the first one.
        let _ = fs::remove_file(&beside);
        failed(&error)
    })
}

/// Reads one.
pub fn read(path: &Path) -> Result<Saved, Failure> {
    let text = fs::read_to_string(path).map_err(|error| Failure::reading(path, &error))?;
    Saved::parse(&text).map_err(|error| Failure::new(format!("{}: {error}", path.display())))
}
