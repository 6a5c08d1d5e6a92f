//! A load balancer with its listeners, attributes, capacity and add-ons.
//!
//! It finds none.

use aws_sdk_elasticloadbalancingv2::types as sdk;
use gwchain_core::account::{LoadBalancer, Pairs};
use gwchain_core::diff::Look;

use super::{add_on, listener, unless_denied, unless_gone};
use crate::client::Aws;
use crate::convert;
use crate::error::{Called as _, Error};

/// The load balancer with what is to be looked at; `None` if it has vanished.
pub async fn detailed(
    aws: &Aws,
    look: &Look<'_>,
    mut lb: LoadBalancer,
) -> Result<Option<(LoadBalancer, Vec<String>)>, Error> {
    let Some(wanted) = look.load_balancer(&lb) else {
        return Ok(Some((lb, Vec::new())));
    };
    let mut notes = Vec::new();
    let arn = lb.load_balancer_arn.clone();
    let Some(listeners) = listener::listeners(aws, look, &lb, &mut notes).await? else { return Ok(None) };
    lb.listeners = Some(listeners);
    if wanted.attributes {
        let Some(found) = unless_gone(attributes(aws, &arn).await)? else { return Ok(None) };
        lb.attributes = Some(found);
    }
    if wanted.capacity {
        let found = unless_denied(capacity(aws, &arn).await, &arn, &mut notes);
        let Some(found) = unless_gone(found)? else { return Ok(None) };
        lb.capacity_units = found;
    }
    if wanted.web_acl {
        lb.web_acl = unless_denied(add_on::web_acl(aws, &arn).await, &arn, &mut notes)?;
    }
    if wanted.protection {
        lb.protection = unless_denied(add_on::protection(aws, &arn).await, &arn, &mut notes)?.flatten();
    }
    Ok(Some((lb, notes)))
}

async fn attributes(aws: &Aws, arn: &str) -> Result<Pairs, Error> {
    let call = aws.elbv2.describe_load_balancer_attributes().load_balancer_arn(arn);
    let answer = call.send().await.called("DescribeLoadBalancerAttributes")?;
    let all = answer.attributes().iter();
    Ok(all.map(|one| (convert::text(one.key()), convert::text(one.value()))).collect())
}

/// Capacity units that are reserved; none is zero.
async fn capacity(aws: &Aws, arn: &str) -> Result<i64, Error> {
    let call = aws.elbv2.describe_capacity_reservation().load_balancer_arn(arn);
    let answer = call.send().await.called("DescribeCapacityReservation")?;
    let units = answer.minimum_load_balancer_capacity().and_then(sdk::MinimumLoadBalancerCapacity::capacity_units);
    Ok(units.map(i64::from).unwrap_or_default())
}
