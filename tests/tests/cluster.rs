//! The plugin on a real API server: what it reads, what files change, and what it says when something is in the way.
//!
//! All tests but one share a server; each has namespaces of its own.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use gwchain_tests::testbed::apiserver::{ApiServer, aws, gateway_api};
use gwchain_tests::testbed::plugin;
use serde_json::Value;

const CLASSES: &str = "\
{apiVersion: gateway.networking.k8s.io/v1, kind: GatewayClass, metadata: {name: alb}, spec: {controllerName: gateway.k8s.aws/alb}}
---
{apiVersion: gateway.networking.k8s.io/v1, kind: GatewayClass, metadata: {name: nlb}, spec: {controllerName: gateway.k8s.aws/nlb}}
";

fn server() -> &'static ApiServer {
    static SERVER: OnceLock<ApiServer> = OnceLock::new();
    SERVER.get_or_init(|| {
        let server = ApiServer::with_gateway_api();
        server.apply(CLASSES);
        server
    })
}

/// Puts objects into a namespace that is made for them.
fn given(server: &ApiServer, namespace: &str, yaml: &str) {
    server.apply(&format!("{{apiVersion: v1, kind: Namespace, metadata: {{name: {namespace}}}}}"));
    server.apply(yaml);
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ lies in the repository")
}

fn gwchain(kubeconfig: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(plugin());
    command.args(arguments).env("KUBECONFIG", kubeconfig).current_dir(root()).stdin(Stdio::null());
    command.output().expect("the plugin can be started")
}

struct Said {
    code: Option<i32>,
    out: String,
    beside: String,
}

fn said(output: &Output) -> Said {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("it writes UTF-8");
    Said { code: output.status.code(), out: text(&output.stdout), beside: text(&output.stderr) }
}

fn run(arguments: &[&str]) -> Said {
    said(&gwchain(&server().kubeconfig(), arguments))
}

fn json(arguments: &[&str]) -> Value {
    let said = run(arguments);
    serde_json::from_str(&said.out).unwrap_or_else(|error| panic!("{error}: {}{}", said.out, said.beside))
}

/// A file that lives as long as the test.
struct File(PathBuf);

impl File {
    fn of(name: &str, text: &str) -> Self {
        let path = std::env::temp_dir().join(format!("gwchain-{}-{name}", std::process::id()));
        fs::write(&path, text).expect("the folder for temporary files can be written to");
        Self(path)
    }

