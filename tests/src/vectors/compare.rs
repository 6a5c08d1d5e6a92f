//! Compares two canonical documents: strictly, but for messages and error texts, which are counted.
//!
//! Whether a text is there at all is strict for errors, panics and requeues, and not for condition messages.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::Value;

/// Characters of a value that are shown.
const WIDTH: usize = 240;

/// Where two documents differ.
#[derive(Clone, Debug)]
pub struct Difference {
    /// Top-level section, with the part of the Gateway: `gateways.stack`.
    pub section: String,
    /// Path with the names of list items: `gateways[0 default/web].stack.id`.
    pub path: String,
    /// Expected value, `None` when it should not be there.
    pub expected: Option<Value>,
    /// Value found, `None` when it is not there.
    pub found: Option<Value>,
}

/// The result of a comparison.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// Strict differences, in document order.
    pub differences: Vec<Difference>,
    /// Texts compared.
    pub messages: usize,
    /// Texts that are equal.
    pub messages_equal: usize,
}

/// Compares `found` with `expected`.
pub fn compare(expected: &Value, found: &Value) -> Comparison {
    let mut walk = Walk { path: Vec::new(), out: Comparison::default() };
    walk.values(Some(expected), Some(found));
    walk.out
}

/// A step of a path: its plain name (`[]` for an item) and how it is shown.
struct Step {
    plain: String,
    shown: String,
}

struct Walk {
    path: Vec<Step>,
    out: Comparison,
}

enum Leaf {
    Strict,
    /// The text counts as a message; its presence is strict.
    Text,
    /// The text counts as a message; absent means empty.
    Message,
}

impl Walk {
    fn values(&mut self, expected: Option<&Value>, found: Option<&Value>) {
        match (self.leaf(), expected, found) {
            (Leaf::Message, _, _) => self.message(expected, found),
            (Leaf::Text, Some(a), Some(b)) if a.is_string() && b.is_string() => self.message(expected, found),
            (_, Some(Value::Object(a)), Some(Value::Object(b))) => {
                let names: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
                for name in names {
                    self.step(name.clone(), format!(".{name}"), |walk| walk.values(a.get(name), b.get(name)));
                }
            }
            (_, Some(Value::Array(a)), Some(Value::Array(b))) => self.items(a, b),
            (_, a, b) if a == b => {}
            _ => self.differ(expected, found),
        }
    }

    fn items(&mut self, expected: &[Value], found: &[Value]) {
        for index in 0..expected.len().max(found.len()) {
            let (a, b) = (expected.get(index), found.get(index));
            let shown = match a.or(b).and_then(label) {
                Some(label) => format!("[{index} {label}]"),
                None => format!("[{index}]"),
            };
            self.step("[]".to_owned(), shown, |walk| walk.values(a, b));
        }
    }

    fn step(&mut self, plain: String, shown: String, then: impl FnOnce(&mut Self)) {
        self.path.push(Step { plain, shown });
        then(self);
        self.path.pop();
    }

    fn message(&mut self, expected: Option<&Value>, found: Option<&Value>) {
        let text = |value: Option<&Value>| value.cloned().unwrap_or_else(|| Value::from(""));
        self.out.messages += 1;
        self.out.messages_equal += usize::from(text(expected) == text(found));
    }

    fn differ(&mut self, expected: Option<&Value>, found: Option<&Value>) {
        self.out.messages += expected.map_or(0, |value| self.texts(value));
        let path: String = self.path.iter().map(|step| step.shown.as_str()).collect();
        self.out.differences.push(Difference {
            section: self.section(),
            path: path.trim_start_matches('.').to_owned(),
            expected: expected.cloned(),
            found: found.cloned(),
        });
    }

    /// Texts below an expected value that has no counterpart: they count as not equal.
    fn texts(&mut self, value: &Value) -> usize {
        if !matches!(self.leaf(), Leaf::Strict) {
            return 1;
        }
        let mut count = 0;
        match value {
            Value::Object(fields) => {
                for (name, field) in fields {
                    self.step(name.clone(), String::new(), |walk| count += walk.texts(field));
                }
            }
            Value::Array(items) => {
                for item in items {
                    self.step("[]".to_owned(), String::new(), |walk| count += walk.texts(item));
                }
            }
            _ => {}
        }
        count
    }

