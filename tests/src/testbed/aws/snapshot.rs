//! What an account holds, as a value: to compare with another one, and to look for what should not be there.
//!
//! It is read by boto3 and says nothing about what was wanted.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// Everything that gateways can leave in an account. Equal when the accounts are, ids and all.
#[derive(Debug, Clone, PartialEq)]
pub struct Snapshot(Value);

/// Tag keys that tell whose a resource is.
const OWNED: &str = "elbv2.k8s.aws/cluster";
/// Kinds with the key of their names.
const KINDS: [(&str, &str); 3] =
    [("LoadBalancers", "LoadBalancerName"), ("TargetGroups", "TargetGroupName"), ("SecurityGroups", "GroupName")];

impl Snapshot {
    pub(super) fn new(answer: Value) -> Self {
        Self(answer)
    }

    /// `LoadBalancers` (with `Attributes`, `Tags`, `WebACL` and `Listeners`, these with `Certificates` and `Rules`),
    /// `TargetGroups` (with `Attributes`, `Tags` and `Targets`), `SecurityGroups`, `Addresses`, `EndpointServices`,
    /// `Protections`, and `Names` of all ids. What is inside has AWS's field names; tags and attributes are objects.
    pub fn raw(&self) -> &Value {
        &self.0
    }

    /// The same with names in place of ids, and lists in a fixed order: equal for accounts that only ids tell apart.
    pub fn named(&self) -> Value {
        let names: BTreeMap<&str, &str> =
            self.names().iter().filter_map(|(id, name)| Some((id.as_str(), name.as_str()?))).collect();
        let mut all = self.0.as_object().cloned().unwrap_or_default();
        all.remove("Names");
        rename(&Value::Object(all), &names)
    }

    /// What no finished run may leave: things that nothing uses, that are there twice, or that name what is gone.
    pub fn defects(&self) -> Vec<String> {
        let mut out = self.unused();
        out.extend(self.twice());
        out.extend(self.dangling());
        out
    }

    fn names(&self) -> &Map<String, Value> {
        self.0["Names"].as_object().expect("the server makes it an object")
    }

    fn list(&self, key: &str) -> impl Iterator<Item = &Value> {
        self.0[key].as_array().into_iter().flatten()
    }

    /// Target groups that nothing forwards to or that an ALB is missing from, and owned security groups of nothing.
    fn unused(&self) -> Vec<String> {
        let mut out = Vec::new();
        for group in self.list("TargetGroups") {
            let name = text(&group["TargetGroupName"]);
            if group["LoadBalancerArns"].as_array().is_none_or(Vec::is_empty) {
                out.push(format!("nothing forwards to target group {name}"));
            }
            let targets = group["Targets"].as_array().map_or(0, Vec::len);
            if group["TargetType"] == "alb" && targets != 1 {
                out.push(format!("target group {name} has {targets} load balancers"));
            }
        }
        for group in self.list("SecurityGroups").filter(|group| tags(group).contains_key(OWNED)) {
            let id = text(&group["GroupId"]);
            let others = self.list("SecurityGroups").filter(|other| other["GroupId"] != group["GroupId"]);
            if !self.list("LoadBalancers").chain(others).any(|thing| mentions(thing, id)) {
                out.push(format!("nothing uses security group {}", text(&group["GroupName"])));
            }
        }
        out
    }

    /// Two resources of a kind that say they are the same one.
    fn twice(&self) -> Vec<String> {
        let mut seen = BTreeMap::new();
        let mut out = Vec::new();
        for (kind, key) in KINDS {
            for thing in self.list(kind) {
                let mut tags = tags(thing);
                tags.retain(|key, _| key == OWNED || key.ends_with("/stack") || key.ends_with("/resource"));
                let name = text(&thing[key]);
                if tags.contains_key(OWNED)
                    && let Some(other) = seen.insert((kind, tags), name)
                {
                    out.push(format!("{kind} {other} and {name} have the same tags"));
                }
            }
        }
        out
    }

    /// Ids of load balancing and of security groups that are mentioned but don't exist.
    fn dangling(&self) -> Vec<String> {
        let mut ids = Vec::new();
        strings(&self.0, &mut |text| ids.push(text.to_owned()));
        ids.retain(|id| id.starts_with("arn:aws:elasticloadbalancing:") || id.starts_with("sg-"));
        ids.retain(|id| !self.names().contains_key(id));
        ids.sort();
        ids.dedup();
        ids.iter().map(|id| format!("{id} is mentioned but does not exist")).collect()
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// EC2 lists tags, the server makes the others objects.
fn tags(thing: &Value) -> BTreeMap<String, String> {
    let pair = |tag: &Value| (text(&tag["Key"]).to_owned(), text(&tag["Value"]).to_owned());
    match &thing["Tags"] {
        Value::Array(tags) => tags.iter().map(pair).collect(),
        Value::Object(tags) => tags.iter().map(|(key, value)| (key.clone(), text(value).to_owned())).collect(),
        _ => BTreeMap::new(),
    }
}

fn mentions(thing: &Value, id: &str) -> bool {
    let mut found = false;
    strings(thing, &mut |text| found |= text == id);
    found
}

fn strings(value: &Value, visit: &mut impl FnMut(&str)) {
    match value {
        Value::String(text) => visit(text),
        Value::Array(items) => items.iter().for_each(|item| strings(item, visit)),
        Value::Object(fields) => fields.values().for_each(|field| strings(field, visit)),
        _ => {}
    }
}

fn rename(value: &Value, names: &BTreeMap<&str, &str>) -> Value {
    match value {
        Value::String(text) => Value::from(*names.get(text.as_str()).unwrap_or(&text.as_str())),
        Value::Array(items) => {
            let mut items: Vec<Value> = items.iter().map(|item| rename(item, names)).collect();
            items.sort_by_cached_key(Value::to_string);
            Value::Array(items)
        }
        Value::Object(fields) => fields.iter().map(|(key, field)| (key.clone(), rename(field, names))).collect(),
        other => other.clone(),
    }
}
