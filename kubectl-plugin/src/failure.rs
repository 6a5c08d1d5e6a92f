//! What stops a command: the input or the environment, never a finding about manifests.
//!
//! It prints nothing by itself.

use std::io;
use std::path::Path;

/// Exit code when the tool or its input failed.
pub const CODE: u8 = 1;
/// Exit code when there are findings at or above the threshold, or changes with `--exit-code`.
pub const FOUND: u8 = 2;

/// Why a command can't be carried out: one reason or several, lower case, no full stop.
#[derive(Debug)]
pub struct Failure(Vec<String>);

impl Failure {
    /// A failure of that text.
    pub fn new(message: impl Into<String>) -> Self {
        Self(vec![message.into()])
    }

    /// A failure for several reasons.
    pub fn several(messages: Vec<String>) -> Self {
        Self(messages)
    }

    /// The reasons.
    pub fn reasons(&self) -> &[String] {
        &self.0
    }

    /// A failure to read `path`.
    pub fn reading(path: &Path, error: &io::Error) -> Self {
        let why = match error.kind() {
            io::ErrorKind::NotFound => "no such file or folder".to_owned(),
            io::ErrorKind::InvalidData => "the text is not UTF-8".to_owned(),
            _ => error.to_string(),
        };
        Self::new(format!("{}: {why}", path.display()))
    }
}
