//! `deploy/` on a real API server, as helm and as kustomize render it: both are the same, all of it is accepted, and the
//! controller may do what it has to and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use gwchain_tests::deploy::{block, objects};
use gwchain_tests::testbed::apiserver::{ApiServer, eventually};
use gwchain_tests::testbed::render::{helm, kustomize, said};
use serde_json::{Value, json};

const VALUES: [&str; 4] =
    ["--set", "flags.cluster-name=demo", "--set", "image.repository=registry.example.com/gwchain-controller"];

const IDENTITY: &str = "system:serviceaccount:gwchain-system:gwchain";

/// All that the controller may do on any object of a kind.
const RIGHTS: [(&str, &[&str]); 32] = [
    ("namespaces", &["get", "list", "watch"]),
    ("nodes", &["get", "list", "watch"]),
    ("pods", &["get", "list", "watch"]),
    ("pods/status", &["patch"]),
    ("services", &["get", "list", "watch"]),
    ("endpointslices.discovery.k8s.io", &["get", "list", "watch"]),
    ("events.events.k8s.io", &["create", "patch"]),
    ("gatewayclasses.gateway.networking.k8s.io", &["get", "list", "patch", "watch"]),
    ("gatewayclasses/status.gateway.networking.k8s.io", &["patch"]),
    ("gateways.gateway.networking.k8s.io", &["get", "list", "patch", "watch"]),
    ("gateways/status.gateway.networking.k8s.io", &["patch"]),
    ("grpcroutes.gateway.networking.k8s.io", &["get", "list", "watch"]),
    ("grpcroutes/status.gateway.networking.k8s.io", &["patch"]),
    ("httproutes.gateway.networking.k8s.io", &["get", "list", "watch"]),
    ("httproutes/status.gateway.networking.k8s.io", &["patch"]),
    ("listenersets.gateway.networking.k8s.io", &["get", "list", "watch"]),
    ("listenersets/status.gateway.networking.k8s.io", &["patch"]),
    ("referencegrants.gateway.networking.k8s.io", &["get", "list", "watch"]),
    ("tcproutes.gateway.networking.k8s.io", &["get", "list", "watch"]),
    ("tcproutes/status.gateway.networking.k8s.io", &["patch"]),
    ("tlsroutes.gateway.networking.k8s.io", &["get", "list", "watch"]),
    ("tlsroutes/status.gateway.networking.k8s.io", &["patch"]),
    ("udproutes.gateway.networking.k8s.io", &["get", "list", "watch"]),
    ("udproutes/status.gateway.networking.k8s.io", &["patch"]),
    ("listenerruleconfigurations.gateway.k8s.aws", &["get", "list", "patch", "watch"]),
    ("listenerruleconfigurations/status.gateway.k8s.aws", &["patch"]),
    ("loadbalancerconfigurations.gateway.k8s.aws", &["get", "list", "patch", "watch"]),
    ("loadbalancerconfigurations/status.gateway.k8s.aws", &["patch"]),
    ("targetgroupconfigurations.gateway.k8s.aws", &["get", "list", "patch", "watch"]),
    ("targetgroupconfigurations/status.gateway.k8s.aws", &["patch"]),
    ("targetgroupbindings.elbv2.k8s.aws", &["create", "delete", "get", "list", "patch", "watch"]),
    ("targetgroupbindings/status.elbv2.k8s.aws", &["patch"]),
];

const VERBS: [&str; 8] = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

fn chart(flags: &[&str]) -> Vec<Value> {
    let render = ["template", "gwchain", "chart", "--namespace", "gwchain-system", "--include-crds"];
    objects(&said(&helm(&[&render[..], &VALUES, flags].concat())))
}

fn text<'v>(object: &'v Value, pointer: &str) -> &'v str {
    object.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}

fn by_name(objects: Vec<Value>) -> BTreeMap<String, Value> {
    let name = |object: &Value| {
        ["/kind", "/metadata/namespace", "/metadata/name"].map(|pointer| text(object, pointer)).join(" ")
    };
    objects.into_iter().map(|object| (name(&object), object)).collect()
}

/// A server on which the reference was before, and now what README.md's overlay makes.
fn server() -> &'static ApiServer {
    static SERVER: OnceLock<ApiServer> = OnceLock::new();
    SERVER.get_or_init(|| {
        let server = ApiServer::with_gateway_api();
        install(&server, objects(&kustomize(&block("With kustomize"))));
        // The API server takes roles to heart a moment after it took them.
        let both =
            [json!({"resource": "namespaces", "verb": "list"}), lease("gwchain-system", "gwchain-leader", "get")];
        eventually("roles", || (allowed(&server, &both) == [true; 2]).then_some(()));
        server
    })
}

