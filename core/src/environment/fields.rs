//! An environment file as a form shows it: its fields as they are written, and the file with other ones.
//!
//! What fields there may be is `fact`'s business.

use serde_json::Value;

use crate::diagnostic::{Edit, Fix, apply};
use crate::render::yaml;
use crate::source::{Entry, FileId, Map, Node, NodeValue, Span, parse};

/// The fields of an environment file as they are written; `None` when there are none, or the text can't be read.
pub fn fields(text: &str) -> Option<Value> {
    let parsed = parse(FileId(0), text);
    let root = &parsed.documents.first().filter(|_| parsed.problems.is_empty())?.root;
    root.as_map().map(|_| Value::from(root))
}

/// An environment file with `fields`, a map, in place of its own of the same names; null takes one out. What is as it
/// was, and all around it, keeps its layout and comments.
///
/// # Errors
///
/// Why the text can't be read.
pub fn with_fields(text: &str, fields: &Node) -> Result<String, String> {
    let given = fields.as_map().ok_or("expected a map of fields")?;
    let parsed = parse(FileId(0), text);
    if let Some(problem) = parsed.problems.first() {
        return Err(problem.message.clone());
    }
    let Some(document) = parsed.documents.first() else { return Ok(appended(text, &Map::default(), given)) };
    let own = document.root.as_map().ok_or("the environment is no map")?;
    let edited = if is_braced(text, &document.root) { None } else { edited(text, own, given) };
    Ok(edited.unwrap_or_else(|| rewritten(own, given)))
}

fn is_braced(text: &str, root: &Node) -> bool {
    text.get(root.span.start as usize..).is_none_or(|rest| rest.starts_with('{'))
}

/// `None` when entries share lines with something else.
fn edited(text: &str, own: &Map, given: &Map) -> Option<String> {
    let mut edits: Vec<Edit> = Vec::new();
    for field in given {
        let Some(entry) = own.entry(&field.key).filter(|entry| !is_same(entry, field)) else { continue };
        let span = span(text, entry)?;
        edits.push(if is_null(field) {
            Fix::without("", FileId(0), text, span)?.edits.pop()?
        } else {
            Edit { file: FileId(0), span, replacement: written([field]).trim_end().to_owned() }
        });
    }
    let edits: Vec<&Edit> = edits.iter().collect();
    Some(appended(&apply(FileId(0), text, &edits), own, given))
}

/// From the key to the last letter of the value.
fn span(text: &str, entry: &Entry) -> Option<Span> {
    let start = entry.key_span.start;
    let colon = entry.key_span.end + u32::try_from(text.get(entry.key_span.end as usize..)?.find(':')?).ok()? + 1;
    let whole = text.get(start as usize..entry.value.span.end.max(colon) as usize)?;
    Some(Span { start, end: start + u32::try_from(whole.trim_end().len()).ok()? })
}

/// `text` with what it lacks of `given` below.
fn appended(text: &str, own: &Map, given: &Map) -> String {
    let gap = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    let lacking = written(given.iter().filter(|field| own.entry(&field.key).is_none() && !is_null(field)));
    if lacking.is_empty() { text.to_owned() } else { format!("{text}{gap}{lacking}") }
}

fn rewritten(own: &Map, given: &Map) -> String {
    let mut all = own.clone();
    for field in given {
        all.insert(&field.key, field.value.clone());
    }
    written(all.iter().filter(|field| !is_null(field)))
}

fn written<'e>(fields: impl IntoIterator<Item = &'e Entry>) -> String {
    let mut map = Map::default();
    for field in fields {
        map.insert(&field.key, field.value.clone());
    }
    if map.is_empty() { String::new() } else { yaml::to_string(&Node { span: Span::NONE, value: NodeValue::Map(map) }) }
}

fn is_null(field: &Entry) -> bool {
    field.value.value == NodeValue::Null
}

fn is_same(one: &Entry, other: &Entry) -> bool {
    Value::from(&one.value) == Value::from(&other.value)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{fields, with_fields};

    const TEXT: &str = "# ours\nclusterName: prod # the name\n\n# two zones\nsubnets:\n- id: subnet-1\n  az: a\n# groups\nsecurityGroups:\n- id: sg-1\n";

    fn with(text: &str, given: Value) -> String {
        with_fields(text, &serde_json::from_value(given).expect("it is a node")).expect("the text is readable")
    }

    #[test]
    fn what_is_the_same_stays_as_it_is_written() {
        let same = json!({"clusterName": "prod", "subnets": [{"id": "subnet-1", "az": "a"}], "vpc": null});
        assert_eq!(with(TEXT, same), TEXT);
        assert_eq!(with("", json!({"vpc": null})), "");
    }

    #[test]
    fn fields_are_replaced_removed_and_added() {
        let changed = with(TEXT, json!({"clusterName": "test", "subnets": [{"id": "s: 2"}], "vpc": {"id": "vpc-1"}}));
        let expected = "# ours\nclusterName: test # the name\n\n# two zones\nsubnets:\n- id: \"s: 2\"\n# groups\nsecurityGroups:\n- id: \
                        sg-1\nvpc:\n  id: vpc-1\n";
        assert_eq!(changed, expected);
        let less = with(TEXT, json!({"clusterName": null, "subnets": null}));
        assert_eq!(less, "# ours\n\n# two zones\n# groups\nsecurityGroups:\n- id: sg-1\n");
        assert_eq!(with("clusterName:\nvpc: {id: a}", json!({"clusterName": "b"})), "clusterName: b\nvpc: {id: a}");
        assert_eq!(with("# nothing", json!({"certificates": []})), "# nothing\ncertificates: []\n");
    }

    #[test]
    fn json_becomes_yaml() {
        let text = "{\"clusterName\": \"a\", \"vpc\": {\"id\": \"vpc-1\", \"cidrs\": []}}";
        assert_eq!(with(text, json!({"clusterName": "b"})), "clusterName: b\nvpc:\n  id: vpc-1\n  cidrs: []\n");
    }

    #[test]
    fn what_cannot_be_read_is_told_and_has_no_fields() {
        let given = serde_json::from_value(json!({})).expect("it is a node");
        assert!(with_fields("a: [", &given).is_err() && with_fields("- a", &given).is_err());
        assert_eq!([fields(""), fields("- a"), fields("a: b\nc: [")], [None, None, None]);
        assert_eq!(fields("clusterName: a"), Some(json!({"clusterName": "a"})));
    }
}
