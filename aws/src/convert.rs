//! The SDK's types as core's: one file per resource.
//!
//! Nothing is left out that core compares, and nothing is added: what AWS doesn't say is empty.

pub(crate) mod action;
pub(crate) mod condition;
pub(crate) mod listener;
pub(crate) mod load_balancer;
pub(crate) mod security_group;
pub(crate) mod target_group;

use std::collections::BTreeMap;

use aws_sdk_ec2::types::{Filter, Tag as Ec2Tag};
use aws_sdk_elasticloadbalancingv2::types::Tag;
use gwchain_core::account::Pairs;
use gwchain_core::id::Text;

/// Text that may be absent.
pub(crate) fn maybe(text: Option<&str>) -> Option<Text> {
    text.map(Text::from)
}

/// Text that AWS always gives.
pub(crate) fn text(text: Option<&str>) -> Text {
    maybe(text).unwrap_or_default()
}

/// What EC2's lists are narrowed by.
pub(crate) fn filter(name: &str, value: &str) -> Filter {
    Filter::builder().name(name).values(value).build()
}

/// A list of texts.
pub(crate) fn texts(all: &[String]) -> Vec<Text> {
    all.iter().map(Text::from).collect()
}

/// Tags of load balancers, target groups, listeners and rules.
pub(crate) fn tags(all: &[Tag]) -> Pairs {
    all.iter().map(|tag| (text(tag.key()), text(tag.value()))).collect()
}

/// Tags of EC2's resources.
pub(crate) fn ec2_tags(all: &[Ec2Tag]) -> BTreeMap<String, String> {
    let owned = |text: Option<&str>| text.unwrap_or_default().to_owned();
    all.iter().map(|tag| (owned(tag.key()), owned(tag.value()))).collect()
}
