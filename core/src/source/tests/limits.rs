//! Texts made to hurt: they end in a problem, soon.

use super::*;

#[test]
fn nesting() {
    let nested = |open: &str, close: &str, depth: usize| format!("a: {}{}\n", open.repeat(depth), close.repeat(depth));
    assert_eq!(codes(&nested("[", "]", 99)), []);
    assert_eq!(codes(&nested("[", "]", 101)), [ProblemCode::TooDeep]);
    assert_eq!(codes(&nested("{a: ", "}", 101)), [ProblemCode::TooDeep]);
    let json = format!("{{\"a\": {}{}}}", "[".repeat(5000), "]".repeat(5000));
    assert_eq!(codes(&json), [ProblemCode::TooDeep]);
    assert_eq!(codes(&"- ".repeat(100_000)).len(), 1);
    assert_eq!(codes(&"[".repeat(100_000)).len(), 1);
    assert_eq!(codes(&"{".repeat(100_000)).len(), 1);
}

#[test]
fn aliases() {
    let mut laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        laughs += &format!("a{level}: &a{level} [{}]\n", vec![format!("*a{}", level - 1); 10].join(", "));
    }
    assert_eq!(codes(&laughs), [ProblemCode::AliasBomb]);
    assert_eq!(codes("a: &a [*a]\n"), [ProblemCode::AliasBomb]);
    let long = format!("a: &a {}\nb: [{}]\n", "x".repeat(1 << 20), vec!["*a"; 1000].join(", "));
    assert_eq!(codes(&long), [ProblemCode::AliasBomb]);
}

#[test]
fn aliases_may_not_nest_too_deep_either() {
    let mut text = "a0: &a0 [x]\n".to_owned();
    for level in 1..150 {
        text += &format!("a{level}: &a{level} [*a{}]\n", level - 1);
    }
    assert_eq!(codes(&text), [ProblemCode::TooDeep]);
}

#[test]
fn size() {
    assert_eq!(codes(&"# \n".repeat(MAX_BYTES / 3 + 1)), [ProblemCode::TooLarge]);
}

#[test]
fn large_maps_are_no_trouble() {
    let keys: String = (0..50_000).map(|index| format!("k{index}: &a{index} v\n")).collect();
    assert_eq!(codes(&keys), []);
}

#[test]
fn problems_are_counted() {
    assert_eq!(codes(&"a: 1\n".repeat(5000)).len(), MAX_PROBLEMS);
    assert_eq!(codes(&"---\n[\n".repeat(5000)).len(), MAX_PROBLEMS);
}

/// Cuts and changes every sort of text in many places; nothing may panic.
#[test]
fn no_text_panics() {
    let seed = "%YAML 1.1\n---\na: &x {b: 'é', <<: {c: \"\\u0041\"}}\nl: [1, 0x1f, *x, !!int '3']\nt: |\n  é\n  x\n--- # c\n{\"k\": [1.5, \"日\", null]}\n...\nkind: List\nitems: [{}]\n";
    let pieces = [
        "", "\"", "'", "{", "}", "[", "]", ":", "- ", "\n", "\t", "\r", "é", "\u{feff}", "\0", "&x ", "*x", "---\n",
        "...\n", "? ", "|\n", "!!int ", "\\",
    ];
    let places: Vec<usize> = seed.char_indices().map(|(at, _)| at).collect();
    for at in &places {
        for piece in pieces {
            read(&format!("{}{piece}{}", &seed[..*at], &seed[*at..]));
            read(&format!("{}{piece}", &seed[..*at]));
        }
    }
}
