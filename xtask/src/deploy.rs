//! Generated parts of `deploy/`: CustomResourceDefinitions and roles, out of what core knows about kinds.
//!
//! What people edit there (the Deployment, the chart's templates) is not touched.

mod crds;
mod rbac;
mod schema;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// A generated file: its path in the repository, and its text.
type Generated = (String, String);

/// Writes `deploy/crds`, and the same for the chart.
pub fn write_crds() {
    write(crds::files());
}

/// Writes the roles of `deploy/rbac`, and their rules for the chart.
pub fn write_rbac() {
    write(rbac::files());
}

fn write(files: Vec<Generated>) {
    for (path, text) in files {
        let path = root().join(path);
        fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("folders can be made");
        fs::write(path, text).expect("the file can be written");
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask/ lies in the repository").to_owned()
}

/// A value as a YAML file of this repository.
fn yaml(command: &str, value: &Value) -> String {
    let options = serde_saphyr::ser_options! { prefer_block_scalars: false };
    let text = serde_saphyr::to_string_with_options(value, options).expect("JSON values are YAML");
    format!("# Written by `cargo xtask {command}`.\n{text}")
}

#[cfg(test)]
mod tests {
    use super::{crds, fs, rbac, root};

    #[test]
    fn generated_files_are_up_to_date() {
        let files = crds::files().into_iter().chain(rbac::files());
        let is_stale =
            |(path, text): &(String, String)| fs::read_to_string(root().join(path)).ok().as_ref() != Some(text);
        let stale: Vec<_> = files.filter(is_stale).map(|(path, _)| path).collect();
        assert!(stale.is_empty(), "run `cargo xtask crds` and `cargo xtask rbac`: {stale:?}");
    }
}
