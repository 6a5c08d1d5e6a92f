//! The document in which the vectors say what the reference makes of manifests.
//!
//! It reports; every value was decided before. The deployment behind it is simulated (vectors/README.md).

mod gateway;

use serde_json::{Map, Value as Json, json};

use crate::admission::Mode;
use crate::fact::{AdmissionMode, Environment, GatewayApiChannel};
use crate::manifest::gateway::Gateway;
use crate::manifest::route::Route;
use crate::manifest::{Manifests, ReadOptions, SourceFile, read};
use crate::pipeline::{Options, Pipeline, run};
use crate::profile::Profile;
use crate::status::{Condition, initial, listener_set, route};
use crate::{environment, id::RouteKind};

use gateway::Report;

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
        None | Some(AdmissionMode::Enforce | AdmissionMode::Report) => Mode::Schemas,
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
