//! Loads the routes of one Gateway: rules, backends, and what the routes are told (translation §3.5–§3.7).
//!
//! Nothing of AWS is planned here.

use crate::diagnostic::Code;
use crate::id::{ObjectIx, Text};
use crate::manifest::route::{ExtensionRef, Route, RouteRule};
use crate::manifest::rule_config::ListenerRuleConfiguration;
use crate::origin::FieldPath;

use super::Resolver;
use super::attach::{Attached, AttachedRoute, attach};
use super::backend::{Backend, BackendFailure, BackendResolver, RouteFault};
use super::config::Config;
use super::gateway::GatewayNode;
use super::listeners::LoadError;
use super::update::updates;

pub use super::update::{RouteUpdate, verdict};

/// A rule with its backends.
#[derive(Debug)]
pub struct LoadedRule<'m> {
    /// As written.
    pub rule: &'m RouteRule,
    /// Position in the route.
    pub index: usize,
    /// Its ListenerRuleConfiguration.
    pub configuration: Option<&'m ListenerRuleConfiguration>,
    /// Backends that can be served.
    pub backends: Vec<Backend<'m>>,
    /// Why its ListenerRuleConfiguration can't be used; such a rule has no backends.
    pub configuration_fault: Option<RouteFault>,
}

/// A fault and the field that caused it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocatedFault {
    /// What is wrong.
    pub fault: RouteFault,
    /// The route's field.
    pub path: FieldPath,
    /// The rule it lies in.
    pub rule: usize,
}

/// A route with its rules.
#[derive(Debug)]
pub struct LoadedRoute<'m> {
    /// The route and its parents.
    pub attached: AttachedRoute<'m>,
    /// Rules; empty when the route is not served.
    pub rules: Vec<LoadedRule<'m>>,
    /// Faults of its rules and backends.
    pub faults: Vec<LocatedFault>,
}

impl<'m> LoadedRoute<'m> {
    /// The route.
    pub fn route(&self) -> &'m Route {
        self.attached.route
    }

    /// The route's object.
    pub fn object(&self) -> ObjectIx {
        self.attached.route.meta.object
    }
}

/// All routes of one Gateway.
#[derive(Debug, Default)]
pub struct Loaded<'m> {
    /// Routes that name the Gateway.
    pub routes: Vec<LoadedRoute<'m>>,
    /// Routes by port.
    pub ports: std::collections::BTreeMap<i64, Vec<super::attach::PortRoute>>,
    /// Attached routes per listener.
    pub counts: Vec<usize>,
    /// Verdicts.
    pub updates: Vec<RouteUpdate>,
    /// Why the Gateway can't be built at all.
    pub error: Option<LoadError>,
}

/// Loads the routes of `node`.
pub fn load<'m>(resolver: &Resolver<'m>, node: &GatewayNode<'m>, config: &Config<'m>) -> Loaded<'m> {
    if let Some(error) = &node.error {
        return Loaded { error: Some(error.clone()), ..Loaded::default() };
    }
    match attach(resolver, node) {
        Ok(attached) => Loader { resolver, node, config }.load(attached),
        Err(error) => Loaded { error: Some(error), ..Loaded::default() },
    }
}

struct Loader<'a, 'm> {
    resolver: &'a Resolver<'m>,
    node: &'a GatewayNode<'m>,
    config: &'a Config<'m>,
}

