//! The settings of a target group, layer by layer (translation §2.5–§2.8).
//!
//! Like the load balancer's configuration they are looked up in the layers, never copied together.

use std::collections::BTreeMap;

use crate::id::{ObjectIx, Text};
use crate::manifest::config::{Attribute, HealthCheckConfig, TargetGroupConfiguration, TargetGroupProps};
use crate::manifest::route::Route;
use crate::origin::{FieldPath, Origin};

/// One set of settings and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct PropsLayer<'m> {
    /// The settings.
    pub props: &'m TargetGroupProps,
    /// The TargetGroupConfiguration that holds them.
    pub object: ObjectIx,
    /// Position in `routeConfigurations`, or none for `defaultConfiguration`.
    pub route_configuration: Option<usize>,
    /// Whether it is the stronger side of a merge inside its configuration, so that of equal attribute keys the
    /// last counts.
    pub heads_merge: bool,
}

impl PropsLayer<'_> {
    /// Path of a field of this layer; `leaf` starts with a dot.
    pub fn path(&self, leaf: &'static str) -> FieldPath {
        match self.route_configuration {
            Some(index) => FieldPath::indexed("spec.routeConfigurations[].targetGroupProps", &[index]).child(leaf),
            None => FieldPath::new("spec.defaultConfiguration").child(leaf),
        }
    }
}

/// The settings of one backend, the strongest layer first.
#[derive(Clone, Debug, Default)]
pub struct Props<'m> {
    /// Layers.
    pub layers: Vec<PropsLayer<'m>>,
    /// Layers below, of which only health check and tags count.
    pub checks_and_tags: Vec<PropsLayer<'m>>,
}

impl<'m> Props<'m> {
    /// The settings of `configuration` for `route`: the most specific route configuration, then the default.
    pub fn of(configuration: &'m TargetGroupConfiguration, route: &Route) -> Self {
        let mut props = Self::default();
        props.add(configuration, route);
        props
    }

    /// Puts the settings of another configuration below those already there.
    pub fn add(&mut self, configuration: &'m TargetGroupConfiguration, route: &Route) {
        let object = configuration.meta.object;
        if let Some(index) = most_specific(configuration, route) {
            let props = &configuration.spec.route_configurations[index].target_group_props;
            self.layers.push(PropsLayer { props, object, route_configuration: Some(index), heads_merge: true });
        }
        self.add_default(configuration);
    }

    /// Puts only the `defaultConfiguration` of another configuration below those already there.
    pub fn add_default(&mut self, configuration: &'m TargetGroupConfiguration) {
        let (props, object) = (&configuration.spec.default_configuration, configuration.meta.object);
        self.layers.push(PropsLayer { props, object, route_configuration: None, heads_merge: false });
    }

    /// The strongest layer's value of a field, with its origin; `leaf` starts with a dot.
    pub fn pick<T>(
        &self,
        leaf: &'static str,
        field: impl Fn(&'m TargetGroupProps) -> Option<&'m T>,
    ) -> Option<(&'m T, Origin)> {
        self.layers.iter().find_map(|layer| {
            let value = field(layer.props)?;
            Some((value, Origin::Field { object: layer.object, path: layer.path(leaf) }))
        })
    }

    /// `healthCheckConfig` as a whole, with the layer that gives it.
    pub fn health_check(&self) -> Option<(&'m HealthCheckConfig, PropsLayer<'m>)> {
        let mut all = self.layers.iter().chain(&self.checks_and_tags);
        all.find_map(|layer| Some((layer.props.health_check_config.as_ref()?, *layer)))
    }

    /// Attributes united by key, sorted.
    pub fn attributes(&self) -> Vec<&'m Attribute> {
        let mut united: BTreeMap<&Text, &Attribute> = BTreeMap::new();
        for (position, layer) in self.layers.iter().enumerate() {
            let last_counts = position == 0 || layer.heads_merge;
            let mut own: BTreeMap<&Text, &Attribute> = BTreeMap::new();
            for attribute in layer.props.target_group_attributes.iter().flatten() {
                if last_counts {
                    own.insert(&attribute.key, attribute);
                } else {
                    own.entry(&attribute.key).or_insert(attribute);
                }
            }
            for (key, attribute) in own {
                united.entry(key).or_insert(attribute);
            }
        }
        united.into_values().collect()
    }

    /// Tags united by key.
    pub fn tags(&self) -> BTreeMap<&'m Text, &'m Text> {
        let mut tags = BTreeMap::new();
        let all = self.layers.iter().chain(&self.checks_and_tags).rev();
        for (key, value) in all.filter_map(|layer| layer.props.tags.as_ref()).flatten() {
            tags.insert(key, value);
        }
        tags
    }

    /// The strongest layer that has tags.
    pub fn tag_origin(&self) -> Option<Origin> {
        let mut all = self.layers.iter().chain(&self.checks_and_tags);
        let layer = all.find(|layer| layer.props.tags.as_ref().is_some_and(|tags| !tags.is_empty()))?;
        Some(Origin::Field { object: layer.object, path: layer.path(".tags") })
    }
}

/// Position of the route configuration that fits best (translation §2.6).
fn most_specific(configuration: &TargetGroupConfiguration, route: &Route) -> Option<usize> {
    let mut best: Option<(u8, usize)> = None;
    for (index, entry) in configuration.spec.route_configurations.iter().enumerate() {
        let wanted = &entry.route_identifier;
        let same_kind = &*wanted.kind == route.kind.as_str();
        let same_namespace = wanted.namespace == *route.meta.namespace();
        if same_kind && same_namespace && wanted.name == *route.meta.name() {
            return Some(index);
        }
        if !same_kind || !wanted.name.is_empty() {
            continue;
        }
        let rank = if same_namespace { 2 } else { u8::from(wanted.namespace.is_empty()) };
        if rank > best.map_or(0, |(rank, _)| rank) {
            best = Some((rank, index));
        }
    }
    best.map(|(_, index)| index)
}
