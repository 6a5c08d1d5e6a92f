//! Rules of the repository that no compiler holds.
//!
//! Dependency walls, sizes, places and words; behaviour is tested elsewhere.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const MEMBERS: &[&str] = &["core", "kubectl-plugin", "tests", "xtask"];

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
];

/// Lines of a Rust file.
const LONGEST: usize = 500;

/// Lines of a function, from its first line to its closing brace.
const LONGEST_FUNCTION: usize = 60;

/// Core's modules: each uses those before it only.
const ORDER: &[&str] = &[
    "source",
    "id",
    "profile",
    "fact",
    "origin",
    "diagnostic",
    "admission",
    "manifest",
    "render",
    "environment",
    "model",
    "resolve",
    "translate",
    "pipeline",
    "status",
    "lint",
    "diagnose",
    "plan",
    "view",
    "trace",
    "reference",
];

/// Steps back that are meant: a Gateway can't be resolved without the verdict on its class, nor a rule without that
/// on its configuration.
const STEPS_BACK: &[(&str, &str)] = &[("resolve", "status::class"), ("resolve", "status::rule_config")];

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
fn rust_files_are_short() {
    let lines = |path: &PathBuf| text(path).map_or(0, |text| text.lines().count());
    let long = sources().into_iter().filter(|path| lines(path) > LONGEST);
    let found: Vec<_> = long.map(|path| format!("{}: {} lines", shown(&path), lines(&path))).collect();
    none("a file to split by noun", &found);
}

#[test]
fn functions_are_short() {
    let mut found = Vec::new();
    for path in sources() {
        for (line, length) in functions(&text(&path).unwrap_or_default()) {
            if length > LONGEST_FUNCTION {
                found.push(format!("{}:{line}: {length} lines", shown(&path)));
            }
        }
    }
    none("a function to take apart", &found);
}

/// First line and length of each function: rustfmt closes it at the indentation at which it starts.
fn functions(text: &str) -> Vec<(usize, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let code = line.trim_start();
        let is_function = code.split(' ').take(5).any(|word| word == "fn") && !code.starts_with("//");
        if !is_function || code.ends_with(';') || code.ends_with('}') {
            continue;
        }
        let end = format!("{}}}", &line[..line.len() - code.len()]);
        let length = lines[at..].iter().position(|line| *line == end);
        found.extend(length.map(|length| (at + 1, length + 1)));
    }
    found
}

#[test]
fn the_rules_can_be_broken() {
    let long = format!("impl A {{\n    pub(super) const fn b() {{\n{}    }}\n}}\n", "        c();\n".repeat(70));
    assert_eq!(functions(&long), [(2, 72)]);
    assert_eq!(used_modules("use crate::a::B;\nuse crate::{c, d::E};\n// crate::f\n"), ["a::B", "c", "d::E"]);
}

#[test]
fn modules_of_core_use_earlier_ones() {
    let mut found = Vec::new();
    for path in sources().into_iter().filter(|path| shown(path).starts_with("core/src/")) {
        let name = shown(&path);
        let module = name.trim_start_matches("core/src/").trim_end_matches(".rs").split('/').next().unwrap_or_default();
        let Some(place) = ORDER.iter().position(|one| *one == module) else {
            if module != "lib" {
                found.push(format!("{name}: {module} has no place in the order"));
            }
            continue;
        };
        for used in used_modules(&text(&path).unwrap_or_default()) {
            let top = used.split("::").next().unwrap_or_default();
            let later = ORDER[place + 1..].contains(&top);
            if later && !STEPS_BACK.iter().any(|(from, to)| *from == module && used.starts_with(to)) {
                found.push(format!("{name} uses {used}"));
            }
        }
    }
    none("a step that uses a later one (ARCHITECTURE.md, who may depend on whom)", &found);
}

/// What follows each `crate::` outside comments and tests, names in braces one by one.
fn used_modules(text: &str) -> Vec<String> {
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let code: String = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join(" ");
    let mut used = Vec::new();
    for rest in code.split("crate::").skip(1) {
        let path =
            |text: &str| text.trim().chars().take_while(|one| one.is_alphanumeric() || "_:".contains(*one)).collect();
        match rest.strip_prefix('{').and_then(|rest| rest.split_once("};")) {
            Some((list, _)) => used.extend(list.split(',').map(path)),
            None => used.push(path(rest)),
        }
    }
    used
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
