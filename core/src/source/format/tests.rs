//! Even layout, and what it leaves alone.
//!
//! What fixes do to a text is tested with the fixes.

use super::format;

fn formatted(text: &str) -> String {
    format(text).unwrap_or_else(|| text.to_owned())
}

#[test]
fn every_level_gets_two_spaces_and_lists_stand_below_their_key() {
    let text = "spec:\n    rules:\n    -   name: a\n        ports:\n        - 1\n        -   2\n    last: x\n";
    let even = "spec:\n  rules:\n    - name: a\n      ports:\n        - 1\n        - 2\n  last: x\n";
    assert_eq!(formatted(text), even);
}

#[test]
fn what_is_even_stays() {
    assert_eq!(format("a:\n  b: 1 # why\n# end\n---\nc: [1,\n  2]\n"), None);
}

#[test]
fn comments_stay_with_their_neighbours() {
    let text = "# top\na:\n      # first\n      b: 1   # aside\n      # last of a\n# of c\nc: 2\n";
    assert_eq!(formatted(text), "# top\na:\n  # first\n  b: 1   # aside\n  # last of a\n# of c\nc: 2\n");
}

#[test]
fn texts_of_several_lines_move_as_a_whole() {
    let text = "a:\n    text: |\n        one\n          two  \n\n        three\n    folded: \"x\n        y\"\n    plain: x\n        y\n";
    let even =
        "a:\n  text: |\n      one\n        two  \n\n      three\n  folded: \"x\n      y\"\n  plain: x\n      y\n";
    assert_eq!(formatted(text), even);
}

#[test]
fn line_ends_and_the_last_line_are_those_of_unix() {
    assert_eq!(formatted("a: 1\r\nb:  \r\n    c: 2\r\n\r\n\r\n"), "a: 1\nb:\n  c: 2\n");
}

#[test]
fn lists_of_lists_and_empty_items_are_understood() {
    let text = "a:\n-   - 1\n    - 2\n-\n    b: 3\n";
    assert_eq!(formatted(text), "a:\n  - - 1\n    - 2\n  -\n    b: 3\n");
}

#[test]
fn broken_text_is_not_touched() {
    assert_eq!(format("a:\n    b: [1\n"), None);
}
