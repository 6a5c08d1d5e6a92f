//! The nodes of a graph that a request passes, by the ids that `view::graph` gives them.
//!
//! A node that is folded in a picture is found among the members of another.

use super::Trace;
use super::planned::Planned;
use super::step::{Share, Step, Target};
use crate::model::Value;
use crate::model::action::{Action, ForwardConfig};

/// Ids in the order of the way; of target groups the one that is followed.
pub fn way(planned: &Planned<'_, '_>, trace: &Trace<'_>) -> Vec<String> {
    let mut way = Way { planned, gateway: String::new(), actions: &[], answers: String::new(), ids: Vec::new() };
    trace.steps.iter().for_each(|step| way.step(step));
    way.ids
}

struct Way<'w, 'p, 'm> {
    planned: &'w Planned<'p, 'm>,
    /// The Gateway that the request is in.
    gateway: String,
    /// What is done with it there.
    actions: &'w [Action],
    /// The node that answers hang on.
    answers: String,
    ids: Vec<String>,
}

impl<'w> Way<'w, '_, '_> {
    fn step(&mut self, step: &'w Step<'_>) {
        match step {
            Step::Gateway(index) => {
                self.gateway = self.planned.label(*index);
                if self.ids.is_empty() {
                    self.ids.push(format!("client/{}", self.gateway));
                }
            }
            Step::Listener(_, listener) => {
                self.ids.push(format!("{}/listener/{}", self.gateway, listener.id));
                self.actions = &listener.spec.default_actions;
            }
            Step::Rule(rule, _) => {
                self.answers = format!("{}/rule/{}", self.gateway, rule.id);
                self.ids.push(self.answers.clone());
                self.actions = &rule.spec.actions;
            }
            Step::Default(listener) => {
                self.answers.clear();
                self.ids.push(format!("{}/listener/{}/default", self.gateway, listener.id));
            }
            Step::Targets(shares, _) => self.targets(shares),
            Step::Response { .. } => self.answer("response"),
            Step::Redirect { .. } => self.answer("redirect"),
            Step::Route(_) | Step::Rules(_) | Step::Nothing(_) => {}
        }
    }

    fn targets(&mut self, shares: &[Share]) {
        let config = self.actions.iter().find_map(|action| match action {
            Action::Forward { config } => Some(config),
            _ => None,
        });
        let tuples = config.map(|ForwardConfig { target_groups, .. }| target_groups.as_slice()).unwrap_or_default();
        let Some((tuple, share)) = tuples.iter().zip(shares).find(|(_, share)| share.is_followed) else { return };
        self.ids.push(match &tuple.arn {
            Value::TargetGroupArn(id) => format!("{}/target-group/{id}", self.gateway),
            other => format!("{}/existing-target-group/{other}", self.gateway),
        });
        if let Target::Service(service) = &share.target {
            self.ids.push(format!("service/{service}"));
        }
    }

    /// A default action says its answer itself.
    fn answer(&mut self, what: &str) {
        if !self.answers.is_empty() {
            self.ids.push(format!("{}/{what}", self.answers));
        }
    }
}
