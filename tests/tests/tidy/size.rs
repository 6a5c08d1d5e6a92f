//! How long files and functions are.
//!
//! What they hold is nobody's business here.

use std::path::PathBuf;

use super::{none, shown, sources, text};

/// Lines of a Rust file.
const LONGEST: usize = 500;

/// Lines of a function, from its first line to its closing brace.
const LONGEST_FUNCTION: usize = 60;

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
fn the_rule_can_be_broken() {
    let long = format!("impl A {{\n    pub(super) const fn b() {{\n{}    }}\n}}\n", "        c();\n".repeat(70));
    assert_eq!(functions(&long), [(2, 72)]);
}
