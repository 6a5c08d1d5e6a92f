//! Inputs that grow: the scenarios of the benchmarks, byte for byte the same each time.
//!
//! It knows the manifests' text only, nothing of what they mean.

use std::fmt::Write as _;

const VERSION: &str = "gateway.networking.k8s.io/v1";

/// A scenario's name and generator.
#[derive(Clone, Copy, Debug)]
pub struct Scenario {
    /// Name, as in `cargo bench -- gw-100`.
    pub name: &'static str,
    shape: Shape,
}

#[derive(Clone, Copy, Debug)]
enum Shape {
    /// ALB Gateways in one namespace, each with a listener, an HTTPRoute and a Service.
    Gateways(usize),
    /// One ALB Gateway with this many HTTPRoutes, each with its hostname, and 50 Services.
    Routes(usize),
    /// ALB Gateways with so many rules each, ten to an HTTPRoute.
    Spread(usize, usize),
    /// Chains NLB TCP:80 → ALB HTTP:80 → Service, each in a namespace of its own.
    Chains(usize),
}

/// All scenarios.
pub const SCENARIOS: &[Scenario] = &[
    Scenario { name: "gw-1", shape: Shape::Gateways(1) },
    Scenario { name: "gw-100", shape: Shape::Gateways(100) },
    Scenario { name: "gw-1000", shape: Shape::Gateways(1000) },
    Scenario { name: "routes-1000", shape: Shape::Routes(1000) },
    Scenario { name: "routes-5000", shape: Shape::Routes(5000) },
    Scenario { name: "spread-50x20", shape: Shape::Spread(50, 20) },
    Scenario { name: "chain-10", shape: Shape::Chains(10) },
    Scenario { name: "chain-100", shape: Shape::Chains(100) },
];

impl Scenario {
    /// The scenario's YAML.
    pub fn yaml(&self) -> String {
        let documents = match self.shape {
            Shape::Gateways(count) => gateways(count),
            Shape::Routes(count) => routes(count),
            Shape::Spread(gateways, rules) => spread(gateways, rules),
            Shape::Chains(count) => chains(count),
        };
        format!("# {} objects, scenario {}\n{}\n", documents.len(), self.name, documents.join("\n---\n"))
    }
}

fn gateways(count: usize) -> Vec<String> {
    let mut out = vec![class("alb")];
    for i in 0..count {
        let service_name = format!("sv{i:04}");
        out.push(gateway(&format!("gw{i:04}"), "alb", "http", "HTTP", "default"));
        out.push(http_route(&HttpRoute {
            name: &format!("rt{i:04}"),
            parent: &format!("gw{i:04}"),
            service: &service_name,
            namespace: "default",
            rules: 1,
            host: None,
        }));
        out.push(service(&service_name, "default"));
    }
    out
}

fn routes(count: usize) -> Vec<String> {
    let mut out = vec![class("alb"), gateway("web", "alb", "http", "HTTP", "default")];
    for i in 0..count {
        out.push(http_route(&HttpRoute {
            name: &format!("rt{i:05}"),
            parent: "web",
            service: &format!("sv{:03}", i % 50),
            namespace: "default",
            rules: 1,
            host: Some(&format!("h{i:05}.example.com")),
        }));
    }
    out.extend((0..50).map(|i| service(&format!("sv{i:03}"), "default")));
    out
}

fn spread(gateways: usize, rules: usize) -> Vec<String> {
    let mut out = vec![class("alb")];
    for i in 0..gateways {
        out.push(gateway(&format!("gw{i:03}"), "alb", "http", "HTTP", "default"));
        out.push(service(&format!("sv{i:03}"), "default"));
        for j in 0..rules / 10 {
            out.push(http_route(&HttpRoute {
                name: &format!("rt{i:03}-{j:02}"),
                parent: &format!("gw{i:03}"),
                service: &format!("sv{i:03}"),
                namespace: "default",
                rules: 10,
                host: Some(&format!("h{j}.g{i}.example.com")),
            }));
        }
    }
    out
}

fn chains(count: usize) -> Vec<String> {
    let mut out = vec![class("alb"), class("nlb")];
    for i in 0..count {
        let namespace = format!("ns{i:04}");
        out.push(gateway("inner", "alb", "http", "HTTP", &namespace));
        out.push(gateway("outer", "nlb", "tcp", "TCP", &namespace));
        out.push(http_route(&HttpRoute {
            name: "site",
            parent: "inner",
            service: "app",
            namespace: &namespace,
            rules: 1,
            host: None,
        }));
        out.push(tcp_route("front", "outer", "{name: inner, kind: Gateway, port: 80}", &namespace));
        out.push(service("app", &namespace));
    }
    out
}

fn class(name: &str) -> String {
    format!(
        "apiVersion: {VERSION}\nkind: GatewayClass\nmetadata: {{name: {name}}}\nspec: {{controllerName: gateway.k8s.aws/{name}}}"
    )
}

fn gateway(name: &str, class: &str, listener: &str, protocol: &str, namespace: &str) -> String {
    format!(
        "apiVersion: {VERSION}\nkind: Gateway\nmetadata: {{name: {name}, namespace: {namespace}}}\nspec:\n  \
         gatewayClassName: {class}\n  listeners:\n  - {{name: {listener}, protocol: {protocol}, port: 80}}"
    )
}

struct HttpRoute<'a> {
    name: &'a str,
    parent: &'a str,
    service: &'a str,
    namespace: &'a str,
    rules: usize,
    host: Option<&'a str>,
}

fn http_route(route: &HttpRoute<'_>) -> String {
    let HttpRoute { name, parent, service, namespace, .. } = route;
    let mut out = format!(
        "apiVersion: {VERSION}\nkind: HTTPRoute\nmetadata: {{name: {name}, namespace: {namespace}}}\nspec:\n  \
         parentRefs: [{{name: {parent}}}]"
    );
    if let Some(host) = route.host {
        let _ = write!(out, "\n  hostnames: [{host}]");
    }
    out.push_str("\n  rules:");
    for i in 0..route.rules {
        let _ = write!(
            out,
            "\n  - matches: [{{path: {{type: PathPrefix, value: /r{i}}}}}]\n    backendRefs: [{{name: {service}, port: 80}}]"
        );
    }
    out
}

fn tcp_route(name: &str, parent: &str, backend: &str, namespace: &str) -> String {
    format!(
        "apiVersion: {VERSION}\nkind: TCPRoute\nmetadata: {{name: {name}, namespace: {namespace}}}\nspec:\n  \
         parentRefs: [{{name: {parent}}}]\n  rules:\n  - backendRefs: [{backend}]"
    )
}

fn service(name: &str, namespace: &str) -> String {
    format!(
        "apiVersion: v1\nkind: Service\nmetadata: {{name: {name}, namespace: {namespace}}}\nspec:\n  type: NodePort\n  \
         selector: {{app: {name}}}\n  ports: [{{port: 80, targetPort: 8080, nodePort: 31080}}]"
    )
}

#[cfg(test)]
mod tests {
    use super::SCENARIOS;

    #[test]
    fn scenarios_are_the_same_each_time_and_of_their_size() {
        let objects: Vec<_> = SCENARIOS.iter().map(|one| one.yaml().matches("apiVersion:").count()).collect();
        assert_eq!(objects, [4, 301, 3001, 1052, 5052, 201, 52, 502]);
        for scenario in SCENARIOS {
            assert_eq!(scenario.yaml(), scenario.yaml());
        }
    }
}