    fn name(&self) -> &str {
        self.0.to_str().expect("it is UTF-8")
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// The guide's manifests as one text.
fn guide() -> String {
    let folder = root().join("examples/gateway-chaining");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the example is there")
        .map(|entry| entry.expect("it is readable").path())
        .collect();
    paths.sort();
    let texts = paths.iter().map(|path| fs::read_to_string(path).expect("a manifest is text"));
    texts.collect::<Vec<_>>().join("\n---\n")
}

const ECHO: &str = "
---
apiVersion: v1
kind: Service
metadata: {name: echoserver, namespace: NS}
spec: {type: NodePort, selector: {app: echo}, ports: [{port: 80, targetPort: 8080}]}
";

/// The guide in another namespace, with its Service, in the version of TCPRoute that the server has.
fn guide_in(namespace: &str, tcp_route: &str) -> String {
    let text = guide().replace("gateway.networking.k8s.io/v1alpha2", tcp_route) + ECHO;
    text.replace("example-ns", namespace).replace("NS", namespace)
}

/// Type and id of every resource.
fn resources(plan: &Value) -> Vec<String> {
    let stacks = plan["stacks"].as_array().expect("a plan has stacks");
    let resources = stacks.iter().flat_map(|stack| stack["resources"].as_array().expect("a stack has resources"));
    resources.map(|resource| format!("{} {}", resource["type"], resource["id"])).collect()
}

#[test]
fn a_chain_of_the_cluster_is_planned_like_that_of_files() {
    given(server(), "guide", &guide_in("guide", "gateway.networking.k8s.io/v1"));
    let file = File::of("guide.yaml", &guide_in("guide", "gateway.networking.k8s.io/v1"));
    let cluster = json(&["plan", "-n", "guide", "-o", "json"]);
    assert_eq!(resources(&cluster), resources(&json(&["plan", "-f", file.name(), "-o", "json"])));
    assert_eq!(cluster["stacks"][1]["dependsOn"][0], "guide/my-alb-gateway");
    let table = run(&["plan", "-n", "guide"]);
    assert!(table.out.contains("Plan: 2 load balancers, 4 listeners, 2 rules, 3 target groups"), "{}", table.out);
    let told = run(&["explain", "-n", "guide", "my-tcp-gateway.scheme"]);
    assert!(told.out.contains("LoadBalancerConfiguration guide/nlb-lb-config"), "{}", told.out);
    let traced = json(&["trace", "-n", "guide", "https://shop.example.com/", "-o", "json"]);
    assert_eq!(traced["answer"]["service"], "guide/echoserver:80");
}

#[test]
fn files_that_were_applied_change_nothing() {
    given(server(), "applied", &guide_in("applied", "gateway.networking.k8s.io/v1"));
    // As in the guide: v1alpha2, of which the server has no object.
    let file = File::of("applied.yaml", &guide_in("applied", "gateway.networking.k8s.io/v1alpha2"));
    let changes = run(&["plan", "-f", file.name(), "--cluster", "-n", "applied", "--exit-code"]);
    assert!(changes.out.ends_with("Plan: 0 to create, 0 to update, 0 to delete\n"), "{}", changes.out);
    assert_eq!(changes.code, Some(0), "{}", changes.out);
}

#[test]
fn files_over_a_cluster_are_told_as_a_change() {
    given(server(), "change", &guide_in("change", "gateway.networking.k8s.io/v1"));
    let changed = guide_in("change", "gateway.networking.k8s.io/v1")
        .replace("scheme: internet-facing", "scheme: internal")
        .replace("sectionName: http\n", "sectionName: nowhere\n");
    let file = File::of("change.yaml", &changed);
    let arguments = ["plan", "-f", file.name(), "--cluster", "-n", "change"];
    let table = run(&arguments);
    assert!(table.out.contains("scheme: internet-facing → internal"), "{}", table.out);
    assert!(table.out.contains("  - rule           HTTP:80 #1"), "{}", table.out);
    // What answers health checks changes with the route: the health check follows.
    assert!(table.out.contains("healthCheckConfig.matcher.httpCode: 200-399 → 200-499"), "{}", table.out);
    let (introduced, fixed) = table.out.split_once("\nfixed\n").expect("something is fixed");
    assert!(introduced.contains("\nintroduced\n") && introduced.contains("\nerror[GWC0307]"), "{introduced}");
    assert!(fixed.contains("  GWC0407: Gateway change/my-alb-gateway"), "{fixed}");
    assert!(table.out.ends_with("Plan: 0 to create, 1 to update, 1 to replace, 1 to delete\n"), "{}", table.out);
    assert_eq!(table.code, Some(2));
    let document = json(&[&arguments[..], &["-o", "json"]].concat());
    assert_eq!((&document["totals"]["update"], &document["totals"]["replace"]), (&Value::from(1), &Value::from(1)));
    let replaced = document["changes"].as_array().expect("it compares").iter().find(|one| one["action"] == "replace");
    let replaced = replaced.expect("a scheme is fixed for life");
    assert_eq!(replaced["type"], "AWS::ElasticLoadBalancingV2::LoadBalancer");
    assert_eq!(replaced["fields"][0]["before"], "internet-facing");
    let changes: Vec<&Value> =
        document["diagnostics"].as_array().expect("it has findings").iter().map(|one| &one["change"]).collect();
    assert!(changes.contains(&&Value::from("introduced")) && changes.contains(&&Value::from("fixed")), "{changes:?}");
    let lint = json(&["lint", "-f", file.name(), "--cluster", "-n", "change", "-o", "json"]);
    assert_eq!(lint["findings"].as_array().map(Vec::len), Some(changes.len()));
}

#[test]
fn a_finding_names_object_and_field() {
    let gateway = "\
{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: web, namespace: field, labels: {tier: edge}},
 spec: {gatewayClassName: alb, listeners: [{name: http, protocol: HTTP, port: 80}]}}
---
{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: lost, namespace: field},
 spec: {parentRefs: [{name: web, sectionName: htp}], rules: [{backendRefs: [{name: absent, port: 80}]}]}}
";
    given(server(), "field", gateway);
    let lint = run(&["lint", "-n", "field"]);
    assert!(lint.out.contains(" --> HTTPRoute field/lost spec.parentRefs[0]"), "{}", lint.out);
    let finding = json(&["lint", "-n", "field", "-o", "json"])["findings"][0].clone();
    assert_eq!((&finding["object"], &finding["location"]), (&Value::from("HTTPRoute field/lost"), &Value::Null));
    assert_eq!(finding["field"], "spec.parentRefs[0].sectionName");
    // With a selector only Gateways that it chooses are shown.
    let shown = |selector: &str| run(&["plan", "-n", "field", "-l", selector]).out.contains("Gateway field/web");
    assert!(shown("tier=edge") && shown("tier in (edge,core)") && !shown("tier!=edge"));
    // Without -n, kubectl's namespace is shown, which has no Gateway.
    assert!(run(&["plan"]).beside.contains("no Gateway in namespace default"), "{}", run(&["plan"]).beside);
    assert!(run(&["plan", "-A"]).out.contains("Gateway field/web"));
}

