//! Answers to the questions of a plan, as far as AWS has them.
//!
//! What an environment states already stays as it is. Questions to the cluster (uids, ports, keys of Secrets) are not
//! answered here.

mod certificate;
mod named;
mod security_group;
mod subnet;
pub(crate) mod vpc;

use std::collections::BTreeSet;

use gwchain_core::account::StackId;
use gwchain_core::fact::{Environment, Want};
use gwchain_core::manifest::Manifests;
use gwchain_core::pipeline::{self, Options};
use gwchain_core::plan::document::wants;

use crate::client::Aws;
use crate::error::Error;
use crate::observe::{Known, find};

/// The cluster that gateways belong to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cluster {
    /// Its name, which tags carry.
    pub name: String,
    /// Id of its VPC, where somebody has said so.
    pub vpc: Option<String>,
    /// `spec.providerID` of its nodes, or of some of them: they tell the VPC.
    pub nodes: Vec<String>,
}

/// A plan raises the questions of subnets only once those of load balancers are answered, and so on.
const ROUNDS: usize = 5;

/// Plans, answers what is asked, and plans again, until nothing is asked that could be answered.
pub async fn answered(
    aws: &Aws,
    cluster: &Cluster,
    manifests: &Manifests,
    mut environment: Environment,
    options: Options,
) -> Result<Environment, Error> {
    let mut asked = BTreeSet::new();
    for _ in 0..ROUNDS {
        let mut open = wants(&pipeline::run(manifests, &environment, options).stacks());
        open.retain(|want| asked.insert(want.clone()));
        if open.is_empty() {
            break;
        }
        let open: Vec<Want> = open.into_iter().collect();
        environment = answer(aws, cluster, &open, environment).await?;
    }
    Ok(environment)
}

/// Fills in what `wants` ask for and `environment` leaves open.
pub async fn answer(
    aws: &Aws,
    cluster: &Cluster,
    wants: &[Want],
    mut environment: Environment,
) -> Result<Environment, Error> {
    environment.region.get_or_insert_with(|| aws.region().to_owned());
    environment.cluster_name.get_or_insert_with(|| cluster.name.clone());
    existing(aws, cluster, wants, &mut environment).await?;
    vpc::answer(aws, cluster, wants, &mut environment).await?;
    subnet::answer(aws, wants, &mut environment).await?;
    security_group::answer(aws, &cluster.name, wants, &mut environment).await?;
    certificate::answer(aws, wants, &mut environment).await?;
    named::answer(aws, wants, &mut environment).await?;
    Ok(environment)
}

/// Load balancers count with the subnets: those of an existing one stay.
async fn existing(aws: &Aws, cluster: &Cluster, wants: &[Want], environment: &mut Environment) -> Result<(), Error> {
    let is_asked = |want: &Want| {
        matches!(want, Want::Subnets { .. } | Want::ExistingLoadBalancer { .. } | Want::LoadBalancer { .. })
    };
    if environment.existing_load_balancers.is_none() && wants.iter().any(is_asked) {
        let place = Cluster {
            vpc: environment.vpc.as_ref().map(|vpc| vpc.id.clone()).or(cluster.vpc.clone()),
            ..cluster.clone()
        };
        find(aws, &place, None::<&[StackId]>, &Known::default()).await?.tell(environment);
    }
    Ok(())
}
