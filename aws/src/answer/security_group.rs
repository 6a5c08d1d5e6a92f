//! Security groups: those of the VPC where some are asked for by name, and the one that load balancers share.
//!
//! Groups of load balancers are observed, not asked for.

use aws_sdk_ec2::types as sdk;
use gwchain_core::account::{CLUSTER_TAG, SHARED_TAG};
use gwchain_core::fact::{Environment, SecurityGroup, Want};

use crate::client::Aws;
use crate::convert::{self, filter};
use crate::error::Error;
use crate::observe::described_security_groups;

/// Fills in security groups.
pub async fn answer(aws: &Aws, cluster: &str, wants: &[Want], environment: &mut Environment) -> Result<(), Error> {
    let Some(vpc) = environment.vpc.as_ref().map(|vpc| vpc.id.clone()) else {
        return Ok(());
    };
    let by_name = wants.iter().any(|want| matches!(want, Want::SecurityGroupsByName { .. }));
    if environment.security_groups.is_none() && by_name {
        let found = described_security_groups(aws, vec![filter("vpc-id", &vpc)]).await?;
        environment.security_groups = Some(found.iter().map(security_group).collect());
    } else if wants.contains(&Want::BackendSecurityGroup) && environment.auto_backend_security_group_id.is_none() {
        let name = environment.cluster_name.as_deref().unwrap_or(cluster);
        let tags = [(CLUSTER_TAG, name), SHARED_TAG].map(|(key, value)| filter(&format!("tag:{key}"), value));
        let found = described_security_groups(aws, [vec![filter("vpc-id", &vpc)], tags.into()].concat()).await?;
        environment.auto_backend_security_group_id = found.first().and_then(|one| one.group_id()).map(str::to_owned);
    }
    Ok(())
}

/// People mean the `Name` tag when they give a name, not EC2's group name.
fn security_group(one: &sdk::SecurityGroup) -> SecurityGroup {
    let mut tags = convert::ec2_tags(one.tags());
    let name = tags.remove("Name").unwrap_or_default();
    SecurityGroup { id: one.group_id().unwrap_or_default().to_owned(), name, tags }
}
