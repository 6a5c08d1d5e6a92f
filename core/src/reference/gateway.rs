//! The part of the vectors' document about one Gateway of ours.
//!
//! How sections are put together is in `reference`.

use serde_json::{Map, Value as Json, json};

use crate::id::Text;
use crate::model::{Stack, Value};
use crate::pipeline::{Built, Deployment, Failure, is_dry_run};
use crate::plan::stack_json;
use crate::resolve::gateway::GatewayNode;
use crate::resolve::listeners::{Listener, ListenerOwner};
use crate::status::{gateway, route};

pub(super) struct Report<'d, 'm> {
    pub(super) node: &'d GatewayNode<'m>,
    pub(super) built: &'d Built<'m>,
    pub(super) gate: bool,
}

impl Report<'_, '_> {
    pub(super) fn fill(&self, out: &mut Map<String, Json>) {
        let mut add = |key: &str, value: Json| {
            out.insert(key.to_owned(), value);
        };
        add("class", json!(self.node.lb_type));
        add("conditions", json!(gateway::conditions(self.node, self.built)));
        self.outcome(&mut add);
        self.deployed(&mut add);
        self.loading(&mut add);
        if let Ok(stack) = &self.built.result {
            add("stack", stack_json::to_value(stack));
            self.hidden(stack, &mut add);
        }
    }

    fn outcome(&self, add: &mut impl FnMut(&str, Json)) {
        match (&self.built.result, &self.built.deployment) {
            (Err(failure), _) => {
                add("error", json!(failure.message()));
                if matches!(failure, Failure::Panic) {
                    add("panic", json!(true));
                }
            }
            (Ok(_), Deployment::Failed(error)) => add("error", json!(error)),
            (Ok(_), Deployment::Pending(_)) => {
                add("requeue", json!("requeue needed after 2m0s: Monitoring provisioning state"));
            }
            (Ok(_), Deployment::None) if is_dry_run(self.node) => add("dryRunPlanEqualsStack", json!(true)),
            (Ok(_), Deployment::None | Deployment::Active(_)) => {}
        }
    }

    fn deployed(&self, add: &mut impl FnMut(&str, Json)) {
        let (Deployment::Active(found) | Deployment::Pending(found)) = &self.built.deployment else {
            add("listeners", json!([]));
            return;
        };
        add("listeners", json!(gateway::listeners(self.node, self.built)));
        add("addresses", json!([found.dns_name.to_lowercase()]));
        if self.gate {
            let sets = self.node.sets.accepted.iter().enumerate();
            let with_valid = sets.filter(|(position, _)| {
                let owner = ListenerOwner::Set(*position);
                self.node.valid_listeners().any(|listener| listener.owner == owner)
            });
            add("attachedListenerSets", json!(with_valid.count()));
        }
    }

    fn loading(&self, add: &mut impl FnMut(&str, Json)) {
        let Some(loaded) = &self.built.loaded else {
            add("routeUpdates", json!([]));
            return;
        };
        let mut updates: Vec<(String, String, Json)> = Vec::new();
        for update in &loaded.updates {
            let route = loaded.routes[update.route].route();
            let (label, parent) = (route.describe(), route::parent_label(&route.spec.parent_refs[update.parent]));
            let value = json!({
                "route": label, "parent": parent, "accepted": update.accepted,
                "resolvedRefs": update.resolved_refs, "reason": update.reason, "message": update.message,
            });
            updates.push((label, parent, value));
        }
        updates.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
        add("routeUpdates", updates.into_iter().map(|(.., value)| value).collect());
        if loaded.error.is_some() {
            return;
        }
        let mut ports = Map::new();
        for (port, routes) in &loaded.ports {
            let mut names: Vec<String> =
                routes.iter().map(|entry| loaded.routes[entry.route].route().describe()).collect();
            names.sort();
            ports.insert(port.to_string(), json!(names));
        }
        if !ports.is_empty() {
            add("routesByPort", Json::Object(ports));
        }
        let listener = |listener: &Listener<'_>| {
            format!("{} {}:{}", listener.spec.name, listener.spec.protocol, listener.spec.port)
        };
        let mut valid: Vec<String> = self.node.valid_listeners().map(listener).collect();
        valid.sort();
        if !valid.is_empty() {
            add("attachedListeners", json!(valid));
        }
        let rejected: Vec<String> = self.node.sets.rejected.iter().map(|set| set.meta.id.to_string()).collect();
        if !rejected.is_empty() && self.gate {
            add("rejectedListenerSets", json!(rejected));
        }
    }

    fn hidden(&self, stack: &Stack, add: &mut impl FnMut(&str, Json)) {
        let mut hidden = Map::new();
        let mut certificates = Map::new();
        for listener in &stack.listeners {
            let arns: Vec<&str> = listener.spec.certificates.iter().filter_map(|found| arn(&found.arn)).collect();
            if !arns.is_empty() {
                certificates.insert(listener.id.to_string(), json!(arns));
            }
        }
        if !certificates.is_empty() {
            hidden.insert("certificates".to_owned(), Json::Object(certificates));
        }
        let oidc: Map<String, Json> = self.built.hidden_oidc.iter().map(credentials).collect();
        if !oidc.is_empty() {
            hidden.insert("oidc".to_owned(), Json::Object(oidc));
        }
        if !hidden.is_empty() {
            add("hidden", Json::Object(hidden));
        }
    }
}

fn credentials((rule, (id, secret)): &(Text, (Text, Text))) -> (String, Json) {
    (rule.to_string(), json!({"clientID": &**id, "clientSecret": &**secret}))
}

fn arn(value: &Value) -> Option<&str> {
    match value {
        Value::Known(arn) | Value::HiddenCertificate(arn) => Some(arn),
        _ => None,
    }
}