/// In the order in which installers write: kinds and namespaces before what needs them.
fn install(server: &ApiServer, objects: Vec<Value>) {
    let is_kind = |object: &Value| object["kind"] == "CustomResourceDefinition";
    let (kinds, objects): (Vec<Value>, Vec<Value>) = objects.into_iter().partition(is_kind);
    server.install(&kinds.iter().map(Value::to_string).collect::<Vec<_>>());
    let (namespaces, objects): (Vec<Value>, Vec<Value>) =
        objects.into_iter().partition(|object| object["kind"] == "Namespace");
    for part in [namespaces, objects] {
        server.apply(&part.iter().map(Value::to_string).collect::<Vec<_>>().join("\n---\n"));
    }
}

#[test]
fn helm_and_kustomize_make_the_same() {
    let mut kustomized = by_name(objects(&kustomize(&block("With kustomize"))));
    // Helm makes it with --create-namespace.
    kustomized.remove("Namespace  gwchain-system").expect("kustomize makes the namespace");
    let chart = by_name(chart(&[]));
    assert_eq!(chart.keys().collect::<Vec<_>>(), kustomized.keys().collect::<Vec<_>>());
    for (name, object) in &chart {
        assert_eq!(object, &kustomized[name], "{name}");
    }
}

#[test]
fn kinds_are_established() {
    let kinds = ["listenerruleconfigurations", "loadbalancerconfigurations", "targetgroupconfigurations"];
    let names = kinds.map(|kind| format!("{kind}.gateway.k8s.aws"));
    for name in names.into_iter().chain(["targetgroupbindings.elbv2.k8s.aws".to_owned()]) {
        let path = format!("/apis/apiextensions.k8s.io/v1/customresourcedefinitions/{name}");
        let conditions = eventually(&name, || {
            let conditions = server().get(&path).ok()?["status"]["conditions"].as_array()?.clone();
            let is_true = |kind: &str| conditions.iter().any(|one| one["type"] == kind && one["status"] == "True");
            (is_true("Established") && is_true("NamesAccepted")).then_some(conditions)
        });
        assert!(conditions.iter().all(|one| one["type"] != "NonStructuralSchema"), "{name}: {conditions:?}");
    }
}

/// Resources with their subresources as `kubectl auth can-i` names them, of all groups that are served.
fn resources(server: &ApiServer) -> BTreeSet<(String, String)> {
    let groups = server.get("/apis").expect("it lists groups");
    let groups = groups["groups"].as_array().expect("groups are a list");
    let versions = groups.iter().flat_map(|group| {
        let versions = group["versions"].as_array().expect("versions are a list");
        versions.iter().map(|version| (text(group, "/name"), format!("/apis/{}", text(version, "/groupVersion"))))
    });
    let mut found = BTreeSet::new();
    for (group, path) in versions.chain([("", "/api/v1".to_owned())]) {
        let served = server.get(&path).expect("a served version is listed");
        let names = served["resources"].as_array().expect("resources are a list").iter();
        found.extend(names.map(|resource| (group.to_owned(), text(resource, "/name").to_owned())));
    }
    found
}

fn review(attributes: &Value) -> Value {
    json!({
        "apiVersion": "authorization.k8s.io/v1", "kind": "SubjectAccessReview",
        "spec": {"user": IDENTITY, "resourceAttributes": attributes},
    })
}

/// Which of the requests the controller would be allowed.
fn allowed(server: &ApiServer, attributes: &[Value]) -> Vec<bool> {
    let reviews: Vec<Value> = attributes.iter().map(review).collect();
    let answers = server.post("/apis/authorization.k8s.io/v1/subjectaccessreviews", &reviews);
    answers.into_iter().map(|answer| answer.expect("a review is answered")["status"]["allowed"] == true).collect()
}

#[test]
fn the_controller_may_do_what_it_does_and_nothing_else() {
    let resources = resources(server());
    assert!(resources.len() > RIGHTS.len(), "{resources:?}");
    let questions = resources.iter().flat_map(|(group, resource)| VERBS.map(|verb| (group, resource, verb)));
    let (mut names, mut attributes) = (Vec::new(), Vec::new());
    for (group, resource, verb) in questions {
        let (name, subresource) = resource.split_once('/').unwrap_or((resource, ""));
        let dot = if group.is_empty() { "" } else { "." };
        names.push(format!("{verb} {resource}{dot}{group}"));
        attributes.push(json!({"group": group, "resource": name, "subresource": subresource, "verb": verb}));
    }
    let allowed = allowed(server(), &attributes);
    let mut allowed: Vec<_> = names.iter().zip(allowed).filter(|(_, is)| *is).map(|(name, _)| name.clone()).collect();
    let rights = RIGHTS.iter().flat_map(|(resource, verbs)| verbs.iter().map(move |verb| format!("{verb} {resource}")));
    let mut rights: Vec<_> = rights.collect();
    allowed.sort();
    rights.sort();
    assert_eq!(allowed, rights);
}

fn lease(namespace: &str, name: &str, verb: &str) -> Value {
    json!({"group": "coordination.k8s.io", "resource": "leases", "namespace": namespace, "name": name, "verb": verb})
}

