//! What becomes of resources from plan to plan.
//!
//! The tests with a cluster compare larger plans.

use crate::fact::Environment;
use crate::manifest::{ReadOptions, SourceFile, read};
use crate::pipeline::{Options, run};
use crate::plan::Plan;
use crate::profile::Profile;

use super::{Action, compare};

fn text(scheme: &str) -> String {
    format!(
        "{{apiVersion: gateway.networking.k8s.io/v1, kind: GatewayClass, metadata: {{name: alb}}, \
          spec: {{controllerName: gateway.k8s.aws/alb}}}}\n---\n\
         {{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {{name: web}}, spec: {{gatewayClassName: alb, \
          infrastructure: {{parametersRef: {{group: gateway.k8s.aws, kind: LoadBalancerConfiguration, name: web}}}}, \
          listeners: [{{name: http, protocol: HTTP, port: 80}}]}}}}\n---\n\
         {{apiVersion: gateway.k8s.aws/v1, kind: LoadBalancerConfiguration, metadata: {{name: web}}, spec: {{scheme: {scheme}}}}}\n"
    )
}

#[test]
fn a_field_that_is_fixed_for_life_replaces_the_load_balancer() {
    let manifests = |scheme| {
        let file = SourceFile { name: "web.yaml".to_owned(), text: text(scheme) };
        read(vec![file], &ReadOptions::default())
    };
    let (old, new, environment) = (manifests("internal"), manifests("internet-facing"), Environment::default());
    let options = Options { profile: Profile::GWCHAIN, complete: false, simulate: false };
    let (before, after) = (run(&old, &environment, options), run(&new, &environment, options));
    let before = Plan { manifests: &old, pipeline: &before, shown: None };
    let after = Plan { manifests: &new, pipeline: &after, shown: None };
    let found = compare(&before, &after);
    let replaced = found.stacks.iter().flat_map(|stack| &stack.changes).find(|change| change.action == Action::Replace);
    assert_eq!(replaced.map(|change| change.planned.id), Some("LoadBalancer"));
    assert_eq!(found.totals.to_string(), "Plan: 0 to create, 0 to update, 1 to replace, 0 to delete");
}