    fn section(&self) -> String {
        let names = self.path.iter().map(|step| step.plain.as_str()).filter(|name| *name != "[]");
        let depth = if self.is_at("gateways") || self.is_at("routes") { 2 } else { 1 };
        names.take(depth).collect::<Vec<_>>().join(".")
    }

    fn is_at(&self, section: &str) -> bool {
        self.path.first().is_some_and(|step| step.plain == section)
    }

    fn leaf(&self) -> Leaf {
        let path: Vec<&str> = self.path.iter().map(|step| step.plain.as_str()).collect();
        match path.as_slice() {
            ["gateways", "[]", "stack", ..] => Leaf::Strict,
            ["gateways", "[]", "error" | "requeue"] | ["notes", "[]"] | ["rejected", "[]", "errors", "[]"] => {
                Leaf::Text
            }
            ["gateways", "[]", "routeUpdates", "[]", "message"]
            | ["listenerRuleConfigurations", "[]", "message"]
            | [.., "conditions", "[]", "message"] => Leaf::Message,
            _ => Leaf::Strict,
        }
    }
}

/// What names an item of a list: the reader need not count.
fn label(item: &Value) -> Option<String> {
    let text = |name: &str| item.get(name).and_then(Value::as_str);
    match (text("namespace"), text("name")) {
        (Some(namespace), Some(name)) => Some(format!("{namespace}/{name}")),
        (None, Some(name)) => Some(name.to_owned()),
        _ => ["type", "route", "parent", "object", "key"].into_iter().find_map(text).map(str::to_owned),
    }
}

impl Comparison {
    /// The sections that differ and the first `shown` differences.
    pub fn describe(&self, shown: usize) -> String {
        let sections: BTreeSet<&str> = self.differences.iter().map(|one| one.section.as_str()).collect();
        let mut out = format!("  differs: {}\n", sections.into_iter().collect::<Vec<_>>().join(", "));
        for one in self.differences.iter().take(shown) {
            let _ = writeln!(out, "  {}", one.path);
            let _ = writeln!(out, "    expected {}", display(one.expected.as_ref()));
            let _ = writeln!(out, "    found    {}", display(one.found.as_ref()));
        }
        if self.differences.len() > shown {
            let _ = writeln!(out, "  … and {} more", self.differences.len() - shown);
        }
        out
    }
}

fn display(value: Option<&Value>) -> String {
    let Some(value) = value else { return "nothing".to_owned() };
    let text = value.to_string();
    match text.char_indices().nth(WIDTH) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::compare;
    use serde_json::json;

    #[test]
    fn messages_are_counted_and_the_rest_is_strict() {
        let expected = json!({"gateways": [{"name": "web", "error": "a", "conditions": [
            {"type": "Accepted", "reason": "Invalid", "message": "x"}, {"type": "Programmed", "reason": "Invalid"}]}]});
        let same = compare(&expected, &expected);
        assert_eq!((same.differences.len(), same.messages, same.messages_equal), (0, 2, 2));

        let mut found = expected.clone();
        found["gateways"][0]["error"] = json!("b");
        found["gateways"][0]["conditions"][1]["message"] = json!("y");
        let texts = compare(&expected, &found);
        assert_eq!((texts.differences.len(), texts.messages, texts.messages_equal), (0, 3, 1));

        found["gateways"][0]["conditions"][0]["reason"] = json!("Accepted");
        let strict = compare(&expected, &found);
        assert_eq!(strict.differences[0].path, "gateways[0 web].conditions[0 Accepted].reason");
        assert_eq!(strict.differences[0].section, "gateways.conditions");
    }

    #[test]
    fn an_error_that_is_not_expected_is_a_difference() {
        let expected = json!({"gateways": [{"name": "web", "stack": {"message": "kept"}}]});
        let found = json!({"gateways": [{"name": "web", "error": "no", "stack": {"message": "lost"}}]});
        assert_eq!(compare(&expected, &found).differences.len(), 2);
        assert_eq!(compare(&found, &expected).differences.len(), 2);
    }

    #[test]
    fn texts_of_what_is_missing_count_as_different() {
        let expected =
            json!({"routes": [{"route": "a", "parents": [{"conditions": [{"type": "A", "message": "m"}]}]}]});
        let missing = compare(&expected, &json!({"routes": []}));
        assert_eq!((missing.differences.len(), missing.messages, missing.messages_equal), (1, 1, 0));
    }
}
