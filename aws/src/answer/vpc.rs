//! Which VPC the cluster is in, and its address blocks.
//!
//! It guesses nothing: a VPC of no node and of no instance is not taken.

use std::collections::BTreeSet;
use std::time::Duration;

use aws_config::imds;
use aws_sdk_ec2::types::{Filter, Reservation, VpcCidrBlockStateCode};
use gwchain_core::fact::{Environment, Vpc, Want};

use super::Cluster;
use crate::client::Aws;
use crate::error::{Called as _, Error};

/// Nodes that are asked for: all are in one VPC.
const NODES: usize = 20;
/// Outside EC2 nobody answers.
const METADATA: Duration = Duration::from_secs(1);

/// Fills in the VPC where it is asked for, directly or by what lies in it.
pub async fn answer(aws: &Aws, cluster: &Cluster, wants: &[Want], environment: &mut Environment) -> Result<(), Error> {
    let lies_in_it = |want: &Want| {
        matches!(
            want,
            Want::Vpc
                | Want::VpcCidrs
                | Want::Subnets { .. }
                | Want::SubnetCidrs { .. }
                | Want::SecurityGroupsByName { .. }
                | Want::BackendSecurityGroup
        )
    };
    if environment.vpc.is_none() && wants.iter().any(lies_in_it) {
        let id = of_cluster(aws, cluster).await?.ok_or(Error::NoVpc)?;
        environment.vpc = Some(Vpc { id, cidrs: Vec::new(), ipv6_cidrs: Vec::new() });
    }
    if let Some(vpc) = &mut environment.vpc
        && wants.contains(&Want::VpcCidrs)
        && vpc.cidrs.is_empty()
        && vpc.ipv6_cidrs.is_empty()
    {
        blocks(aws, vpc).await?;
    }
    Ok(())
}

/// The VPC that somebody has named, else that of the nodes, else that of the machine this runs on.
pub async fn of_cluster(aws: &Aws, cluster: &Cluster) -> Result<Option<String>, Error> {
    if cluster.vpc.is_some() {
        return Ok(cluster.vpc.clone());
    }
    match of_nodes(aws, &cluster.nodes).await? {
        Some(vpc) => Ok(Some(vpc)),
        None => Ok(of_machine().await),
    }
}

async fn of_nodes(aws: &Aws, nodes: &[String]) -> Result<Option<String>, Error> {
    let ids: Vec<String> = nodes.iter().filter_map(|node| instance(node)).map(str::to_owned).take(NODES).collect();
    if ids.is_empty() {
        return Ok(None);
    }
    // A filter, unlike a list of ids, forgives instances that are gone.
    let filter = Filter::builder().name("instance-id").set_values(Some(ids)).build();
    let answer = aws.ec2.describe_instances().filters(filter).send().await.called("DescribeInstances")?;
    let instances = answer.reservations().iter().flat_map(Reservation::instances);
    let found: BTreeSet<&str> = instances.filter_map(|instance| instance.vpc_id()).collect();
    match found.len() {
        0 | 1 => Ok(found.first().map(|vpc| (*vpc).to_owned())),
        _ => Err(Error::SeveralVpcs(found.into_iter().collect::<Vec<_>>().join(", "))),
    }
}

/// The instance of `aws:///us-west-2a/i-…`; nodes of Fargate have none.
fn instance(provider_id: &str) -> Option<&str> {
    let last = provider_id.strip_prefix("aws://")?.rsplit('/').next()?;
    last.starts_with("i-").then_some(last)
}

/// The VPC of the EC2 instance that this runs on, if it does.
async fn of_machine() -> Option<String> {
    if std::env::var("AWS_EC2_METADATA_DISABLED").is_ok_and(|value| value.eq_ignore_ascii_case("true")) {
        return None;
    }
    let client = imds::Client::builder().connect_timeout(METADATA).read_timeout(METADATA).max_attempts(1).build();
    let mac = client.get("/latest/meta-data/mac").await.ok()?;
    let path = format!("/latest/meta-data/network/interfaces/macs/{}/vpc-id", mac.as_ref());
    let vpc = client.get(path).await.ok()?;
    Some(vpc.into())
}

async fn blocks(aws: &Aws, vpc: &mut Vpc) -> Result<(), Error> {
    let answer = aws.ec2.describe_vpcs().vpc_ids(&vpc.id).send().await.called("DescribeVpcs")?;
    let Some(found) = answer.vpcs().first() else { return Ok(()) };
    let is_there = |state: Option<&VpcCidrBlockStateCode>| state == Some(&VpcCidrBlockStateCode::Associated);
    let v4 = found.cidr_block_association_set().iter();
    let v4 = v4.filter(|one| is_there(one.cidr_block_state().and_then(|state| state.state())));
    vpc.cidrs = v4.filter_map(|one| one.cidr_block()).map(str::to_owned).collect();
    let v6 = found.ipv6_cidr_block_association_set().iter();
    let v6 = v6.filter(|one| is_there(one.ipv6_cidr_block_state().and_then(|state| state.state())));
    vpc.ipv6_cidrs = v6.filter_map(|one| one.ipv6_cidr_block()).map(str::to_owned).collect();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::instance;

    #[test]
    fn a_node_on_ec2_has_an_instance() {
        assert_eq!(instance("aws:///us-west-2a/i-0123"), Some("i-0123"));
        assert_eq!(instance("aws:///us-west-2a/0a1b2c/fargate-ip-10-0-0-1.ec2.internal"), None);
        assert_eq!(instance("kind://docker/kind/i-am-a-node"), None);
        assert_eq!(instance(""), None);
    }
}
