//! Listeners of a load balancer with certificates, attributes and rules.
//!
//! Tags are read for all of them together, later.

use futures::{StreamExt as _, TryStreamExt as _, stream};
use gwchain_core::account::{Account, Listener, LoadBalancer, Pairs, Rule};
use gwchain_core::diff::Look;
use gwchain_core::id::Text;

use super::list::PAGE;
use super::{AT_ONCE, unless_denied, unless_gone};
use crate::client::Aws;
use crate::convert;
use crate::error::{Called as _, Error};

/// ARNs of all listeners and rules that were looked at.
pub fn arns(account: &Account) -> impl Iterator<Item = Text> {
    let listeners = account.load_balancers.iter().flat_map(|lb| lb.listeners.iter().flatten());
    listeners.flat_map(|listener| {
        let rules = listener.rules.iter().flatten().map(|rule| rule.rule_arn.clone());
        std::iter::once(listener.listener_arn.clone()).chain(rules)
    })
}

/// Listeners of `lb` by port; `None` if it has vanished.
pub async fn listeners(
    aws: &Aws,
    look: &Look<'_>,
    lb: &LoadBalancer,
    notes: &mut Vec<String>,
) -> Result<Option<Vec<Listener>>, Error> {
    let call = aws.elbv2.describe_listeners().load_balancer_arn(&*lb.load_balancer_arn);
    let pages = call.page_size(PAGE).into_paginator().items().send();
    let all = unless_gone(pages.collect::<Result<Vec<_>, _>>().await.called("DescribeListeners"))?;
    let Some(all) = all else { return Ok(None) };
    let all: Vec<Listener> = all.iter().map(convert::listener::listener).collect();
    let detailed = stream::iter(all).map(|listener| detailed(aws, look, lb, listener));
    let detailed: Vec<Option<(Listener, Vec<String>)>> = detailed.buffered(AT_ONCE).try_collect().await?;
    let mut listeners = super::kept(detailed, notes);
    listeners.sort_by_key(|listener| listener.port);
    Ok(Some(listeners))
}

async fn detailed(
    aws: &Aws,
    look: &Look<'_>,
    lb: &LoadBalancer,
    mut listener: Listener,
) -> Result<Option<(Listener, Vec<String>)>, Error> {
    let mut notes = Vec::new();
    let look = look.listener(lb, listener.port, &listener.protocol);
    let arn = listener.listener_arn.clone();
    if look.rules {
        let Some(rules) = unless_gone(rules(aws, &arn).await)? else { return Ok(None) };
        listener.rules = Some(rules);
    }
    listener.certificates = Some(Vec::new());
    if look.certificates {
        let Some(found) = unless_gone(certificates(aws, &arn).await)? else { return Ok(None) };
        listener.certificates = Some(found);
    }
    if look.attributes {
        let found = unless_denied(attributes(aws, &arn).await, &arn, &mut notes);
        let Some(found) = unless_gone(found)? else { return Ok(None) };
        listener.attributes = found;
    }
    Ok(Some((listener, notes)))
}

async fn rules(aws: &Aws, listener: &str) -> Result<Vec<Rule>, Error> {
    let call = aws.elbv2.describe_rules().listener_arn(listener);
    let pages = call.page_size(PAGE).into_paginator().items().send();
    let all = pages.collect::<Result<Vec<_>, _>>().await.called("DescribeRules")?;
    let mut rules: Vec<Rule> = all.iter().filter_map(convert::listener::rule).collect();
    rules.sort_by_key(Rule::number);
    Ok(rules)
}

/// All certificates but the entry that says which one is the default.
async fn certificates(aws: &Aws, listener: &str) -> Result<Vec<Text>, Error> {
    let call = aws.elbv2.describe_listener_certificates().listener_arn(listener);
    let pages = call.page_size(PAGE).into_paginator().items().send();
    let all = pages.collect::<Result<Vec<_>, _>>().await.called("DescribeListenerCertificates")?;
    let extra = all.iter().filter(|one| one.is_default() != Some(true));
    Ok(extra.map(|one| convert::text(one.certificate_arn())).collect())
}

async fn attributes(aws: &Aws, listener: &str) -> Result<Pairs, Error> {
    let call = aws.elbv2.describe_listener_attributes().listener_arn(listener);
    let answer = call.send().await.called("DescribeListenerAttributes")?;
    let all = answer.attributes().iter();
    Ok(all.map(|one| (convert::text(one.key()), convert::text(one.value()))).collect())
}
