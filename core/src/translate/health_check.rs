//! Health checks of target groups (translation §8.2).
//!
//! What a chained ALB answers is `chain`'s business.

use crate::diagnostic::Code;
use crate::id::Text;
use crate::manifest::config::HealthCheckConfig;
use crate::manifest::core::IntOrString;
use crate::model::Number;
use crate::model::target_group::{HealthCheck, HealthCheckPort, Matcher};
use crate::origin::{Origin, Origins};
use crate::resolve::backend::ServiceTarget;
use crate::resolve::props::Props;

use super::BuildError;

/// What the defaults of a health check depend on.
pub struct Basis<'a> {
    /// Protocol version of the target group.
    pub protocol_version: Option<&'a Text>,
    /// Whether targets are nodes of a Service whose traffic stays on the node.
    pub is_local: bool,
    /// Whether AWS takes HTTP and HTTPS only.
    pub http_only: bool,
    /// Default protocol, already decided for the kind of target.
    pub default_protocol: (Text, Origin),
    /// Default matcher for HTTP.
    pub default_matcher: (Text, Origin),
}

const LOCAL: &str = "default for externalTrafficPolicy Local";
const DEFAULT: &str = "default health check";

/// The health check with port `port`; its fields' origins go to `origins`.
pub fn health_check(
    basis: &Basis<'_>,
    props: &Props<'_>,
    port: (HealthCheckPort, Origin),
    origins: &mut Origins,
) -> HealthCheck {
    let found = props.health_check();
    let config = found.map(|(config, _)| config);
    let default = if basis.is_local { LOCAL } else { DEFAULT };
    let mut pick = |field, leaf, value: Option<Text>, fallback: (Text, Origin)| {
        let (value, origin) = match (value, found) {
            (Some(value), Some((_, layer))) => (value, Origin::Field { object: layer.object, path: layer.path(leaf) }),
            _ => fallback,
        };
        origins.set(field, origin);
        value
    };
    let protocol = config.and_then(|config| config.health_check_protocol.clone());
    let protocol = protocol.filter(|protocol| !(basis.http_only && &**protocol == "TCP"));
    let leaf = ".healthCheckConfig.healthCheckProtocol";
    let protocol = pick("healthCheckConfig.protocol", leaf, protocol, basis.default_protocol.clone());
    let plain = &*protocol == "TCP";
    let grpc = basis.protocol_version.is_some_and(|version| &**version == "GRPC");
    let path = config.and_then(|config| config.health_check_path.clone());
    let default_path = match (grpc, basis.is_local) {
        (true, _) => "/AWS.ALB/healthcheck",
        (false, true) => "/healthz",
        (false, false) => "/",
    };
    let fallback = (Text::new_static(default_path), Origin::Default(default));
    let path = (!plain).then(|| pick("healthCheckConfig.path", ".healthCheckConfig.healthCheckPath", path, fallback));
    let matcher = (!plain).then(|| matcher(basis, config, grpc, &mut pick));
    let counts = counts(config, basis.is_local);
    origins.set("healthCheckConfig.port", port.1);
    origins.set("healthCheckConfig", timing_origin(config, props, default));
    HealthCheck {
        port: port.0,
        protocol,
        path,
        matcher,
        interval_seconds: counts[0],
        timeout_seconds: counts[1],
        healthy_threshold_count: counts[2],
        unhealthy_threshold_count: counts[3],
    }
}

fn timing_origin(config: Option<&HealthCheckConfig>, props: &Props<'_>, default: &'static str) -> Origin {
    let sets_a_count = config.is_some_and(|config| {
        let counts = [config.health_check_interval, config.health_check_timeout];
        let thresholds = [config.healthy_threshold_count, config.unhealthy_threshold_count];
        counts.iter().chain(&thresholds).any(Option::is_some)
    });
    match (sets_a_count, props.health_check()) {
        (true, Some((_, layer))) => Origin::Field { object: layer.object, path: layer.path(".healthCheckConfig") },
        _ => Origin::Default(default),
    }
}

