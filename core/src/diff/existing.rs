//! What exists of a stack, found by its tracking tags, and which of it stays.
//!
//! Fields are compared elsewhere.

use super::Wanted;
use crate::account::{Account, Binding, Listener, LoadBalancer, SecurityGroup, TargetGroup, tag_prefix, tracked};
use crate::id::Text;
use crate::model;

/// What exists of a stack: of each, what stays and what goes.
#[derive(Debug, Default)]
pub struct Existing<'a> {
    /// The load balancer that stays.
    pub load_balancer: Option<&'a LoadBalancer>,
    /// Those that go, each with the cause.
    pub old_load_balancers: Vec<(&'a LoadBalancer, String)>,
    /// Target groups that stay, by id.
    pub target_groups: Vec<(Text, &'a TargetGroup)>,
    /// Those that go, by id, each with the cause.
    pub old_target_groups: Vec<(Text, &'a TargetGroup, String)>,
    /// The managed security group that stays.
    pub security_group: Option<&'a SecurityGroup>,
    /// Those that go.
    pub old_security_groups: Vec<&'a SecurityGroup>,
    /// TargetGroupBindings; `None` without a cluster.
    pub bindings: Option<Vec<&'a Binding>>,
}

/// Why a resource goes that the plan has no word for.
pub const GONE: &str = "no longer planned";
/// Why the second of two resources with one id goes.
const TWICE: &str = "there is another with the same id";

impl<'a> Existing<'a> {
    /// What `account` holds of the stack.
    pub fn of(wanted: &Wanted<'_>, account: &'a Account, cluster: &str) -> Self {
        let mine = |tags| tracked(tags, cluster).filter(|(stack, _)| *stack == wanted.stack).map(|(_, id)| id);
        let mut out = Self::default();
        for lb in account.load_balancers.iter().filter(|lb| mine(&lb.tags).is_some()) {
            out.take_load_balancer(lb, wanted);
        }
        for group in &account.target_groups {
            if let Some(id) = mine(&group.tags) {
                out.take_target_group(id, group, wanted);
            }
        }
        for group in account.security_groups.iter().filter(|group| mine(&group.tags).is_some()) {
            let is_wanted = wanted.model.is_some_and(|stack| stack.security_group.is_some());
            match out.security_group.is_none() && is_wanted {
                true => out.security_group = Some(group),
                false => out.old_security_groups.push(group),
            }
        }
        out.bindings = account.bindings.as_ref().map(|all| all.iter().filter(|one| is_of(one, wanted)).collect());
        out
    }

    fn take_load_balancer(&mut self, lb: &'a LoadBalancer, wanted: &Wanted<'_>) {
        let planned = wanted.model.and_then(|stack| stack.load_balancer.as_ref());
        let cause = match planned {
            None => Some(GONE.to_owned()),
            Some(planned) => replacement(&planned.spec, lb),
        };
        match (cause, self.load_balancer) {
            (Some(cause), _) => self.old_load_balancers.push((lb, cause)),
            (None, None) => self.load_balancer = Some(lb),
            (None, Some(_)) => self.old_load_balancers.push((lb, TWICE.to_owned())),
        }
    }

    fn take_target_group(&mut self, id: Text, group: &'a TargetGroup, wanted: &Wanted<'_>) {
        let planned = wanted.model.and_then(|stack| stack.target_groups.iter().find(|planned| planned.id == id));
        let cause = match planned {
            None => Some(GONE.to_owned()),
            Some(planned) => changed_target_group(&planned.spec, group),
        };
        let Some(cause) = cause else {
            return self.keep_target_group(id, group);
        };
        self.old_target_groups.push((id, group, cause));
    }

    /// Of two with one id the one that a load balancer uses stays.
    fn keep_target_group(&mut self, id: Text, group: &'a TargetGroup) {
        let Some(kept) = self.target_groups.iter_mut().find(|(other, _)| *other == id) else {
            return self.target_groups.push((id, group));
        };
        let is_better = kept.1.load_balancer_arns.is_empty() && !group.load_balancer_arns.is_empty();
        let loser = if is_better { std::mem::replace(&mut kept.1, group) } else { group };
        self.old_target_groups.push((id, loser, TWICE.to_owned()));
    }

    /// The target group that stays under `id`.
    pub fn target_group(&self, id: &str) -> Option<&'a TargetGroup> {
        self.target_groups.iter().find(|(other, _)| other == id).map(|(_, group)| *group)
    }

    /// Listeners of the load balancer that stays.
    pub fn listeners(&self) -> &'a [Listener] {
        self.load_balancer.and_then(|lb| lb.listeners.as_deref()).unwrap_or_default()
    }
}

fn is_of(binding: &Binding, wanted: &Wanted<'_>) -> bool {
    let prefix = tag_prefix(wanted.stack.lb_type);
    let label = |name: &str| binding.labels.get(format!("{prefix}/{name}").as_str());
    match (label("stack-namespace"), label("stack-name")) {
        (Some(namespace), Some(name)) => format!("{namespace}/{name}") == wanted.stack.gateway,
        _ => false,
    }
}

/// What of `planned` AWS can't change on `lb` (controller §3.4), in words.
fn replacement(planned: &model::load_balancer::LoadBalancer, lb: &LoadBalancer) -> Option<String> {
    let differs =
        |what: &str, from: &str, to: &str| (from != to).then(|| format!("{what} changes from {from} to {to}"));
    differs("type", &lb.lb_type, planned.lb_type)
        .or_else(|| differs("scheme", &lb.scheme, &planned.scheme))
        .or_else(|| without_groups(planned, lb))
}

/// An NLB keeps for life whether it has security groups.
fn without_groups(planned: &model::load_balancer::LoadBalancer, lb: &LoadBalancer) -> Option<String> {
    if lb.lb_type != "network" || planned.security_groups.is_empty() == lb.security_groups.is_empty() {
        return None;
    }
    Some(match lb.security_groups.is_empty() {
        true => "an NLB made without security groups can't have any".to_owned(),
        false => "an NLB made with security groups can't lose them".to_owned(),
    })
}

fn changed_target_group(planned: &model::target_group::TargetGroup, group: &TargetGroup) -> Option<String> {
    let differs =
        |what: &str, from: &str, to: &str| (from != to).then(|| format!("{what} changes from {from} to {to}"));
    let version = group.protocol_version.as_deref().unwrap_or_default();
    let planned_version = planned.protocol_version.as_deref().unwrap_or(version);
    differs("target type", &group.target_type, planned.target_type)
        .or_else(|| differs("protocol", &group.protocol, &planned.protocol))
        .or_else(|| differs("protocol version", version, planned_version))
        .or_else(|| control_port(planned.target_control_port, group.target_control_port))
}

fn control_port(planned: Option<i64>, now: Option<i64>) -> Option<String> {
    let words = |port: Option<i64>| port.map_or_else(|| "none".to_owned(), |port| port.to_string());
    (planned != now).then(|| format!("target control port changes from {} to {}", words(now), words(planned)))
}
