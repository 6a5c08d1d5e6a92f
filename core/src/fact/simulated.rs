//! The account, cluster and deployment that the golden vectors' harness simulates.
//! It does not serve plans for a real cluster: it only lets the reference's output be reproduced.

use sha1::{Digest, Sha1};
use sha2::Sha256;

use super::{
    AdmissionMode, Environment, GatewayApiChannel, LoadBalancerType, Provisioning, ProvisioningState, Subnet, Vpc,
};

const CLUSTER: &str = "demo";
const REGION: &str = "us-west-2";
const ACCOUNT: &str = "111122223333";

/// A load balancer as the simulated deployment leaves it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provisioned {
    /// Its ARN.
    pub arn: String,
    /// Its DNS name.
    pub dns_name: String,
    /// How its deployment ended.
    pub state: ProvisioningState,
}

impl Environment {
    /// Fills every unanswered field with what the vectors' harness assumes (vectors/README.md).
    pub fn simulated(mut self) -> Environment {
        self.simulate_identity();
        self.simulate_network();
        self.simulate_inventory();
        self.simulate_controllers();
        self
    }

    fn simulate_identity(&mut self) {
        self.cluster_name.get_or_insert_with(|| CLUSTER.to_owned());
        self.region.get_or_insert_with(|| REGION.to_owned());
        self.account_id.get_or_insert_with(|| ACCOUNT.to_owned());
    }

    fn simulate_network(&mut self) {
        let vpc = self.vpc.get_or_insert_with(|| Vpc {
            id: "vpc-0123456789abcdef0".to_owned(),
            cidrs: Vec::new(),
            ipv6_cidrs: Vec::new(),
        });
        if vpc.cidrs.is_empty() {
            vpc.cidrs.push("192.168.0.0/16".to_owned());
        }
        self.subnets.get_or_insert_with(default_subnets);
        let auto = &mut self.auto_backend_security_group_id;
        auto.get_or_insert_with(|| "sg-0auto0backend0demo".to_owned());
    }

    fn simulate_inventory(&mut self) {
        self.security_groups.get_or_insert_default();
        self.certificates.get_or_insert_default();
        self.trust_stores.get_or_insert_default();
        self.target_groups.get_or_insert_default();
        self.existing_load_balancers.get_or_insert_default();
    }

    fn simulate_controllers(&mut self) {
        self.default_provisioning_state.get_or_insert(ProvisioningState::Active);
        self.run_gateway_class_controller.get_or_insert(true);
        self.run_listener_rule_configuration_controller.get_or_insert(true);
        self.admission.get_or_insert(AdmissionMode::Enforce);
        self.gateway_api_channel.get_or_insert(GatewayApiChannel::Standard);
    }
}

fn default_subnets() -> Vec<Subnet> {
    let public = zones().map(|(zone, index)| public_subnet(zone, 32 * index));
    let private = zones().map(|(zone, index)| private_subnet(zone, 96 + 32 * index));
    public.chain(private).collect()
}

fn zones() -> impl Iterator<Item = (char, u8)> {
    ['a', 'b', 'c'].into_iter().zip(0..)
}

fn public_subnet(zone: char, third_byte: u8) -> Subnet {
    Subnet {
        id: format!("subnet-0public{zone}000000000").into(),
        public: true,
        ..default_subnet(zone, third_byte, "public", "kubernetes.io/role/elb")
    }
}

fn private_subnet(zone: char, third_byte: u8) -> Subnet {
    Subnet {
        id: format!("subnet-0private{zone}00000000").into(),
        ..default_subnet(zone, third_byte, "private", "kubernetes.io/role/internal-elb")
    }
}

fn default_subnet(zone: char, third_byte: u8, reach: &str, role: &str) -> Subnet {
    let name = format!("demo-{reach}-{zone}");
    Subnet {
        az: format!("{REGION}{zone}"),
        cidr: format!("192.168.{third_byte}.0/19"),
        tags: [(role.to_owned(), "1".to_owned()), ("Name".to_owned(), name)].into(),
        ..Subnet::default()
    }
}

/// What deploying a Gateway's load balancer yields: simulated ARN, DNS name and state, or what the environment's
/// `provisioning` says instead. Unanswered parts of the identity take the harness's defaults.
pub fn simulated_load_balancer(
    env: &Environment,
    gateway: &str,
    lb_name: &str,
    lb_type: LoadBalancerType,
    scheme: &str,
) -> Provisioned {
    let stated = env.provisioning.iter().find(|p| p.gateway == gateway);
    let hash = simulated_hash(env, gateway, lb_type);
    let default_state = env.default_provisioning_state.unwrap_or_default();
    Provisioned {
        arn: override_of(stated, |p| &p.arn).unwrap_or_else(|| simulated_arn(env, lb_name, lb_type, &hash)),
        dns_name: override_of(stated, |p| &p.dns_name)
            .unwrap_or_else(|| simulated_dns(env, lb_name, lb_type, scheme, &hash)),
        state: stated.and_then(|p| p.state).unwrap_or(default_state),
    }
}

fn override_of(stated: Option<&Provisioning>, field: impl Fn(&Provisioning) -> &Option<String>) -> Option<String> {
    stated.and_then(|p| field(p).clone())
}

fn short(lb_type: LoadBalancerType) -> &'static str {
    match lb_type {
        LoadBalancerType::Application => "app",
        LoadBalancerType::Network => "net",
    }
}

fn region(env: &Environment) -> &str {
    env.region.as_deref().unwrap_or(REGION)
}

fn simulated_hash(env: &Environment, gateway: &str, lb_type: LoadBalancerType) -> String {
    let cluster = env.cluster_name.as_deref().unwrap_or(CLUSTER);
    let mut hasher = Sha256::new();
    for part in [cluster, gateway, short(lb_type)] {
        hasher.update(part);
        hasher.update([0]);
    }
    hex(&hasher.finalize()[..8])
}

fn simulated_arn(env: &Environment, name: &str, lb_type: LoadBalancerType, hash: &str) -> String {
    let region = region(env);
    let account = env.account_id.as_deref().unwrap_or(ACCOUNT);
    let kind = short(lb_type);
    format!("arn:aws:elasticloadbalancing:{region}:{account}:loadbalancer/{kind}/{name}/{hash}")
}

fn simulated_dns(env: &Environment, name: &str, lb_type: LoadBalancerType, scheme: &str, hash: &str) -> String {
    let region = region(env);
    if lb_type == LoadBalancerType::Network {
        return format!("{name}-{hash}.elb.{region}.amazonaws.com");
    }
    let prefix = if scheme == "internal" { "internal-" } else { "" };
    let hash = &hash[..10];
    format!("{prefix}{name}-{hash}.elb.{region}.amazonaws.com")
}

/// The `metadata.uid` the harness gives an object without one; the namespace is empty for cluster-scoped kinds.
pub fn simulated_uid(kind: &str, namespace: &str, name: &str) -> String {
    let digest = Sha1::digest(format!("gwchain:{kind}/{namespace}/{name}"));
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    bytes[6] = bytes[6] & 0x0f | 0x50;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let text = hex(&bytes);
    [&text[..8], &text[8..12], &text[12..16], &text[16..20], &text[20..]].join("-")
}

fn hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(nibble.into(), 16).expect("half a byte is one digit");
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

#[cfg(test)]
mod tests;
