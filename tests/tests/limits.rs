//! Limits of AWS that only large manifests reach (deviation B25).
//!
//! Those that a page of YAML reaches are cases in `tests/deviations/`.

use gwchain_core::diagnostic::Code;
use gwchain_core::fact::Environment;
use gwchain_core::manifest::{ReadOptions, SourceFile, read};
use gwchain_core::pipeline::{self, Options};
use gwchain_core::profile::Profile;

const EDGE: &str = "\
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: {name: alb}
spec: {controllerName: gateway.k8s.aws/alb}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: edge}
spec:
  gatewayClassName: alb
  listeners: [{name: http, protocol: HTTP, port: 80}]
";

#[test]
fn an_alb_has_a_hundred_target_groups() {
    let mut text = EDGE.to_owned();
    for number in 0..101 {
        text.push_str(&format!(
            "---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {{name: r{number:03}}}\nspec:\n  \
             parentRefs: [{{name: edge}}]\n  rules: [{{backendRefs: [{{name: app{number}, port: 80}}]}}]\n"
        ));
    }
    let file = SourceFile { name: "many.yaml".to_owned(), text };
    let (manifests, environment) = (read(vec![file], &ReadOptions::default()), Environment::default());
    for (profile, planned, refused) in [(Profile::GWCHAIN, 100, 1), (Profile::AWS_LBC, 101, 0)] {
        let options = Options { profile, complete: false, simulate: false };
        let pipeline = pipeline::run(&manifests, &environment, options);
        let (_, built) = pipeline.gateways().next().expect("there is a Gateway");
        let stack = built.result.as_ref().expect("the rest is planned");
        assert_eq!(stack.target_groups.len(), planned, "{}", profile.name);
        let found = built.diagnostics.iter().filter(|finding| finding.code == Code::LimitExceeded);
        assert_eq!(found.count(), refused, "{}", profile.name);
    }
}
