//! Where the plans of two profiles part, and which deviations make the difference.
//!
//! It compares planned values and knows no deviation: a deviation is to blame if the value is another one without it.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value as Json;

use crate::fact::Environment;
use crate::manifest::Manifests;
use crate::model::Stack;
use crate::pipeline::{Options, run};
use crate::plan::Plan;
use crate::plan::document::resources;
use crate::profile::{DEVIATIONS, Profile};

#[cfg(test)]
mod tests;

/// With more routes than this nobody waits for the deviations: finding them takes a plan for each.
const MOST_ROUTES: usize = 200;

/// A value that the profiles plan differently.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "PlanDifference"))]
pub struct Difference {
    /// `ns/name`.
    pub gateway: String,
    /// Type and id as in the plan document; empty for the Gateway as a whole.
    pub resource: String,
    /// The field, as `healthCheckConfig.port`; empty for the resource as a whole.
    pub field: String,
    /// What `gwchain` plans, as text or JSON; `None` for nothing.
    pub gwchain: Option<String>,
    /// What `aws-lbc` plans.
    pub aws_lbc: Option<String>,
    /// Which deviations alone change it (docs/deviations.md).
    pub deviations: Vec<Deviation>,
}

/// A deviation by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Deviation {
    /// Its id.
    pub id: &'static str,
    /// What it does.
    pub summary: &'static str,
}

/// Gateway, resource and field.
type Key = (String, String, String);
type Values = BTreeMap<Key, String>;

/// All values that `gwchain` and `aws-lbc` plan differently, by Gateway, resource and field.
pub fn differences(manifests: &Manifests, environment: &Environment, options: Options) -> Vec<Difference> {
    let planned = |profile: Profile| values(manifests, environment, Options { profile, ..options });
    let (ours, theirs) = (planned(Profile::GWCHAIN), planned(Profile::AWS_LBC));
    let mut found: Vec<Difference> = parted(&ours, &theirs);
    if found.is_empty() || manifests.routes.len() > MOST_ROUTES {
        return found;
    }
    for (id, _, summary) in DEVIATIONS {
        let without = planned(Profile::GWCHAIN.without(id));
        for one in &mut found {
            let key = (one.gateway.clone(), one.resource.clone(), one.field.clone());
            if without.get(&key) != one.gwchain.as_ref() {
                one.deviations.push(Deviation { id, summary });
            }
        }
    }
    found
}

fn parted(ours: &Values, theirs: &Values) -> Vec<Difference> {
    let mut keys: Vec<&Key> = ours.keys().chain(theirs.keys().filter(|key| !ours.contains_key(key))).collect();
    keys.sort();
    let differ = |key: &Key| ours.get(key) != theirs.get(key);
    // What is said of a Gateway or resource as a whole is not said again of its parts.
    let is_told = |key: &Key| {
        let gateway = (key.0.clone(), String::new(), String::new());
        let resource = (key.0.clone(), key.1.clone(), String::new());
        (!key.1.is_empty() && differ(&gateway)) || (!key.2.is_empty() && differ(&resource))
    };
    keys.into_iter()
        .filter(|key| differ(key) && !is_told(key))
        .map(|key| Difference {
            gateway: key.0.clone(),
            resource: key.1.clone(),
            field: key.2.clone(),
            gwchain: ours.get(key).cloned(),
            aws_lbc: theirs.get(key).cloned(),
            deviations: Vec::new(),
        })
        .collect()
}

fn values(manifests: &Manifests, environment: &Environment, options: Options) -> Values {
    let pipeline = run(manifests, environment, options);
    let plan = Plan { manifests, pipeline: &pipeline, shown: None };
    let mut values = Values::new();
    for stack in plan.stacks() {
        values.insert((stack.id.to_string(), String::new(), String::new()), "planned".to_owned());
        of_stack(stack, &mut values);
    }
    for blocked in plan.blocked() {
        let text = format!("no load balancer: {}", blocked.message);
        values.insert((blocked.gateway, String::new(), String::new()), text);
    }
    values
}

fn of_stack(stack: &Stack, values: &mut Values) {
    for planned in resources(stack) {
        let resource = format!("{} {}", planned.spec.kind(), planned.id);
        let spec = serde_json::to_value(planned.spec).expect("every key of a spec is a string");
        values.insert((stack.id.to_string(), resource.clone(), String::new()), "planned".to_owned());
        for (name, value) in spec.as_object().into_iter().flatten() {
            of_field(&(stack.id.to_string(), resource.clone(), name.clone()), value, values);
        }
    }
}

/// Objects field by field; lists whole, as a list is read.
fn of_field(key: &Key, value: &Json, values: &mut Values) {
    match value {
        Json::Object(fields) if !fields.keys().any(|name| name == "pending" || name == "$ref") => {
            for (name, value) in fields {
                of_field(&(key.0.clone(), key.1.clone(), format!("{}.{name}", key.2)), value, values);
            }
        }
        Json::String(text) => {
            values.insert(key.clone(), text.clone());
        }
        value => {
            values.insert(key.clone(), value.to_string());
        }
    }
}
