//! Subnets with everything that their choice takes: tags, zones, free addresses, blocks, and the way to the internet.
//!
//! Which of them a load balancer gets is core's choice.

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_ec2::types::{self as sdk, Filter, SubnetCidrBlockStateCode};
use gwchain_core::fact::{Environment, Subnet, SubnetSelection, Want};

use crate::client::Aws;
use crate::convert;
use crate::error::{Called as _, Error};

/// Fills in subnets: all of the VPC, and those elsewhere that are asked for by id.
pub async fn answer(aws: &Aws, wants: &[Want], environment: &mut Environment) -> Result<(), Error> {
    let is_asked = |want: &Want| matches!(want, Want::Subnets { .. } | Want::SubnetCidrs { .. });
    let (None, true, Some(vpc)) = (&environment.subnets, wants.iter().any(is_asked), &environment.vpc) else {
        return Ok(());
    };
    let mut found = described(aws, "vpc-id", vec![vpc.id.clone()]).await?;
    let missing: Vec<String> = ids(wants).filter(|id| found.iter().all(|one| one.subnet_id() != Some(id))).collect();
    if !missing.is_empty() {
        found.extend(described(aws, "subnet-id", missing).await?);
    }
    let (ways, zones) = futures::try_join!(Ways::read(aws, &found), zone_types(aws, &found))?;
    let mut subnets: Vec<Subnet> = found.iter().map(|one| subnet(one, &ways, &zones)).collect();
    subnets.sort_by(|one, other| one.id.cmp(&other.id));
    environment.subnets = Some(subnets);
    Ok(())
}

/// Ids that are asked for, each once.
fn ids(wants: &[Want]) -> impl Iterator<Item = String> {
    let named = wants.iter().flat_map(|want| match want {
        Want::Subnets { by: SubnetSelection::Identifiers { identifiers }, .. } => identifiers.as_slice(),
        Want::SubnetCidrs { subnets } => subnets.as_slice(),
        _ => &[],
    });
    let named: BTreeSet<&String> = named.filter(|id| id.starts_with("subnet-")).collect();
    named.into_iter().cloned()
}

async fn described(aws: &Aws, filter: &str, values: Vec<String>) -> Result<Vec<sdk::Subnet>, Error> {
    let filter = Filter::builder().name(filter).set_values(Some(values)).build();
    let pages = aws.ec2.describe_subnets().filters(filter).into_paginator().items().send();
    pages.collect::<Result<Vec<_>, _>>().await.called("DescribeSubnets")
}

fn subnet(one: &sdk::Subnet, ways: &Ways, zones: &BTreeMap<String, String>) -> Subnet {
    let owned = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let zone = owned(one.availability_zone());
    let blocks = one.ipv6_cidr_block_association_set().iter().filter(|block| {
        let state = block.ipv6_cidr_block_state().and_then(|state| state.state());
        state == Some(&SubnetCidrBlockStateCode::Associated)
    });
    Subnet {
        id: convert::text(one.subnet_id()),
        az_id: one.availability_zone_id().map(str::to_owned),
        zone_type: zones.get(&zone).cloned(),
        az: zone,
        cidr: owned(one.cidr_block()),
        ipv6_cidrs: blocks.filter_map(|block| block.ipv6_cidr_block()).map(str::to_owned).collect(),
        tags: convert::ec2_tags(one.tags()),
        available_ips: one.available_ip_address_count().and_then(|count| u32::try_from(count).ok()),
        outpost_arn: one.outpost_arn().filter(|arn| !arn.is_empty()).map(str::to_owned),
        public: ways.is_public(one),
        vpc_id: one.vpc_id().map(str::to_owned),
    }
}

/// Which route tables lead to the internet (translation §5.7).
struct Ways {
    /// Subnets with a table of their own, and whether it does.
    own: BTreeMap<String, bool>,
    /// VPCs, and whether their main table does.
    main: BTreeMap<String, bool>,
}

impl Ways {
    async fn read(aws: &Aws, subnets: &[sdk::Subnet]) -> Result<Self, Error> {
        let vpcs: BTreeSet<String> = subnets.iter().filter_map(|one| one.vpc_id()).map(str::to_owned).collect();
        if vpcs.is_empty() {
            return Ok(Self::of(&[]));
        }
        let filter = Filter::builder().name("vpc-id").set_values(Some(vpcs.into_iter().collect())).build();
        let pages = aws.ec2.describe_route_tables().filters(filter).into_paginator().items().send();
        Ok(Self::of(&pages.collect::<Result<Vec<_>, _>>().await.called("DescribeRouteTables")?))
    }

    fn of(tables: &[sdk::RouteTable]) -> Self {
        let mut ways = Self { own: BTreeMap::new(), main: BTreeMap::new() };
        for table in tables {
            let is_open = table.routes().iter().any(|route| route.gateway_id().is_some_and(|id| id.starts_with("igw")));
            for association in table.associations() {
                if let Some(subnet) = association.subnet_id() {
                    ways.own.insert(subnet.to_owned(), is_open);
                } else if association.main() == Some(true) {
                    ways.main.insert(table.vpc_id().unwrap_or_default().to_owned(), is_open);
                }
            }
        }
        ways
    }

    fn is_public(&self, subnet: &sdk::Subnet) -> bool {
        let own = self.own.get(subnet.subnet_id().unwrap_or_default());
        own.or_else(|| self.main.get(subnet.vpc_id().unwrap_or_default())).copied().unwrap_or_default()
    }
}

/// Types of the zones that are not plainly availability zones, by name.
async fn zone_types(aws: &Aws, subnets: &[sdk::Subnet]) -> Result<BTreeMap<String, String>, Error> {
    let zones = subnets.iter().filter_map(|one| one.availability_zone());
    let unusual: BTreeSet<String> = zones.filter(|zone| !is_plain(zone, aws.region())).map(str::to_owned).collect();
    if unusual.is_empty() {
        return Ok(BTreeMap::new());
    }
    let call = aws.ec2.describe_availability_zones().set_zone_names(Some(unusual.into_iter().collect()));
    let answer = call.send().await.called("DescribeAvailabilityZones")?;
    let named = answer.availability_zones().iter();
    Ok(named.filter_map(|zone| Some((zone.zone_name()?.to_owned(), zone.zone_type()?.to_owned()))).collect())
}

/// An availability zone is called after its region and a letter; local and wavelength zones have longer names.
fn is_plain(zone: &str, region: &str) -> bool {
    zone.strip_prefix(region).is_some_and(|letter| letter.len() == 1)
}

#[cfg(test)]
mod tests;