#[test]
fn a_status_that_contradicts_the_plan_is_found() {
    let gateway = "\
{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: web, namespace: status},
 spec: {gatewayClassName: alb, listeners: [{name: http, protocol: HTTP, port: 80}]}}
---
{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: app, namespace: status},
 spec: {parentRefs: [{name: web, sectionName: other}], rules: [{backendRefs: [{name: app, port: 80}]}]}}
";
    given(server(), "status", gateway);
    let condition = |kind: &str, status: &str| {
        format!(
            "{{type: {kind}, status: '{status}', reason: Given, message: as the test wants it, \
             lastTransitionTime: '2026-01-01T00:00:00Z', observedGeneration: 1}}"
        )
    };
    let status = format!(
        "{{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {{name: web, namespace: status}},
 status: {{conditions: [{}], listeners: [{{name: http, attachedRoutes: 3, supportedKinds: [], conditions: [{}]}}]}}}}
---
{{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {{name: app, namespace: status}},
 status: {{parents: [{{parentRef: {{name: web, sectionName: other}}, controllerName: gateway.k8s.aws/alb, conditions: [{}]}}]}}}}
",
        condition("Accepted", "False"),
        condition("Accepted", "False"),
        condition("Accepted", "True"),
    );
    server().apply_status(&status);
    let lint = run(&["lint", "-n", "status"]);
    for place in [
        "Gateway status/web status.conditions[0]",
        "Gateway status/web status.listeners[0].conditions[0]",
        "Gateway status/web status.listeners[0].attachedRoutes",
        "HTTPRoute status/app status.parents[0].conditions[0]",
    ] {
        let found = lint.out.split("\n\n").any(|one| one.contains("GWC0506") && one.contains(&format!("--> {place}")));
        assert!(found, "{place}: {}", lint.out);
    }
}

