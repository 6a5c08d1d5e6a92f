//! What the table shows.
//!
//! The plugin's tests run it over the examples.

use super::{Detail, Options, table};
use crate::fact::Environment;
use crate::manifest::{ReadOptions, SourceFile, read};
use crate::pipeline::{self, run};
use crate::plan::Plan;
use crate::profile::Profile;
use crate::render::Paint;

const DOOR: &str = "\
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: {name: alb}
spec: {controllerName: gateway.k8s.aws/alb}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: door, namespace: shop}
spec:
  gatewayClassName: alb
  listeners:
  - {name: web, protocol: HTTP, port: 80}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: lost, namespace: shop}
spec:
  gatewayClassName: other
  listeners:
  - {name: web, protocol: HTTP, port: 80}
";

fn shown(text: &str, width: Option<usize>, detail: Detail) -> String {
    let file = SourceFile { name: "door.yaml".to_owned(), text: text.to_owned() };
    let manifests = read(vec![file], &ReadOptions::default());
    let environment = Environment::default();
    let options = pipeline::Options { profile: Profile::GWCHAIN, complete: false, simulate: false };
    let pipeline = run(&manifests, &environment, options);
    let plan = Plan { manifests: &manifests, pipeline: &pipeline, shown: None };
    table(&plan, Options { paint: Paint::Plain, width, detail })
}

#[test]
fn says_what_is_not_known_yet_in_words() {
    let shown = shown(DOOR, None, Detail::Rows);
    assert!(shown.starts_with("Gateway shop/door  ALB, internal\n"), "{shown}");
    assert!(shown.contains("subnets: discovered at deployment: internal, one per zone"), "{shown}");
}

#[test]
fn names_the_gateways_that_are_blocked_and_counts_them() {
    let shown = shown(DOOR, None, Detail::Rows);
    assert!(shown.contains("Gateway shop/lost  blocked (ClassNotFound): GatewayClass other is not"), "{shown}");
    assert!(shown.ends_with("1 security group; 1 Gateway blocked\n"), "{shown}");
}

#[test]
fn keeps_to_the_width_of_the_terminal() {
    for width in [80, 120] {
        let shown = shown(DOOR, Some(width), Detail::Rows);
        let rows = shown.lines().take_while(|line| !line.is_empty());
        for row in rows {
            assert!(row.chars().count() <= width, "{width}: {row}");
        }
    }
}

#[test]
fn wide_says_why() {
    let shown = shown(DOOR, None, Detail::Wide);
    assert!(shown.contains("port: Gateway shop/door spec.listeners[0].port (door.yaml:12:39)"), "{shown}");
    assert!(shown.contains("  ? cluster name\n"), "{shown}");
}
