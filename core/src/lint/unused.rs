//! GWC0313: configurations and grants that nothing among the manifests uses.
//!
//! Services are used by others than manifests, and routes to a Gateway may lie elsewhere unless the manifests are all
//! there is.

use std::collections::{BTreeMap, BTreeSet};

use super::Scope;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::id::RouteKind;
use crate::manifest::Manifests;
use crate::manifest::gateway::ReferenceGrant;
use crate::manifest::meta::Meta;
use crate::origin::FieldPath;

/// Namespace and name.
type Id<'m> = (&'m str, &'m str);

/// One finding per object.
pub fn lint(scope: &Scope<'_, '_>, findings: &mut Vec<Diagnostic>) {
    let manifests = scope.manifests;
    let used = Used::by(manifests);
    let mut tell = |meta: &Meta, help: &str| {
        let label = manifests.object(meta.object).describe();
        let place = Place::Field(meta.object, FieldPath::new("metadata.name"));
        findings.push(Diagnostic::new(Code::Unused, place, format!("nothing uses {label}")).help(help));
    };
    let id = |meta: &'_ Meta| (meta.id.namespace.clone(), meta.id.name.clone());
    for object in &manifests.load_balancer_configurations {
        let (namespace, name) = id(&object.meta);
        if !used.configurations.contains(&(&*namespace, &*name)) {
            tell(
                &object.meta,
                "name it in infrastructure.parametersRef of a Gateway or parametersRef of a GatewayClass",
            );
        }
    }
    for object in &manifests.listener_rule_configurations {
        let (namespace, name) = id(&object.meta);
        if !used.rule_configurations.contains(&(&*namespace, &*name)) {
            tell(&object.meta, "name it in an extensionRef of a route's rule");
        }
    }
    for object in &manifests.target_group_configurations {
        let (namespace, name) = id(&object.meta);
        let (is_used, help) = match &object.spec.target_reference {
            Some(reference) => {
                let kind = reference.kind.as_deref().unwrap_or("Service");
                let key = (kind, &*namespace, &*reference.name);
                (used.targets.contains(&key), "its targetReference names a backend that no route of the manifests has")
            }
            None => {
                let is_default = used.defaults.contains(&(&*namespace, &*name));
                (is_default, "give it a targetReference, or name it in defaultTargetGroupConfiguration")
            }
        };
        if !is_used {
            tell(&object.meta, help);
        }
    }
    if scope.pipeline.options.complete {
        let lonely = |subject: &&super::Subject<'_, '_>| {
            subject.loaded().is_some_and(|loaded| loaded.error.is_none() && loaded.routes.is_empty())
        };
        for subject in scope.gateways.iter().filter(lonely) {
            tell(&subject.node.gateway.meta, "attach a route to it, or remove it: its load balancer serves nothing");
        }
    }
    for grant in manifests.reference_grants.iter().filter(|grant| !used.needs(grant)) {
        tell(&grant.meta, "no route of the manifests needs it: see kind and namespace in from, kind and name in to");
    }
}

/// What is referred to.
struct Used<'m> {
    configurations: BTreeSet<Id<'m>>,
    rule_configurations: BTreeSet<Id<'m>>,
    defaults: BTreeSet<Id<'m>>,
    targets: BTreeSet<(&'m str, &'m str, &'m str)>,
    /// By namespace of the backend: kind and namespace of the route, kind and name of the backend.
    crossings: BTreeMap<&'m str, BTreeSet<(&'m str, &'m str, &'m str, &'m str)>>,
}

impl<'m> Used<'m> {
    fn by(manifests: &'m Manifests) -> Self {
        let mut used = Self {
            configurations: configurations(manifests),
            rule_configurations: BTreeSet::new(),
            defaults: BTreeSet::new(),
            targets: BTreeSet::new(),
            crossings: BTreeMap::new(),
        };
        for object in &manifests.load_balancer_configurations {
            let default = object.spec.default_target_group_configuration.iter();
            used.defaults.extend(default.map(|reference| (&**object.meta.namespace(), &*reference.name)));
        }
        used.add_routes(manifests);
        used
    }

    fn add_routes(&mut self, manifests: &'m Manifests) {
        for route in &manifests.routes {
            let own = &**route.meta.namespace();
            for rule in &route.spec.rules {
                let extensions = rule.filters.iter().filter_map(|filter| filter.extension_ref.as_ref());
                self.rule_configurations.extend(extensions.map(|reference| (own, &*reference.name)));
                for backend in &rule.backend_refs {
                    let namespace = backend.namespace.as_deref().unwrap_or(own);
                    let kind = backend.kind.as_deref().unwrap_or("Service");
                    self.targets.insert((kind, namespace, &backend.name));
                    if namespace != own {
                        let crossing = (route.kind.as_str(), own, kind, &*backend.name);
                        self.crossings.entry(namespace).or_default().insert(crossing);
                    }
                }
            }
        }
    }

    /// Whether a reference of the manifests needs the grant; grants for other kinds of references are not judged.
    fn needs(&self, grant: &ReferenceGrant) -> bool {
        let spec = &grant.spec;
        let is_foreign = spec.from.iter().any(|from| RouteKind::parse(&from.kind).is_none())
            || spec.to.iter().any(|to| !matches!(&*to.kind, "Service" | "Gateway"));
        let mut crossings = self.crossings.get(&**grant.meta.namespace()).into_iter().flatten();
        is_foreign
            || crossings.any(|(kind, namespace, to, name)| {
                let from_fits = spec.from.iter().any(|from| (&*from.kind, &*from.namespace) == (*kind, *namespace));
                let is_named = |own: Option<&str>| own.is_none_or(|own| own == *name);
                from_fits && spec.to.iter().any(|own| &*own.kind == *to && is_named(own.name.as_deref()))
            })
    }
}

fn configurations(manifests: &Manifests) -> BTreeSet<Id<'_>> {
    let of_gateways = manifests.gateways.iter().filter_map(|gateway| {
        let reference = gateway.parameters_ref()?;
        Some((&**gateway.meta.namespace(), &*reference.name))
    });
    let of_classes = manifests.gateway_classes.iter().filter_map(|class| {
        let reference = class.spec.parameters_ref.as_ref()?;
        Some((reference.namespace.as_deref().unwrap_or_default(), &*reference.name))
    });
    of_gateways.chain(of_classes).collect()
}