#[test]
fn long_lists_are_read_page_by_page() {
    let mut routes = String::from(
        "{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: web, namespace: pages},
 spec: {gatewayClassName: alb, listeners: [{name: http, protocol: HTTP, port: 80}]}}\n",
    );
    for number in 0..1010 {
        routes.push_str(&format!(
            "---\n{{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {{name: r{number}, namespace: pages}},
 spec: {{parentRefs: [{{name: web}}], hostnames: [h{number}.example.com], rules: [{{backendRefs: [{{name: app, port: 80}}]}}]}}}}\n"
        ));
    }
    given(server(), "pages", &routes);
    let plan = json(&["plan", "-n", "pages", "-o", "json", "--failure-threshold", "never"]);
    let routes = plan["statuses"]["routes"].as_array().map(Vec::len).unwrap_or_default();
    assert!(routes >= 1010, "{routes} routes");
}

const GUEST: &str = "\
{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: reader, namespace: guest},
 rules: [{apiGroups: [gateway.networking.k8s.io, gateway.k8s.aws], resources: ['*'], verbs: [list]}]}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: reader, namespace: guest},
 roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}, subjects: [{kind: User, name: guest}]}
---
{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: web, namespace: guest},
 spec: {gatewayClassName: alb, listeners: [{name: http, protocol: HTTP, port: 80}]}}
---
{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: app, namespace: guest},
 spec: {parentRefs: [{name: web}], rules: [{backendRefs: [{name: app, port: 80}]}]}}
---
{apiVersion: v1, kind: Secret, metadata: {name: oidc, namespace: guest}, stringData: {clientID: shown-to-nobody, clientSecret: shown-to-nobody}}
---
{apiVersion: gateway.k8s.aws/v1, kind: ListenerRuleConfiguration, metadata: {name: login, namespace: guest},
 spec: {actions: [{type: authenticate-oidc, authenticateOIDCConfig: {secret: {name: oidc}, issuer: 'https://id.example.com',
 authorizationEndpoint: 'https://id.example.com/a', tokenEndpoint: 'https://id.example.com/t', userInfoEndpoint: 'https://id.example.com/u'}}]}}
";

#[test]
fn who_may_read_little_sees_little_and_is_told() {
    given(server(), "guest", GUEST);
    let classes = File::of("classes.yaml", CLASSES);
    let plan = run(&["plan", "--context", "guest", "-n", "guest", "-f", classes.name(), "-o", "json"]);
    assert!(plan.beside.contains("may not list GRPCRoute, Gateway, HTTPRoute"), "{}", plan.beside);
    assert!(plan.beside.contains("in the whole cluster: read in guest only"), "{}", plan.beside);
    assert_eq!(plan.beside.matches("GatewayClass").count(), 1, "{}", plan.beside);
    assert_eq!(plan.beside.matches("Secret").count(), 1, "{}", plan.beside);
    assert!(plan.out.contains("\"guest/web\""), "{}", plan.out);
    let nothing = run(&["plan", "--context", "guest", "-n", "elsewhere"]);
    assert_eq!(nothing.code, Some(1));
    assert!(nothing.beside.starts_with("error: context guest may not list Gateways"), "{}", nothing.beside);
}

#[test]
fn values_of_secrets_are_never_shown() {
    given(server(), "guest", GUEST);
    for form in ["wide", "json", "stack"] {
        let plan = run(&["plan", "-A", "-o", form, "--failure-threshold", "never"]);
        assert!(!plan.out.contains("shown-to-nobody") && !plan.beside.contains("shown-to-nobody"), "{form}");
    }
}

