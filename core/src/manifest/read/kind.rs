//! Reads an admitted object as its kind.
//!
//! What a kind means is not known here.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::super::Manifests;
use super::super::config::{LoadBalancerConfiguration, TargetGroupConfiguration};
use super::super::core::{Namespace, Secret, Service};
use super::super::gateway::{Gateway, GatewayClass, ListenerSet, ReferenceGrant};
use super::super::meta::{Meta, StringMap};
use super::super::route::Route;
use super::super::rule_config::ListenerRuleConfiguration;
use crate::id::RouteKind;
use crate::source::{Node, ReadError};

#[derive(Deserialize)]
struct Typed<S, T> {
    #[serde(default = "Option::default")]
    spec: Option<S>,
    #[serde(default = "Option::default")]
    status: Option<T>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct SecretBody {
    data: Option<StringMap>,
    string_data: Option<StringMap>,
}

/// `status` of kinds whose status is not read.
#[derive(Default, Deserialize)]
struct Ignored {}

fn body<S: DeserializeOwned + Default, T: DeserializeOwned + Default>(node: &Node) -> Result<(S, T), ReadError> {
    let typed: Typed<S, T> = Typed::deserialize(node)?;
    Ok((typed.spec.unwrap_or_default(), typed.status.unwrap_or_default()))
}

/// Puts an object among those of its kind.
pub(super) fn add(out: &mut Manifests, kind: &str, meta: Meta, node: &Node) -> Result<(), ReadError> {
    if let Some(kind) = RouteKind::parse(kind) {
        out.routes.push(Route { kind, meta, spec: body::<_, Ignored>(node)?.0 });
        return Ok(());
    }
    match kind {
        "GatewayClass" => {
            let (spec, status) = body(node)?;
            out.gateway_classes.push(GatewayClass { meta, spec, status });
        }
        "Gateway" => {
            let (spec, status) = body(node)?;
            out.gateways.push(Gateway { meta, spec, status });
        }
        "ListenerSet" => {
            let (spec, status) = body(node)?;
            out.listener_sets.push(ListenerSet { meta, spec, status });
        }
        "ReferenceGrant" => out.reference_grants.push(ReferenceGrant { meta, spec: body::<_, Ignored>(node)?.0 }),
        "Service" => out.services.push(Service { meta, spec: body::<_, Ignored>(node)?.0 }),
        "Namespace" => out.namespaces.push(Namespace { meta }),
        "Secret" => {
            let SecretBody { data, string_data } = SecretBody::deserialize(node)?;
            let (data, string_data) = (data.unwrap_or_default(), string_data.unwrap_or_default());
            out.secrets.push(Secret { meta, data, string_data });
        }
        "LoadBalancerConfiguration" => {
            let spec = body::<_, Ignored>(node)?.0;
            out.load_balancer_configurations.push(LoadBalancerConfiguration { meta, spec });
        }
        "TargetGroupConfiguration" => {
            let spec = body::<_, Ignored>(node)?.0;
            out.target_group_configurations.push(TargetGroupConfiguration { meta, spec });
        }
        "ListenerRuleConfiguration" => {
            let (spec, status) = body(node)?;
            out.listener_rule_configurations.push(ListenerRuleConfiguration { meta, spec, status });
        }
        _ => {}
    }
    Ok(())
}
