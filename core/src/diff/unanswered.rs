//! What to do about a question that nobody has answered.
//!
//! The questions themselves are `fact`'s.

use crate::fact::Want;

/// The remedy in words, lower case, without full stop.
pub fn remedy(want: &Want) -> &'static str {
    match want {
        Want::ClusterName => "say --cluster-name NAME, the name that the controller's flag of that name has",
        Want::GatewayUid { .. } => "read the Gateway from its cluster, or give it metadata.uid",
        Want::Vpc => "say --vpc-id ID, or vpc in the file of --environment",
        Want::Subnets { .. } => {
            "tag one subnet per zone with kubernetes.io/role/elb or kubernetes.io/role/internal-elb, or name them in \
             loadBalancerSubnets of the LoadBalancerConfiguration"
        }
        Want::SecurityGroupsByName { .. } => "create the security groups with these Name tags, or name others",
        Want::BackendSecurityGroup => "it is created with the first load balancer",
        Want::Certificates { .. } => {
            "issue or import the certificate in ACM, or name one in the listener's configuration"
        }
        Want::TrustStore { .. } => "create the trust store, or name another",
        Want::TargetGroup { .. } => "create the target group, or name another",
        Want::NodePort { .. } => "apply the Service to a cluster, which gives it a node port, or target pods by ip",
        Want::ServicePort { .. } | Want::TargetPort { .. } => "give the Service with -f, or read the cluster",
        Want::SecretKeys { .. } => "give the Secret with -f, or read the cluster",
        Want::VpcCidrs | Want::SubnetCidrs { .. } => "say them in the file of --environment",
        Want::ExistingLoadBalancer { .. } | Want::LoadBalancer { .. } => {
            "plan both Gateways together, or wait until the other one has a load balancer"
        }
    }
}