#[test]
fn what_stands_in_the_way_is_one_line_with_a_remedy() {
    let unreachable = File::of(
        "unreachable",
        "{apiVersion: v1, kind: Config, current-context: c, contexts: [{name: c, context: {cluster: c, user: u}}],
 clusters: [{name: c, cluster: {server: 'https://127.0.0.1:1'}}], users: [{name: u, user: {}}]}",
    );
    let nameless = File::of("nameless", "{apiVersion: v1, kind: Config, contexts: [], clusters: [], users: []}");
    let kubeconfig = server().kubeconfig();
    let cases: [(&Path, &[&str], &[&str]); 7] = [
        (&unreachable.0, &["plan"], &["can't reach the API server https://127.0.0.1:1", "refused", "--context"]),
        (&nameless.0, &["lint"], &["no current context", "--context NAME"]),
        (Path::new("absent"), &["explain"], &["kubeconfig absent: no such file", "--kubeconfig FILE"]),
        (&kubeconfig, &["plan", "--context", "admim"], &["no context admim", "did you mean admin?"]),
        (&kubeconfig, &["plan", "--context", "stranger"], &["does not accept the credentials", "log in again"]),
        (&kubeconfig, &["plan", "-l", "a b"], &["--selector", "key=value"]),
        (&kubeconfig, &["lint", "--fix"], &["--fix changes files"]),
    ];
    for (kubeconfig, arguments, words) in cases {
        let said = said(&gwchain(kubeconfig, arguments));
        assert_eq!((said.code, said.out.as_str()), (Some(1), ""), "{arguments:?}: {}", said.beside);
        assert_eq!(said.beside.lines().count(), 1, "{arguments:?}: {}", said.beside);
        assert!(words.iter().all(|word| said.beside.contains(word)), "{arguments:?}: {}", said.beside);
    }
}

#[test]
fn a_name_that_is_nearly_right_is_offered() {
    given(server(), "near", &guide_in("near", "gateway.networking.k8s.io/v1"));
    let said = run(&["explain", "-n", "near", "near/my-tcp-gatewy"]);
    assert_eq!(said.code, Some(1));
    assert!(said.beside.contains("did you mean near/my-tcp-gateway?"), "{}", said.beside);
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    given(server(), "pipe", &guide_in("pipe", "gateway.networking.k8s.io/v1"));
    let mut command = Command::new(plugin());
    command.args(["explain", "-n", "pipe"]).env("KUBECONFIG", server().kubeconfig());
    let spawned = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut process = spawned.expect("the plugin can be started");
    drop(process.stdout.take());
    let mut beside = String::new();
    process.stderr.take().expect("it is piped").read_to_string(&mut beside).expect("it writes UTF-8");
    assert_eq!((process.wait().expect("it ends").code(), beside.as_str()), (Some(0), ""));
}

#[test]
fn an_older_gateway_api_is_read_in_its_versions() {
    let server = ApiServer::empty();
    // TCPRoute as the experimental channel had it for years; the other kinds that came late are absent.
    let absent = ["GRPCRoute", "ListenerSet", "TLSRoute", "UDPRoute"].map(|kind| format!("\n    kind: {kind}\n"));
    let mut crds = gateway_api();
    crds.retain(|crd| !absent.iter().any(|kind| crd.contains(kind)));
    for crd in crds.iter_mut().filter(|crd| crd.contains("\n    kind: TCPRoute\n")) {
        *crd = only_served(crd, "v1alpha2");
    }
    crds.push(aws());
    server.install(&crds);
    given(&server, "old", &guide_in("old", "gateway.networking.k8s.io/v1alpha2"));
    let plan = said(&gwchain(&server.kubeconfig(), &["plan", "-n", "old"]));
    assert!(plan.out.contains("Plan: 2 load balancers, 4 listeners, 2 rules, 3 target groups"), "{}", plan.out);
    assert_eq!(plan.beside.lines().count(), 1, "{}", plan.beside);
    assert!(plan.beside.contains("the cluster has no GRPCRoute, ListenerSet, TLSRoute, UDPRoute"), "{}", plan.beside);
}

/// A CRD that serves and stores one of its versions.
fn only_served(crd: &str, version: &str) -> String {
    let parsed = gwchain_core::source::parse(gwchain_core::source::FileId(0), crd);
    let mut crd = Value::from(&parsed.documents[0].root);
    for one in crd["spec"]["versions"].as_array_mut().expect("a CRD has versions") {
        let is_it = one["name"] == version;
        one["served"] = Value::from(is_it);
        one["storage"] = Value::from(is_it);
    }
    crd.to_string()
}
