//! Tags, in the forms of both APIs.
//!
//! Which tags a resource has is core's business.

use aws_sdk_ec2::types as ec2;
use aws_sdk_elasticloadbalancingv2::types as elbv2;
use gwchain_core::account::Pairs;
use gwchain_core::diff::Operation;
use gwchain_core::id::Text;

use super::argument::Call;
use crate::error::{Called, Error};

pub(super) async fn call(call: &Call<'_>) -> Result<(), Error> {
    let (elb, ec2) = (&call.aws.elbv2, &call.aws.ec2);
    match &call.change.operation {
        Operation::AddTags { resource, tags } => {
            elb.add_tags().resource_arns(&**resource).set_tags(of_elbv2(tags)).send().await.called("AddTags")?;
        }
        Operation::RemoveTags { resource, keys } => {
            let keys = keys.iter().map(Text::to_string).collect();
            elb.remove_tags().resource_arns(&**resource).set_tag_keys(Some(keys)).send().await.called("RemoveTags")?;
        }
        Operation::CreateTags { group, tags } => {
            ec2.create_tags().resources(&**group).set_tags(Some(of_ec2(tags))).send().await.called("CreateTags")?;
        }
        Operation::DeleteTags { group, keys } => {
            let keys = keys.iter().map(|key| ec2::Tag::builder().key(&**key).build()).collect();
            ec2.delete_tags().resources(&**group).set_tags(Some(keys)).send().await.called("DeleteTags")?;
        }
        _ => {}
    }
    Ok(())
}

/// Tags as ELBv2 takes them; it refuses a list of none.
pub(super) fn of_elbv2(tags: &Pairs) -> Option<Vec<elbv2::Tag>> {
    let tag = |(key, value): (&Text, &Text)| elbv2::Tag::builder().key(&**key).value(&**value).build();
    (!tags.is_empty()).then(|| tags.iter().map(tag).collect())
}

/// Tags as EC2 takes them.
pub(super) fn of_ec2(tags: &Pairs) -> Vec<ec2::Tag> {
    tags.iter().map(|(key, value)| ec2::Tag::builder().key(&**key).value(&**value).build()).collect()
}

/// Whether a resource of ELBv2 carries all of `tags`, so that it is the one that was to be made.
pub(super) async fn is_ours(call: &Call<'_>, arn: &str, tags: &Pairs) -> Result<bool, Error> {
    let answer = call.aws.elbv2.describe_tags().resource_arns(arn).send().await.called("DescribeTags")?;
    let descriptions = answer.tag_descriptions.unwrap_or_default();
    let there: Vec<elbv2::Tag> = descriptions.into_iter().flat_map(|one| one.tags.unwrap_or_default()).collect();
    let has = |(key, value): (&Text, &Text)| {
        there.iter().any(|tag| tag.key.as_deref() == Some(key.as_str()) && tag.value.as_deref() == Some(value.as_str()))
    };
    Ok(tags.iter().all(has))
}
