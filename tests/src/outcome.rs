//! Everything that core says about a set of files, in a form that two runs can be compared by.
//!
//! It judges nothing but the laws.

use std::collections::BTreeSet;

use gwchain_core::diagnose::all;
use gwchain_core::diagnostic::Diagnostic;
use gwchain_core::fact::Environment;
use gwchain_core::manifest::{Manifests, ReadOptions, SourceFile, read};
use gwchain_core::pipeline::{Options, Pipeline, run};
use gwchain_core::plan::stack_json;
use gwchain_core::profile::Profile;
use gwchain_core::reference::read_options;
use gwchain_core::status::{gateway, listener_set, route};
use serde_json::{Value as Json, json};

use crate::laws;

/// Both profiles, complete manifests or not, deployed or not.
pub const OPTIONS: [Options; 8] = [
    options(Profile::AWS_LBC, true, true),
    options(Profile::AWS_LBC, true, false),
    options(Profile::AWS_LBC, false, true),
    options(Profile::AWS_LBC, false, false),
    options(Profile::GWCHAIN, true, true),
    options(Profile::GWCHAIN, true, false),
    options(Profile::GWCHAIN, false, true),
    options(Profile::GWCHAIN, false, false),
];

const fn options(profile: Profile, complete: bool, simulate: bool) -> Options {
    Options { profile, complete, simulate }
}

/// What core says.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The stacks in order, as text.
    pub stacks: Vec<String>,
    /// Conditions of Gateways, listeners, ListenerSets and routes, by name.
    pub statuses: Json,
    /// Code, severity and message of each diagnostic.
    pub diagnostics: BTreeSet<String>,
    /// Objects refused, by name.
    pub rejected: BTreeSet<String>,
    /// Laws that are broken.
    pub broken: Vec<String>,
}

/// Reads and plans `files`.
pub fn outcome(files: Vec<SourceFile>, environment: &Environment, options: Options) -> Outcome {
    let simulated = environment.clone().simulated();
    let environment = if options.simulate { &simulated } else { environment };
    let served_only = options.simulate;
    let reading = ReadOptions { simulate: options.simulate, served_only, ..read_options(environment, options.profile) };
    let manifests = read(files, &reading);
    let pipeline = run(&manifests, environment, options);
    Outcome {
        stacks: pipeline.stacks().into_iter().map(stack_json::to_string).collect(),
        statuses: statuses(&manifests, &pipeline),
        diagnostics: all(&pipeline).iter().map(said).collect(),
        rejected: manifests.rejected.iter().map(|one| format!("{}: {}", one.object, one.errors.join("; "))).collect(),
        broken: laws::broken(&pipeline),
    }
}

fn said(diagnostic: &Diagnostic) -> String {
    let Diagnostic { code, message, help, .. } = diagnostic;
    format!("{} {code}: {message} ({})", diagnostic.severity().as_str(), help.as_deref().unwrap_or_default())
}

fn statuses(manifests: &Manifests, pipeline: &Pipeline<'_>) -> Json {
    let gateway = |(node, built): (&gwchain_core::resolve::gateway::GatewayNode<'_>, &_)| {
        json!([node.gateway.meta.id.to_string(), gateway::conditions(node, built), gateway::listeners(node, built)])
    };
    let gateways: Vec<_> = pipeline.gateways().map(gateway).collect();
    let set = |set: &gwchain_core::manifest::gateway::ListenerSet| {
        let status = listener_set::status(pipeline, set);
        json!([set.meta.id.to_string(), status.conditions, status.listeners])
    };
    let sets: Vec<_> = manifests.listener_sets.iter().map(set).collect();
    let parents = route::parents(pipeline);
    let of_route =
        |route: &gwchain_core::manifest::route::Route| json!([route.describe(), parents.get(&route.meta.object)]);
    let routes: Vec<_> = manifests.routes.iter().map(of_route).collect();
    json!({"gateways": gateways, "listenerSets": sets, "routes": routes})
}
