//! The questions a plan raises, and the words in which a plan shows them.
//! It does not answer them.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

/// A question to AWS or the cluster that nobody has answered yet; `Display` is the form shown in plans.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "want", rename_all = "camelCase")]
#[expect(missing_docs, reason = "the fields are what each question is about")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Want {
    /// The controller's `--cluster-name`, part of every generated name.
    ClusterName,
    /// `metadata.uid` of a Gateway, `namespace/name`.
    GatewayUid { gateway: String },
    /// The VPC's id.
    Vpc,
    /// The load balancer's subnets.
    Subnets { scheme: String, by: SubnetSelection },
    /// Ids of security groups, at least one of them given by its `Name` tag.
    SecurityGroupsByName { names: Vec<String> },
    /// The security group shared by all load balancers of the cluster.
    BackendSecurityGroup,
    /// Issued ACM certificates for host names.
    Certificates { hosts: Vec<String> },
    /// ARN of a trust store, by name.
    TrustStore { name: String },
    /// ARN of a target group, by name.
    TargetGroup { name: String },
    /// The node port Kubernetes allocates to a Service's port.
    NodePort { service: String, port: String },
    /// A port of a Service that is not among the manifests.
    ServicePort { service: String, port: String },
    /// The target port behind a Service's port.
    TargetPort { service: String, port: String },
    /// The keys an OIDC Secret holds (never their values), `namespace/name`.
    SecretKeys { secret: String },
    /// CIDR blocks associated with the VPC.
    VpcCidrs,
    /// CIDR blocks of subnets that are known by id only.
    SubnetCidrs { subnets: Vec<String> },
    /// The load balancer AWS already has for a Gateway (found by its tracking tags): its scheme and subnets.
    ExistingLoadBalancer { gateway: String },
    /// The ARN of a Gateway's load balancer.
    LoadBalancer { gateway: String },
}

/// By what a Gateway's configuration picks its subnets.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
#[expect(missing_docs, reason = "the fields are what the configuration gives")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum SubnetSelection {
    /// By role tags, failing that by reachability: one subnet per zone.
    Discovery,
    /// By id or `Name` tag.
    Identifiers { identifiers: Vec<String> },
    /// By tag filters: all keys must match, any value of a key suffices.
    Tags { tags: BTreeMap<String, Vec<String>> },
}

impl fmt::Display for Want {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Want::ClusterName => f.write_str("cluster name"),
            Want::GatewayUid { gateway } => write!(f, "uid of Gateway {gateway}"),
            Want::Vpc => f.write_str("VPC of the cluster"),
            Want::Subnets { scheme, by } => write_subnets(f, scheme, by),
            Want::SecurityGroupsByName { names } => write_groups(f, names),
            Want::BackendSecurityGroup => f.write_str("shared backend security group"),
            Want::Certificates { hosts } => write!(f, "certificate for {}", hosts.join(", ")),
            Want::TrustStore { name } => write!(f, "trust store named {name}"),
            Want::TargetGroup { name } => write!(f, "target group named {name}"),
            Want::NodePort { service, port } => write!(f, "node port of Service {service}:{port}"),
            Want::ServicePort { service, port } => write!(f, "port {port} of Service {service}"),
            Want::TargetPort { service, port } => {
                write!(f, "target port of Service {service}:{port}")
            }
            Want::SecretKeys { secret } => write!(f, "keys of Secret {secret}"),
            Want::VpcCidrs => f.write_str("CIDR blocks of the VPC"),
            Want::SubnetCidrs { subnets } if subnets.is_empty() => {
                f.write_str("CIDR blocks of the load balancer's subnets")
            }
            Want::SubnetCidrs { subnets } => write!(f, "CIDR blocks of {}", subnets.join(", ")),
            Want::ExistingLoadBalancer { gateway } => {
                write!(f, "existing load balancer of Gateway {gateway}")
            }
            Want::LoadBalancer { gateway } => write!(f, "load balancer of Gateway {gateway}"),
        }
    }
}

fn write_subnets(f: &mut fmt::Formatter<'_>, scheme: &str, by: &SubnetSelection) -> fmt::Result {
    match by {
        SubnetSelection::Discovery => {
            write!(f, "discovered at deployment: {scheme}, one per zone")
        }
        SubnetSelection::Identifiers { identifiers } => {
            write!(f, "resolved at deployment: subnets {}", identifiers.join(", "))
        }
        SubnetSelection::Tags { tags } => {
            f.write_str("discovered at deployment: tagged ")?;
            write_tags(f, tags)?;
            f.write_str(", one per zone")
        }
    }
}

fn write_tags(f: &mut fmt::Formatter<'_>, tags: &BTreeMap<String, Vec<String>>) -> fmt::Result {
    for (index, (key, values)) in tags.iter().enumerate() {
        let comma = if index == 0 { "" } else { ", " };
        write!(f, "{comma}{key}={}", values.join("|"))?;
    }
    Ok(())
}

fn write_groups(f: &mut fmt::Formatter<'_>, names: &[String]) -> fmt::Result {
    let plural = if names.len() == 1 { "" } else { "s" };
    write!(f, "security group{plural} named {}", names.join(", "))
}
