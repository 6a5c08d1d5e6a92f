//! One Gateway's topology into its stack (translation §5–§8).
//!
//! Facts are looked up in the environment; what it doesn't answer stays a question inside the stack.

mod action;
mod binding;
mod candidate;
mod chain;
pub mod chained;
mod condition;
mod health_check;
mod identity;
mod listener;
pub mod load_balancer;
mod names;
mod network;
mod rule;
mod security_group;
mod tags;
mod target_group;
mod transform;

use rustc_hash::FxHashMap;

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::fact::{ChosenSubnets, Want};
use crate::id::{LoadBalancerType, NamespacedName, ObjectIx, Text};
use crate::model::Stack;
use crate::model::tags::Tags;
use crate::origin::{FieldPath, Origin, Origins};
use crate::resolve::Resolver;
use crate::resolve::config::Config;
use crate::resolve::gateway::GatewayNode;
use crate::resolve::load::Loaded;

use load_balancer::Addons;
use security_group::BackendAccess;

/// Why something can't be built: the reference's text, or gwchain's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuildError {
    /// Code of the diagnostic.
    pub code: Code,
    /// What is wrong.
    pub message: String,
    /// The field that caused it.
    pub place: Option<(ObjectIx, FieldPath)>,
}

impl BuildError {
    /// An error without a place.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), place: None }
    }

    /// Adds the place, unless there is one.
    #[must_use]
    pub fn at(mut self, object: ObjectIx, path: FieldPath) -> Self {
        self.place.get_or_insert((object, path));
        self
    }

    /// As a place of a diagnostic.
    pub fn place(&self) -> Place {
        self.place.map_or(Place::Nowhere, |(object, path)| Place::Field(object, path))
    }
}

/// What building tells a route beyond its verdict from loading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RouteNote {
    /// One rule is left out or answers 500.
    PartiallyInvalid {
        /// Position of the rule.
        rule: usize,
        /// Why.
        message: String,
    },
    /// The route serves nothing on its parent.
    NotAccepted {
        /// Port of the listener that doesn't serve it.
        port: i64,
        /// Reason of `Accepted=False`.
        reason: &'static str,
        /// Why.
        message: String,
    },
}

/// The result of building one Gateway.
#[derive(Debug)]
pub struct Translation {
    /// The stack, or why there is none.
    pub stack: Result<Stack, BuildError>,
    /// Findings.
    pub diagnostics: Vec<Diagnostic>,
    /// Notes by position in [`Loaded::routes`].
    pub notes: Vec<(usize, RouteNote)>,
    /// Client ids and secrets behind `[REDACTED]`, by rule id.
    pub hidden_oidc: Vec<(Text, (Text, Text))>,
}

impl Translation {
    /// Whether there is a stack with a load balancer: a Gateway that is being deleted has one without.
    pub fn has_load_balancer(&self) -> bool {
        self.stack.as_ref().is_ok_and(|stack| stack.load_balancer.is_some())
    }
}

/// Resolved ALB Gateways by namespace and name, for whoever chains to them.
pub type Others<'a, 'm> = FxHashMap<NamespacedName, chain::Other<'a, 'm>>;

/// A stack under construction.
pub struct Builder<'a, 'm> {
    resolver: &'a Resolver<'m>,
    node: &'a GatewayNode<'m>,
    config: &'a Config<'m>,
    loaded: &'a Loaded<'m>,
    others: &'a Others<'a, 'm>,
    stack: Stack,
    diagnostics: Vec<Diagnostic>,
    notes: Vec<(usize, RouteNote)>,
    hidden_oidc: Vec<(Text, (Text, Text))>,
    scheme: (Text, Origin),
    ip_address_type: (Text, Origin),
    tags: Tags,
    access: BackendAccess,
    subnets: Option<ChosenSubnets>,
    groups: identity::Registry,
    protocols: FxHashMap<i64, &'static str>,
}

/// Builds the stack of `node`, whose routes are loaded.
pub fn translate<'m>(
    resolver: &Resolver<'m>,
    node: &GatewayNode<'m>,
    config: &Config<'m>,
    loaded: &Loaded<'m>,
    others: &Others<'_, 'm>,
) -> Translation {
    let id = Text::from(node.label());
    let stack = Stack::empty(id, node.lb_type, node.object());
    let mut builder = Builder {
        resolver,
        node,
        config,
        loaded,
        others,
        stack,
        diagnostics: Vec::new(),
        notes: Vec::new(),
        hidden_oidc: Vec::new(),
        scheme: (Text::from(""), Origin::Rule("")),
        ip_address_type: (Text::from(""), Origin::Rule("")),
        tags: Tags::default(),
        access: BackendAccess::Unmanaged,
        subnets: None,
        groups: identity::Registry::new(loaded, resolver.profile),
        protocols: FxHashMap::default(),
    };
    let result = builder.build();
    let Builder { stack, diagnostics, notes, hidden_oidc, .. } = builder;
    Translation { stack: result.map(|()| stack), diagnostics, notes, hidden_oidc }
}

impl Builder<'_, '_> {
    fn build(&mut self) -> Result<(), BuildError> {
        let mut active = Addons::Configured;
        if self.node.gateway.meta.deleting {
            if load_balancer::is_protected(self) {
                let id = &self.node.gateway.meta.id;
                let text = format!("Unable to delete gateway {id} because deletion protection is enabled.");
                return Err(BuildError::new(Code::GatewayBlocked, text));
            }
            let addons = load_balancer::addons(self.node.lb_type);
            if !addons.iter().any(|addon| load_balancer::was_enabled(self.node.gateway, addon)) {
                return Ok(());
            }
            active = Addons::Removed;
        }
        load_balancer::basics(self)?;
        let subnets = load_balancer::subnets(self)?;
        self.tags = tags::tags(self.resolver.environment, self.config_tags())?;
        let security_groups = security_group::security_groups(self)?;
        let load_balancer = load_balancer::load_balancer(self, subnets, security_groups, active);
        self.stack.load_balancer = Some(load_balancer);
        listener::listeners(self)?;
        load_balancer::add_ons(self, active);
        Ok(())
    }

    fn config_tags<'c>(&self) -> impl Iterator<Item = (&'c Text, &'c Text)> + use<'c>
    where
        Self: 'c,
    {
        let layers: Vec<_> = self.config.tag_layers().collect();
        let mut tags: Vec<(&Text, &Text)> = Vec::new();
        for (layer, _) in layers.into_iter().rev() {
            tags.extend(layer);
        }
        tags.into_iter()
    }

    fn tag_origin(&self, origins: &mut Origins) {
        if self.tags.is_empty() {
            return;
        }
        let origin = match self.config.tag_layers().next() {
            Some((_, object)) => Origin::field(object, "spec.tags"),
            None => Origin::Default("controller flag --default-tags"),
        };
        origins.set("tags", origin);
    }

    /// Cluster name and Gateway uid, or the first of them that is missing.
    fn identity(&self) -> Result<(&str, &str), Want> {
        let cluster = load_balancer::cluster(self.resolver.environment)?;
        let meta = &self.node.gateway.meta;
        let missing = || Want::GatewayUid { gateway: meta.id.to_string() };
        Ok((cluster, meta.uid.as_deref().ok_or_else(missing)?))
    }

    /// Whether a listener will exist on `port`.
    fn has_listener(&self, port: i64) -> bool {
        let empty_too = self.resolver.profile.empty_listeners && self.node.lb_type == LoadBalancerType::Application;
        empty_too || self.loaded.ports.contains_key(&port)
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }
}
