//! Names and numbers with a meaning of their own, so that a port is never taken for a priority.
//!
//! It knows nothing of how the things named are built or found.

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Serialize};

/// A string shared between manifests, model and plan: a short one is copied in place, a longer one is counted.
pub type Text = smol_str::SmolStr;

/// Position of an object in [`crate::manifest::Manifests::objects`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectIx(pub u32);

/// `namespace/name` of an object; the namespace is empty for cluster-scoped kinds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NamespacedName {
    /// Namespace, empty when the kind has none.
    pub namespace: Text,
    /// `metadata.name`.
    pub name: Text,
}

impl NamespacedName {
    /// Joins a namespace and a name.
    pub fn new(namespace: &Text, name: &Text) -> Self {
        Self { namespace: namespace.clone(), name: name.clone() }
    }

    /// The order of `namespace/name` as text, by which the reference sorts: `a-b/c` comes before `a/b`.
    pub fn cmp_label(&self, other: &Self) -> Ordering {
        if self.namespace == other.namespace {
            return self.name.cmp(&other.name);
        }
        self.label_bytes().cmp(other.label_bytes())
    }

    fn label_bytes(&self) -> impl Iterator<Item = u8> + '_ {
        self.namespace.bytes().chain(std::iter::once(b'/')).chain(self.name.bytes())
    }
}

impl fmt::Display for NamespacedName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.namespace.is_empty() { f.write_str(&self.name) } else { write!(f, "{}/{}", self.namespace, self.name) }
    }
}

/// Which of the two load balancers a GatewayClass stands for (translation §0).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum LoadBalancerType {
    /// ALB, `gateway.k8s.aws/alb`.
    #[serde(rename = "alb")]
    Application,
    /// NLB, `gateway.k8s.aws/nlb`.
    #[serde(rename = "nlb")]
    Network,
}

impl LoadBalancerType {
    /// The type a controller name stands for, if it is one of ours.
    pub fn of_controller(name: &str) -> Option<Self> {
        match name {
            "gateway.k8s.aws/alb" => Some(Self::Application),
            "gateway.k8s.aws/nlb" => Some(Self::Network),
            _ => None,
        }
    }

    /// The value of the ELBv2 API field `Type`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Application => "application",
            Self::Network => "network",
        }
    }

    /// The abbreviation people use.
    pub fn short(self) -> &'static str {
        match self {
            Self::Application => "ALB",
            Self::Network => "NLB",
        }
    }
}

/// The five route kinds of the Gateway API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RouteKind {
    /// `HTTPRoute`.
    Http,
    /// `GRPCRoute`.
    Grpc,
    /// `TCPRoute`.
    Tcp,
    /// `TLSRoute`.
    Tls,
    /// `UDPRoute`.
    Udp,
}

impl RouteKind {
    /// All kinds, in the order in which ties between kinds are decided.
    pub const ALL: [Self; 5] = [Self::Http, Self::Grpc, Self::Tcp, Self::Tls, Self::Udp];

    /// The kind of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// The Kubernetes kind.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Http => "HTTPRoute",
            Self::Grpc => "GRPCRoute",
            Self::Tcp => "TCPRoute",
            Self::Tls => "TLSRoute",
            Self::Udp => "UDPRoute",
        }
    }

    /// The load balancer whose controller reads this kind.
    pub fn load_balancer(self) -> LoadBalancerType {
        match self {
            Self::Http | Self::Grpc => LoadBalancerType::Application,
            Self::Tcp | Self::Tls | Self::Udp => LoadBalancerType::Network,
        }
    }

    /// The `controllerName` that writes the status of this kind.
    pub fn controller(self) -> &'static str {
        match self.load_balancer() {
            LoadBalancerType::Application => "gateway.k8s.aws/alb",
            LoadBalancerType::Network => "gateway.k8s.aws/nlb",
        }
    }
}

impl fmt::Display for RouteKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
