//! Plain scalars as kubectl reads them.

use super::*;

fn scalar(text: &str) -> Value {
    values(&format!("a: {text}\n"))[0]["a"].clone()
}

#[test]
fn booleans_and_null() {
    for text in ["y", "Y", "yes", "Yes", "YES", "on", "On", "ON", "true", "True", "TRUE"] {
        assert_eq!(scalar(text), json!(true), "{text}");
    }
    for text in ["n", "N", "no", "No", "NO", "off", "Off", "OFF", "false", "False", "FALSE"] {
        assert_eq!(scalar(text), json!(false), "{text}");
    }
    for text in ["", "~", "null", "Null", "NULL"] {
        assert_eq!(scalar(text), json!(null), "{text}");
    }
    for text in ["yES", "oN", "tRUE", "nULL", "'yes'", "\"~\"", "yes sir"] {
        assert!(scalar(text).is_string(), "{text}");
    }
}

#[test]
fn numbers() {
    let integers = [
        ("0", 0),
        ("-0", 0),
        ("+7", 7),
        ("017", 15),
        ("0o17", 15),
        ("-017", -15),
        ("0x1F", 31),
        ("-0x1f", -31),
        ("0b101", 5),
        ("-0b101", -5),
        ("1_000", 1000),
        ("1_", 1),
        ("08", 8),
        ("80.0", 80),
        ("1e3", 1000),
        ("5.", 5),
        ("9223372036854775807", i64::MAX),
        ("-9223372036854775808", i64::MIN),
    ];
    for (text, number) in integers {
        assert_eq!(scalar(text), json!(number), "{text}");
    }
    for (text, number) in
        [("1.5", 1.5), (".5", 0.5), ("-.5e1", -5.0), ("9223372036854775808", 9223372036854775808.0), ("1e30", 1e30)]
    {
        assert_eq!(scalar(text).as_f64(), Some(number), "{text}");
    }
    for text in [
        "0x",
        "0xg",
        "1.2.3",
        "10.0.0.0/8",
        "1e",
        "+",
        "--",
        "e5",
        "1:30",
        "2001-12-14",
        "_1",
        "1e999",
        "+inf",
        "0b2",
        ".",
    ] {
        assert_eq!(scalar(text), json!(text), "{text}");
    }
    assert_eq!(scalar("2024-01-01T00:00:00Z"), json!("2024-01-01T00:00:00Z"));
}

#[test]
fn tags() {
    let text = "[!!str 5, !!int '5', !!float 5, !!bool yes, !!null ~, ! 5, !foo 5, !!str yes]";
    assert_eq!(scalar(text), json!(["5", 5, 5, true, null, "5", "5", "yes"]));
    assert_eq!(codes("a: !!int x\n"), [ProblemCode::UnsupportedValue]);
}

#[test]
fn what_json_cannot_say() {
    for text in [".nan", ".inf", "-.INF", "+.Inf"] {
        assert_eq!(codes(&format!("a: {text}\n")), [ProblemCode::UnsupportedValue], "{text}");
    }
    for key in ["~", "", "? [a]\n", "? {a: b}\n"] {
        assert_eq!(codes(&format!("{key}: 1\n")), [ProblemCode::UnsupportedKey], "{key}");
    }
}

#[test]
fn keys_become_text() {
    assert_eq!(
        values("on: 1\n80: 2\n1.5: 3\n'y': 4\n017: 5\n"),
        [json!({"true": 1, "80": 2, "1.5": 3, "y": 4, "15": 5})]
    );
}

#[test]
fn block_scalars_are_text() {
    assert_eq!(values("a: |\n  5\nb: >-\n  yes\n  no\n"), [json!({"a": "5\n", "b": "yes no"})]);
}