impl<'m> Loader<'_, 'm> {
    fn load(&self, attached: Attached<'m>) -> Loaded<'m> {
        let Attached { routes, ports, counts } = attached;
        let mut out = Loaded { ports, counts, ..Loaded::default() };
        out.routes.reserve_exact(routes.len());
        for attached in routes {
            let mut route = LoadedRoute { rules: Vec::new(), faults: Vec::new(), attached };
            if route.attached.is_served && out.error.is_none() {
                out.error = self.rules(&mut route).err();
            }
            out.routes.push(route);
        }
        out.updates = updates(&out, self.resolver.profile.rules_isolated);
        out
    }

    fn rules(&self, out: &mut LoadedRoute<'m>) -> Result<(), LoadError> {
        let route = out.attached.route;
        out.rules.reserve_exact(route.spec.rules.len());
        for (index, rule) in route.spec.rules.iter().enumerate() {
            let mut loaded =
                LoadedRule { rule, index, configuration: None, backends: Vec::new(), configuration_fault: None };
            match self.rule_configuration(route, rule) {
                Ok(configuration) => {
                    loaded.configuration = configuration;
                    self.backends(route, &mut loaded, &mut out.faults)?;
                }
                Err(fault) => {
                    loaded.configuration_fault = Some(fault.clone());
                    let extension = rule.filters.iter().position(|filter| filter.extension_ref.is_some());
                    let path = match extension {
                        Some(at) => FieldPath::indexed("spec.rules[].filters[].extensionRef", &[index, at]),
                        None => FieldPath::indexed("spec.rules[].filters", &[index]),
                    };
                    out.faults.push(LocatedFault { fault, path, rule: index });
                }
            }
            out.rules.push(loaded);
        }
        Ok(())
    }

    fn backends(
        &self,
        route: &'m Route,
        rule: &mut LoadedRule<'m>,
        faults: &mut Vec<LocatedFault>,
    ) -> Result<(), LoadError> {
        let gateway = &self.node.gateway.meta.id;
        let backends = BackendResolver { resolver: self.resolver, gateway, config: self.config };
        rule.backends.reserve_exact(rule.rule.backend_refs.len());
        for (index, reference) in rule.rule.backend_refs.iter().enumerate() {
            let path = FieldPath::indexed("spec.rules[].backendRefs[]", &[rule.index, index]);
            match backends.resolve(route, reference, index) {
                Ok(backend) => rule.backends.push(backend),
                Err(BackendFailure::Warning(fault)) => {
                    faults.push(LocatedFault { fault, path, rule: rule.index });
                }
                Err(BackendFailure::Fatal(fatal)) => {
                    let (fault, error) = *fatal;
                    faults.push(LocatedFault { fault, path, rule: rule.index });
                    return Err(error);
                }
                Err(BackendFailure::Silent(message)) => {
                    return Err(LoadError { reason: None, condition: String::new(), message });
                }
            }
        }
        Ok(())
    }

    fn rule_configuration(
        &self,
        route: &Route,
        rule: &RouteRule,
    ) -> Result<Option<&'m ListenerRuleConfiguration>, RouteFault> {
        let mut names = rule.filters.iter().filter_map(|filter| {
            let reference = filter.extension_ref.as_ref().filter(|_| &*filter.kind == "ExtensionRef")?;
            is_ours(reference).then_some(&reference.name)
        });
        if self.resolver.profile.references_checked {
            check_extensions(rule)?;
        }
        let Some(name) = names.next() else { return Ok(None) };
        if names.next().is_some() {
            let text = "Only one listener rule config can be referenced per route rule, found multiple";
            return Err(incompatible(text.to_owned()));
        }
        self.accepted_configuration(route.meta.namespace(), name).map(Some)
    }

    fn accepted_configuration(
        &self,
        namespace: &Text,
        name: &Text,
    ) -> Result<&'m ListenerRuleConfiguration, RouteFault> {
        let texts = self.resolver;
        let Some(found) = self.resolver.index.rule_configuration(namespace, name) else {
            return Err(incompatible(texts.own_text(
                || format!("ListenerRuleConfiguration {namespace}/{name} does not exist"),
                || format!("ListenerRuleConfiguration [{namespace}/{name}] not found)"),
            )));
        };
        let verdict = self.resolver.rule_configuration_status(found);
        if verdict.accepted == Some(true) {
            return Ok(found);
        }
        let why = verdict.message.unwrap_or_else(|| "status unknown".to_owned());
        Err(incompatible(texts.own_text(
            || format!("ListenerRuleConfiguration {namespace}/{name} is not accepted: {why}"),
            || format!("ListenerRuleConfiguration [{namespace}/{name}] is not accepted. Reason:  {why})"),
        )))
    }
}

fn is_ours(reference: &ExtensionRef) -> bool {
    &*reference.group == "gateway.k8s.aws" && &*reference.kind == "ListenerRuleConfiguration"
}

fn check_extensions(rule: &RouteRule) -> Result<(), RouteFault> {
    let extensions = rule.filters.iter().filter_map(|filter| filter.extension_ref.as_ref());
    match { extensions }.find(|reference| !is_ours(reference)) {
        None => Ok(()),
        Some(other) => {
            let message =
                format!("extensionRef names {} of group \"{}\", which is not served", other.kind, other.group);
            let help = "an extensionRef names a ListenerRuleConfiguration of group gateway.k8s.aws";
            Err(RouteFault::new("InvalidKind", Code::ConfigurationInvalid, message).help(help))
        }
    }
}

fn incompatible(message: String) -> RouteFault {
    RouteFault::new("IncompatibleFilters", Code::ConfigurationInvalid, message)
}
