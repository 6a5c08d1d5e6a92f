//! Merges the configurations of a GatewayClass and a Gateway (translation §2.1–§2.4).
//!
//! Nothing is copied: a field is looked up in the layers when it is asked for, so its origin is at hand.

use crate::id::{ObjectIx, Text};
use crate::manifest::config::{
    Attribute, ListenerConfiguration, LoadBalancerConfiguration, LoadBalancerConfigurationSpec,
    TargetGroupConfiguration,
};
use crate::manifest::gateway::{Gateway, GatewayClass, ParametersRef};
use crate::profile::Profile;

use super::index::Index;

/// A `listenerConfigurations` entry and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct ListenerSettings<'m> {
    /// The entry.
    pub entry: &'m ListenerConfiguration,
    /// The LoadBalancerConfiguration that holds it.
    pub object: ObjectIx,
    /// Its position there.
    pub index: usize,
}

/// A key with a value, and the object that gave it.
pub type TagLayer<'m> = (&'m crate::manifest::meta::StringMap, ObjectIx);

/// The merged configuration of one Gateway.
#[derive(Debug, Default)]
pub struct Config<'m> {
    /// LoadBalancerConfigurations, the stronger first.
    pub layers: Vec<&'m LoadBalancerConfiguration>,
    /// Default TargetGroupConfigurations, the stronger first.
    pub default_targets: Vec<&'m TargetGroupConfiguration>,
    listeners: Vec<ListenerSettings<'m>>,
}

impl<'m> Config<'m> {
    /// The strongest layer's value of a field, and that layer.
    pub fn pick<T>(
        &self,
        field: impl Fn(&'m LoadBalancerConfigurationSpec) -> Option<&'m T>,
    ) -> Option<(&'m T, ObjectIx)> {
        self.layers.iter().find_map(|layer| Some((field(&layer.spec)?, layer.meta.object)))
    }

    /// The layers' tags, the stronger first.
    pub fn tag_layers(&self) -> impl Iterator<Item = TagLayer<'m>> {
        self.layers.iter().filter_map(|layer| Some((layer.spec.tags.as_ref()?, layer.meta.object)))
    }

    /// Load balancer attributes: as written when there is one layer, else united and sorted by key.
    pub fn attributes(&self) -> Vec<&'m Attribute> {
        let lists: Vec<&[Attribute]> = self
            .layers
            .iter()
            .map(|layer| layer.spec.load_balancer_attributes.as_deref().unwrap_or_default())
            .collect();
        match lists.as_slice() {
            [only] => only.iter().collect(),
            lists => unite(lists, |attribute| &attribute.key),
        }
    }

    /// The entry for `PROTOCOL:port`, compared without case; of several the last.
    pub fn listener(&self, protocol: &str, port: i64) -> Option<ListenerSettings<'m>> {
        if self.listeners.is_empty() {
            return None;
        }
        let key = format!("{protocol}:{port}");
        self.listeners.iter().rev().find(|found| found.entry.protocol_port.eq_ignore_ascii_case(&key)).copied()
    }

    fn merge_listeners(&mut self) {
        let all: Vec<Vec<ListenerSettings<'m>>> = self.layers.iter().map(|layer| settings(layer)).collect();
        self.listeners = match all.as_slice() {
            [only] => only.clone(),
            lists => {
                let lists: Vec<&[ListenerSettings<'m>]> = lists.iter().map(Vec::as_slice).collect();
                unite(&lists, |settings| &settings.entry.protocol_port).into_iter().copied().collect()
            }
        };
    }
}

fn settings(layer: &LoadBalancerConfiguration) -> Vec<ListenerSettings<'_>> {
    let object = layer.meta.object;
    let entries = layer.spec.listener_configurations.iter().flatten().enumerate();
    entries.map(|(index, entry)| ListenerSettings { entry, object, index }).collect()
}

/// Unites lists by key, the first list winning; in the first the last of equal keys counts, in the others the
/// first; sorted by key (translation §2.4).
fn unite<'a, T>(lists: &[&'a [T]], key: impl Fn(&'a T) -> &'a Text) -> Vec<&'a T> {
    let mut united = std::collections::BTreeMap::new();
    for (position, list) in lists.iter().enumerate() {
        for item in *list {
            if position == 0 {
                united.insert(key(item), item);
            } else {
                united.entry(key(item)).or_insert(item);
            }
        }
    }
    united.into_values().collect()
}

/// Why a Gateway's configuration can't be resolved: the Gateway's reason and message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// Reason of `Accepted=False`.
    pub reason: &'static str,
    /// The reference's text, or gwchain's.
    pub message: String,
    /// The object that refers to what is wrong.
    pub object: ObjectIx,
    /// The field of that object.
    pub field: &'static str,
}

const GATEWAY_REF: &str = "spec.infrastructure.parametersRef";
const CLASS_REF: &str = "spec.parametersRef";
const DEFAULT_REF: &str = "spec.defaultTargetGroupConfiguration";

fn invalid(message: String, object: ObjectIx, field: &'static str) -> ConfigError {
    ConfigError { reason: "Invalid", message, object, field }
}

