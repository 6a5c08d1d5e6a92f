//! Rules of listeners.
//!
//! Their priorities are core's business.

pub(super) mod action;
mod condition;

use aws_sdk_elasticloadbalancingv2::types::RulePriorityPair;
use gwchain_core::account::Pairs;
use gwchain_core::diff::Operation;
use gwchain_core::id::Text;
use gwchain_core::model::listener::ListenerRule;

use super::argument::Call;
use super::tag::of_elbv2;
use crate::error::{Called, Error};

pub(super) async fn call(call: &Call<'_>) -> Result<Option<Text>, Error> {
    let elb = &call.aws.elbv2;
    match &call.change.operation {
        Operation::CreateRule { spec, tags } => return create(call, spec, tags).await.map(Some),
        Operation::ModifyRule { rule, spec } => modify(call, rule, spec).await?,
        Operation::SetRulePriorities { priorities } => {
            let pairs = priorities.iter().map(pair).collect();
            elb.set_rule_priorities().set_rule_priorities(Some(pairs)).send().await.called("SetRulePriorities")?;
        }
        Operation::DeleteRule { rule } => {
            elb.delete_rule().rule_arn(&**rule).send().await.called("DeleteRule")?;
        }
        _ => {}
    }
    Ok(None)
}

fn number(priority: usize) -> i32 {
    i32::try_from(priority).unwrap_or(i32::MAX)
}

fn pair((rule, priority): &(Text, usize)) -> RulePriorityPair {
    RulePriorityPair::builder().rule_arn(&**rule).priority(number(*priority)).build()
}

async fn create(call: &Call<'_>, spec: &ListenerRule, tags: &Pairs) -> Result<Text, Error> {
    let listener = call.text(&spec.listener_arn)?;
    let create = call.aws.elbv2.create_rule().listener_arn(&listener).priority(number(spec.priority));
    let create = create.set_actions(Some(action::all(call, &spec.actions)?)).set_tags(of_elbv2(tags));
    let create = create.set_conditions(Some(spec.conditions.iter().map(condition::of).collect()));
    let transforms: Vec<_> = spec.transforms.iter().map(condition::transform).collect();
    let create = create.set_transforms((!transforms.is_empty()).then_some(transforms));
    match create.send().await.called("CreateRule") {
        Ok(created) => {
            let arn = created.rules.unwrap_or_default().pop().and_then(|rule| rule.rule_arn);
            Ok(arn.unwrap_or_default().into())
        }
        // The answer to an earlier try was lost, or somebody was faster: all rules of the listener are ours.
        Err(error) if error.code() == Some("PriorityInUse") => {
            let rule = find(call, &listener, spec.priority).await?.ok_or(error)?;
            modify(call, &rule, spec).await.map(|()| rule.into())
        }
        Err(error) => Err(error),
    }
}

async fn find(call: &Call<'_>, listener: &str, priority: usize) -> Result<Option<String>, Error> {
    let mut pages = call.aws.elbv2.describe_rules().listener_arn(listener).into_paginator().items().send();
    let priority = priority.to_string();
    while let Some(rule) = pages.next().await {
        let rule = rule.called("DescribeRules")?;
        if rule.priority.as_ref() == Some(&priority) {
            return Ok(rule.rule_arn);
        }
    }
    Ok(None)
}

async fn modify(call: &Call<'_>, rule: &str, spec: &ListenerRule) -> Result<(), Error> {
    let modify = call.aws.elbv2.modify_rule().rule_arn(rule);
    let modify = modify.set_actions(Some(action::all(call, &spec.actions)?));
    let modify = modify.set_conditions(Some(spec.conditions.iter().map(condition::of).collect()));
    let transforms: Vec<_> = spec.transforms.iter().map(condition::transform).collect();
    // What is left out stays: none have to be said (controller §3.6).
    let modify = match transforms.is_empty() {
        true => modify.reset_transforms(true),
        false => modify.set_transforms(Some(transforms)),
    };
    modify.send().await.called("ModifyRule").map(drop)
}
