//! Rules of an ALB listener (translation §7).
//!
//! A rule that can't be built stops the Gateway under the reference's profile and only itself under gwchain's.

use crate::id::{RouteKind, Text};
use crate::manifest::route::Filter;
use crate::model::action::{Action, TargetGroupTuple};
use crate::model::listener::{Condition, ListenerRule};
use crate::model::tags::Tags;
use crate::model::{Resource, Value};
use crate::origin::{FieldPath, Origin, Origins};
use crate::resolve::load::{LoadedRoute, LoadedRule};

use super::action::{authenticate, authentication, forward, own_answer};
use super::candidate::{Candidate, candidates};
use super::condition::conditions;
use super::target_group::Site;
use super::transform::transforms;
use super::{BuildError, Builder, forwarding, isolation, limit, redirect, tags};

/// Adds all rules of the listener on `port`.
pub fn rules(builder: &mut Builder<'_, '_>, port: i64, protocol: &'static str) -> Result<(), BuildError> {
    let loaded = builder.loaded;
    let attached = loaded.ports.get(&port).map(Vec::as_slice).unwrap_or_default();
    let candidates = candidates(loaded, attached);
    builder.stack.rules.reserve_exact(candidates.len());
    let mut priority = 1;
    for (position, candidate) in candidates.iter().enumerate() {
        let id = smol_str::format_smolstr!("{port}:{priority}");
        let site = Site { route: candidate.route, rule: candidate.rule, protocol, port };
        let mut drawing = Drawing { builder, site, candidate, weaker: &candidates[position + 1..], id: &id };
        let drawn = match drawing.draw(priority) {
            Err(error) if drawing.builder.isolates() => isolation::rule(&mut drawing, priority, error),
            drawn => drawn?,
        };
        if let Some(rule) = drawn {
            builder.stack.rules.push(rule);
            priority += 1;
        }
    }
    Ok(())
}

/// A candidate on its way to becoming a rule.
pub struct Drawing<'d, 'a, 'm> {
    /// The stack.
    pub builder: &'d mut Builder<'a, 'm>,
    /// Where the rule is used.
    pub site: Site<'d, 'm>,
    /// What it comes from.
    pub candidate: &'d Candidate<'a, 'm>,
    /// What comes after it on the listener.
    pub weaker: &'d [Candidate<'a, 'm>],
    /// Its id.
    pub id: &'d Text,
}

/// What a rule does, and whether it rewrites requests.
struct Deed {
    actions: Vec<Action>,
    rewrites: bool,
    /// Why, where it is not what its route asks for.
    why: Option<&'static str>,
}

impl Deed {
    fn instead(action: Action, why: Option<&'static str>) -> Self {
        Self { actions: vec![action], rewrites: false, why }
    }
}

impl<'m> Drawing<'_, '_, 'm> {
    fn draw(&mut self, priority: usize) -> Result<Option<Resource<ListenerRule>>, BuildError> {
        let (site, route) = (self.site, self.site.route);
        let rule = &route.rules[site.rule];
        let conditions = self.conditions()?;
        let Some(Deed { actions, rewrites, why }) = self.deed(route, rule)? else { return Ok(None) };
        limit::actions(&self.builder.resolver.profile, &actions)?;
        let mut origins = self.origins();
        origins.set("actions", why.map_or_else(|| action_origin(site, rule, &actions), Origin::Rule));
        let matched = self.candidate.matched.map(|(_, matched)| matched);
        let transforms = if rewrites {
            transforms(&rule.rule.filters, matched, &self.builder.resolver.profile)?
        } else {
            Vec::new()
        };
        if !transforms.is_empty() {
            origins.set("transforms", Origin::indexed(route.object(), "spec.rules[].filters", &[site.rule]));
        }
        let tags = self.tags(&mut origins)?;
        let listener_arn = Value::ListenerArn(site.port);
        let spec = ListenerRule { listener_arn, priority, actions, conditions, transforms, tags };
        Ok(Some(Resource { id: self.id.clone(), spec, origins, cause: route.object() }))
    }

    fn is_grpc(&self) -> bool {
        self.site.route.route().kind == RouteKind::Grpc
    }

    /// The rule's conditions, if an ALB takes them.
    pub fn conditions(&self) -> Result<Vec<Condition>, BuildError> {
        let rule = &self.site.route.rules[self.site.rule];
        let profile = &self.builder.resolver.profile;
        let conditions = conditions(self.candidate, self.is_grpc(), rule.configuration, profile)?;
        limit::conditions(profile, &conditions)?;
        Ok(conditions)
    }

    /// Origins of what every rule has.
    pub fn origins(&self) -> Origins {
        let object = self.site.route.object();
        let mut origins = Origins::with_capacity(6);
        origins.set("listenerARN", Origin::Rule("the listener of this port"));
        origins.set("priority", Origin::Rule("precedence of Gateway API: host, path, method, headers, age, name"));
        let conditions = match self.candidate.matched {
            Some((index, _)) => Origin::indexed(object, "spec.rules[].matches[]", &[self.site.rule, index]),
            None => Origin::indexed(object, "spec.rules[]", &[self.site.rule]),
        };
        origins.set("conditions", conditions);
        origins
    }

