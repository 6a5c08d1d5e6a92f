//! Checks a document against a JSON Schema that uses the keywords listed here, and no other.
//!
//! It is no general validator: a keyword it doesn't know fails the check, so that none goes unchecked.

use serde_json::{Map, Value};

/// Words about a schema, not about the document.
const SILENT: [&str; 4] = ["$schema", "$defs", "title", "description"];

/// What is wrong with `document`, each with its place; nothing when it conforms to `schema`.
pub fn violations(schema: &Value, document: &Value) -> Vec<String> {
    let mut checker = Checker { root: schema, found: Vec::new() };
    checker.check(schema, document, "");
    checker.found
}

struct Checker<'s> {
    root: &'s Value,
    found: Vec<String>,
}

impl<'s> Checker<'s> {
    fn check(&mut self, schema: &'s Value, value: &Value, place: &str) {
        let Some(keywords) = schema.as_object() else { return self.add(place, "the schema is no object") };
        for (keyword, rule) in keywords {
            match keyword.as_str() {
                "$ref" => self.reference(rule, value, place),
                "type" => self.require(is_of_type(rule, value), place, &format!("is not of type {rule}")),
                "const" => self.require(rule == value, place, &format!("is not {rule}")),
                "enum" => self.require(listed(rule, value), place, &format!("{value} is none of {rule}")),
                "minimum" => self.require(
                    value.as_i64().is_none_or(|value| Some(value) >= rule.as_i64()),
                    place,
                    &format!("is less than {rule}"),
                ),
                "required" => self.required(rule, value, place),
                "properties" | "additionalProperties" => {}
                "items" => self.items(rule, value, place),
                "oneOf" => self.one_of(rule, value, place),
                silent if SILENT.contains(&silent) => {}
                unknown => self.add(place, &format!("the schema says {unknown}, which nobody checks")),
            }
        }
        self.properties(keywords, value, place);
    }

    fn add(&mut self, place: &str, text: &str) {
        self.found.push(format!("{place}: {text}"));
    }

    fn require(&mut self, holds: bool, place: &str, text: &str) {
        if !holds {
            self.add(place, text);
        }
    }

    fn reference(&mut self, rule: &Value, value: &Value, place: &str) {
        let pointer = rule.as_str().and_then(|reference| reference.strip_prefix('#'));
        match pointer.and_then(|pointer| self.root.pointer(pointer)) {
            Some(schema) => self.check(schema, value, place),
            None => self.add(place, &format!("the schema refers to {rule}, which it lacks")),
        }
    }

    fn required(&mut self, rule: &Value, value: &Value, place: &str) {
        for key in rule.as_array().into_iter().flatten().filter_map(Value::as_str) {
            self.require(value.get(key).is_some(), place, &format!("lacks {key}"));
        }
    }

    fn items(&mut self, rule: &'s Value, value: &Value, place: &str) {
        for (position, item) in value.as_array().into_iter().flatten().enumerate() {
            self.check(rule, item, &format!("{place}[{position}]"));
        }
    }

    fn properties(&mut self, keywords: &'s Map<String, Value>, value: &Value, place: &str) {
        let Some(map) = value.as_object() else { return };
        let known = keywords.get("properties");
        for (key, value) in map {
            let place = format!("{place}.{key}");
            match (known.and_then(|known| known.get(key)), keywords.get("additionalProperties")) {
                (Some(schema), _) => self.check(schema, value, &place),
                (None, Some(Value::Bool(false))) => self.add(&place, "is not in the schema"),
                (None, Some(schema)) => self.check(schema, value, &place),
                (None, None) => {}
            }
        }
    }

    fn one_of(&mut self, rule: &'s Value, value: &Value, place: &str) {
        let fits = |schema: &&'s Value| {
            let mut branch = Checker { root: self.root, found: Vec::new() };
            branch.check(schema, value, place);
            branch.found.is_empty()
        };
        let fitting = rule.as_array().into_iter().flatten().filter(fits).count();
        self.require(fitting == 1, place, &format!("fits {fitting} of the alternatives: {value}"));
    }
}

fn listed(rule: &Value, value: &Value) -> bool {
    rule.as_array().is_some_and(|list| list.contains(value))
}

fn is_of_type(rule: &Value, value: &Value) -> bool {
    match rule.as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some("number") => value.is_number(),
        Some("boolean") => value.is_boolean(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::violations;
    use serde_json::json;

    #[test]
    fn finds_what_does_not_conform() {
        let schema = json!({
            "type": "object", "additionalProperties": false, "required": ["a"],
            "properties": {"a": {"$ref": "#/$defs/n"}, "b": {"type": "array", "items": {"enum": ["x"]}}},
            "$defs": {"n": {"type": "integer", "minimum": 1}},
        });
        assert_eq!(violations(&schema, &json!({"a": 1, "b": ["x"]})), [""; 0]);
        for wrong in
            [json!({}), json!({"a": 0}), json!({"a": "1"}), json!({"a": 1, "c": 1}), json!({"a": 1, "b": ["y"]})]
        {
            assert_eq!(violations(&schema, &wrong).len(), 1, "{wrong}");
        }
        assert_eq!(violations(&json!({"pattern": "a"}), &json!("a")).len(), 1);
    }
}
