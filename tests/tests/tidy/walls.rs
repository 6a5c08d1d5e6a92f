//! What the packages depend on.
//!
//! Licences and advisories are not looked at.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use super::{files, none, root, shown, sources, text};

const MEMBERS: &[&str] = &["aws", "core", "kubectl-plugin", "tests", "wasm", "xtask"];

/// Crates that must not be among a package's dependencies, direct or not; a trailing `*` is a prefix.
const WALLS: &[(&str, &[&str])] = &[
    (
        "gwchain-core",
        &[
            "tokio",
            "async-*",
            "futures*",
            "hyper*",
            "reqwest",
            "kube",
            "kube-*",
            "k8s-openapi",
            "http",
            "rustls*",
            "aws-*",
            "clap",
            "clap_*",
            "rand",
            "rand_*",
            "getrandom",
            "chrono",
            "wasm-bindgen",
            "js-sys",
            "web-sys",
            "gwchain-tests",
            "kubectl-gwchain",
        ],
    ),
    ("kubectl-gwchain", &["gwchain-tests"]),
    ("gwchain-aws", &["clap", "kube", "kube-*", "k8s-openapi", "gwchain-tests"]),
    (
        "gwchain-wasm",
        &[
            "aws-*",
            "gwchain-aws",
            "tokio",
            "async-*",
            "futures*",
            "getrandom",
            "chrono",
            "web-sys",
            "ts-rs",
            "gwchain-tests",
        ],
    ),
];

#[test]
fn dependency_walls_stand() {
    let mut found = Vec::new();
    for (package, banned) in WALLS {
        for name in dependencies(package) {
            if banned.iter().any(|pattern| matches(pattern, &name)) {
                found.push(format!("{package} depends on {name}"));
            }
        }
    }
    none("a dependency behind a wall (ARCHITECTURE.md, who may depend on whom)", &found);
}

fn matches(pattern: &str, name: &str) -> bool {
    pattern.strip_suffix('*').map_or(pattern == name, |prefix| name.starts_with(prefix))
}

/// Names of all normal dependencies of `package`, direct or not.
fn dependencies(package: &str) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--edges", "normal", "--prefix", "none", "--format", "{p}", "--package", package])
        .current_dir(root())
        .output()
        .expect("cargo runs, it runs this test");
    assert!(output.status.success(), "cargo tree: {}", String::from_utf8_lossy(&output.stderr));
    let tree = String::from_utf8(output.stdout).expect("crate names are ASCII");
    let names = tree.lines().filter_map(|line| line.split(' ').next());
    names.filter(|name| *name != package).map(str::to_owned).collect()
}

/// Who may name a crate: the code behind which it stays.
const BEHIND: &[(&str, &[&str])] = &[
    ("kube", &["kubectl-plugin/src/cluster"]),
    ("tokio", &["kubectl-plugin/src/cluster", "kubectl-plugin/src/live", "kubectl-plugin/src/ui/server"]),
    ("gwchain_aws", &["kubectl-plugin/src/cluster/keeper", "kubectl-plugin/src/live"]),
    ("hyper", &["kubectl-plugin/src/ui"]),
];

#[test]
fn crates_stay_behind_their_module() {
    let mut found = Vec::new();
    for path in sources().iter().filter(|path| shown(path).starts_with("kubectl-plugin/")) {
        let code = text(path).unwrap_or_default();
        for (name, homes) in BEHIND {
            let is_named = |line: &str| line.contains(&format!("{name}::")) && !line.trim_start().starts_with("//");
            let is_home = homes.iter().any(|home| shown(path).starts_with(home));
            if !is_home && code.lines().any(is_named) {
                found.push(format!("{} names {name}", shown(path)));
            }
        }
    }
    none("a crate outside its module (ARCHITECTURE.md, who may depend on whom)", &found);
}

/// Beginnings of the names of AWS's own crates.
const SDK: &[&str] = &["aws_config", "aws_sdk_", "aws_smithy_", "aws_types"];

#[test]
fn the_sdk_stays_in_its_crate() {
    let outside =
        |path: &&std::path::PathBuf| !["aws/", "tests/tests/tidy/"].iter().any(|home| shown(path).starts_with(home));
    let mut found = Vec::new();
    for path in sources().iter().filter(outside) {
        let code = text(path).unwrap_or_default();
        let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
        let named = |line: &&str| SDK.iter().any(|name| line.contains(name));
        found.extend(lines.filter(named).map(|line| format!("{}: {}", shown(path), line.trim())));
    }
    none("the SDK outside aws/ (ARCHITECTURE.md, who may depend on whom)", &found);
}

#[test]
fn versions_stand_in_one_table() {
    let mut found = Vec::new();
    for member in MEMBERS {
        let manifest = fs::read_to_string(root().join(member).join("Cargo.toml")).expect("a member has a manifest");
        let mut inside = false;
        for line in manifest.lines() {
            if line.starts_with('[') {
                inside = line.trim_end_matches(']').ends_with("dependencies");
            } else if inside && line.contains('=') && !line.contains("workspace = true") && !line.starts_with('#') {
                found.push(format!("{member}/Cargo.toml: {line}"));
            }
        }
    }
    none("a dependency without `workspace = true`", &found);
}

#[test]
fn every_version_in_the_table_says_why() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("the workspace has a manifest");
    let table = manifest.split("[workspace.dependencies]").nth(1).expect("the table of versions");
    let table = table.split("\n[").next().expect("split yields at least one part");
    let mut explained = false;
    let mut found = Vec::new();
    for line in table.lines() {
        // A comment covers the lines up to the next empty one.
        explained = line.starts_with('#') || (explained && !line.is_empty());
        if line.contains('=') && !line.starts_with('#') && !explained {
            found.push(line.to_owned());
        }
    }
    none("a dependency without a comment on why", &found);
}

#[test]
fn no_package_mirror() {
    let locks: Vec<_> = files().into_iter().filter(|path| path.ends_with("Cargo.lock")).collect();
    let mut found = Vec::new();
    for path in locks {
        for line in text(&path).unwrap_or_default().lines().filter(|line| line.starts_with("source = ")) {
            if !line.contains("github.com/rust-lang/crates.io-index") {
                found.push(format!("{}: {line}", shown(&path)));
            }
        }
    }
    none("a crate from elsewhere than crates.io", &found);
}
