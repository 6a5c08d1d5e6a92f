//! The list of calls, the calls in the source, and the policy that is made of the list: the three agree.
//!
//! Policy and source are read as texts.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use gwchain_aws::{permissions, policy};

fn manifest() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the source is readable").map(|entry| entry.expect("as is each entry"));
    let each = |path: PathBuf| if path.is_dir() { sources(&path) } else { vec![path] };
    entries.flat_map(|entry| each(entry.path())).collect()
}

/// Calls of SDK clients: methods without arguments that begin with a verb of AWS's. Without underscores, in lower case.
fn called() -> BTreeSet<String> {
    let verbs = [
        "add",
        "associate",
        "authorize",
        "create",
        "delete",
        "deregister",
        "describe",
        "disassociate",
        "get",
        "list",
        "modify",
        "register",
        "remove",
        "revoke",
        "set",
        "simulate",
    ];
    let mut found = BTreeSet::new();
    for path in sources(&manifest().join("src")) {
        let text = fs::read_to_string(path).expect("the source is text");
        for method in text.split('.').skip(1) {
            let Some((name, _)) = method.split_once("()") else { continue };
            let is_name = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
            if is_name && name.split_once('_').is_some_and(|(verb, _)| verbs.contains(&verb)) {
                found.insert(name.replace('_', ""));
            }
        }
    }
    found
}

#[test]
fn every_call_is_in_the_list_and_none_besides() {
    let listed: BTreeSet<String> = permissions().iter().map(|one| one.call.to_lowercase()).collect();
    assert_eq!(listed, called());
}

#[test]
fn the_list_is_sorted() {
    assert!(permissions().is_sorted_by_key(|one| (one.service, one.call)));
}

/// `cargo xtask iam` renews it.
#[test]
fn the_policy_is_up_to_date() {
    let path = manifest().parent().expect("aws/ lies in the repository").join("deploy/iam-policy.json");
    let made = serde_json::to_string_pretty(&policy()).expect("a policy is JSON") + "\n";
    if std::env::var_os("GWCHAIN_BLESS").is_some() {
        fs::create_dir_all(path.parent().expect("it has a folder")).expect("the folder can be made");
        fs::write(&path, &made).expect("the policy can be written");
    }
    let there = fs::read_to_string(&path).unwrap_or_default();
    assert!(there == made, "run cargo xtask iam: deploy/iam-policy.json is not what aws/src/permission.rs says");
}
