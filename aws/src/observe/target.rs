//! A target group with its attributes and targets.
//!
//! Targets that are pods or nodes are the business of whoever reads TargetGroupBindings.

use gwchain_core::account::{Pairs, Target, TargetGroup};
use gwchain_core::diff::Look;

use super::{unless_denied, unless_gone};
use crate::client::Aws;
use crate::convert;
use crate::error::{Called as _, Error};

/// The target group with what is to be looked at; `None` if it has vanished.
pub async fn detailed(
    aws: &Aws,
    look: &Look<'_>,
    mut group: TargetGroup,
) -> Result<Option<(TargetGroup, Vec<String>)>, Error> {
    let mut notes = Vec::new();
    let wanted = look.target_group(&group).unwrap_or_default();
    let arn = group.target_group_arn.clone();
    if wanted.targets {
        let Some(found) = unless_gone(targets(aws, &arn).await)? else { return Ok(None) };
        group.targets = Some(found);
    }
    if wanted.attributes {
        let found = unless_denied(attributes(aws, &arn).await, &arn, &mut notes);
        let Some(found) = unless_gone(found)? else { return Ok(None) };
        group.attributes = found;
    }
    Ok(Some((group, notes)))
}

async fn targets(aws: &Aws, arn: &str) -> Result<Vec<Target>, Error> {
    let answer =
        aws.elbv2.describe_target_health().target_group_arn(arn).send().await.called("DescribeTargetHealth")?;
    Ok(answer.target_health_descriptions().iter().map(convert::target_group::target).collect())
}

async fn attributes(aws: &Aws, arn: &str) -> Result<Pairs, Error> {
    let call = aws.elbv2.describe_target_group_attributes().target_group_arn(arn);
    let answer = call.send().await.called("DescribeTargetGroupAttributes")?;
    let all = answer.attributes().iter();
    Ok(all.map(|one| (convert::text(one.key()), convert::text(one.value()))).collect())
}
