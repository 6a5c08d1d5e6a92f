//! An ALB's listener: its rules by priority, then the actions of the one that takes the request.
//!
//! How a single condition is judged is `matching`'s business.

use super::matching::{self, Open, Outcome};
use super::planned::listener_name;
use super::rewrite::{After, Rewriting, Sent, apply, location};
use super::step::{Step, Tried};
use super::version;
use super::walk::Walk;
use crate::model::Resource;
use crate::model::action::Action;
use crate::model::listener::{Listener, ListenerRule};

impl<'p> Walk<'_, 'p, '_> {
    pub(super) fn application(&mut self, index: usize, listener: &'p Resource<Listener>) {
        self.note_client_certificate(listener);
        let (mut tried, mut taken) = (Vec::new(), None);
        for rule in self.planned.rules(index, listener.spec.port) {
            let outcome = matching::rule(&rule.spec, self.request);
            if outcome == Outcome::Matched {
                taken = Some(rule);
                break;
            }
            tried.push(Tried { rule, outcome });
        }
        self.note_undecided(&tried);
        self.note_escapes(index, listener.spec.port, taken);
        if !tried.is_empty() {
            self.steps.push(Step::Rules(tried));
        }
        let mut sent = Sent::of(self.request);
        match taken {
            Some(rule) => {
                self.answer.rule = Some(self.planned.rule_name(rule));
                let rewritings = apply(&rule.spec.transforms, &mut sent);
                self.note_rewritings(&rewritings, &sent);
                self.notes.extend(self.planned.faults(index, rule));
                self.steps.push(Step::Rule(rule, rewritings));
                self.act(index, listener, &rule.spec.actions, sent);
            }
            None => {
                self.answer.rule = Some("default".to_owned());
                self.notes.extend(self.planned.left_out(index, listener.spec.port));
                self.steps.push(Step::Default(listener));
                self.act(index, listener, &listener.spec.default_actions, sent);
            }
        }
    }

    /// Carries out the action that routes; authentications before it are told with their rule.
    fn act(&mut self, index: usize, listener: &'p Resource<Listener>, actions: &'p [Action], sent: Sent) {
        self.note_authentication(actions);
        match actions.last() {
            Some(Action::Forward { config }) => {
                let shares = self.planned.shares(index, config);
                let taken = shares.iter().position(|share| share.is_followed);
                let version = taken.and_then(|at| self.planned.group(index, &config.target_groups[at].arn));
                let version = version.and_then(|group| group.protocol_version.as_deref());
                let protocol = listener.spec.protocol;
                if let Some(why) = version.and_then(|version| version::refusal(version, protocol, self.request)) {
                    return self.incompatible(why);
                }
                self.forward(index, shares, config);
                if self.answer.error.is_none() {
                    self.arrived(sent);
                }
            }
            Some(Action::Redirect { config }) => {
                let status = config.status_code.trim_start_matches("HTTP_").parse().unwrap_or(302);
                let protocol = listener.spec.protocol.to_ascii_lowercase();
                let location = location(config, &protocol, listener.spec.port, &sent);
                (self.answer.status, self.answer.redirect) = (Some(status), Some(location.clone()));
                self.steps.push(Step::Redirect { status, location });
            }
            Some(Action::FixedResponse { config }) => {
                let status = config.status_code.parse().unwrap_or(500);
                self.answer.status = Some(status);
                self.steps.push(Step::Response { status, body: config.message_body.clone() });
            }
            _ => self.nothing(format!("listener {} has no action that routes", listener_name(&listener.spec))),
        }
    }

    fn incompatible(&mut self, why: &str) {
        self.answer.status = Some(version::INCOMPATIBLE);
        self.steps.push(Step::Response { status: version::INCOMPATIBLE, body: None });
        self.notes.push(format!("{}: {why}", version::INCOMPATIBLE));
    }

    /// Says so where another rule would take the path with its %-escapes decoded: AWS does not say which it compares.
    fn note_escapes(&mut self, index: usize, port: i64, taken: Option<&Resource<ListenerRule>>) {
        let Some(decoded) = self.request.decoded() else { return };
        let mut rules = self.planned.rules(index, port);
        let other = rules.find(|rule| matching::rule(&rule.spec, &decoded) == Outcome::Matched);
        if other.map(|rule| &rule.id) != taken.map(|rule| &rule.id) {
            let other = other.map_or_else(|| "no rule".to_owned(), |rule| self.planned.rule_name(rule));
            let path = &decoded.path;
            self.notes.push(format!(
                "the path is compared as it is sent; decoded, {path} would be for {other}, and AWS does not say which counts"
            ));
        }
    }

    fn note_client_certificate(&mut self, listener: &Resource<Listener>) {
        let mode = listener.spec.mutual_authentication.as_ref().map(|mutual| &*mutual.mode);
        if mode == Some("verify") {
            let name = listener_name(&listener.spec);
            self.notes.push(format!("listener {name} refuses clients without a certificate of its trust store"));
        }
    }

    fn note_undecided(&mut self, tried: &[Tried<'_>]) {
        for Tried { rule, outcome, .. } in tried {
            let Outcome::Undecided(_, open) = outcome else { continue };
            let why = match open {
                Open::Client => "the client's address decides it: say --from ADDRESS",
                Open::Regex => "its regular expression is not understood",
                Open::Block => "it asks for a block of addresses that is none",
            };
            let name = self.planned.rule_name(rule);
            let priority = rule.spec.priority;
            self.notes.push(format!("rule {priority} of {name} is taken not to match, and might: {why}"));
        }
    }

    fn note_authentication(&mut self, actions: &[Action]) {
        for action in actions {
            let (kind, allows) = match action {
                Action::AuthenticateCognito { config } => ("Cognito", &config.session.on_unauthenticated_request),
                Action::AuthenticateOidc { config } => ("OIDC", &config.session.on_unauthenticated_request),
                Action::JwtValidation { .. } => {
                    self.notes.push("a request without a valid JWT is answered 401".to_owned());
                    continue;
                }
                _ => continue,
            };
            let instead = match allows.as_deref() {
                Some("allow") => "goes on all the same",
                Some("deny") => "is answered 401",
                _ => "is first redirected to log in",
            };
            self.notes.push(format!("a request without a session of {kind} {instead}"));
        }
    }

    /// Surprises of transforms, as far as they are known.
    fn note_rewritings(&mut self, rewritings: &[Rewriting], sent: &Sent) {
        for Rewriting { what, before, after } in rewritings {
            match after {
                After::Open(regex) => {
                    self.notes.push(format!("the {what} is told unchanged: {regex} is not understood"));
                }
                After::Text(text) if *what == "URL" && text.contains('%') && before.contains('%') => {
                    let text = "ALBs are reported to decode %-escapes in a URL that they rewrite \
                                (aws-load-balancer-controller issue 4579); here they are kept";
                    self.notes.push(text.to_owned());
                }
                After::Text(_) | After::Unchanged => {}
            }
        }
        if !sent.path.starts_with('/') {
            self.notes.push(format!("the rewritten path {} does not begin with a slash", sent.path));
        }
    }
}
