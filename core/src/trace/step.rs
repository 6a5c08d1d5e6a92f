//! The steps of a way through the plan, and its end.
//!
//! They refer to what was planned; how they are told is decided in `page` and `document`.

use serde::Serialize;

use super::matching::Outcome;
use super::rewrite::Rewriting;
use crate::id::{ObjectIx, Text};
use crate::manifest::rule_config::Stickiness;
use crate::model::Resource;
use crate::model::listener::{Condition, Listener, ListenerRule};

/// One step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step<'p> {
    /// Into the load balancer of a Gateway, by its position.
    Gateway(usize),
    /// Into a listener of that Gateway.
    Listener(usize, &'p Resource<Listener>),
    /// An NLB listener serves this route.
    Route(ObjectIx),
    /// Rules of an ALB listener that don't take the request.
    Rules(Vec<Tried<'p>>),
    /// The rule that takes it.
    Rule(&'p Resource<ListenerRule>, Vec<Rewriting>),
    /// No rule takes it: the default action.
    Default(&'p Resource<Listener>),
    /// Target groups share what comes.
    Targets(Vec<Share>, Option<&'p Stickiness>),
    /// The load balancer answers by itself.
    Response {
        /// Status code.
        status: u16,
        /// Body, if there is one.
        body: Option<Text>,
    },
    /// The client is sent elsewhere.
    Redirect {
        /// Status code.
        status: u16,
        /// The `Location`.
        location: String,
    },
    /// The way ends, and nothing answers.
    Nothing(String),
}

/// A rule that was tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tried<'p> {
    /// The rule.
    pub rule: &'p Resource<ListenerRule>,
    /// What it made of the request; never [`Outcome::Matched`].
    pub outcome: Outcome,
}

impl Tried<'_> {
    /// Whether it is the host that does not fit.
    pub fn is_for_other_host(&self) -> bool {
        let Outcome::Failed(position) = self.outcome else { return false };
        matches!(self.rule.spec.conditions[position], Condition::HostHeader { .. })
    }
}

/// A target group's part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// Where it leads.
    pub target: Target,
    /// Its weight, 1 where the listener has none.
    pub weight: i64,
    /// Whether the walk follows it: of the heaviest, the first.
    pub is_followed: bool,
}

/// Where a target group leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// `ns/name:port` of a Service.
    Service(String),
    /// A port of the ALB of a Gateway, by its position.
    Alb(usize, i64),
    /// A target group that exists already, or an ALB that isn't ours.
    Other(String),
}

/// A Service and its weight.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Portion {
    /// `ns/name:port`.
    pub service: String,
    /// Its weight.
    pub weight: i64,
}

/// What comes of a request; what does not apply is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
pub struct Answer {
    /// Gateway whose listener decided, `ns/name`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gateway: Option<String>,
    /// That listener, `PROTOCOL:PORT`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listener: Option<String>,
    /// Rule of a route, `Kind ns/name#index`; `default` for a listener's default action.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// The Service, `ns/name:port`; of several the heaviest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// All Services with a weight above zero, if there are several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<_>"))]
    pub services: Vec<Portion>,
    /// ARN or name of a target group that belongs to no Service of the plan.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_group: Option<String>,
    /// Status code of an answer that the load balancer gives by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Where a redirect leads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redirect: Option<String>,
    /// Path that the Service sees.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Query that the Service sees.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    /// Host that the Service sees.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    /// Why nothing answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}
