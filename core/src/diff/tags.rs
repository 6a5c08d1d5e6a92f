//! Tags of resources: what is added, and what is taken away (controller §3.3).
//!
//! Tags of AWS itself, of other owners and of the controller's older versions are left alone.

use super::change::{Action, FieldChange, ResourceId};
use super::draft::{Draft, Drafts};
use super::field::Fields;
use super::operation::Operation;
use super::{Context, Stacked};
use crate::account::{Pairs, tracking_tags};
use crate::id::Text;
use crate::model::tags::Tags;
use crate::origin::Origins;

/// Tags that older versions of the controller have set.
const LEGACY: [&str; 6] = [
    "kubernetes.io/cluster-name",
    "kubernetes.io/namespace",
    "kubernetes.io/ingress-name",
    "kubernetes.io/service-name",
    "kubernetes.io/service-port",
    "ingress.k8s.aws/cluster",
];

/// All tags that the resource `id` of a stack shall carry.
pub fn wanted(stacked: Stacked<'_>, id: &str, tags: &Tags) -> Pairs {
    let mut out: Pairs = tags.iter().map(|(key, value)| (key.clone(), value.clone())).collect();
    out.extend(tracking_tags(stacked.context.cluster, &stacked.wanted.stack, id));
    out
}

fn is_left_alone(key: &str, context: Context<'_>) -> bool {
    key.starts_with("aws:")
        || context.external_tags.iter().any(|external| external == key)
        || LEGACY.contains(&key)
        || key.strip_prefix("kubernetes.io/cluster/") == Some(context.cluster)
}

/// Where tags are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Api {
    /// Load balancers, target groups, listeners, rules.
    Elbv2,
    /// Security groups.
    Ec2,
}

/// Drafts what makes the tags of `resource`, which is `arn`, those `wanted`.
pub fn draft(
    drafts: &mut Drafts,
    (api, resource, arn): (Api, &ResourceId, &Text),
    (now, wanted): (&Pairs, &Pairs),
    (origins, context): (&Origins, Context<'_>),
) {
    let mut fields = Fields::default();
    let added = fields.pairs("tags", now, wanted, origins);
    if !added.is_empty() {
        let operation = match api {
            Api::Elbv2 => Operation::AddTags { resource: arn.clone(), tags: added },
            Api::Ec2 => Operation::CreateTags { group: arn.clone(), tags: added },
        };
        drafts.add(Draft::new(resource.clone(), Action::Update, operation).fields(fields.done()));
    }
    let is_extra = |key: &&Text| !wanted.contains_key(*key) && !is_left_alone(key, context);
    let keys: Vec<Text> = now.keys().filter(is_extra).cloned().collect();
    if !keys.is_empty() {
        let fields = keys.iter().map(|key| removed(key, now)).collect();
        let operation = match api {
            Api::Elbv2 => Operation::RemoveTags { resource: arn.clone(), keys },
            Api::Ec2 => Operation::DeleteTags { group: arn.clone(), keys },
        };
        drafts.add(Draft::new(resource.clone(), Action::Update, operation).fields(fields));
    }
}

fn removed(key: &Text, now: &Pairs) -> FieldChange {
    let before = now.get(key).map(|value| serde_json::Value::from(value.as_str()));
    FieldChange { field: format!("tags[{key}]").into(), before, after: None, origin: None }
}
