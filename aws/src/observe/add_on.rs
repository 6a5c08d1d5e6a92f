//! Web ACL and protection of a load balancer.
//!
//! Web ACLs of WAF Classic are none of gateways'.

use aws_sdk_shield::types::SubscriptionState;
use gwchain_core::account::Protection;
use gwchain_core::id::Text;

use super::unless_gone;
use crate::client::Aws;
use crate::convert;
use crate::error::{Called as _, Error};

/// ARN of the web ACL, empty without one.
pub async fn web_acl(aws: &Aws, arn: &str) -> Result<Text, Error> {
    let answer = aws.wafv2.get_web_acl_for_resource().resource_arn(arn).send().await.called("GetWebACLForResource");
    let acl = unless_gone(answer)?.and_then(|answer| answer.web_acl);
    Ok(acl.map(|acl| Text::from(acl.arn())).unwrap_or_default())
}

/// The protection, if any; `None` outside if the account has not subscribed to Shield Advanced.
pub async fn protection(aws: &Aws, arn: &str) -> Result<Option<Option<Protection>>, Error> {
    let state = aws.shield.get_subscription_state().send().await.called("GetSubscriptionState")?;
    if *state.subscription_state() != SubscriptionState::Active {
        return Ok(None);
    }
    let answer =
        unless_gone(aws.shield.describe_protection().resource_arn(arn).send().await.called("DescribeProtection"))?;
    let found = answer.and_then(|answer| answer.protection);
    Ok(Some(found.map(|one| Protection { id: convert::text(one.id()), name: convert::text(one.name()) })))
}
