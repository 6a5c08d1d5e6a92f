//! Changes manifests into ones that nobody would write: a deterministic function of a few numbers.
//!
//! It does not know any kind; what it borrows, it borrows from the objects themselves.

use serde_json::{Map, Value as Json, json};

/// One change: which object, which place in it, and which change with which value.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// Chooses the object.
    pub object: u32,
    /// Chooses the place, and the object to borrow from.
    pub place: u32,
    /// Chooses the change.
    pub change: u32,
}

/// Kinds that an object can be turned into.
const KINDS: &[(&str, &str)] = &[
    ("gateway.networking.k8s.io/v1", "GatewayClass"),
    ("gateway.networking.k8s.io/v1", "Gateway"),
    ("gateway.networking.k8s.io/v1", "ListenerSet"),
    ("gateway.networking.k8s.io/v1", "HTTPRoute"),
    ("gateway.networking.k8s.io/v1", "GRPCRoute"),
    ("gateway.networking.k8s.io/v1", "TLSRoute"),
    ("gateway.networking.k8s.io/v1alpha2", "TCPRoute"),
    ("gateway.networking.k8s.io/v1alpha2", "UDPRoute"),
    ("gateway.networking.k8s.io/v1beta1", "ReferenceGrant"),
    ("gateway.k8s.aws/v1beta1", "LoadBalancerConfiguration"),
    ("gateway.k8s.aws/v1beta1", "TargetGroupConfiguration"),
    ("gateway.k8s.aws/v1beta1", "ListenerRuleConfiguration"),
    ("v1", "Service"),
    ("v1", "Namespace"),
    ("v1", "Secret"),
];

/// Applies the steps one after the other.
pub fn mutate(objects: &mut Vec<Json>, steps: &[Step]) {
    for step in steps {
        if let Some(target) = chosen(objects.len(), step.object) {
            apply(objects, target, *step);
        }
    }
}

fn chosen(length: usize, number: u32) -> Option<usize> {
    (number as usize).checked_rem(length)
}

fn apply(objects: &mut Vec<Json>, target: usize, step: Step) {
    let (change, detail) = (step.change % 16, step.change / 16);
    match change {
        0 => drop(objects.remove(target)),
        1 => objects.push(objects[target].clone()),
        2 => set_kind(&mut objects[target], detail),
        3 => rename(&mut objects[target], step.place),
        4 => swap_spec(objects, target, step.place),
        _ => change_value(objects, target, step, change, detail),
    }
}

fn set_kind(object: &mut Json, detail: u32) {
    let (version, kind) = KINDS[detail as usize % KINDS.len()];
    set(object, "apiVersion", json!(version));
    set(object, "kind", json!(kind));
}

/// Earlier steps may have left something that is no object.
fn set(object: &mut Json, key: &str, value: Json) {
    if let Some(map) = object.as_object_mut() {
        map.insert(key.to_owned(), value);
    }
}

/// A second object like the first, under another name.
fn rename(object: &mut Json, place: u32) {
    let key = if place.is_multiple_of(2) { "name" } else { "namespace" };
    if let Some(meta) = object.get_mut("metadata") {
        set(meta, key, json!(format!("other-{}", place % 3)));
    }
}

fn swap_spec(objects: &mut [Json], target: usize, place: u32) {
    let Some(other) = chosen(objects.len(), place) else { return };
    let spec = objects[other].get("spec").cloned().unwrap_or(Json::Null);
    set(&mut objects[target], "spec", spec);
}

fn change_value(objects: &mut [Json], target: usize, step: Step, change: u32, detail: u32) {
    let donor = chosen(objects.len(), detail).map(|donor| &objects[donor]).and_then(|donor| borrowed(donor, detail));
    let places = count(&objects[target]);
    let Some(mut place) = chosen(places, step.place) else { return };
    let Some(value) = nth(&mut objects[target], &mut place) else { return };
    match (change, value) {
        (5 | 6, Json::Object(map)) => remove(map, detail),
        (5 | 6, Json::Array(items)) => drop(chosen(items.len(), detail).map(|at| items.remove(at))),
        (7, Json::Array(items)) => items.extend(chosen(items.len(), detail).map(|at| items[at].clone())),
        (8, Json::Array(items)) => items.reverse(),
        (9, Json::Array(items)) => items.clear(),
        (10, value) => *value = donor.unwrap_or(Json::Null),
        (_, value) => *value = boundary(value, detail),
    }
}

