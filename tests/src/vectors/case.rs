//! Finds cases in a folder and reads their files.
//!
//! It does not interpret them.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// A folder with an `input.yaml` and an `expected.json`.
#[derive(Clone, Debug)]
pub struct Case {
    /// Path below the vectors' folder, `<area>/<name>`.
    pub name: String,
    /// The folder itself.
    pub folder: PathBuf,
}

/// The files of a case.
#[derive(Debug)]
pub struct Texts {
    /// Text of `input.yaml`.
    pub input: String,
    /// Text of `environment.yaml`, if it is there.
    pub environment: Option<String>,
    /// `expected.json`.
    pub expected: Value,
}

impl Case {
    /// Path of the environment file, if there is one.
    pub fn environment(&self) -> Option<PathBuf> {
        Some(self.folder.join("environment.yaml")).filter(|path| path.exists())
    }

    /// Reads all files.
    pub fn read(&self) -> Result<Texts, String> {
        let expected = text(&self.folder.join("expected.json"))?;
        Ok(Texts {
            input: text(&self.folder.join("input.yaml"))?,
            environment: self.environment().map(|path| text(&path)).transpose()?,
            expected: serde_json::from_str(&expected).map_err(|error| format!("  expected.json: {error}"))?,
        })
    }
}

fn text(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("  {}: {error}", path.display()))
}

/// All cases below `folder`, at any depth, by name.
pub fn find(folder: &Path) -> Result<Vec<Case>, String> {
    let mut cases = Vec::new();
    walk(folder, folder, &mut cases)?;
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(cases)
}

fn walk(root: &Path, folder: &Path, cases: &mut Vec<Case>) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if !path.is_dir() {
            continue;
        }
        if path.join("input.yaml").exists() && path.join("expected.json").exists() {
            let name = path.strip_prefix(root).expect("the walk stays below its root");
            cases.push(Case { name: name.to_string_lossy().into_owned(), folder: path });
        } else {
            walk(root, &path, cases)?;
        }
    }
    Ok(())
}
