//! One Gateway's topology into its stack (translation §5–§8).
//!
//! Facts are looked up in the environment; what it doesn't answer stays a question inside the stack.

mod action;
mod address;
mod binding;
mod candidate;
mod certificate;
mod chain;
mod chain_health;
pub mod chained;
mod condition;
mod forward;
mod forwarding;
mod health_check;
mod identity;
mod isolation;
mod limit;
mod listener;
pub mod load_balancer;
pub mod names;
mod network;
mod outcome;
mod overlap;
mod redirect;
mod rule;
mod security_group;
mod settings;
mod subject;
mod tags;
mod target_group;
mod transform;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::fact::{ChosenSubnets, Want};
use crate::id::{NamespacedName, Text};
use crate::model::action::Action;
use crate::model::tags::Tags;
use crate::model::{Stack, Value};
use crate::origin::{FieldPath, Origin, Origins};
use crate::resolve::Resolver;
use crate::resolve::config::Config;
use crate::resolve::gateway::GatewayNode;
use crate::resolve::load::Loaded;

pub use outcome::{BuildError, ListenerFailure, RouteNote};

use load_balancer::Addons;
use security_group::BackendAccess;

/// The result of building one Gateway.
#[derive(Debug)]
pub struct Translation {
    /// The stack, or why there is none.
    pub stack: Result<Stack, BuildError>,
    /// Findings.
    pub diagnostics: Vec<Diagnostic>,
    /// Notes by position in [`Loaded::routes`].
    pub notes: Vec<(usize, RouteNote)>,
    /// Valid listeners that could not be built.
    pub failed_listeners: Vec<ListenerFailure>,
    /// Client ids and secrets behind `[REDACTED]`, by rule id.
    pub hidden_oidc: Vec<(Text, (Text, Text))>,
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
    /// What `diagnostics` holds.
    told: FxHashSet<(Code, Place, String)>,
    notes: Vec<(usize, RouteNote)>,
    /// What `notes` holds.
    noted: FxHashSet<(usize, RouteNote)>,
    failed_listeners: Vec<ListenerFailure>,
    hidden_oidc: Vec<(Text, (Text, Text))>,
    scheme: (Text, Origin),
    ip_address_type: (Text, Origin),
    tags: Tags,
    access: BackendAccess,
    subnets: Option<ChosenSubnets<'m>>,
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
        told: FxHashSet::default(),
        notes: Vec::new(),
        noted: FxHashSet::default(),
        failed_listeners: Vec::new(),
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
    let Builder { stack, diagnostics, notes, failed_listeners, hidden_oidc, .. } = builder;
    Translation { stack: result.map(|()| stack), diagnostics, notes, failed_listeners, hidden_oidc }
}

impl Builder<'_, '_> {
    /// `error` at the tags of the configuration.
    fn at_tags(&self, error: BuildError) -> BuildError {
        match self.config.pick(|spec| spec.tags.as_ref()) {
            Some((_, object)) => error.at(object, FieldPath::new("spec.tags")),
            None => error,
        }
    }

    fn build(&mut self) -> Result<(), BuildError> {
        let mut active = Addons::Configured;
        if self.node.gateway.meta.deleting {
            if load_balancer::is_protected(self) {
                let id = &self.node.gateway.meta.id;
                let text = self.resolver.own_text(
                    || "it is being deleted, and its load balancer is protected from deletion".to_owned(),
                    || format!("Unable to delete gateway {id} because deletion protection is enabled."),
                );
                let help = "set deletion_protection.enabled to false first";
                let error = BuildError::new(Code::GatewayBlocked, text).help(help);
                return Err(error.at(self.node.object(), FieldPath::new("metadata.deletionTimestamp")));
            }
            let addons = load_balancer::addons(self.node.lb_type);
            if !addons.iter().any(|addon| load_balancer::was_enabled(self.node.gateway, addon)) {
                return Ok(());
            }
            active = Addons::Removed;
        }
        load_balancer::basics(self)?;
        address::check(self)?;
        let subnets = load_balancer::subnets(self)?;
        self.tags = tags::tags(self.resolver.environment, self.config_tags())?;
        limit::tags(&self.resolver.profile, &self.tags).map_err(|error| self.at_tags(error))?;
        let security_groups = security_group::security_groups(self)?;
        let load_balancer = load_balancer::load_balancer(self, subnets, security_groups, active)?;
        self.stack.load_balancer = Some(load_balancer);
        listener::listeners(self)?;
        if self.resolver.profile.served_routes_only {
            self.drop_unused_groups();
        }
        if self.resolver.profile.empty_listeners {
            security_group::close_unused_ports(self);
        }
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

    /// Whether target groups and rules carry the load balancer's tags.
    fn inherits_tags(&self) -> bool {
        self.resolver.profile.tags_inherited
    }

    /// Removes target groups that no listener or rule forwards to.
    fn drop_unused_groups(&mut self) {
        let stack = &mut self.stack;
        let rules = stack.rules.iter().flat_map(|rule| &rule.spec.actions);
        let actions = stack.listeners.iter().flat_map(|listener| &listener.spec.default_actions).chain(rules);
        let forwards = actions.filter_map(|action| match action {
            Action::Forward { config } => Some(&config.target_groups),
            _ => None,
        });
        let used: FxHashSet<Text> = forwards
            .flatten()
            .filter_map(|tuple| match &tuple.arn {
                Value::TargetGroupArn(id) => Some(id.clone()),
                _ => None,
            })
            .collect();
        stack.target_groups.retain(|group| used.contains(&group.id));
        stack.bindings.retain(|binding| used.contains(&binding.id));
        stack.alb_targets.retain(|target| used.contains(&target.id));
        let chained = &stack.alb_targets;
        let is_chained = |stack: &Text| {
            chained
                .iter()
                .any(|target| matches!(&target.spec.target_arn, Value::OtherLoadBalancerArn(to) if to == stack))
        };
        stack.depends_on.retain(is_chained);
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.told.insert((diagnostic.code, diagnostic.place.clone(), diagnostic.message.clone()));
        self.diagnostics.push(diagnostic);
    }

    /// Reports what may have been met before, on another port or by another rule.
    fn report_once(&mut self, diagnostic: Diagnostic) {
        if self.told.insert((diagnostic.code, diagnostic.place.clone(), diagnostic.message.clone())) {
            self.diagnostics.push(diagnostic);
        }
    }
}
