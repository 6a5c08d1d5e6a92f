//! Subnets nobody named: by role tags, by reachability, or by a tag selector, one per zone.
//! It does not resolve ids or names.

use std::collections::BTreeMap;

use super::{Found, SubnetRequest, requirements, vpc_subnets};
use crate::fact::answer::Stop;
use crate::fact::{Environment, Subnet, SubnetSelection, Want};

const CLUSTER_TAG: &str = "kubernetes.io/cluster";
const MINIMUM_FREE_ADDRESSES: u32 = 8;

pub(super) fn by_role<'a>(request: &SubnetRequest<'_>, env: &'a Environment) -> Result<Found<'a>, Stop> {
    let Some(subnets) = &env.subnets else {
        return Err(request.pending(SubnetSelection::Discovery));
    };
    let internal = request.scheme == "internal";
    let mut candidates = vpc_subnets(subnets, env)?;
    if candidates.iter().any(|subnet| has_role(subnet, internal)) {
        candidates.retain(|subnet| has_role(subnet, internal));
    } else {
        let by_reach = env.gate("SubnetDiscoveryByReachability");
        candidates.retain(|subnet| by_reach && subnet.public != internal);
    }
    select(candidates, request, env)
}

pub(super) fn by_selector<'a>(
    tags: &BTreeMap<String, Vec<String>>,
    request: &SubnetRequest<'_>,
    env: &'a Environment,
) -> Result<Found<'a>, Stop> {
    let Some(subnets) = &env.subnets else {
        let tags = tags.clone();
        return Err(request.pending(SubnetSelection::Tags { tags }));
    };
    let mut candidates = vpc_subnets(subnets, env)?;
    candidates.retain(|subnet| {
        let matches =
            |(key, values): (&String, &Vec<String>)| subnet.tags.get(key).is_some_and(|value| values.contains(value));
        tags.iter().all(matches)
    });
    select(candidates, request, env)
}

fn has_role(subnet: &Subnet, internal: bool) -> bool {
    let key = match internal {
        true => "kubernetes.io/role/internal-elb",
        false => "kubernetes.io/role/elb",
    };
    subnet.tags.get(key).is_some_and(|value| value.is_empty() || value == "1")
}

fn select<'e>(candidates: Vec<&'e Subnet>, request: &SubnetRequest<'_>, env: &Environment) -> Result<Found<'e>, Stop> {
    let evaluated = candidates.len();
    let claims = claims(&candidates, env)?;
    let mut refused = Refused::default();
    let check_tags = env.gate("SubnetsClusterTagCheck");
    let mut usable: Vec<(Claim, &Subnet)> = claims.into_iter().zip(candidates).collect();
    usable.retain(|(claim, subnet)| {
        let foreign = check_tags && *claim == Claim::Others;
        refused.admits(foreign, subnet, request)
    });
    if usable.is_empty() {
        return Err(refused.error(evaluated, request).into());
    }
    let chosen = one_per_zone(usable);
    requirements::check_placement(&chosen, request, env)?;
    Ok(Found::detailed(chosen))
}

/// Of each zone the subnet tagged for this cluster, failing that the one with the smallest id; sorted by id.
fn one_per_zone(mut usable: Vec<(Claim, &Subnet)>) -> Vec<&Subnet> {
    usable.sort_by_key(|(claim, subnet)| (subnet.az.as_str(), *claim != Claim::Ours, subnet.id.as_str()));
    usable.dedup_by(|(_, later), (_, kept)| later.az == kept.az);
    let mut chosen: Vec<&Subnet> = usable.into_iter().map(|(_, subnet)| subnet).collect();
    chosen.sort_by_key(|subnet| subnet.id.as_str());
    chosen
}

/// Whose cluster tag a subnet carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Claim {
    Ours,
    Nobody,
    Others,
}

/// The cluster name is asked for only if some subnet carries a cluster tag at all.
fn claims(candidates: &[&Subnet], env: &Environment) -> Result<Vec<Claim>, Want> {
    if !candidates.iter().any(|subnet| has_cluster_tag(subnet)) {
        return Ok(vec![Claim::Nobody; candidates.len()]);
    }
    let cluster = env.cluster_name.as_ref().ok_or(Want::ClusterName)?;
    let ours = format!("{CLUSTER_TAG}/{cluster}");
    let claim = |subnet: &&Subnet| match has_cluster_tag(subnet) {
        _ if subnet.tags.contains_key(&ours) => Claim::Ours,
        true => Claim::Others,
        false => Claim::Nobody,
    };
    Ok(candidates.iter().map(claim).collect())
}

fn has_cluster_tag(subnet: &Subnet) -> bool {
    subnet.tags.keys().any(|key| key.starts_with(CLUSTER_TAG))
}

/// How many candidates were refused, by reason; each counts once, for its first reason.
#[derive(Debug, Default)]
struct Refused {
    other_clusters: usize,
    few_addresses: usize,
    no_ipv6: usize,
}

impl Refused {
    /// Whether the subnet may be used; if not, the reason is counted.
    fn admits(&mut self, foreign: bool, subnet: &Subnet, request: &SubnetRequest<'_>) -> bool {
        let few = subnet.available_ips.is_some_and(|free| free < MINIMUM_FREE_ADDRESSES);
        let reason = if foreign {
            &mut self.other_clusters
        } else if few {
            &mut self.few_addresses
        } else if requirements::lacks_ipv6(subnet, request) {
            &mut self.no_ipv6
        } else {
            return true;
        };
        *reason += 1;
        false
    }

    fn error(&self, evaluated: usize, request: &SubnetRequest<'_>) -> String {
        let Refused { other_clusters, few_addresses, no_ipv6 } = self;
        let start = format!(
            "unable to resolve at least one subnet. Evaluated {evaluated} subnets: \
             {other_clusters} are tagged for other clusters,"
        );
        let few = format!("{few_addresses} have insufficient available IP addresses");
        if !request.dualstack() {
            return format!("{start} and {few}");
        }
        format!(
            "{start} {few}, and {no_ipv6} don't have an associated IPv6 CIDR block, \
             which is required for {} load balancers",
            request.ip_address_type
        )
    }
}
