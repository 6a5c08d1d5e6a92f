//! TargetGroupBindings, which a cluster keeps.
//!
//! How a cluster is reached is the host's business.

use std::future::Future;

use gwchain_core::diff::Operation;
use gwchain_core::id::Text;
use gwchain_core::model::target_group::{NetworkingPeer, TargetGroupBinding};
use serde_json::{Value as Json, json};

use super::argument::Call;
use crate::error::{Error, Retry};

/// The TargetGroupBindings of a cluster.
pub trait Bindings: Sync {
    /// Makes `object`, a whole TargetGroupBinding, what the cluster has under its namespace and name.
    fn apply(&self, object: Json) -> impl Future<Output = Result<(), Error>> + Send;

    /// Deletes one and waits until it is gone, and with it the targets it has registered. That there is none is no error.
    fn delete(&self, namespace: &str, name: &str) -> impl Future<Output = Result<(), Error>> + Send;
}

/// Without a cluster there are no bindings, and none can be made.
#[derive(Clone, Copy, Debug)]
pub struct NoCluster;

impl NoCluster {
    fn refuse(call: &'static str) -> Result<(), Error> {
        Err(Error::Cluster { call, message: "there is no cluster".to_owned(), retry: Retry::Refused })
    }
}

impl Bindings for NoCluster {
    async fn apply(&self, _: Json) -> Result<(), Error> {
        Self::refuse("apply TargetGroupBinding")
    }

    async fn delete(&self, _: &str, _: &str) -> Result<(), Error> {
        Self::refuse("delete TargetGroupBinding")
    }
}

pub(super) async fn call(call: &Call<'_>, bindings: &impl Bindings) -> Result<(), Error> {
    match &call.change.operation {
        Operation::ApplyTargetGroupBinding { binding } => bindings.apply(object(call, binding)?).await,
        Operation::DeleteTargetGroupBinding { namespace, name } => bindings.delete(namespace, name).await,
        _ => Ok(()),
    }
}

/// The object with its references bound.
fn object(call: &Call<'_>, binding: &TargetGroupBinding) -> Result<Json, Error> {
    let mut template = binding.template.clone();
    let known = |value: &_| call.text(value).map(|text| Text::from(text).into());
    template.metadata.name = known(&template.metadata.name)?;
    template.spec.target_group_arn = known(&template.spec.target_group_arn)?;
    template.spec.vpc_id = known(&template.spec.vpc_id)?;
    for rule in template.spec.networking.iter_mut().flat_map(|networking| &mut networking.ingress) {
        for peer in &mut rule.from {
            match peer {
                NetworkingPeer::IpBlock { cidr: value } | NetworkingPeer::SecurityGroup { group_id: value } => {
                    *value = known(value)?;
                }
            }
        }
    }
    let written = |error: serde_json::Error| Error::Open(error.to_string());
    Ok(json!({
        "apiVersion": "elbv2.k8s.aws/v1beta1",
        "kind": "TargetGroupBinding",
        "metadata": serde_json::to_value(&template.metadata).map_err(written)?,
        "spec": serde_json::to_value(&template.spec).map_err(written)?,
    }))
}
