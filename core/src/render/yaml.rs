//! Writes a tree of values as YAML that every reader takes for the same value.
//!
//! It reads no YAML and asks for no places. Text is quoted unless it can't be taken for anything else, by YAML 1.1 and 1.2 alike.

use std::fmt::Write as _;

use serde_json::Value;

use crate::source::{Node, NodeValue};

/// Words that are no text in YAML 1.1 or 1.2.
const WORDS: [&str; 9] = ["false", "n", "no", "null", "off", "on", "true", "y", "yes"];

/// `value` as one document; keys keep their order.
pub fn to_string(value: &Node) -> String {
    let mut out = String::new();
    if is_flat(value) {
        scalar(&mut out, value);
        out.push('\n');
    } else {
        block(&mut out, value, 0);
    }
    out
}

/// The same for JSON.
pub fn of_json(value: Value) -> String {
    to_string(&serde_json::from_value(value).expect("every JSON value is a node"))
}

/// A map or list that is not empty; the first line's indentation is written already.
fn block(out: &mut String, value: &Node, indent: usize) {
    match &value.value {
        NodeValue::Map(map) => {
            for (position, entry) in map.iter().enumerate() {
                pad(out, position, indent);
                text(out, &entry.key);
                out.push(':');
                child(out, &entry.value, indent);
            }
        }
        NodeValue::Seq(items) => {
            for (position, item) in items.iter().enumerate() {
                pad(out, position, indent);
                out.push('-');
                item_of(out, item, indent);
            }
        }
        _ => scalar(out, value),
    }
}

fn pad(out: &mut String, position: usize, indent: usize) {
    if position > 0 {
        out.push_str(&" ".repeat(indent));
    }
}

fn is_flat(value: &Node) -> bool {
    match &value.value {
        NodeValue::Map(map) => map.is_empty(),
        NodeValue::Seq(items) => items.is_empty(),
        _ => true,
    }
}

/// The value of a key: a list stands below its key, as kubectl writes it.
fn child(out: &mut String, value: &Node, indent: usize) {
    if is_flat(value) {
        out.push(' ');
        scalar(out, value);
        out.push('\n');
        return;
    }
    let indent = if matches!(value.value, NodeValue::Seq(_)) { indent } else { indent + 2 };
    out.push('\n');
    out.push_str(&" ".repeat(indent));
    block(out, value, indent);
}

fn item_of(out: &mut String, value: &Node, indent: usize) {
    out.push(' ');
    if is_flat(value) {
        scalar(out, value);
        out.push('\n');
    } else {
        block(out, value, indent + 2);
    }
}

fn scalar(out: &mut String, value: &Node) {
    match &value.value {
        NodeValue::String(string) => text(out, string),
        // JSON's spelling of numbers, booleans, null, and of what is empty is YAML's.
        _ => {
            let _ = write!(out, "{}", Value::from(value));
        }
    }
}

fn text(out: &mut String, text: &str) {
    if is_plain(text) {
        out.push_str(text);
        return;
    }
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            letter if is_printable(letter) => out.push(letter),
            letter if u32::from(letter) > 0xffff => {
                let _ = write!(out, "\\U{:08x}", u32::from(letter));
            }
            letter => {
                let _ = write!(out, "\\u{:04x}", u32::from(letter));
            }
        }
    }
    out.push('"');
}

/// What a reader may meet unescaped, and what doesn't steer a terminal or break a line.
fn is_printable(letter: char) -> bool {
    !letter.is_control()
        && !matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
        && !matches!(letter, '\u{fffe}' | '\u{ffff}')
}

/// Text that begins with a letter or slash and holds nothing that YAML gives a meaning to.
fn is_plain(text: &str) -> bool {
    let begins = text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '/');
    let is_harmless = |letter: char| letter.is_ascii_alphanumeric() || "/_-.,()=* ".contains(letter);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let is_inner_colon = letter == ':' && letters.peek().is_some_and(|next| *next != ' ');
        if !is_harmless(letter) && !is_inner_colon {
            return false;
        }
    }
    begins && !text.ends_with(' ') && !WORDS.contains(&text.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::of_json;
    use crate::source::{FileId, parse};

    /// What a reader of YAML 1.1 takes the text for.
    fn read(text: &str) -> Value {
        let parsed = parse(FileId(0), text);
        assert!(parsed.problems.is_empty(), "{:?} in:\n{text}", parsed.problems);
        Value::from(&parsed.documents[0].root)
    }

    /// What a plain scalar must not look like.
    #[rustfmt::skip]
    const ODD: [&str; 54] = [
        "", " ", "yes", "No", "ON", "off", "y", "N", "true", "null", "~", "017", "1e3", "0x1f", "1_000",
        "12:30:45", ".inf", "-", "- a", "? a", "a: b", "a:", "a #b", "#a", "&a", "*", "*a", "!a", "|", ">",
        "%a", "@a", "`a`", "{a}", "[a]", "a\nb", "a\tb", "\u{1b}[31m", "\u{7f}", "\u{85}", "\u{2028}",
        "\u{feff}a", "😀", "\"", "\\", "'", "<<", "=", "2024-01-01", "arn:aws:acm:us-west-2:1:certificate/a",
        "a ", "(want)", "---", "...",
    ];

    #[test]
    fn texts_that_look_like_something_else_are_quoted() {
        for text in ODD {
            let all = json!({"key": text, "list": [text, [text], {text: text}]});
            assert_eq!(read(&of_json(all.clone())), all, "{text:?}");
        }
    }

    #[test]
    fn nesting_keeps_its_shape() {
        let all = json!({"a": [], "b": {}, "c": [[1, [2, {}]], {"d": [{"e": null, "f": [true]}], "g": 1.5}], "h": -1});
        assert_eq!(read(&of_json(all.clone())), all);
        assert_eq!(of_json(json!({"a": [{"b": "c:d", "e": ["f"]}]})), "a:\n- b: c:d\n  e:\n  - f\n");
    }
}
