//! Finds objects by what refers to them, so that no step searches a list.
//!
//! It follows no reference by itself.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use crate::id::{NamespacedName, ObjectIx, Text};
use crate::manifest::Manifests;
use crate::manifest::config::{LoadBalancerConfiguration, TargetGroupConfiguration};
use crate::manifest::core::{Secret, Service};
use crate::manifest::gateway::{Gateway, GatewayClass, ReferenceGrant};
use crate::manifest::meta::{Meta, StringMap};
use crate::manifest::route::Route;
use crate::manifest::rule_config::ListenerRuleConfiguration;

type ByName<'m, T> = FxHashMap<(&'m str, &'m str), &'m T>;

/// Look-ups over one set of manifests.
#[derive(Debug)]
pub struct Index<'m> {
    /// What is indexed.
    pub manifests: &'m Manifests,
    services: ByName<'m, Service>,
    gateways: ByName<'m, Gateway>,
    classes: FxHashMap<&'m str, &'m GatewayClass>,
    configurations: ByName<'m, LoadBalancerConfiguration>,
    rule_configurations: ByName<'m, ListenerRuleConfiguration>,
    target_configurations: ByName<'m, TargetGroupConfiguration>,
    target_references: FxHashMap<(&'m str, &'m str, &'m str), &'m TargetGroupConfiguration>,
    secrets: ByName<'m, Secret>,
    namespaces: FxHashMap<&'m str, &'m StringMap>,
    grants: FxHashMap<&'m str, Vec<&'m ReferenceGrant>>,
    routes: ByGateway<'m>,
    /// TargetGroupConfigurations that are not used because their `targetReference` names a foreign group.
    pub ignored: Vec<ObjectIx>,
}

type ByGateway<'m> = FxHashMap<(&'m str, &'m str), Vec<&'m Route>>;

fn by_name<'m, T>(list: &'m [T], meta: impl Fn(&'m T) -> &'m Meta) -> ByName<'m, T> {
    let key = |object| {
        let id = &meta(object).id;
        (&*id.namespace, &*id.name)
    };
    list.iter().map(|object| (key(object), object)).collect()
}

impl<'m> Index<'m> {
    /// Indexes `manifests`; with `groups_count`, a `targetReference` of a foreign group refers to nothing.
    pub fn new(manifests: &'m Manifests, groups_count: bool) -> Self {
        let (target_references, ignored) = target_references(manifests, groups_count);
        let mut grants: FxHashMap<&str, Vec<_>> = FxHashMap::default();
        for grant in &manifests.reference_grants {
            grants.entry(grant.meta.namespace()).or_default().push(grant);
        }
        Self {
            manifests,
            services: by_name(&manifests.services, |object| &object.meta),
            gateways: by_name(&manifests.gateways, |object| &object.meta),
            classes: manifests.gateway_classes.iter().map(|class| (&**class.meta.name(), class)).collect(),
            configurations: by_name(&manifests.load_balancer_configurations, |object| &object.meta),
            rule_configurations: by_name(&manifests.listener_rule_configurations, |object| &object.meta),
            target_configurations: by_name(&manifests.target_group_configurations, |object| &object.meta),
            target_references,
            ignored,
            secrets: by_name(&manifests.secrets, |object| &object.meta),
            namespaces: manifests.namespaces.iter().map(|n| (&**n.meta.name(), &n.meta.labels)).collect(),
            grants,
            routes: routes_by_gateway(manifests),
        }
    }

