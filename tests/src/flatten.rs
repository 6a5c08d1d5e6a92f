//! Takes manifests' indentation away, and writes objects in block style to have more to take away.
//!
//! It restores nothing.

use std::fmt::Write as _;

use serde_json::Value;

/// `text` with every line at the margin.
pub fn flattened(text: &str) -> String {
    text.lines().map(|line| format!("{}\n", line.trim_start())).collect()
}

/// `object` with every key and item on a line of its own, keys in alphabetical order, as `kubectl get -o yaml` has them.
pub fn block_style(object: &Value) -> String {
    let mut out = "---\n".to_owned();
    block(object, 0, &mut out);
    out
}

fn block(value: &Value, indent: usize, out: &mut String) {
    let pad = " ".repeat(indent);
    match value {
        Value::Object(map) => map.iter().for_each(|(key, value)| {
            let _ = write!(out, "{pad}{}:", plain(key));
            below(value, indent + 2, out);
        }),
        Value::Array(items) => items.iter().for_each(|item| {
            let _ = write!(out, "{pad}-");
            let mut inner = String::new();
            below(item, indent + 2, &mut inner);
            let _ = writeln!(out, " {}", inner.trim());
        }),
        _ => {}
    }
}

/// In quotes where it could be taken for something else.
fn plain(key: &str) -> String {
    let is_plain = key.len() > 3 && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"./-_".contains(&byte));
    if is_plain { key.to_owned() } else { Value::from(key).to_string() }
}

fn below(value: &Value, indent: usize, out: &mut String) {
    let is_flat = match value {
        Value::Object(map) => map.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => true,
    };
    if is_flat {
        let _ = writeln!(out, " {value}");
    } else {
        out.push('\n');
        block(value, indent, out);
    }
}