#[test]
fn one_lease_is_the_controllers() {
    let own = ["create", "get", "patch"].map(|verb| lease("gwchain-system", "gwchain-leader", verb));
    assert_eq!(allowed(server(), &own), [true; 3]);
    let others = [
        lease("gwchain-system", "gwchain-leader", "delete"),
        lease("gwchain-system", "aws-load-balancer-controller-leader", "get"),
        lease("gwchain-system", "aws-load-balancer-controller-leader", "patch"),
        lease("kube-system", "gwchain-leader", "create"),
        lease("kube-system", "gwchain-leader", "patch"),
    ];
    assert_eq!(allowed(server(), &others), [false; 5]);
}

#[test]
fn secrets_are_read_where_the_chart_is_told_to() {
    let secrets = |namespace: &str| json!({"resource": "secrets", "namespace": namespace, "verb": "watch"});
    assert_eq!(allowed(server(), &[secrets("login"), secrets("gwchain-system")]), [false; 2]);
    server().apply("{apiVersion: v1, kind: Namespace, metadata: {name: told}}");
    install(server(), chart(&["--set", "secretNamespaces={told}"]));
    let write = json!({"resource": "secrets", "namespace": "told", "verb": "update"});
    eventually("the right", || (allowed(server(), &[secrets("told")]) == [true]).then_some(()));
    assert_eq!(allowed(server(), &[secrets("login"), write]), [false; 2]);
}

#[test]
fn pods_keep_to_the_strictest_standard() {
    let deployment = by_name(chart(&[])).remove("Deployment gwchain-system gwchain").expect("the chart has it");
    let template = &deployment["spec"]["template"];
    let mut pod =
        json!({"apiVersion": "v1", "kind": "Pod", "metadata": template["metadata"], "spec": template["spec"]});
    pod["metadata"]["name"] = json!("probe");
    let mut root = pod.clone();
    root["spec"]["securityContext"]["runAsNonRoot"] = json!(false);
    let answers = server().post("/api/v1/namespaces/gwchain-system/pods?dryRun=All", &[pod, root]);
    let admitted: Vec<_> = answers.iter().map(Result::is_ok).collect();
    assert_eq!(admitted, [true, false], "{answers:?}");
}

#[test]
fn the_chart_refuses_what_it_does_not_know() {
    let refused = |flags: &[&str]| {
        let output = helm(&[&["template", "gwchain", "chart"][..], flags].concat());
        assert!(!output.status.success(), "{flags:?} is taken");
        String::from_utf8(output.stderr).expect("helm writes UTF-8")
    };
    assert!(refused(&[]).contains("cluster-name"));
    let with = |setting: &str| refused(&[&VALUES[..], &["--set", setting]].concat());
    assert!(with("replica=3").contains("replica"));
    assert!(with("flags.metrics-bind-addr=:9").contains("metrics-bind-addr"));
    assert!(with("flags.Cluster=a").contains("Cluster"));
    said(&helm(&[&["lint", "--strict", "chart"][..], &VALUES].concat()));
}

#[test]
fn flags_are_values() {
    let file = std::env::temp_dir().join(format!("gwchain-values-{}.yaml", std::process::id()));
    std::fs::write(&file, "flags: {sync-period: 10h, limit: 1000000, enable-waf: false}\n").expect("it can be written");
    let objects = by_name(chart(&["--values", file.to_str().expect("it is UTF-8")]));
    std::fs::remove_file(&file).expect("it was made here");
    let arguments = &objects["Deployment gwchain-system gwchain"]["spec"]["template"]["spec"]["containers"][0]["args"];
    let ours = &arguments.as_array().expect("arguments are a list")[3..];
    assert_eq!(ours, ["--cluster-name=demo", "--enable-waf=false", "--limit=1000000", "--sync-period=10h"]);
}

#[test]
fn helm_installs_updates_and_removes() {
    let kubeconfig = server().kubeconfig();
    let place = ["--namespace", "second", "--kubeconfig", kubeconfig.to_str().expect("it is UTF-8")];
    let run = |command: &[&str], flags: &[&str]| said(&helm(&[command, &place, flags].concat()));
    // Beside what kustomize installed: other names, one class.
    let classes = ["--create-namespace", "--set", "gatewayClasses.alb=second-alb", "--set", "gatewayClasses.nlb="];
    run(&["install", "second", "chart"], &[&VALUES[..], &classes].concat());
    let deployment = "/apis/apps/v1/namespaces/second/deployments/second";
    let class = "/apis/gateway.networking.k8s.io/v1/gatewayclasses/second-alb";
    let replicas = || server().get(deployment).expect("helm made it")["spec"]["replicas"].clone();
    assert_eq!(replicas(), 2);
    assert!(server().get(class).is_ok());
    run(&["upgrade", "second", "chart", "--reuse-values", "--set", "replicas=3"], &[]);
    assert_eq!(replicas(), 3);
    run(&["uninstall", "second"], &[]);
    assert!(server().get(deployment).is_err() && server().get(class).is_err());
    let kind = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/targetgroupbindings.elbv2.k8s.aws";
    assert!(server().get(kind).is_ok(), "people's objects go with their kind");
}
