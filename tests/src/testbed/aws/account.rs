//! Ids of what `seed.py` makes: a VPC with six subnets in three zones, nodes, certificates and the like.
//!
//! It holds no load balancer.

use std::collections::BTreeMap;

use serde::Deserialize;

/// An account before the first gateway.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Account {
    /// `us-west-2`.
    pub region: String,
    /// Name of the cluster, in the tags of subnets and of the nodes' security group.
    pub cluster: String,
    /// `10.0.0.0/16` with IPv6 addresses.
    pub vpc: String,
    /// One per zone, with a route to the internet and `kubernetes.io/role/elb`.
    pub public_subnets: Vec<String>,
    /// One per zone, without such a route and with `kubernetes.io/role/internal-elb`.
    pub private_subnets: Vec<String>,
    /// What the nodes are in.
    pub node_security_group: String,
    /// Two running instances.
    pub nodes: Vec<Node>,
    /// Allocation ids of three Elastic IPs.
    pub allocations: Vec<String>,
    /// ARNs: `echo` (echo.example.com), `wildcard` (*.example.com), `shop` (shop.example.org, www.shop.example.org).
    pub certificates: BTreeMap<String, String>,
    /// For mutual authentication.
    pub trust_store: Named,
    /// Of WAFv2, regional.
    pub web_acl: Named,
}

/// An instance that is a node.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Node {
    /// Of the Node object.
    pub name: String,
    /// Its id.
    pub instance: String,
    /// Such as `us-west-2a`.
    pub zone: String,
    /// Private.
    pub address: String,
    /// `spec.providerID` of the Node object.
    pub provider_id: String,
}

/// Something with a name.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// How people call it.
    pub name: String,
    /// How AWS calls it.
    pub arn: String,
}

impl Account {
    /// Node objects, as YAML for [`super::super::apiserver::ApiServer::apply`].
    pub fn nodes_yaml(&self) -> String {
        let nodes = self.nodes.iter().map(|node| {
            let Node { name, zone, provider_id, .. } = node;
            format!(
                "apiVersion: v1\nkind: Node\nmetadata:\n  name: {name}\n  labels:\n    \
                 topology.kubernetes.io/zone: {zone}\nspec:\n  providerID: {provider_id}\n"
            )
        });
        nodes.collect::<Vec<_>>().join("---\n")
    }
}
