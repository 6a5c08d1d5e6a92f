//! The resource that a question is about.
//!
//! It reads addresses; what a field of the resource is called is `fields`' business.

use std::fmt;

use serde::Serialize;
use serde_json::Value as Json;

use crate::id::{ObjectIx, Text};
use crate::model::target_group::TargetGroup;
use crate::model::{Resource, Stack, Value};
use crate::origin::Origins;

/// Which resource of a stack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The load balancer.
    LoadBalancer,
    /// The managed security group.
    SecurityGroup,
    /// The listener on a port.
    Listener(i64),
    /// A rule, by id.
    Rule(Text),
    /// A target group, by id.
    TargetGroup(Text),
    /// The binding of a target group, by id.
    Binding(Text),
    /// The association with a web ACL.
    WebAcl,
    /// Shield.
    Shield,
}

/// A resource with what a question needs of it; an add-on that is off has no values.
#[derive(Clone, Debug)]
pub struct Subject {
    /// Which.
    pub kind: Kind,
    /// Its values, by the names of the stack JSON.
    pub json: Json,
    /// Their origins.
    pub origins: Origins,
    /// The object that brought it about.
    pub cause: ObjectIx,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LoadBalancer => f.write_str("load balancer"),
            Self::SecurityGroup => f.write_str("managed security group"),
            Self::Listener(port) => write!(f, "listener {port}"),
            Self::Rule(id) => write!(f, "rule {id}"),
            Self::TargetGroup(id) => write!(f, "target group {id}"),
            Self::Binding(id) => write!(f, "binding {id}"),
            Self::WebAcl => f.write_str("web ACL association"),
            Self::Shield => f.write_str("Shield protection"),
        }
    }
}

impl Subject {
    /// The resource of that kind.
    pub fn of(stack: &Stack, kind: &Kind) -> Result<Self, String> {
        let found = match kind {
            Kind::LoadBalancer => taken(kind, stack.load_balancer.iter(), |_| true),
            Kind::SecurityGroup => taken(kind, stack.security_group.iter(), |_| true),
            Kind::Listener(port) => taken(kind, stack.listeners.iter(), |listener| listener.spec.port == *port),
            Kind::Rule(id) => taken(kind, stack.rules.iter(), |rule| rule.id == *id),
            Kind::TargetGroup(id) => taken(kind, stack.target_groups.iter(), |group| group.id == *id),
            Kind::Binding(id) => taken(kind, stack.bindings.iter(), |binding| binding.id == *id),
            Kind::WebAcl => taken(kind, stack.web_acl.iter(), |_| true).or_else(|| off(kind, stack)),
            Kind::Shield => taken(kind, stack.shield.iter(), |_| true).or_else(|| off(kind, stack)),
        };
        found.ok_or_else(|| format!("Gateway {} has no {kind} of its own in the plan", stack.id))
    }
}

fn taken<'s, S: Serialize + 's>(
    kind: &Kind,
    mut resources: impl Iterator<Item = &'s Resource<S>>,
    is: impl Fn(&Resource<S>) -> bool,
) -> Option<Subject> {
    let found = resources.find(|resource| is(resource))?;
    let json = serde_json::to_value(&found.spec).expect("every key of a resource is a string");
    Some(Subject { kind: kind.clone(), json, origins: found.origins.clone(), cause: found.cause })
}

#[expect(clippy::unnecessary_wraps, reason = "the other half of an `or_else`")]
fn off(kind: &Kind, stack: &Stack) -> Option<Subject> {
    Some(Subject { kind: kind.clone(), json: Json::Null, origins: Origins::default(), cause: stack.gateway })
}

/// The resource that an address begins with, and the rest of the address: a field of it, or nothing.
pub fn locate<'a>(stack: &Stack, asked: &'a str) -> Result<(Kind, &'a str), String> {
    let asked = asked.strip_prefix("spec.").unwrap_or(asked);
    let (head, rest) = asked.split_at(asked.find(['.', '[']).unwrap_or(asked.len()));
    let field = rest.strip_prefix('.').unwrap_or(rest);
    if let Some((id, rest)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']'))
        && let Some(kind) = in_list(stack, head, id)
    {
        return kind.map(|kind| (kind, rest.strip_prefix('.').unwrap_or(rest)));
    }
    Ok(match head {
        "loadBalancer" => (Kind::LoadBalancer, field),
        "securityGroup" => (Kind::SecurityGroup, field),
        "ingress" | "sourceRanges" | "securityGroupPrefixes" | "enableICMP" => (Kind::SecurityGroup, asked),
        "wafV2" | "webACLARN" => (Kind::WebAcl, "webACLARN"),
        "shieldConfiguration" => (Kind::Shield, "enabled"),
        "listeners" | "rules" | "targetGroups" | "bindings" => {
            return Err(format!("which of them? {}", ids(stack, head)));
        }
        _ => (Kind::LoadBalancer, asked),
    })
}