fn matcher(
    basis: &Basis<'_>,
    config: Option<&HealthCheckConfig>,
    grpc: bool,
    pick: &mut impl FnMut(&'static str, &'static str, Option<Text>, (Text, Origin)) -> Text,
) -> Matcher {
    let given = config.and_then(|config| config.matcher.as_ref());
    let field = "healthCheckConfig.matcher";
    if grpc {
        let code = given.and_then(|matcher| matcher.grpc_code.clone());
        let fallback = (Text::new_static("12"), Origin::Default("default gRPC code: 12, unimplemented"));
        return Matcher::Grpc(pick(field, ".healthCheckConfig.matcher.grpcCode", code, fallback));
    }
    let code = given.and_then(|matcher| matcher.http_code.clone());
    Matcher::Http(pick(field, ".healthCheckConfig.matcher.httpCode", code, basis.default_matcher.clone()))
}

/// Interval, time-out, healthy and unhealthy threshold.
fn counts(config: Option<&HealthCheckConfig>, is_local: bool) -> [i64; 4] {
    let defaults = if is_local { [10, 6, 2, 2] } else { [15, 5, 3, 3] };
    let Some(config) = config else { return defaults };
    [
        config.health_check_interval.unwrap_or(defaults[0]),
        config.health_check_timeout.unwrap_or(defaults[1]),
        config.healthy_threshold_count.unwrap_or(defaults[2]),
        config.unhealthy_threshold_count.unwrap_or(defaults[3]),
    ]
}

/// The health check port of a Service backend.
pub fn service_port(
    target: &ServiceTarget<'_>,
    instance: bool,
    is_local: bool,
) -> Result<(HealthCheckPort, Origin), BuildError> {
    let given = target.props.health_check().and_then(|(config, layer)| {
        let port = config.health_check_port.as_ref()?;
        let path = layer.path(".healthCheckConfig.healthCheckPort");
        Some((port, Origin::Field { object: layer.object, path }))
    });
    if let Some((port, origin)) = given {
        return Ok((named_or_number(target, port, instance)?, origin));
    }
    if is_local {
        let port = target.service.spec.health_check_node_port.unwrap_or_default();
        let origin = Origin::field(target.service.meta.object, "spec.healthCheckNodePort");
        return Ok((HealthCheckPort::Number(Number::Known(port)), origin));
    }
    Ok((HealthCheckPort::Traffic, Origin::Default(DEFAULT)))
}

fn named_or_number(target: &ServiceTarget<'_>, port: &Text, instance: bool) -> Result<HealthCheckPort, BuildError> {
    if &**port == "traffic-port" {
        return Ok(HealthCheckPort::Traffic);
    }
    if let Ok(number) = port.parse::<i32>() {
        return Ok(HealthCheckPort::Number(Number::Known(i64::from(number))));
    }
    let service = target.service;
    let Some(found) = service.spec.ports.iter().find(|candidate| candidate.name.as_ref() == Some(port)) else {
        let message = format!("unable to find port {port} on service {}", service.meta.id);
        return Err(BuildError::new(Code::BackendUnusable, message));
    };
    if instance {
        return Ok(HealthCheckPort::Number(Number::Known(found.node_port.unwrap_or_default())));
    }
    match &found.target_port {
        Some(IntOrString::String(_)) => {
            let text = "cannot use named healthCheckPort for IP TargetType when service's targetPort is a named port";
            Err(BuildError::new(Code::BackendUnusable, text))
        }
        Some(IntOrString::Int(number)) => Ok(HealthCheckPort::Number(Number::Known(*number))),
        None => Ok(HealthCheckPort::Number(Number::Known(found.port))),
    }
}

/// The default matcher of HTTP health checks.
pub fn default_matcher() -> (Text, Origin) {
    (Text::new_static("200-399"), Origin::Default("default HTTP codes"))
}
