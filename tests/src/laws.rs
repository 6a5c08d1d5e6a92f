//! Laws that every plan keeps, whatever the manifests: references lead to resources, and chains end.
//!
//! It knows the stack JSON's references, not what a resource means.

use std::collections::BTreeMap;

use gwchain_core::model::Stack;
use gwchain_core::pipeline::Pipeline;
use gwchain_core::plan::stack_json;
use serde_json::Value as Json;

/// How the reference writes a certificate that it hides.
const HIDDEN: &str = "#/resources///status/certificateARN";

/// Stack JSON by stack id.
type Stacks = BTreeMap<String, Json>;

/// What is wrong with the stacks of `pipeline`.
pub fn broken(pipeline: &Pipeline<'_>) -> Vec<String> {
    let ordered = pipeline.stacks();
    let stacks: Stacks = ordered.iter().map(|stack| (stack.id.to_string(), stack_json::to_value(stack))).collect();
    let mut found = Vec::new();
    for (id, stack) in &stacks {
        let mut references = Vec::new();
        collect(stack, &mut references);
        let is_hidden = |reference: &str| reference == HIDDEN && !pipeline.options.profile.certificates_shown;
        for reference in references.into_iter().filter(|reference| !is_hidden(reference)) {
            if !leads_somewhere(reference, id, &stacks) {
                found.push(format!("stack {id}: {reference} leads nowhere"));
            }
        }
    }
    order(&ordered, &mut found);
    found
}

fn collect<'j>(value: &'j Json, out: &mut Vec<&'j str>) {
    match value {
        Json::Array(items) => items.iter().for_each(|item| collect(item, out)),
        Json::Object(map) => {
            out.extend(map.get("$ref").and_then(Json::as_str));
            map.values().for_each(|value| collect(value, out));
        }
        _ => {}
    }
}

/// `[<ns>/<name>]#/resources/<type>/<id>/status/<attribute>`; an id may hold slashes, a type may not.
fn leads_somewhere(reference: &str, own: &str, stacks: &Stacks) -> bool {
    let Some((stack, path)) = reference.split_once('#') else { return false };
    let stack = stacks.get(if stack.is_empty() { own } else { stack });
    let resource = path.strip_prefix("/resources/").and_then(|path| path.rsplit_once("/status/"));
    let Some((kind, id)) = resource.and_then(|(resource, _)| resource.split_once('/')) else { return false };
    stack.is_some_and(|stack| stack["resources"][kind].get(id).is_some())
}

/// A stack comes after those it depends on, so there is no circle either.
fn order(ordered: &[&Stack], found: &mut Vec<String>) {
    for (position, stack) in ordered.iter().enumerate() {
        for needed in &stack.depends_on {
            if !ordered[..position].iter().any(|earlier| earlier.id == *needed) {
                found.push(format!("stack {} depends on {needed}, which does not come before it", stack.id));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Stacks, leads_somewhere};
    use serde_json::json;

    #[test]
    fn references_are_followed() {
        let stack = json!({"resources": {"A::B": {"x/y:1": {}}}});
        let stacks = Stacks::from([("ns/one".to_owned(), stack)]);
        assert!(leads_somewhere("#/resources/A::B/x/y:1/status/arn", "ns/one", &stacks));
        assert!(leads_somewhere("ns/one#/resources/A::B/x/y:1/status/arn", "ns/two", &stacks));
        for reference in [
            "#/resources/A::B/x/status/arn",
            "#/resources/A::C/x/y:1/status/arn",
            "ns/two#/resources/A::B/x/y:1/status/arn",
            "x",
        ] {
            assert!(!leads_somewhere(reference, "ns/one", &stacks), "{reference}");
        }
    }
}
