//! Listeners with their rules and what those do.
//!
//! Target groups are noted here and drawn by `forward`, when all that lead to them are known.

use super::super::explain::words;
use super::build::Builder;
use super::fold::{Fold, fold, hosts};
use super::forward::{Flow, Use};
use super::label;
use super::sketch::{Column, Face, Frame, Sketched};
use super::{EdgeKind, GroupKind, LineStyle, NodeKind};
use crate::id::{LoadBalancerType, ObjectIx};
use crate::model::action::{Action, ForwardConfig};
use crate::model::listener::{Condition, Listener, ListenerRule};
use crate::model::{Resource, Stack, Value};
use crate::origin::Origin;

/// Rules that a frame is drawn around, at least.
const FRAMED: usize = 2;

impl Builder<'_, '_> {
    /// All listeners of a stack, and the target groups behind them.
    pub fn listeners(&mut self, index: usize, stack: &Stack) {
        let mut flow = Flow::default();
        for listener in &stack.listeners {
            self.listener(index, stack, listener, &mut flow);
        }
        flow.add_unused(stack);
        self.targets(index, stack, flow);
    }

    fn listener(&mut self, index: usize, stack: &Stack, listener: &Resource<Listener>, flow: &mut Flow) {
        let (node, _) = self.gateways[index];
        let (lb_type, frame) = (node.lb_type, self.frames[index]);
        let column = match lb_type {
            LoadBalancerType::Application => Column::Listener,
            LoadBalancerType::Network => Column::NetworkListener,
        };
        let id = format!("{}/listener/{}", stack.id, listener.id);
        let face = label::listener(node, stack, listener);
        let from = self.sketch.add(Sketched::new(id.clone(), NodeKind::Listener, column, frame, face));
        match lb_type {
            LoadBalancerType::Network => {
                for action in &listener.spec.default_actions {
                    if let Action::Forward { config } = action {
                        flow.add(from, config, true);
                    }
                }
            }
            LoadBalancerType::Application => {
                let arn = Value::ListenerArn(listener.spec.port);
                let rules: Vec<_> = stack.rules.iter().filter(|rule| rule.spec.listener_arn == arn).collect();
                self.rules(stack, (from, &id), &rules, flow);
                for action in &listener.spec.default_actions {
                    let face = Face::named(format!("otherwise {}", words::action(action)));
                    let id = format!("{id}/default");
                    let default = self.sketch.add(Sketched::new(id, NodeKind::Default, Column::Rule, frame, face));
                    self.sketch.link(from, default, EdgeKind::Traffic, None);
                }
            }
        }
    }

    fn rules(&mut self, stack: &Stack, from: (usize, &str), rules: &[&Resource<ListenerRule>], flow: &mut Flow) {
        let folds = fold(rules, self.extent);
        let mut frames = 0;
        for run in folds.chunk_by(|one, next| hosts(&one.rules()[0].spec) == hosts(&next.rules()[0].spec)) {
            let is_framed = run.iter().filter(|fold| !matches!(fold, Fold::Rest(_))).count() >= FRAMED;
            let host = hosts(&run[0].rules()[0].spec).filter(|_| is_framed).map(|_| {
                frames += 1;
                let id = format!("{}/hosts/{frames}", from.1);
                self.host_frame(from.0, id, &run[0].rules()[0].spec)
            });
            for fold in run {
                let host = host.filter(|_| !matches!(fold, Fold::Rest(_)));
                let node = match fold {
                    Fold::One(rule) => self.rule(stack, from.0, rule, host),
                    folded => self.folded(stack, from, folded, host),
                };
                self.sketch.link(from.0, node, EdgeKind::Traffic, None);
                for rule in fold.rules() {
                    for action in &rule.spec.actions {
                        if let Action::Forward { config } = action {
                            flow.add(node, config, matches!(fold, Fold::One(_)));
                        }
                    }
                }
            }
        }
    }

    fn host_frame(&mut self, listener: usize, id: String, rule: &ListenerRule) -> usize {
        let host = rule.conditions.iter().find(|condition| matches!(condition, Condition::HostHeader { .. }));
        let face = Face::named(host.map(words::condition).unwrap_or_default());
        let parent = self.sketch.nodes[listener].gateway;
        self.sketch.frame(Frame { id, kind: GroupKind::Host, parent, load_balancer_type: None, face })
    }

    /// `Kind ns/name#index` of the rule of a route behind a rule of an ALB, as a trace has it.
    fn rule_name(&self, rule: &Resource<ListenerRule>) -> String {
        let route = self.plan.manifests.object(rule.cause).describe();
        match rule.origins.get("conditions") {
            Some(Origin::Field { path, .. }) => format!("{route}#{}", path.first_index().unwrap_or_default()),
            _ => route,
        }
    }

    fn rule(&mut self, stack: &Stack, listener: usize, rule: &Resource<ListenerRule>, host: Option<usize>) -> usize {
        let gateway = self.sketch.nodes[listener].gateway;
        let name = self.rule_name(rule);
        let face = label::rule(stack, rule, &name, host.is_some());
        let id = format!("{}/rule/{}", stack.id, rule.id);
        let node = Sketched::new(id.clone(), NodeKind::Rule, Column::Rule, gateway, face);
        let from = self.sketch.add(Sketched { host, rules: vec![name], ..node });
        for action in &rule.spec.actions {
            if let Some((kind, what, edge, label, face)) = answer(action) {
                let id = format!("{id}/{what}");
                let to = self.sketch.add(Sketched::new(id, kind, Column::Target, gateway, face));
                self.sketch.link(from, to, edge, label);
            }
        }
        from
    }

