//! Lists of load balancers, target groups and security groups, page by page or by name.
//!
//! Tags of load balancers and target groups are not among them.

use aws_sdk_ec2::types::{self as sdk, Filter};
use futures::{StreamExt as _, TryStreamExt as _, stream};
use gwchain_core::account::{CLUSTER_TAG, LoadBalancer, SecurityGroup, TargetGroup};
use gwchain_core::id::Text;

use super::{AT_ONCE, unless_gone};
use crate::client::Aws;
use crate::convert::{self, filter};
use crate::error::{Called as _, Error};

/// Elastic Load Balancing's largest page.
pub(crate) const PAGE: i32 = 400;
/// How many ARNs a call takes.
const BATCH: usize = 20;

/// All load balancers of the account in the region, classic ones aside.
pub async fn load_balancers(aws: &Aws) -> Result<Vec<LoadBalancer>, Error> {
    let pages = aws.elbv2.describe_load_balancers().page_size(PAGE).into_paginator().items().send();
    let all = pages.collect::<Result<Vec<_>, _>>().await.called("DescribeLoadBalancers")?;
    Ok(all.iter().map(convert::load_balancer::load_balancer).collect())
}

/// All target groups of the account in the region.
pub async fn target_groups(aws: &Aws) -> Result<Vec<TargetGroup>, Error> {
    let pages = aws.elbv2.describe_target_groups().page_size(PAGE).into_paginator().items().send();
    let all = pages.collect::<Result<Vec<_>, _>>().await.called("DescribeTargetGroups")?;
    Ok(all.iter().map(convert::target_group::target_group).collect())
}

/// These load balancers; `None` if one of them is gone.
pub async fn named_load_balancers(aws: &Aws, arns: &[&Text]) -> Result<Option<Vec<LoadBalancer>>, Error> {
    let describe = |batch: Vec<String>| async move {
        let call = aws.elbv2.describe_load_balancers().set_load_balancer_arns(Some(batch));
        let answer = unless_gone(call.send().await.called("DescribeLoadBalancers"))?;
        let all = answer.map(|answer| answer.load_balancers.unwrap_or_default());
        Ok(all.map(|all| all.iter().map(convert::load_balancer::load_balancer).collect()))
    };
    in_batches(arns, describe).await
}

/// These target groups; `None` if one of them is gone.
pub async fn named_target_groups(aws: &Aws, arns: &[&Text]) -> Result<Option<Vec<TargetGroup>>, Error> {
    let describe = |batch: Vec<String>| async move {
        let call = aws.elbv2.describe_target_groups().set_target_group_arns(Some(batch));
        let answer = unless_gone(call.send().await.called("DescribeTargetGroups"))?;
        let all = answer.map(|answer| answer.target_groups.unwrap_or_default());
        Ok(all.map(|all| all.iter().map(convert::target_group::target_group).collect()))
    };
    in_batches(arns, describe).await
}

async fn in_batches<T, F>(arns: &[&Text], describe: impl Fn(Vec<String>) -> F) -> Result<Option<Vec<T>>, Error>
where
    F: Future<Output = Result<Option<Vec<T>>, Error>>,
{
    let batches = arns.chunks(BATCH).map(|batch| batch.iter().map(ToString::to_string).collect());
    let batches: Vec<Vec<String>> = batches.collect();
    let answers: Vec<Option<Vec<T>>> = stream::iter(batches).map(describe).buffered(AT_ONCE).try_collect().await?;
    let answers: Option<Vec<Vec<T>>> = answers.into_iter().collect();
    Ok(answers.map(|answers| answers.into_iter().flatten().collect()))
}

/// Security groups that carry the cluster's tag: those of its load balancers, and the one that all share.
pub async fn security_groups(aws: &Aws, cluster: &str, vpc: Option<&str>) -> Result<Vec<SecurityGroup>, Error> {
    let cluster = filter(&format!("tag:{CLUSTER_TAG}"), cluster);
    let filters = vpc.map(|vpc| filter("vpc-id", vpc)).into_iter().chain([cluster]).collect();
    let all = described_security_groups(aws, filters).await?;
    Ok(all.iter().map(convert::security_group::security_group).collect())
}

/// Security groups that all of `filters` let through, by id.
pub(crate) async fn described_security_groups(
    aws: &Aws,
    filters: Vec<Filter>,
) -> Result<Vec<sdk::SecurityGroup>, Error> {
    let pages = aws.ec2.describe_security_groups().set_filters(Some(filters)).into_paginator().items().send();
    let mut all = pages.collect::<Result<Vec<_>, _>>().await.called("DescribeSecurityGroups")?;
    all.sort_by(|one, other| one.group_id().cmp(&other.group_id()));
    Ok(all)
}
