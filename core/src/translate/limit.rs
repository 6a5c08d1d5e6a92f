//! What AWS would refuse (deviation B25).
//!
//! Every check passes under the reference's profile: AWS itself refuses there, at deployment.

use crate::budget::rule::{values, values_of, wildcards_of};
use crate::diagnostic::Code;
use crate::id::{LoadBalancerType, Text};
use crate::model::Value;
use crate::model::action::{Action, TargetGroupTuple};
use crate::model::listener::Condition;
use crate::model::tags::Tags;
use crate::model::target_group::{HealthCheck, HealthCheckPort, Matcher, TargetGroup};
use crate::model::{Number, Resource};
use crate::origin::Origin;
use crate::profile::Profile;
use crate::quota::Quota;

use super::{BuildError, Builder};

/// Characters of one condition value.
const VALUE_LENGTH: usize = 128;
/// Characters of host, path and query of a redirect.
const REDIRECT: usize = 128;
/// Characters of the body of a fixed response.
const BODY: usize = 1024;
/// Characters of a load balancer's or target group's name.
const NAME: usize = 32;
/// Tags of a resource, less the three that track it.
const TAGS: usize = 47;
/// Characters of a tag key.
const TAG_KEY: usize = 128;
/// Characters of a tag value, and so of a resource id.
const TAG_VALUE: usize = 256;

/// Whether limits are checked at all.
pub fn apply(profile: &Profile) -> bool {
    profile.limits_checked
}

fn exceeded(text: String) -> BuildError {
    BuildError::new(Code::LimitExceeded, text)
}

fn check(holds: bool, text: impl FnOnce() -> String) -> Result<(), BuildError> {
    if holds { Ok(()) } else { Err(exceeded(text())) }
}

/// Conditions of one rule: five values, five wildcards, 128 characters each.
pub fn conditions(profile: &Profile, conditions: &[Condition]) -> Result<(), BuildError> {
    if !apply(profile) {
        return Ok(());
    }
    for condition in conditions {
        let (globs, others) = values(condition);
        for value in globs.iter().chain(&others) {
            let length = value.chars().count();
            let text = || format!("condition value of {length} characters, AWS takes at most {VALUE_LENGTH}");
            check(length <= VALUE_LENGTH, text)?;
        }
    }
    let (count, most) = (values_of(conditions), Quota::ValuesPerRule.granted());
    check(count <= most, || format!("{count} condition values in one rule, AWS takes at most {most}"))
        .map_err(|error| error.help("split the rule: fewer values per header, fewer matches per rule"))?;
    let (count, most) = (wildcards_of(conditions), Quota::WildcardsPerRule.granted());
    check(count <= most, || format!("{count} wildcards in one rule, AWS takes at most {most}"))
}

/// Target groups of one action.
pub fn target_groups(tuples: &[TargetGroupTuple]) -> Result<(), BuildError> {
    let (count, most) = (tuples.len(), Quota::TargetGroupsPerAction.granted());
    check(count <= most, || format!("{count} target groups in one action, AWS takes at most {most}"))
}

/// What a rule answers by itself.
pub fn actions(profile: &Profile, actions: &[Action]) -> Result<(), BuildError> {
    if !apply(profile) {
        return Ok(());
    }
    let fits = |what: &str, text: &Option<Text>, most: usize| {
        let length = text.as_ref().map_or(0, |text| text.chars().count());
        check(length <= most, || format!("{what} of {length} characters, AWS takes at most {most}"))
    };
    actions.iter().try_for_each(|action| match action {
        Action::Redirect { config } => {
            fits("redirect host", &config.host, REDIRECT)?;
            fits("redirect path", &config.path, REDIRECT)?;
            fits("redirect query", &config.query, REDIRECT)
        }
        Action::FixedResponse { config } => fits("fixed response body", &config.message_body, BODY),
        _ => Ok(()),
    })
}

/// The target group that would be one too many on an ALB.
pub fn more_target_groups(builder: &Builder<'_, '_>) -> Result<(), BuildError> {
    let application = builder.node.lb_type == LoadBalancerType::Application;
    let most = Quota::TargetGroupsPerAlb.granted();
    let full = builder.stack.target_groups.len() >= most && application && apply(&builder.resolver.profile);
    check(!full, || format!("AWS takes at most {most} target groups on one ALB"))
        .map_err(|error| error.help("move routes to another Gateway"))
}

/// The listener that would be one too many.
pub fn listeners(builder: &Builder<'_, '_>) -> Result<(), BuildError> {
    let network = builder.node.lb_type == LoadBalancerType::Network;
    let most = Quota::ListenersPerNlb.granted();
    let full = builder.stack.listeners.len() >= most && network && apply(&builder.resolver.profile);
    check(!full, || format!("AWS takes at most {most} listeners on one NLB"))
}

/// Name of a load balancer that the user chose.
pub fn load_balancer_name(builder: &Builder<'_, '_>, name: &Text) -> Result<(), BuildError> {
    if !apply(&builder.resolver.profile) {
        return Ok(());
    }
    if let Err(holder) = builder.resolver.load_balancer_names.claim(name, &builder.stack.id) {
        return Err(exceeded(format!("load balancer name {name} is already used by Gateway {holder}")));
    }
    is_name(name, "load balancer")?;
    let reserved = name.starts_with("internal-");
    check(!reserved, || format!("load balancer name {name} begins with \"internal-\", which AWS reserves"))
}

