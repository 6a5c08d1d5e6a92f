//! Asks whether a change set is to be carried out.
//!
//! Where nobody sits at a terminal nobody is asked.

use std::io::{self, BufRead, IsTerminal};

use crate::failure::Failure;
use crate::output;

/// The one answer that counts.
const AGREED: &str = "yes";

/// Asks; an error if the answer is no, or nobody is there to give one.
pub fn ask(question: &str) -> Result<(), Failure> {
    if !io::stdin().is_terminal() {
        return Err(Failure::new("there is nobody to ask, as stdin is no terminal: say --yes, or --plan FILE"));
    }
    output::print_beside(&format!("\n{question} Only '{AGREED}' is taken as consent: "))?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer).map_err(|error| Failure::new(format!("stdin: {error}")))?;
    match answer.trim() {
        AGREED => Ok(()),
        _ => Err(Failure::new("not agreed: nothing was changed")),
    }
}