    /// The rule's tags.
    pub fn tags(&self, origins: &mut Origins) -> Result<Tags, BuildError> {
        let rule = &self.site.route.rules[self.site.rule];
        let environment = self.builder.resolver.environment;
        let own = rule.configuration.and_then(|configuration| configuration.spec.tags.as_ref());
        let inherited = self.builder.inherits_tags();
        let Some(own) = own.filter(|tags| !tags.is_empty()) else {
            if inherited {
                self.builder.tag_origin(origins);
                return Ok(self.builder.tags.clone());
            }
            if environment.flags.default_tags.is_empty() {
                return Ok(Tags::default());
            }
            origins.set("tags", Origin::Default("controller flag --default-tags"));
            return tags::tags(environment, std::iter::empty());
        };
        if let Some(configuration) = rule.configuration {
            origins.set("tags", Origin::field(configuration.meta.object, "spec.tags"));
        }
        let below = self.builder.config_tags().filter(|_| inherited);
        let tags = tags::tags(environment, below.chain(own))?;
        limit::tags(&self.builder.resolver.profile, &tags)?;
        Ok(tags)
    }

    /// What the rule does, or none when it is not to be built.
    fn deed(&mut self, route: &LoadedRoute<'m>, rule: &LoadedRule<'m>) -> Result<Option<Deed>, BuildError> {
        let profile = self.builder.resolver.profile;
        if rule.configuration_fault.is_some() && self.builder.isolates() {
            return Ok(Some(Deed::instead(Action::answer("500"), None)));
        }
        let late = profile.no_unused_target_groups;
        let early = if late { Vec::new() } else { self.tuples(rule)? };
        let secure = self.site.protocol == "HTTPS";
        let authentication = authentication(rule.configuration);
        if let Some(action) = authentication.filter(|_| !secure && profile.authentication_kept) {
            let answer = redirect::without_https(self, &action.kind);
            return Ok(answer.map(|(action, why)| Deed::instead(action, Some(why))));
        }
        let mut actions = Vec::with_capacity(1);
        if let Some(action) = authentication.filter(|_| secure) {
            let built = authenticate(self.builder.resolver, route.route().meta.namespace(), action)?;
            if let Some(Action::AuthenticateOidc { config }) = &built {
                let pair = (config.client_id.clone(), config.client_secret.clone());
                self.builder.hidden_oidc.push((self.id.clone(), pair));
            }
            actions.extend(built);
        }
        let answer = own_answer(self.builder.resolver, &rule.rule.filters, self.is_grpc(), rule.configuration);
        actions.push(match answer.map_err(|error| self.at_filter(rule, error))? {
            Some(answer) => answer,
            None => forward(if late { self.tuples(rule)? } else { early }, rule.configuration),
        });
        Ok(Some(Deed { actions, rewrites: !self.is_grpc(), why: None }))
    }

    /// `error` at the filter that an ALB can't stand for, or at the redirect.
    fn at_filter(&self, rule: &LoadedRule<'m>, error: BuildError) -> BuildError {
        let filters = &rule.rule.filters;
        let foreign = |filter: &Filter| !matches!(&*filter.kind, "ExtensionRef" | "URLRewrite" | "RequestRedirect");
        let redirects = |filter: &Filter| filter.request_redirect.is_some();
        let at = filters.iter().position(foreign).or_else(|| filters.iter().position(redirects));
        match at {
            Some(at) => {
                let path = FieldPath::indexed("spec.rules[].filters[]", &[self.site.rule, at]);
                error.at(self.site.route.object(), path)
            }
            None => error,
        }
    }

    fn tuples(&mut self, rule: &LoadedRule<'m>) -> Result<Vec<TargetGroupTuple>, BuildError> {
        let position = self.candidate.position;
        let tuples = forwarding::tuples(self.builder, self.site, rule, position)?;
        forwarding::settled(self.builder, self.site, tuples)
    }
}

fn action_origin(site: Site<'_, '_>, rule: &LoadedRule<'_>, actions: &[Action]) -> Origin {
    let object = site.route.object();
    match (actions.last(), rule.configuration) {
        (Some(Action::FixedResponse { .. }), Some(configuration))
            if configuration.action(&["fixed-response"]).is_some() =>
        {
            Origin::field(configuration.meta.object, "spec.actions")
        }
        (Some(Action::FixedResponse { .. }), _) => Origin::Rule("no backend can be served, so it answers 500"),
        (Some(Action::Redirect { .. }), _) => Origin::indexed(object, "spec.rules[].filters", &[site.rule]),
        _ => Origin::indexed(object, "spec.rules[].backendRefs", &[site.rule]),
    }
}
