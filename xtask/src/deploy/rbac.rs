//! What the controller may do in a cluster: read the kinds that core wants and those that targets come from, and write
//! what the controller keeps up to date, object by object.
//!
//! Who gets the roles is written by hand beside them.

use std::collections::BTreeMap;

use gwchain_core::manifest::wanted::{Reach, wanted};
use serde_json::{Value, json};

use super::crds::plural;
use super::{Generated, yaml};

const GATEWAY: &str = "gateway.networking.k8s.io";
const CONFIGURATION: &str = "gateway.k8s.aws";

/// Verbs in the order in which rules list them.
const READ: [&str; 3] = ["get", "list", "watch"];
const PATCH: [&str; 1] = ["patch"];

/// Read beside what core plans from: what is registered in target groups, and where it is noted.
const TARGETS: [(&str, &str); 4] =
    [("", "nodes"), ("", "pods"), ("discovery.k8s.io", "endpointslices"), ("elbv2.k8s.aws", "targetgroupbindings")];

/// Objects that carry finalizers or annotations of the controller.
const MARKED: [(&str, &str); 6] = [
    (GATEWAY, "gatewayclasses"),
    (GATEWAY, "gateways"),
    (CONFIGURATION, "listenerruleconfigurations"),
    (CONFIGURATION, "loadbalancerconfigurations"),
    (CONFIGURATION, "targetgroupconfigurations"),
    ("elbv2.k8s.aws", "targetgroupbindings"),
];

/// Objects whose status the controller writes; a Pod's holds its readiness gates.
const REPORTED: [(&str, &str); 13] = [
    ("", "pods/status"),
    ("elbv2.k8s.aws", "targetgroupbindings/status"),
    (CONFIGURATION, "listenerruleconfigurations/status"),
    (CONFIGURATION, "loadbalancerconfigurations/status"),
    (CONFIGURATION, "targetgroupconfigurations/status"),
    (GATEWAY, "gatewayclasses/status"),
    (GATEWAY, "gateways/status"),
    (GATEWAY, "grpcroutes/status"),
    (GATEWAY, "httproutes/status"),
    (GATEWAY, "listenersets/status"),
    (GATEWAY, "tcproutes/status"),
    (GATEWAY, "tlsroutes/status"),
    (GATEWAY, "udproutes/status"),
];

/// Verbs by group and resource.
#[derive(Default)]
struct Grants(BTreeMap<(String, String), Vec<&'static str>>);

/// The roles for kustomize, and their rules for the chart, which gives roles other names.
pub fn files() -> Vec<Generated> {
    let mut files = Vec::new();
    for (name, role) in
        [("controller", cluster_role("gwchain", &controller())), ("secrets", secrets()), ("leader", leader())]
    {
        files.push((format!("deploy/rbac/{name}.yaml"), yaml("rbac", &role)));
        files.push((format!("deploy/chart/rules/{name}.yaml"), yaml("rbac", &role["rules"])));
    }
    files
}

fn controller() -> Value {
    let mut grants = Grants::default();
    for one in wanted().iter().filter(|one| one.reach != Reach::Named) {
        grants.add((one.group, &plural(one.kind)), &READ);
    }
    TARGETS.iter().for_each(|resource| grants.add(*resource, &READ));
    MARKED.iter().for_each(|resource| grants.add(*resource, &PATCH));
    REPORTED.iter().for_each(|resource| grants.add(*resource, &PATCH));
    grants.add(("elbv2.k8s.aws", "targetgroupbindings"), &["create", "delete"]);
    grants.add(("events.k8s.io", "events"), &["create", "patch"]);
    grants.rules()
}

/// Bound where rule configurations name Secrets, namespace by namespace.
fn secrets() -> Value {
    let mut grants = Grants::default();
    for one in wanted().iter().filter(|one| one.reach == Reach::Named) {
        grants.add((one.group, &plural(one.kind)), &READ);
    }
    cluster_role("gwchain-secrets", &grants.rules())
}

/// Who leads is written into one Lease; a name can't be asked for before it exists.
fn leader() -> Value {
    let (group, resource) = (["coordination.k8s.io"], ["leases"]);
    let mut role = role("Role", "gwchain-leader");
    role["metadata"]["namespace"] = json!("gwchain-system");
    role["rules"] = json!([
        {"apiGroups": group, "resources": resource, "verbs": ["create"]},
        {"apiGroups": group, "resources": resource, "resourceNames": ["gwchain-leader"], "verbs": ["get", "patch"]},
    ]);
    role
}

fn cluster_role(name: &str, rules: &Value) -> Value {
    let mut role = role("ClusterRole", name);
    role["rules"] = rules.clone();
    role
}

fn role(kind: &str, name: &str) -> Value {
    let labels = json!({"app.kubernetes.io/name": "gwchain", "app.kubernetes.io/instance": "gwchain"});
    json!({
        "apiVersion": "rbac.authorization.k8s.io/v1", "kind": kind, "metadata": {"name": name, "labels": labels},
    })
}

impl Grants {
    fn add(&mut self, (group, resource): (&str, &str), verbs: &[&'static str]) {
        self.0.entry((group.to_owned(), resource.to_owned())).or_default().extend(verbs);
    }

    /// One rule per group and set of verbs.
    fn rules(&self) -> Value {
        let mut rules: BTreeMap<(&str, &[&str]), Vec<&str>> = BTreeMap::new();
        for ((group, resource), verbs) in &self.0 {
            rules.entry((group, verbs)).or_default().push(resource);
        }
        let rule = |((group, verbs), resources): ((&str, &[&str]), Vec<&str>)| json!({"apiGroups": [group], "resources": resources, "verbs": verbs});
        rules.into_iter().map(rule).collect()
    }
}
