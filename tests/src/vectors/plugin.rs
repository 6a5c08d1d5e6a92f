//! Gets a case's document from the built plugin, as a user would.
//!
//! It builds nothing: a missing binary is an error that names the command.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use super::Case;

/// The plugin's binary.
#[derive(Debug)]
pub struct Plugin {
    binary: PathBuf,
}

impl Plugin {
    /// The binary that cargo put beside `test`, the running test binary (`target/<profile>/deps/<name>`).
    pub fn beside(test: &Path) -> Result<Self, String> {
        let folder = test.parent().and_then(Path::parent).ok_or("the test binary lies in no target folder")?;
        let binary = folder.join(format!("kubectl-gwchain{}", std::env::consts::EXE_SUFFIX));
        match binary.exists() {
            true => Ok(Self { binary }),
            false => Err(format!("{} is missing: cargo build -p kubectl-gwchain", binary.display())),
        }
    }

    /// What `plan -o reference` prints for `case`.
    pub fn document(&self, case: &Case) -> Result<Value, String> {
        let mut command = Command::new(&self.binary);
        command.args(["plan", "--profile", "aws-lbc", "-o", "reference", "-f"]).arg(case.folder.join("input.yaml"));
        if let Some(environment) = case.environment() {
            command.arg("--environment").arg(environment);
        }
        let output = command.stdin(Stdio::null()).output().map_err(|error| format!("  plugin: {error}"))?;
        serde_json::from_slice(&output.stdout).map_err(|error| {
            format!("  plugin ({}): {error}\n  {}", output.status, String::from_utf8_lossy(&output.stderr).trim())
        })
    }
}