/// Resolves and merges the configurations of `gateway`, whose class is accepted.
pub fn resolve<'m>(
    index: &Index<'m>,
    gateway: &'m Gateway,
    class: &'m GatewayClass,
    profile: &Profile,
) -> Result<Config<'m>, ConfigError> {
    let of_class = class_configuration(index, class, profile)?;
    let of_gateway = gateway_configuration(index, gateway, profile)?;
    let class_targets = of_class.map(|lbc| default_targets(index, lbc, "GatewayClass")).transpose()?.flatten();
    let gateway_targets = of_gateway.map(|lbc| default_targets(index, lbc, "Gateway")).transpose()?.flatten();
    let gateway_wins = of_class.is_some_and(|lbc| lbc.spec.merging_mode.as_deref() == Some("prefer-gateway"));
    let mut config = Config {
        layers: stronger_first(of_class, of_gateway, gateway_wins),
        default_targets: stronger_first(class_targets, gateway_targets, gateway_wins),
        listeners: Vec::new(),
    };
    config.merge_listeners();
    Ok(config)
}

fn stronger_first<T>(class: Option<T>, gateway: Option<T>, gateway_wins: bool) -> Vec<T> {
    let order = if gateway_wins { [gateway, class] } else { [class, gateway] };
    order.into_iter().flatten().collect()
}

fn class_configuration<'m>(
    index: &Index<'m>,
    class: &'m GatewayClass,
    profile: &Profile,
) -> Result<Option<&'m LoadBalancerConfiguration>, ConfigError> {
    let Some(reference) = &class.spec.parameters_ref else { return Ok(None) };
    let object = class.meta.object;
    right_kind(reference, object, CLASS_REF, profile)?;
    let Some(namespace) = &reference.namespace else {
        return Err(invalid("Namespace must be specified in ParametersRef".to_owned(), object, CLASS_REF));
    };
    find(index, namespace, &reference.name, object, CLASS_REF, profile).map(Some)
}

fn gateway_configuration<'m>(
    index: &Index<'m>,
    gateway: &'m Gateway,
    profile: &Profile,
) -> Result<Option<&'m LoadBalancerConfiguration>, ConfigError> {
    let Some(reference) = gateway.parameters_ref() else { return Ok(None) };
    let object = gateway.meta.object;
    right_kind(reference, object, GATEWAY_REF, profile)?;
    find(index, gateway.meta.namespace(), &reference.name, object, GATEWAY_REF, profile).map(Some)
}

fn find<'m>(
    index: &Index<'m>,
    namespace: &Text,
    name: &Text,
    object: ObjectIx,
    field: &'static str,
    profile: &Profile,
) -> Result<&'m LoadBalancerConfiguration, ConfigError> {
    index.configuration(namespace, name).ok_or_else(|| {
        let message = if profile.own_texts {
            format!("LoadBalancerConfiguration {namespace}/{name} does not exist")
        } else {
            format!("loadbalancerconfigurations.gateway.k8s.aws \"{name}\" not found")
        };
        let reason = if profile.references_checked { "InvalidParameters" } else { "Invalid" };
        ConfigError { reason, message, object, field }
    })
}

/// Why `parametersRef` can't be followed, if it names something else than a LoadBalancerConfiguration.
pub fn check_kind(reference: &ParametersRef, profile: &Profile) -> Result<(), String> {
    let right = &*reference.group == "gateway.k8s.aws" && &*reference.kind == "LoadBalancerConfiguration";
    if right || !profile.references_checked {
        return Ok(());
    }
    let (kind, group) = (&reference.kind, &reference.group);
    Err(format!(
        "parametersRef names a {kind} of group \"{group}\", only LoadBalancerConfiguration of group \"gateway.k8s.aws\" \
         is read"
    ))
}

fn right_kind(
    reference: &ParametersRef,
    object: ObjectIx,
    field: &'static str,
    profile: &Profile,
) -> Result<(), ConfigError> {
    check_kind(reference, profile).map_err(|message| ConfigError {
        reason: "InvalidParameters",
        message,
        object,
        field,
    })
}

fn default_targets<'m>(
    index: &Index<'m>,
    lbc: &'m LoadBalancerConfiguration,
    level: &str,
) -> Result<Option<&'m TargetGroupConfiguration>, ConfigError> {
    let Some(reference) = &lbc.spec.default_target_group_configuration else { return Ok(None) };
    match default_target(index, lbc, &reference.name) {
        Ok(found) => Ok(Some(found)),
        Err(error) => {
            let (name, namespace) = (lbc.meta.name(), lbc.meta.namespace());
            let message = format!(
                "failed to resolve default TargetGroupConfiguration \"{}\" referenced by {level} \
                 LoadBalancerConfiguration \"{name}\" in namespace \"{namespace}\": {error}",
                reference.name
            );
            Err(invalid(message, lbc.meta.object, DEFAULT_REF))
        }
    }
}

/// The default TargetGroupConfiguration that `lbc` names, or why it can't be used.
pub fn default_target<'m>(
    index: &Index<'m>,
    lbc: &'m LoadBalancerConfiguration,
    name: &Text,
) -> Result<&'m TargetGroupConfiguration, String> {
    let namespace = lbc.meta.namespace();
    let found = index
        .target_configuration(namespace, name)
        .ok_or_else(|| format!("targetgroupconfigurations.gateway.k8s.aws \"{name}\" not found"))?;
    if found.spec.target_reference.is_some() {
        return Err(format!(
            "TargetGroupConfiguration \"{name}\" in namespace \"{namespace}\" has targetReference set and cannot be \
             used as a defaultTargetGroupConfiguration — a default TGC must not have targetReference"
        ));
    }
    Ok(found)
}