    fn folded(&mut self, stack: &Stack, from: (usize, &str), fold: &Fold<'_>, host: Option<usize>) -> usize {
        let rules = fold.rules();
        let mut routes: Vec<ObjectIx> = rules.iter().map(|rule| rule.cause).collect();
        routes.sort_unstable();
        routes.dedup();
        let mut face = Face::named(folded_name(fold, host.is_some()));
        let of = match routes.as_slice() {
            [only] => self.plan.manifests.object(*only).describe(),
            many => label::count(many.len(), "route"),
        };
        let (first, last) = (rules[0].spec.priority, rules[rules.len() - 1].spec.priority);
        face = face.line(LineStyle::Detail, format!("{first}–{last} · of {of}"));
        let answers = answers(rules);
        if !answers.is_empty() {
            face = face.line(LineStyle::Detail, answers.join(", "));
        }
        for object in &routes {
            face.anchor(*object, String::new(), true);
        }
        let mut members: Vec<String> = Vec::with_capacity(rules.len());
        for rule in rules {
            let id = format!("{}/rule/{}", stack.id, rule.id);
            let answers = rule.spec.actions.iter().filter_map(answer);
            members.extend(answers.map(|(_, what, ..)| format!("{id}/{what}")));
            members.push(id);
        }
        let id = format!("{}/rules/{}-{}", from.1, rules[0].id, rules.len());
        let gateway = self.sketch.nodes[from.0].gateway;
        let node = Sketched::new(id, NodeKind::Rules, Column::Rule, gateway, face);
        let mut names: Vec<String> = rules.iter().map(|rule| self.rule_name(rule)).collect();
        names.dedup();
        self.sketch.add(Sketched { host, members, rules: names, ..node })
    }
}

/// What folded rules are called; a frame says their hosts already.
fn folded_name(fold: &Fold<'_>, is_framed: bool) -> String {
    let rules = fold.rules();
    let many = label::count(rules.len(), "rule");
    if matches!(fold, Fold::Rest(_)) {
        let mut all: Vec<_> = rules.iter().filter_map(|rule| hosts(&rule.spec)).map(|hosts| &hosts.values).collect();
        all.sort_unstable();
        all.dedup();
        let more = many.replacen(' ', " more ", 1);
        return if all.len() > 1 { format!("{more} for {} hosts", all.len()) } else { more };
    }
    let host = rules[0].spec.conditions.iter().find(|condition| matches!(condition, Condition::HostHeader { .. }));
    match host.filter(|_| !is_framed) {
        Some(host) => format!("{}: {many}", words::condition(host)),
        None => many,
    }
}

/// What rules do that lead to no target group, as `3 answer 404`.
fn answers(rules: &[&Resource<ListenerRule>]) -> Vec<String> {
    let mut counts: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    for action in rules.iter().flat_map(|rule| &rule.spec.actions) {
        let what = match action {
            Action::FixedResponse { .. } => "answer by themselves",
            Action::Redirect { .. } => "redirect",
            Action::Forward { .. } => continue,
            Action::AuthenticateCognito { .. } | Action::AuthenticateOidc { .. } => "ask to sign in",
            Action::JwtValidation { .. } => "validate tokens",
        };
        *counts.entry(what).or_default() += 1;
    }
    counts.iter().map(|(what, count)| format!("{count} {what}")).collect()
}

type Answer = (NodeKind, &'static str, EdgeKind, Option<String>, Face);

/// What a client gets that no target group serves.
fn answer(action: &Action) -> Option<Answer> {
    let sign_in = |what: &Option<crate::id::Text>, issuer: &str| {
        let face = match what.as_deref() {
            Some("allow") => return None,
            Some("deny") => Face::named("401"),
            _ => Face::named("sign in").line(LineStyle::Detail, issuer),
        };
        let label = Some("not signed in".to_owned());
        Some((NodeKind::Authentication, "authentication", EdgeKind::Refused, label, face))
    };
    match action {
        Action::Forward { .. } => None,
        Action::FixedResponse { config } => {
            let face = Face::named(words::action(action));
            let face = face.line(LineStyle::Detail, config.content_type.as_deref().unwrap_or("without content type"));
            Some((NodeKind::Response, "response", EdgeKind::Traffic, None, face))
        }
        Action::Redirect { config } => {
            let face = Face::named(format!("redirect {}", config.status_code));
            let face = face.line(LineStyle::Detail, words::redirect(config));
            Some((NodeKind::Redirect, "redirect", EdgeKind::Traffic, None, face))
        }
        Action::AuthenticateOidc { config } => sign_in(&config.session.on_unauthenticated_request, &config.issuer),
        Action::AuthenticateCognito { config } => {
            sign_in(&config.session.on_unauthenticated_request, &config.user_pool_domain)
        }
        Action::JwtValidation { config } => {
            let face = Face::named("401").line(LineStyle::Detail, format!("tokens of {}", config.issuer));
            let label = Some("no valid token".to_owned());
            Some((NodeKind::Authentication, "authentication", EdgeKind::Refused, label, face))
        }
    }
}

impl Flow {
    /// Notes the target groups of an action; with their weights where they are told.
    fn add(&mut self, from: usize, config: &ForwardConfig, is_alone: bool) {
        let total: i64 = config.target_groups.iter().map(|tuple| tuple.weight.unwrap_or(1)).sum();
        let is_shared = config.target_groups.len() > 1;
        for tuple in &config.target_groups {
            let weight = tuple.weight.unwrap_or(1);
            let label = (is_alone && (is_shared || weight == 0)).then(|| format!("{weight} of {total}"));
            let kind = if weight == 0 { EdgeKind::Unused } else { EdgeKind::Traffic };
            self.note(&tuple.arn, Use { from, is_alone, label, kind });
        }
    }
}