/// The resource that `TYPE/ID`, or an id of the stack, names.
pub fn named(stack: &Stack, asked: &str) -> Result<Kind, String> {
    let (what, id) = asked.split_once('/').unwrap_or((asked, ""));
    match what {
        "load-balancer" | "LoadBalancer" => return Ok(Kind::LoadBalancer),
        "security-group" | "ManagedLBSecurityGroup" => return Ok(Kind::SecurityGroup),
        _ => {}
    }
    let list = match what {
        "listener" => "listeners",
        "rule" => "rules",
        "target-group" => "targetGroups",
        "binding" => "bindings",
        _ => {
            let types = "load-balancer, security-group, listener/PORT, rule/PORT:PRIORITY, target-group/ID, binding/ID";
            let found = ["targetGroups", "rules"].into_iter().find_map(|list| in_list(stack, list, asked)?.ok());
            return found.ok_or_else(|| format!("no resource {asked} of Gateway {}: {types}", stack.id));
        }
    };
    in_list(stack, list, id).unwrap_or_else(|| Err(format!("which of them? {}", ids(stack, list))))
}

/// The resource of a list by id, or a target group also by position or part of its id; none for no list.
fn in_list(stack: &Stack, list: &str, id: &str) -> Option<Result<Kind, String>> {
    let missing = || Err(format!("Gateway {} has none called {id}: {}", stack.id, ids(stack, list)));
    Some(match list {
        "listeners" => {
            let port = id.rsplit(':').next().and_then(|port| port.parse().ok());
            // Of a Gateway that is not planned nobody knows the listeners.
            let is_known = |port: &i64| stack.listeners.iter().any(|listener| listener.spec.port == *port);
            let found = port.filter(|port| stack.load_balancer.is_none() || is_known(port));
            found.map(Kind::Listener).map_or_else(missing, Ok)
        }
        "rules" => rule(stack, id).map(Kind::Rule).map_or_else(missing, Ok),
        "targetGroups" | "target-group" => group(stack, id).map(Kind::TargetGroup).map_or_else(missing, Ok),
        "bindings" => group(stack, id).map(Kind::Binding).map_or_else(missing, Ok),
        _ => return None,
    })
}

/// A rule by its id, `443:1`, or as the table calls it, `HTTPS:443 #1`.
fn rule(stack: &Stack, id: &str) -> Option<Text> {
    let shown = id.split_once('#').map(|(listener, priority)| {
        format!("{}:{}", listener.trim().rsplit(':').next().unwrap_or_default(), priority.trim())
    });
    let is_it = |known: &&Text| ***known == *id || shown.as_deref() == Some(&***known);
    stack.rules.iter().map(|rule| &rule.id).find(is_it).cloned()
}

fn group(stack: &Stack, id: &str) -> Option<Text> {
    let ids = || stack.target_groups.iter().map(|group| &group.id);
    let by_position = id.parse::<usize>().ok().and_then(|position| ids().nth(position));
    let mut parts = ids().filter(|known| known.contains(id));
    let by_part = parts.next().filter(|_| parts.next().is_none() && !id.is_empty());
    let is_called = |group: &&Resource<TargetGroup>| match &group.spec.name {
        Value::Known(name) | Value::Partial(name, _) => **name == *id.trim_end_matches('…'),
        _ => false,
    };
    let by_name = || stack.target_groups.iter().find(is_called).map(|group| &group.id);
    ids().find(|known| ***known == *id).or(by_position).or(by_part).or_else(by_name).cloned()
}

fn ids(stack: &Stack, list: &str) -> String {
    let ids: Vec<String> = match list {
        "listeners" => stack.listeners.iter().map(|listener| listener.id.to_string()).collect(),
        "rules" => stack.rules.iter().map(|rule| rule.id.to_string()).collect(),
        _ => stack.target_groups.iter().map(|group| group.id.to_string()).collect(),
    };
    let total = ids.len();
    let shown = ids.into_iter().take(20).collect::<Vec<_>>().join(", ");
    if total > 20 { format!("{shown} and {} more", total - 20) } else { shown }
}