fn is_name(name: &str, what: &str) -> Result<(), BuildError> {
    let plain = name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-');
    let edges = name.starts_with('-') || name.ends_with('-');
    check((1..=NAME).contains(&name.len()) && plain && !edges, || {
        format!("{what} name {name} is refused: up to {NAME} letters, digits and inner hyphens")
    })
    .map_err(|error| error.help("choose another name, or leave it to gwchain"))
}

/// Tags that the user chose.
pub fn tags(profile: &Profile, tags: &Tags) -> Result<(), BuildError> {
    if !apply(profile) {
        return Ok(());
    }
    let count = tags.iter().count();
    check(count <= TAGS, || format!("{count} tags, AWS takes 50 and three are gwchain's own"))?;
    for (key, value) in tags.iter() {
        let length = key.chars().count();
        check((1..=TAG_KEY).contains(&length), || {
            format!("tag key {key} has {length} characters, AWS takes 1 to {TAG_KEY}")
        })?;
        check(!key.to_ascii_lowercase().starts_with("aws:"), || {
            format!("tag key {key} begins with aws:, which AWS reserves")
        })?;
        let length = value.chars().count();
        check(length <= TAG_VALUE, || {
            format!("value of tag {key} has {length} characters, AWS takes at most {TAG_VALUE}")
        })?;
    }
    Ok(())
}

/// A target group on a listener that speaks `listener`.
pub fn target_group(profile: &Profile, group: &Resource<TargetGroup>, listener: &str) -> Result<(), BuildError> {
    if !apply(profile) {
        return Ok(());
    }
    let spec = &group.spec;
    if let Value::Known(name) = &spec.name {
        is_name(name, "target group").map_err(|error| written(group, "name", error))?;
    }
    let length = group.id.chars().count();
    check(length <= TAG_VALUE, || {
        format!("resource id of {length} characters, AWS takes at most {TAG_VALUE} in the tag that tracks it")
    })?;
    check(takes(listener, &spec.protocol), || {
        format!("a {listener} listener can't forward to a {} target group", spec.protocol)
    })?;
    tags(profile, &spec.tags).map_err(|error| written(group, "tags", error))?;
    health_check(&spec.health_check_config, spec.protocol_version.is_some())
        .map_err(|error| written(group, "healthCheckConfig", error))
}

/// `error` at the field that decided, if one did.
fn written(group: &Resource<TargetGroup>, field: &str, error: BuildError) -> BuildError {
    match group.origins.get(field) {
        Some(Origin::Field { object, path }) => error.at(*object, *path),
        _ => error,
    }
}

/// Whether a listener may forward to a target group of that protocol.
fn takes(listener: &str, group: &str) -> bool {
    match listener {
        "HTTP" | "HTTPS" => matches!(group, "HTTP" | "HTTPS"),
        "TCP" => matches!(group, "TCP" | "TCP_UDP"),
        "UDP" => matches!(group, "UDP" | "TCP_UDP"),
        "TLS" => matches!(group, "TLS" | "TCP"),
        other => group == other,
    }
}

fn health_check(wanted: &HealthCheck, alb: bool) -> Result<(), BuildError> {
    range("interval", wanted.interval_seconds, 5, 300)?;
    range("timeout", wanted.timeout_seconds, 2, 120)?;
    range("healthy threshold", wanted.healthy_threshold_count, 2, 10)?;
    range("unhealthy threshold", wanted.unhealthy_threshold_count, 2, 10)?;
    let (timeout, interval) = (wanted.timeout_seconds, wanted.interval_seconds);
    check(timeout < interval, || {
        format!("health check timeout {timeout} is not shorter than its interval {interval}")
    })?;
    if let HealthCheckPort::Number(Number::Known(port)) = &wanted.port {
        range("port", *port, 1, 65_535)?;
    }
    if let Some(path) = &wanted.path {
        let right = path.starts_with('/') && path.chars().count() <= 1024;
        check(right, || {
            format!("health check path {path} is refused: it begins with / and has up to 1024 characters")
        })?;
    }
    match &wanted.matcher {
        Some(Matcher::Http(codes)) => matcher(codes, 200, if alb { 499 } else { 599 }),
        Some(Matcher::Grpc(codes)) => matcher(codes, 0, 99),
        None => Ok(()),
    }
}

fn range(what: &str, value: i64, least: i64, most: i64) -> Result<(), BuildError> {
    check((least..=most).contains(&value), || format!("health check {what} {value}, AWS takes {least} to {most}"))
}

fn matcher(codes: &str, least: u32, most: u32) -> Result<(), BuildError> {
    let within = |code: &str| code.trim().parse().is_ok_and(|code: u32| (least..=most).contains(&code));
    let right = codes.split(',').all(|part| match part.split_once('-') {
        Some((from, to)) => within(from) && within(to),
        None => within(part),
    });
    check(right, || format!("health check codes {codes}, AWS takes {least} to {most}"))
}