fn remove(map: &mut Map<String, Json>, detail: u32) {
    let key = chosen(map.len(), detail).and_then(|at| map.keys().nth(at).cloned());
    if let Some(key) = key {
        map.remove(&key);
    }
}

/// A value of another object, so that what is retargeted may well exist.
fn borrowed(donor: &Json, detail: u32) -> Option<Json> {
    let mut donor = donor.clone();
    let mut place = chosen(count(&donor), detail / 7)?;
    nth(&mut donor, &mut place).cloned()
}

/// Values inside `value`, itself included; identity at the top is left to the other changes.
fn count(value: &Json) -> usize {
    1 + match value {
        Json::Array(items) => items.iter().map(count).sum(),
        Json::Object(map) => map.values().map(count).sum::<usize>(),
        _ => 0,
    }
}

fn nth<'j>(value: &'j mut Json, place: &mut usize) -> Option<&'j mut Json> {
    if *place == 0 {
        return Some(value);
    }
    *place -= 1;
    match value {
        Json::Array(items) => items.iter_mut().find_map(|item| nth(item, place)),
        Json::Object(map) => map.values_mut().find_map(|value| nth(value, place)),
        _ => None,
    }
}

/// A value at the edge of what the old one's type allows, or of another type.
fn boundary(old: &Json, detail: u32) -> Json {
    const NUMBERS: &[i64] = &[0, 1, -1, 80, 443, 999, 1000, 65_535, 65_536, i32::MAX as i64, i64::MAX, i64::MIN];
    const TEXTS: &[&str] = &[
        "",
        "*",
        "-",
        "a",
        "HTTP",
        "HTTPS",
        "TLS",
        "TCP",
        "UDP",
        "QUIC",
        "Gateway",
        "Service",
        "Same",
        "All",
        "Selector",
        "*.example.com",
        "example.com",
        "/",
        "/a/",
        "(",
        "[a-",
        "arn:aws:acm:x:y:certificate/z",
        "ip",
        "instance",
        "0.0.0.0/0",
        "::/0",
        "10.0.0.0/33",
        "traffic-port",
        "HTTPS:443",
        "TCP:0",
        "é\u{0}",
        "*?\\",
        "default",
        "kubernetes.io/metadata.name",
        "9223372036854775808",
        "1h",
        "10GB",
        "Passthrough",
        "RegularExpression",
    ];
    let at = detail as usize;
    match (old, at % 8) {
        (_, 7) => [json!(null), json!({}), json!([]), json!(true), json!("x"), json!(1.5)][at / 8 % 6].clone(),
        (_, 6) => json!("x".repeat([63, 64, 253, 254, 4096][at / 8 % 5])),
        (Json::Number(_), _) => json!(NUMBERS[at / 8 % NUMBERS.len()]),
        (Json::Bool(truth), _) => json!(!truth),
        (Json::String(_), _) => json!(TEXTS[at / 8 % TEXTS.len()]),
        (Json::Array(items), _) => json!(items.iter().cycle().take(items.len() * 40).collect::<Vec<_>>()),
        (other, _) => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Step, mutate};
    use serde_json::json;

    #[test]
    fn every_change_is_made_and_none_panics() {
        let objects = vec![
            json!({"kind": "A", "metadata": {"name": "a"}, "spec": {"list": [1, "x", {}], "on": true}}),
            json!(null),
        ];
        let mut seen = std::collections::BTreeSet::new();
        for change in 0..4096 {
            let mut changed = objects.clone();
            mutate(&mut changed, &[Step { object: change % 3, place: change / 5, change }]);
            seen.insert(json!(changed).to_string());
        }
        assert!(seen.len() > 100, "{} different results", seen.len());
    }

    #[test]
    fn nothing_can_be_changed_in_nothing() {
        let mut objects = Vec::new();
        mutate(&mut objects, &[Step { object: 0, place: 0, change: 1 }]);
        assert!(objects.is_empty());
    }
}
