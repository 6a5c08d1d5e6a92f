//! Rules of an ALB listener (translation §7).
//!
//! A rule that can't be built stops the Gateway under the reference's profile and only itself under gwchain's.

use crate::diagnostic::{Code, Diagnostic, Effect, Place};
use crate::id::{RouteKind, Text};
use crate::model::action::{Action, RedirectConfig, TargetGroupTuple};
use crate::model::listener::{Condition, ListenerRule};
use crate::model::{Resource, Value};
use crate::origin::{FieldPath, Origin, Origins};
use crate::resolve::load::{LoadedRoute, LoadedRule};

use super::action::{authenticate, authentication, forward, own_answer};
use super::candidate::{Candidate, candidates};
use super::condition::conditions;
use super::target_group::Site;
use super::transform::transforms;
use super::{BuildError, Builder, RouteNote, tags};

/// Adds all rules of the listener on `port`.
pub fn rules(builder: &mut Builder<'_, '_>, port: i64, protocol: &'static str) -> Result<(), BuildError> {
    let loaded = builder.loaded;
    let attached = loaded.ports.get(&port).map(Vec::as_slice).unwrap_or_default();
    let mut priority = 0;
    for candidate in candidates(loaded, attached) {
        let id = Text::from(format!("{port}:{}", priority + 1));
        let site = Site { route: candidate.route, rule: candidate.rule, protocol, port };
        let drawn = (Drawing { builder, site, candidate: &candidate, id: &id }).draw(priority + 1);
        match drawn {
            Ok(Some(rule)) => {
                builder.stack.rules.push(rule);
                priority += 1;
            }
            Ok(None) => {}
            Err(error) if builder.resolver.profile.rules_isolated => {
                priority += isolated(builder, site, &candidate, &id, priority + 1, error);
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// A bad rule answers 500 for what it matches; one whose conditions are bad is left out.
fn isolated(
    builder: &mut Builder<'_, '_>,
    site: Site<'_, '_>,
    candidate: &Candidate<'_, '_>,
    id: &Text,
    priority: usize,
    error: BuildError,
) -> usize {
    let rule = &site.route.rules[site.rule];
    let grpc = site.route.route().kind == RouteKind::Grpc;
    let conditions = conditions(candidate, grpc, rule.configuration, &builder.resolver.profile);
    let what = if conditions.is_ok() { "answers 500" } else { "is left out" };
    let label = site.route.route().describe();
    let message = format!("{label}: rule {} {what}: {}", site.rule, error.message);
    let place = match error.place {
        Some(_) => error.place(),
        None => Place::Field(site.route.object(), FieldPath::indexed("spec.rules[]", &[site.rule])),
    };
    let finding = Diagnostic::new(error.code, place, message).effect(Effect::DropsRule);
    if !builder.diagnostics.contains(&finding) {
        builder.report(finding);
    }
    let note = RouteNote::PartiallyInvalid { rule: site.rule, message: error.message };
    let note = (candidate.position, note);
    if !builder.notes.contains(&note) {
        builder.notes.push(note);
    }
    let Ok(conditions) = conditions else { return 0 };
    let spec = ListenerRule {
        listener_arn: Value::ListenerArn(site.port),
        priority,
        actions: vec![Action::answer("500")],
        conditions,
        transforms: Vec::new(),
        tags: builder.tags.clone(),
    };
    let mut origins = origins(site, candidate);
    origins.set("actions", Origin::Rule("the rule can't be built, so it answers 500"));
    builder.stack.rules.push(Resource { id: id.clone(), spec, origins, cause: site.route.object() });
    1
}

fn origins(site: Site<'_, '_>, candidate: &Candidate<'_, '_>) -> Origins {
    let object = site.route.object();
    let mut origins = Origins::with_capacity(6);
    origins.set("listenerARN", Origin::Rule("the listener of this port"));
    origins.set("priority", Origin::Rule("precedence of Gateway API: host, path, method, headers, age, name"));
    origins.set(
        "conditions",
        match candidate.matched {
            Some((index, _)) => Origin::indexed(object, "spec.rules[].matches[]", &[site.rule, index]),
            None => Origin::indexed(object, "spec.rules[]", &[site.rule]),
        },
    );
    origins
}

struct Drawing<'d, 'a, 'm> {
    builder: &'d mut Builder<'a, 'm>,
    site: Site<'d, 'm>,
    candidate: &'d Candidate<'a, 'm>,
    id: &'d Text,
}

impl<'m> Drawing<'_, '_, 'm> {
    fn draw(&mut self, priority: usize) -> Result<Option<Resource<ListenerRule>>, BuildError> {
        let (site, route) = (self.site, self.site.route);
        let rule = &route.rules[site.rule];
        let grpc = route.route().kind == RouteKind::Grpc;
        let conditions = conditions(self.candidate, grpc, rule.configuration, &self.builder.resolver.profile)?;
        let profile = self.builder.resolver.profile;
        if profile.limits_checked {
            check_limits(&conditions)?;
        }
        let Some(actions) = self.actions(route, rule, grpc)? else { return Ok(None) };
        let mut origins = origins(site, self.candidate);
        origins.set("actions", action_origin(site, rule, &actions));
        let matched = self.candidate.matched.map(|(_, matched)| matched);
        let transforms = if grpc { Vec::new() } else { transforms(&rule.rule.filters, matched, &profile) };
        if !transforms.is_empty() {
            origins.set("transforms", Origin::indexed(route.object(), "spec.rules[].filters", &[site.rule]));
        }
        let tags = self.tags(rule, &mut origins)?;
        let listener_arn = Value::ListenerArn(site.port);
        let spec = ListenerRule { listener_arn, priority, actions, conditions, transforms, tags };
        Ok(Some(Resource { id: self.id.clone(), spec, origins, cause: route.object() }))
    }

    fn tags(&self, rule: &LoadedRule<'m>, origins: &mut Origins) -> Result<crate::model::tags::Tags, BuildError> {
        let own = rule.configuration.and_then(|configuration| configuration.spec.tags.as_ref());
        let inherited = self.builder.resolver.profile.tags_inherited;
        let Some(own) = own.filter(|tags| !tags.is_empty()) else {
            if inherited {
                self.builder.tag_origin(origins);
                return Ok(self.builder.tags.clone());
            }
            if self.builder.resolver.environment.flags.default_tags.is_empty() {
                return Ok(crate::model::tags::Tags::default());
            }
            origins.set("tags", Origin::Default("controller flag --default-tags"));
            return tags::tags(self.builder.resolver.environment, std::iter::empty());
        };
        if let Some(configuration) = rule.configuration {
            origins.set("tags", Origin::field(configuration.meta.object, "spec.tags"));
        }
        let below = self.builder.config_tags().filter(|_| inherited);
        tags::tags(self.builder.resolver.environment, below.chain(own))
    }

    /// The actions, or none when the rule is not to be built.
    fn actions(
        &mut self,
        route: &LoadedRoute<'m>,
        rule: &LoadedRule<'m>,
        grpc: bool,
    ) -> Result<Option<Vec<Action>>, BuildError> {
        let profile = self.builder.resolver.profile;
        let mut tuples = Vec::new();
        if !profile.no_unused_target_groups {
            tuples = tuples_of(self.builder, self.site, rule, self.candidate.position)?;
        }
        let authentication = authentication(rule.configuration);
        if let Some(action) = authentication.filter(|_| self.site.protocol != "HTTPS" && profile.authentication_kept) {
            return Ok(self.redirect_to_https(&action.kind).map(|action| vec![action]));
        }
        let mut actions = Vec::with_capacity(1);
        if let Some(action) = authentication.filter(|_| self.site.protocol == "HTTPS") {
            let built = authenticate(self.builder.resolver, route.route().meta.namespace(), action)?;
            if let Some(Action::AuthenticateOidc { config }) = &built {
                let pair = (config.client_id.clone(), config.client_secret.clone());
                self.builder.hidden_oidc.push((self.id.clone(), pair));
            }
            actions.extend(built);
        }
        let own = own_answer(&rule.rule.filters, grpc, rule.configuration)?;
        actions.push(match own {
            Some(answer) => answer,
            None => {
                if profile.no_unused_target_groups {
                    tuples = tuples_of(self.builder, self.site, rule, self.candidate.position)?;
                }
                forward(tuples, rule.configuration)
            }
        });
        Ok(Some(actions))
    }

    /// The same rule on an HTTPS listener, or a note that there is none.
    fn redirect_to_https(&mut self, kind: &str) -> Option<Action> {
        let served = self.builder.loaded.ports.iter().find(|(port, routes)| {
            self.builder.protocols.get(port) == Some(&"HTTPS")
                && routes.iter().any(|attached| attached.route == self.candidate.position)
        });
        let port = served.map(|(port, _)| port.to_string());
        let label = self.site.route.route().describe();
        let place = Place::Field(self.site.route.object(), FieldPath::indexed("spec.rules[]", &[self.site.rule]));
        let Some(port) = port else {
            let message =
                format!("{kind} can't be enforced on an HTTP listener and no HTTPS listener serves the route");
            let finding = format!("{label}: rule {} is left out: {message}", self.site.rule);
            let finding = Diagnostic::new(Code::AuthenticationRedirect, place, finding).effect(Effect::DropsRule);
            self.builder.report(finding.help("attach the route to an HTTPS listener"));
            let note = RouteNote::PartiallyInvalid { rule: self.site.rule, message };
            self.builder.notes.push((self.candidate.position, note));
            return None;
        };
        let message = format!("{label}: rule {} is redirected to HTTPS, where {kind} is enforced", self.site.rule);
        let finding = Diagnostic::new(Code::AuthenticationRedirect, place, message);
        if !self.builder.diagnostics.contains(&finding) {
            self.builder.report(finding);
        }
        let config = RedirectConfig {
            protocol: Some(Text::from("HTTPS")),
            port: Some(Text::from(port)),
            status_code: Text::from("HTTP_301"),
            ..RedirectConfig::default()
        };
        Some(Action::Redirect { config })
    }
}

fn action_origin(site: Site<'_, '_>, rule: &LoadedRule<'_>, actions: &[Action]) -> Origin {
    let object = site.route.object();
    match (actions.last(), rule.configuration) {
        (Some(Action::FixedResponse { .. }), Some(configuration)) => {
            Origin::field(configuration.meta.object, "spec.actions")
        }
        (Some(Action::FixedResponse { .. }), None) => Origin::Rule("no backend can be served, so it answers 500"),
        (Some(Action::Redirect { .. }), _) => Origin::indexed(object, "spec.rules[].filters", &[site.rule]),
        _ => Origin::indexed(object, "spec.rules[].backendRefs", &[site.rule]),
    }
}

/// AWS takes at most five values in the conditions of one rule, each up to 128 characters.
fn check_limits(conditions: &[Condition]) -> Result<(), BuildError> {
    let mut count = 0;
    for condition in conditions {
        let values: Vec<&Text> = match condition {
            Condition::HostHeader { config } | Condition::PathPattern { config } => {
                config.values.iter().chain(&config.regex_values).collect()
            }
            Condition::HttpHeader { config } => {
                config.patterns.values.iter().chain(&config.patterns.regex_values).collect()
            }
            Condition::HttpRequestMethod { config } | Condition::SourceIp { config } => config.values.iter().collect(),
            Condition::QueryString { config } => config.values.iter().map(|pair| &pair.value).collect(),
        };
        count += values.len();
        if let Some(long) = values.iter().find(|value| value.chars().count() > 128) {
            let text = format!("condition value of {} characters, AWS takes at most 128", long.chars().count());
            return Err(BuildError::new(Code::LimitExceeded, text));
        }
    }
    if count > 5 {
        let text = format!("{count} condition values in one rule, AWS takes at most 5");
        return Err(BuildError::new(Code::LimitExceeded, text));
    }
    Ok(())
}

fn tuples_of<'m>(
    builder: &mut Builder<'_, 'm>,
    site: Site<'_, 'm>,
    rule: &LoadedRule<'m>,
    position: usize,
) -> Result<Vec<TargetGroupTuple>, BuildError> {
    let tuples = tuples(builder, site, rule, position)?;
    if builder.resolver.profile.limits_checked && tuples.len() > 5 {
        let text = format!("{} backends in one rule, AWS takes at most 5 target groups", tuples.len());
        return Err(BuildError::new(Code::LimitExceeded, text));
    }
    Ok(tuples)
}

/// Target groups of a rule's backends with their weights, in order.
pub fn tuples<'m>(
    builder: &mut Builder<'_, 'm>,
    site: Site<'_, 'm>,
    rule: &LoadedRule<'m>,
    position: usize,
) -> Result<Vec<TargetGroupTuple>, BuildError> {
    let isolated = builder.resolver.profile.rules_isolated;
    let divisor = scale(rule);
    let mut tuples = Vec::with_capacity(rule.backends.len());
    for backend in &rule.backends {
        match builder.target_group(site, backend) {
            Ok(arn) => tuples.push(TargetGroupTuple { arn, weight: Some(scaled(backend.weight, divisor)) }),
            Err(error) if isolated => drop_backend(builder, site, position, error),
            Err(error) => return Err(error),
        }
    }
    Ok(tuples)
}

fn drop_backend(builder: &mut Builder<'_, '_>, site: Site<'_, '_>, position: usize, error: BuildError) {
    let label = site.route.route().describe();
    let message = format!("{label}: a backend of rule {} is left out: {}", site.rule, error.message);
    let finding = Diagnostic::new(error.code, error.place(), message).effect(Effect::DropsRule);
    if !builder.diagnostics.contains(&finding) {
        builder.report(finding);
    }
    let note = (position, RouteNote::PartiallyInvalid { rule: site.rule, message: error.message });
    if !builder.notes.contains(&note) {
        builder.notes.push(note);
    }
}

/// Largest weight of the rule when it is over 999, else 999.
fn scale(rule: &LoadedRule<'_>) -> i64 {
    rule.backends.iter().map(|backend| backend.weight).fold(999, i64::max)
}

/// Brings a weight into 0–999 in proportion; only zero becomes zero.
fn scaled(weight: i64, largest: i64) -> i64 {
    if largest == 999 || weight == 0 { weight } else { (weight.saturating_mul(999) / largest).max(1) }
}