    /// The Service of that name.
    pub fn service(&self, namespace: &str, name: &str) -> Option<&'m Service> {
        self.services.get(&(namespace, name)).copied()
    }

    /// The Gateway of that name.
    pub fn gateway(&self, namespace: &str, name: &str) -> Option<&'m Gateway> {
        self.gateways.get(&(namespace, name)).copied()
    }

    /// The GatewayClass of that name.
    pub fn class(&self, name: &str) -> Option<&'m GatewayClass> {
        self.classes.get(name).copied()
    }

    /// The LoadBalancerConfiguration of that name.
    pub fn configuration(&self, namespace: &str, name: &str) -> Option<&'m LoadBalancerConfiguration> {
        self.configurations.get(&(namespace, name)).copied()
    }

    /// The ListenerRuleConfiguration of that name.
    pub fn rule_configuration(&self, namespace: &str, name: &str) -> Option<&'m ListenerRuleConfiguration> {
        self.rule_configurations.get(&(namespace, name)).copied()
    }

    /// The TargetGroupConfiguration of that name.
    pub fn target_configuration(&self, namespace: &str, name: &str) -> Option<&'m TargetGroupConfiguration> {
        self.target_configurations.get(&(namespace, name)).copied()
    }

    /// The TargetGroupConfiguration whose `targetReference` names the object (translation §2.5); of several the
    /// oldest, then the first by name.
    pub fn configuration_of(&self, kind: &str, id: &NamespacedName) -> Option<&'m TargetGroupConfiguration> {
        self.target_references.get(&(kind, &*id.namespace, &*id.name)).copied()
    }

    /// The Secret of that name.
    pub fn secret(&self, namespace: &str, name: &str) -> Option<&'m Secret> {
        self.secrets.get(&(namespace, name)).copied()
    }

    /// Labels of a namespace; one that is used but not defined exists all the same.
    pub fn namespace_labels(&self, name: &Text) -> Cow<'m, StringMap> {
        match self.namespaces.get(&**name) {
            Some(labels) => Cow::Borrowed(labels),
            None => Cow::Owned([(Text::from("kubernetes.io/metadata.name"), name.clone())].into()),
        }
    }

    /// Whether a Namespace is among the manifests, so that all its labels are known.
    pub fn has_namespace(&self, name: &str) -> bool {
        self.namespaces.contains_key(name)
    }

    /// ReferenceGrants of a namespace.
    pub fn grants(&self, namespace: &str) -> &[&'m ReferenceGrant] {
        self.grants.get(namespace).map(Vec::as_slice).unwrap_or_default()
    }

    /// Routes that name the Gateway, or a ListenerSet that names it, as a parent; by kind, namespace, name.
    pub fn routes_of<'i>(&'i self, gateway: &'i NamespacedName) -> &'i [&'m Route] {
        self.routes.get(&(&*gateway.namespace, &*gateway.name)).map(Vec::as_slice).unwrap_or_default()
    }
}

type TargetReferences<'m> = FxHashMap<(&'m str, &'m str, &'m str), &'m TargetGroupConfiguration>;

fn target_references(manifests: &Manifests, groups_count: bool) -> (TargetReferences<'_>, Vec<ObjectIx>) {
    let mut found: TargetReferences<'_> = FxHashMap::default();
    let mut ignored = Vec::new();
    for configuration in &manifests.target_group_configurations {
        let Some(reference) = &configuration.spec.target_reference else { continue };
        let kind = reference.kind.as_deref().unwrap_or("Service");
        if groups_count && !is_group_of(kind, reference.group.as_deref()) {
            ignored.push(configuration.meta.object);
            continue;
        }
        let key = (kind, &**configuration.meta.namespace(), &*reference.name);
        let kept = found.entry(key).or_insert(configuration);
        if configuration.meta.created < kept.meta.created {
            *kept = configuration;
        }
    }
    (found, ignored)
}

/// Whether `kind` belongs to `group`; an empty group is the schema's default for a Gateway, too.
pub fn is_group_of(kind: &str, group: Option<&str>) -> bool {
    let group = group.unwrap_or_default();
    match kind {
        "Service" => group.is_empty(),
        "Gateway" => group.is_empty() || group == "gateway.networking.k8s.io",
        _ => true,
    }
}

fn routes_by_gateway(manifests: &Manifests) -> ByGateway<'_> {
    let sets: FxHashMap<(&str, &str), (&str, &str)> = manifests
        .listener_sets
        .iter()
        .map(|set| {
            let (own, parent) = (&set.meta.id, &set.spec.parent_ref);
            ((&*own.namespace, &*own.name), (&**parent.namespace(&own.namespace), &*parent.name))
        })
        .collect();
    let mut routes = ByGateway::default();
    for route in &manifests.routes {
        for parent in &route.spec.parent_refs {
            let named = (&**parent.namespace(route.meta.namespace()), &*parent.name);
            let gateway = match parent.kind() {
                "Gateway" => Some(named),
                "ListenerSet" => sets.get(&named).copied(),
                _ => None,
            };
            let Some(gateway) = gateway else { continue };
            let listed = routes.entry(gateway).or_default();
            if !listed.last().is_some_and(|last| std::ptr::eq(*last, route)) {
                listed.push(route);
            }
        }
    }
    routes
}
