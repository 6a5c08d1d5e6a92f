//! `deploy/` as helm and kustomize render it; `scripts/testbed/deploy/build` builds both.
//!
//! It decides nothing about what they render.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use super::root;
use crate::deploy;

fn tool(name: &str) -> PathBuf {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| {
        let script = root().join("scripts/testbed/deploy/build");
        let built = Command::new(script).output().expect("the script can be started");
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
        PathBuf::from(String::from_utf8_lossy(&built.stdout).trim())
    });
    folder.join(name)
}

/// Runs helm in `deploy/`: `helm(&["template", "gwchain", "chart"])`.
pub fn helm(arguments: &[&str]) -> Output {
    let mut helm = Command::new(tool("helm"));
    helm.args(arguments).current_dir(deploy::folder());
    helm.output().expect("helm can be started")
}

/// What kustomize makes of an overlay that lies beside a checkout called `gwchain`.
pub fn kustomize(overlay: &str) -> String {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("gwchain-kustomize-{}-{number}", std::process::id()));
    copy(&deploy::folder(), &folder.join("gwchain/deploy"));
    let mine = folder.join("mine");
    fs::create_dir_all(&mine).expect("the folder for temporary files can be written to");
    fs::write(mine.join("kustomization.yaml"), overlay).expect("it can be written to");
    let built = Command::new(tool("kustomize")).arg("build").arg(&mine).output().expect("kustomize can be started");
    fs::remove_dir_all(&folder).expect("it was made here");
    said(&built)
}

/// What a program printed; panics with its complaint when it failed.
pub fn said(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).expect("it writes UTF-8")
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("the folder for temporary files can be written to");
    for entry in fs::read_dir(from).expect("it lies in the repository") {
        let path = entry.expect("it is readable").path();
        let target = to.join(path.file_name().expect("an entry has a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("a file can be copied");
        }
    }
}
