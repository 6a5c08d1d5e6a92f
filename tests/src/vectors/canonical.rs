//! Puts a document into one order, so that equal plans have equal documents.
//!
//! It sorts what the reference emits at random and nothing else (vectors/README.md, last lines).

use serde_json::{Map, Value};

const SECURITY_GROUP: &str = "AWS::EC2::SecurityGroup";

/// `document` with sorted object keys, sorted security group permissions and sorted target group attributes.
pub fn canonical(document: &Value) -> Value {
    let mut document = sorted_keys(document);
    let gateways = document.get_mut("gateways").and_then(Value::as_array_mut);
    for gateway in gateways.into_iter().flatten() {
        if let Some(resources) = gateway.pointer_mut("/stack/resources").and_then(Value::as_object_mut) {
            sort_permissions(resources);
            for resource in resources.values_mut() {
                sort_attributes(resource);
            }
        }
    }
    document
}

fn sorted_keys(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let mut names: Vec<_> = fields.keys().collect();
            names.sort();
            Value::Object(names.into_iter().map(|name| (name.clone(), sorted_keys(&fields[name]))).collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(sorted_keys).collect()),
        scalar => scalar.clone(),
    }
}

fn sort_permissions(resources: &mut Map<String, Value>) {
    let groups = resources.get_mut(SECURITY_GROUP).and_then(Value::as_object_mut);
    for group in groups.into_iter().flat_map(Map::values_mut) {
        if let Some(permissions) = group.pointer_mut("/spec/ingress").and_then(Value::as_array_mut) {
            permissions.sort_by_cached_key(Value::to_string);
        }
    }
}

/// Attributes stand in target groups and, as a copy, nowhere else; nested resources are searched all the same.
fn sort_attributes(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                match field {
                    Value::Array(attributes) if name == "targetGroupAttributes" => {
                        attributes.sort_by_cached_key(|attribute| attribute["key"].to_string());
                    }
                    _ => sort_attributes(field),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(sort_attributes),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::canonical;
    use serde_json::json;

    #[test]
    fn sorts_only_what_the_reference_emits_at_random() {
        let document = |ingress, attributes, listeners| {
            json!({"gateways": [{"listeners": listeners, "stack": {"resources": {
                "AWS::EC2::SecurityGroup": {"a": {"spec": {"ingress": ingress}}},
                "AWS::ElasticLoadBalancingV2::TargetGroup": {"b": {"spec": {"targetGroupAttributes": attributes}}},
            }}}]})
        };
        let one =
            document(json!([{"fromPort": 1}, {"fromPort": 2}]), json!([{"key": "a"}, {"key": "b"}]), json!([1, 2]));
        let two =
            document(json!([{"fromPort": 2}, {"fromPort": 1}]), json!([{"key": "b"}, {"key": "a"}]), json!([1, 2]));
        let three =
            document(json!([{"fromPort": 1}, {"fromPort": 2}]), json!([{"key": "a"}, {"key": "b"}]), json!([2, 1]));
        assert_eq!(canonical(&one), canonical(&two));
        assert_ne!(canonical(&one), canonical(&three));
    }
}
