//! The document in which the vectors say what the reference makes of manifests.
//!
//! It reports; every value was decided before. The deployment behind it is simulated (vectors/README.md).

use serde_json::{Map, Value as Json, json};

use crate::admission::Mode;
use crate::fact::{AdmissionMode, Environment, GatewayApiChannel};
use crate::manifest::gateway::Gateway;
use crate::manifest::route::Route;
use crate::manifest::{Manifests, ReadOptions, SourceFile, read};
use crate::model::{Stack, Value};
use crate::pipeline::{Built, Deployment, Options, Pipeline, is_dry_run, run};
use crate::plan::stack_json;
use crate::profile::Profile;
use crate::resolve::gateway::GatewayNode;
use crate::status::{Condition, gateway, initial, listener_set, route};
use crate::{environment, id::RouteKind};

/// The document for one text and environment, as the runner of the vectors asks for it.
pub fn document(manifests: &str, environment_text: Option<&str>) -> Result<Json, String> {
    let environment = environment_text.map(environment::parse).transpose()?.unwrap_or_default();
    let files = vec![SourceFile { name: "input.yaml".to_owned(), text: manifests.to_owned() }];
    Ok(of_files(files, environment, Profile::AWS_LBC))
}

/// The document for `files` under `profile`.
pub fn of_files(files: Vec<SourceFile>, environment: Environment, profile: Profile) -> Json {
    let environment = environment.simulated();
    let manifests = read(files, &read_options(&environment, profile));
    let options = Options { profile, complete: true, simulate: true };
    let pipeline = run(&manifests, &environment, options);
    Document { manifests: &manifests, pipeline: &pipeline }.build()
}

/// How the environment wants manifests to be read.
pub fn read_options(environment: &Environment, profile: Profile) -> ReadOptions {
    let mode = match environment.admission {
        None | Some(AdmissionMode::Enforce | AdmissionMode::Report) => Mode::Enforce,
        Some(AdmissionMode::Off) => Mode::DefaultOnly,
        Some(AdmissionMode::None) if profile.defaults_always => Mode::DefaultOnly,
        Some(AdmissionMode::None) => Mode::Nothing,
    };
    ReadOptions {
        mode,
        keep_refused: environment.admission == Some(AdmissionMode::Report),
        served_only: environment.admission != Some(AdmissionMode::None)
            && environment.gateway_api_channel != Some(GatewayApiChannel::Experimental),
        simulate: true,
        ..ReadOptions::default()
    }
}

struct Document<'d, 'm> {
    manifests: &'m Manifests,
    pipeline: &'d Pipeline<'m>,
}

impl Document<'_, '_> {
    fn build(&self) -> Json {
        let mut out = Map::new();
        let mut add = |key: &str, list: Vec<Json>| {
            if !list.is_empty() {
                out.insert(key.to_owned(), Json::Array(list));
            }
        };
        add("rejected", self.rejected());
        add("notes", self.notes());
        add("gatewayClasses", self.classes());
        add("listenerRuleConfigurations", self.rule_configurations());
        add("listenerSets", self.listener_sets());
        add("routes", self.routes());
        let gateways = self.manifests.gateways.iter().map(|gateway| self.gateway(gateway)).collect();
        out.insert("gateways".to_owned(), Json::Array(gateways));
        Json::Object(out)
    }

    fn rejected(&self) -> Vec<Json> {
        let rejected =
            |rejected: &crate::manifest::Rejected| json!({"object": rejected.object, "errors": rejected.errors});
        self.manifests.rejected.iter().map(rejected).collect()
    }

    fn notes(&self) -> Vec<Json> {
        let mut notes = Vec::new();
        for class in &self.manifests.gateway_classes {
            let error = self.pipeline.resolver.class_status(class).and_then(|status| status.error.as_ref());
            notes.extend(error.map(|error| json!(format!("GatewayClass {}: {error}", class.meta.name()))));
        }
        let resolver = &self.pipeline.resolver;
        if resolver.environment.run_listener_rule_configuration_controller != Some(false) {
            for configuration in &self.manifests.listener_rule_configurations {
                if crate::status::rule_config::missing_secret(&resolver.index, configuration).is_some() {
                    let text = "requeue needed after 30s: Required secret not yet available";
                    notes.push(json!(format!("ListenerRuleConfiguration {}: {text}", configuration.meta.id)));
                }
            }
        }
        notes
    }

