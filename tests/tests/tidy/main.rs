//! Rules of the repository that no compiler holds.
//!
//! Dependency walls, sizes, places and words; behaviour is tested elsewhere.

mod order;
mod size;
mod walls;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ lies in the repository").to_owned()
}

/// Files of the repository, by git where there is one: what is ignored does not count.
fn files() -> Vec<PathBuf> {
    let listed = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output();
    let listed = match listed {
        Ok(output) if output.status.success() => output.stdout,
        _ => return walk(&root()),
    };
    let names = String::from_utf8(listed).expect("file names are UTF-8");
    let paths = names.split_terminator('\0').map(|name| root().join(name));
    paths.filter(|path| path.is_file()).collect()
}

/// Without git: an unpacked archive, for example.
fn walk(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder of the repository is readable") {
        let path = entry.expect("an entry is readable").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        match path.is_dir() {
            true if name == "target" || name == ".git" => {}
            true => out.extend(walk(&path)),
            false => out.push(path),
        }
    }
    out
}

fn sources() -> Vec<PathBuf> {
    files().into_iter().filter(|path| path.extension().is_some_and(|end| end == "rs")).collect()
}

/// Text of a file, `None` when it is not text.
fn text(path: &Path) -> Option<String> {
    String::from_utf8(fs::read(path).expect("a file of the repository is readable")).ok()
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

#[track_caller]
fn none(rule: &str, found: &[String]) {
    assert!(found.is_empty(), "{rule}:\n  {}", found.join("\n  "));
}

#[test]
fn every_code_has_a_page() {
    let page = |code: &str| root().join("core/docs/diagnostics").join(format!("{code}.md"));
    let codes: BTreeSet<_> = gwchain_core::diagnostic::table().iter().map(|code| code.as_str()).collect();
    let missing: Vec<_> = codes.iter().filter(|code| !page(code).exists()).map(ToString::to_string).collect();
    none("a code without a page", &missing);
    let folder = root().join("core/docs/diagnostics");
    let pages = files().into_iter().filter(|path| path.starts_with(&folder));
    let named = |path: &Path| path.file_stem().is_some_and(|stem| codes.contains(&*stem.to_string_lossy()));
    let stray: Vec<_> = pages.filter(|path| !named(path)).map(|path| shown(&path)).collect();
    none("a page without a code", &stray);
}

#[test]
fn modules_are_named_files() {
    let banned = ["mod.rs", "helpers.rs", "utils.rs", "util.rs", "common.rs"];
    let named = |path: &PathBuf| path.file_name().is_some_and(|name| banned.iter().any(|one| name == *one));
    let found: Vec<_> = sources().iter().filter(|path| named(path)).map(|path| shown(path)).collect();
    none("`foo.rs` beside `foo/`, named by its noun", &found);
}

#[test]
fn every_module_says_what_it_is_for() {
    let silent = |path: &&PathBuf| !text(path).unwrap_or_default().trim_start().starts_with("//!");
    let found: Vec<_> = sources().iter().filter(silent).map(|path| shown(path)).collect();
    none("a module without `//!`", &found);
}

#[test]
fn nothing_is_left_for_later() {
    // In pieces, so that this file does not find itself.
    let words = [concat!("to", "do!"), concat!("unimple", "mented!"), concat!("FIX", "ME"), concat!("#[ig", "nore")];
    none("unfinished work", &containing(&sources(), &words));
}

#[test]
fn unsafe_code_stands_in_one_file() {
    let elsewhere: Vec<_> = sources().into_iter().filter(|path| !path.ends_with("tests/src/allocations.rs")).collect();
    none(
        "unsafe code",
        &containing(&elsewhere, &[concat!("allow(unsafe", "_code)"), concat!("expect(unsafe", "_code)")]),
    );
}

#[test]
fn no_path_of_a_machine() {
    let words = [concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/ho", "me/"), concat!("/Use", "rs/")];
    let files: Vec<_> = files().into_iter().filter(|path| !shown(path).starts_with("tests/vectors/")).collect();
    none("a path of somebody's machine", &containing(&files, &words));
}

fn containing(files: &[PathBuf], words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for path in files {
        for (number, line) in text(path).unwrap_or_default().lines().enumerate() {
            if words.iter().any(|word| line.contains(word)) {
                found.push(format!("{}:{}: {}", shown(path), number + 1, line.trim()));
            }
        }
    }
    found
}
