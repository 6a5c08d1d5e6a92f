//! What AWS and the cluster know: questions (`Want`), answers on file (`Environment`), and the look-ups between them.
//! It does not ask anyone: an unanswered question stays pending, and no function here does I/O.

mod answer;
mod certificate;
mod cidr;
mod environment;
mod flags;
mod inventory;
mod lookup;
mod security_group;
mod simulated;
mod subnet;
mod want;

pub use crate::id::LoadBalancerType;
pub use answer::Answer;
pub use certificate::discover_certificates;
pub use cidr::{cidr_contains, covers, is_cidr};
pub use environment::{AdmissionMode, Environment, GatewayApiChannel};
pub use flags::Flags;
pub use inventory::{
    Certificate, ExistingLoadBalancer, NamedArn, Provisioning, ProvisioningState, SecurityGroup, Subnet, Vpc,
};

pub use lookup::{target_group_by_name, trust_store, vpc_cidrs};
pub use security_group::{backend_security_group, find_security_groups};
pub use simulated::{Provisioned, simulated_load_balancer, simulated_uid};
pub use subnet::{ChosenSubnets, SubnetConfig, SubnetMapping, SubnetRequest, choose_subnets};
pub use want::{SubnetSelection, Want};
