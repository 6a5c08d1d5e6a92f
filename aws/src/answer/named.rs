//! Trust stores and target groups by name.
//!
//! It looks up, it does not create.

use futures::{StreamExt as _, TryStreamExt as _, stream};
use gwchain_core::fact::{Environment, NamedArn, Want};

use crate::client::Aws;
use crate::error::{Called as _, Error};
use crate::observe::{AT_ONCE, unless_gone};

/// Fills in trust stores and target groups.
pub async fn answer(aws: &Aws, wants: &[Want], environment: &mut Environment) -> Result<(), Error> {
    if environment.trust_stores.is_none() && wants.iter().any(|want| matches!(want, Want::TrustStore { .. })) {
        environment.trust_stores = Some(trust_stores(aws).await?);
    }
    let names = wants.iter().filter_map(|want| match want {
        Want::TargetGroup { name } => Some(name.clone()),
        _ => None,
    });
    let names: Vec<String> = names.collect();
    if environment.target_groups.is_none() && !names.is_empty() {
        let found = stream::iter(names).map(|name| target_group(aws, name)).buffered(AT_ONCE);
        environment.target_groups = Some(found.try_filter_map(futures::future::ok).try_collect().await?);
    }
    Ok(())
}

async fn trust_stores(aws: &Aws) -> Result<Vec<NamedArn>, Error> {
    let pages = aws.elbv2.describe_trust_stores().into_paginator().items().send();
    let all = pages.collect::<Result<Vec<_>, _>>().await.called("DescribeTrustStores")?;
    let named = all.into_iter().filter_map(|one| Some(NamedArn { name: one.name?, arn: one.trust_store_arn? }));
    Ok(named.collect())
}

/// One call per name: a name that does not exist would spoil the others.
async fn target_group(aws: &Aws, name: String) -> Result<Option<NamedArn>, Error> {
    let answer =
        unless_gone(aws.elbv2.describe_target_groups().names(&name).send().await.called("DescribeTargetGroups"))?;
    let arn = answer.and_then(|answer| answer.target_groups?.into_iter().next()?.target_group_arn);
    Ok(arn.map(|arn| NamedArn { name, arn }))
}