    fn classes(&self) -> Vec<Json> {
        let class = |class: &crate::manifest::gateway::GatewayClass| {
            let status = self.pipeline.resolver.class_status(class);
            json!({
                "name": &**class.meta.name(),
                "controller": &*class.spec.controller_name,
                "conditions": sorted(status.map(|status| status.conditions.clone()).unwrap_or_default()),
            })
        };
        self.manifests.gateway_classes.iter().map(class).collect()
    }

    fn rule_configurations(&self) -> Vec<Json> {
        let one = |configuration| {
            let status = self.pipeline.resolver.rule_configuration_status(configuration);
            let mut out = json!({"name": configuration.meta.id.to_string(), "accepted": status.accepted});
            if let Some(message) = status.message {
                out["message"] = json!(message);
            }
            out
        };
        self.manifests.listener_rule_configurations.iter().map(one).collect()
    }

    fn listener_sets(&self) -> Vec<Json> {
        let one = |set: &crate::manifest::gateway::ListenerSet| {
            let status = listener_set::status(self.pipeline, set);
            json!({
                "name": set.meta.id.to_string(),
                "conditions": sorted(status.conditions),
                "listeners": status.listeners,
            })
        };
        self.manifests.listener_sets.iter().map(one).collect()
    }

    fn routes(&self) -> Vec<Json> {
        let all = route::parents(self.pipeline);
        let kinds = [RouteKind::Http, RouteKind::Grpc, RouteKind::Tcp, RouteKind::Udp, RouteKind::Tls];
        let of_kind = |kind| self.manifests.routes.iter().filter(move |route| route.kind == kind);
        let one = |found: &Route| {
            let parents = all.get(&found.meta.object).into_iter().flatten().map(|(position, conditions)| {
                json!({
                    "parent": route::parent_label(&found.spec.parent_refs[*position]),
                    "controller": found.kind.controller(),
                    "conditions": sorted(conditions.clone()),
                })
            });
            json!({"route": found.describe(), "parents": parents.collect::<Vec<_>>()})
        };
        kinds.into_iter().flat_map(of_kind).map(one).collect()
    }

    fn gateway(&self, gateway: &Gateway) -> Json {
        let mut out = Map::new();
        out.insert("namespace".to_owned(), json!(&**gateway.meta.namespace()));
        out.insert("name".to_owned(), json!(&**gateway.meta.name()));
        let ours = self.pipeline.gateways().find(|(node, _)| std::ptr::eq(node.gateway, gateway));
        match ours {
            Some((node, built)) => Report { node, built, gate: self.listener_set_gate() }.fill(&mut out),
            None => {
                out.insert("class".to_owned(), json!(""));
                let conditions = initial(&gateway.status);
                out.insert("conditions".to_owned(), json!(sorted(conditions)));
                out.insert("listeners".to_owned(), json!([]));
                out.insert("routeUpdates".to_owned(), json!([]));
            }
        }
        Json::Object(out)
    }

    fn listener_set_gate(&self) -> bool {
        self.pipeline.resolver.environment.gate("GatewayListenerSet")
    }
}

fn sorted(mut conditions: Vec<Condition>) -> Vec<Condition> {
    conditions.sort_by(|a, b| a.kind.cmp(&b.kind));
    conditions
}

struct Report<'d, 'm> {
    node: &'d GatewayNode<'m>,
    built: &'d Built<'m>,
    gate: bool,
}

impl Report<'_, '_> {
    fn fill(&self, out: &mut Map<String, Json>) {
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
                if matches!(failure, crate::pipeline::Failure::Panic) {
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
                let owner = crate::resolve::listeners::ListenerOwner::Set(*position);
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
        let listener = |listener: &crate::resolve::listeners::Listener<'_>| {
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

fn credentials((rule, (id, secret)): &(crate::id::Text, (crate::id::Text, crate::id::Text))) -> (String, Json) {
    (rule.to_string(), json!({"clientID": &**id, "clientSecret": &**secret}))
}

fn arn(value: &Value) -> Option<&str> {
    match value {
        Value::Known(arn) | Value::HiddenCertificate(arn) => Some(arn),
        _ => None,
    }
}
