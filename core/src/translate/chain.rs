//! Target groups whose target is the ALB of another Gateway (translation §8.5).
//!
//! The ALB's ARN is an output of its own stack; nothing waits for it here.

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::id::{LoadBalancerType, RouteKind, Text};
use crate::model::target_group::{AlbTarget, HealthCheckPort};
use crate::model::{Number, Resource, Value};
use crate::origin::{Origin, Origins};
use crate::resolve::backend::GatewayTarget;
use crate::resolve::gateway::GatewayNode;
use crate::resolve::load::Loaded;

use super::health_check::default_matcher;
use super::target_group::{Site, Subject};
use super::{BuildError, Builder};

/// A resolved ALB Gateway with its routes, for whoever chains to it.
pub type Other<'a, 'm> = (&'a GatewayNode<'m>, &'a Loaded<'m>);

/// The target group of a chained Gateway; builds it unless it is there already.
pub fn target_group<'m>(
    builder: &mut Builder<'_, 'm>,
    site: Site<'_, 'm>,
    target: &GatewayTarget<'m>,
) -> Result<Value, BuildError> {
    let subject = subject(builder, site, target);
    let (group, id, is_new) = builder.group(site, &subject, None)?;
    if !is_new {
        return Ok(Value::TargetGroupArn(id));
    }
    let stack = Text::from(target.gateway.meta.id.to_string());
    let arn = match &target.arn {
        Some(arn) => Value::Known(arn.clone()),
        None => Value::OtherLoadBalancerArn(stack.clone()),
    };
    if target.arn.is_none() && !builder.stack.depends_on.contains(&stack) {
        builder.stack.depends_on.push(stack);
    }
    let mut origins = Origins::with_capacity(2);
    let path = site_path(site, target);
    origins.set("TargetARN", path.clone());
    origins.set("TargetPort", path);
    let spec = AlbTarget {
        name: group.spec.name.clone(),
        arn: Value::TargetGroupArn(id.clone()),
        port: site.port,
        target_arn: arn,
        target_port: target.port,
    };
    builder.stack.alb_targets.push(Resource { id: id.clone(), spec, origins, cause: site.route.object() });
    builder.stack.target_groups.push(group);
    Ok(Value::TargetGroupArn(id))
}

fn site_path(site: Site<'_, '_>, target: &GatewayTarget<'_>) -> Origin {
    let rule = &site.route.route().spec.rules[site.rule];
    let index = rule.backend_refs.iter().position(|backend| backend.name == *target.gateway.meta.name());
    Origin::indexed(site.route.object(), "spec.rules[].backendRefs[]", &[site.rule, index.unwrap_or_default()])
}

fn subject<'s, 'm>(
    builder: &mut Builder<'_, 'm>,
    site: Site<'_, 'm>,
    target: &'s GatewayTarget<'m>,
) -> Subject<'s, 'm> {
    let port = (Number::Known(target.port), site_path(site, target));
    let alb_in_alb = builder.node.lb_type == LoadBalancerType::Application;
    let health_port = health_port(builder, target);
    let health_protocol = (!alb_in_alb).then(|| health_protocol(builder, target));
    Subject {
        backend: &target.gateway.meta.id,
        props: &target.props,
        target_type: ("alb", Origin::Rule("the backend is a Gateway")),
        port,
        identifier: Ok(Text::from(itoa::Buffer::new().format(target.port))),
        service_port: (target.port, None),
        family: ("ipv4", Origin::Rule("target groups of an ALB are IPv4")),
        health_port,
        is_local: false,
        health_protocol,
        matcher: matcher(builder, target),
    }
}

fn health_port(builder: &mut Builder<'_, '_>, target: &GatewayTarget<'_>) -> (HealthCheckPort, Origin) {
    let default = || (HealthCheckPort::Traffic, Origin::Default("default health check"));
    let given = target.props.health_check().and_then(|(config, layer)| {
        let port = config.health_check_port.as_ref().filter(|port| &***port != "traffic-port")?;
        Some((port, layer.object, layer.path(".healthCheckConfig.healthCheckPort")))
    });
    let Some((wanted, object, path)) = given else { return default() };
    if !builder.resolver.profile.chain_health_port {
        let rule = Origin::Rule("a health check port of a chained target is always the listener's");
        return (HealthCheckPort::Number(Number::Known(target.port)), rule);
    }
    let ports = builder.resolver.listener_ports(target.gateway);
    if let Some(number) = wanted.parse().ok().filter(|number| ports.contains(number)) {
        return (HealthCheckPort::Number(Number::Known(number)), Origin::Field { object, path });
    }
    let id = &target.gateway.meta.id;
    let message = format!("health check port {wanted} is no port that Gateway {id} listens on");
    let finding = Diagnostic::new(Code::ChainHealthPort, Place::Field(object, path), message);
    builder.report(finding.help("the health check uses the traffic port instead"));
    default()
}

fn health_protocol(builder: &Builder<'_, '_>, target: &GatewayTarget<'_>) -> (Text, Origin) {
    let listener = builder
        .other(target)
        .filter(|_| builder.resolver.profile.chain_health_protocol)
        .and_then(|other| other.0.valid_listeners().find(|listener| listener.spec.port == target.port));
    match listener {
        Some(listener) => {
            let path = Origin::indexed(listener.object, "spec.listeners[].protocol", &[listener.index]);
            (listener.spec.protocol.clone(), path)
        }
        None => (Text::from("HTTP"), Origin::Default("default health check of a chained target")),
    }
}

fn matcher(builder: &mut Builder<'_, '_>, target: &GatewayTarget<'_>) -> (Text, Origin) {
    let config = target.props.health_check().map(|(config, _)| config);
    let given = config.and_then(|config| config.matcher.as_ref()).and_then(|matcher| matcher.http_code.as_ref());
    if given.is_some() || !builder.resolver.profile.chain_health_protocol {
        return default_matcher();
    }
    let path = config.and_then(|config| config.health_check_path.clone()).unwrap_or_else(|| Text::from("/"));
    let answered = builder.other(target).is_none_or(|other| answers(other.1, target.port, &path));
    if answered {
        return default_matcher();
    }
    let id = &target.gateway.meta.id;
    let message = format!("Gateway {id} answers 4xx to a health check of {path} on port {}", target.port);
    let place = Place::Field(target.gateway.meta.object, crate::origin::FieldPath::new("spec.listeners"));
    let help = "the health check accepts 200-499; add a rule for the health path or set matcher.httpCode";
    builder.report(Diagnostic::new(Code::ChainHealthCheck, place, message).help(help));
    (Text::from("200-499"), Origin::Rule("the ALB answers 4xx to the health path, so 4xx counts as healthy"))
}

impl<'m> Builder<'_, 'm> {
    fn other(&self, target: &GatewayTarget<'m>) -> Option<Other<'_, 'm>> {
        self.others.get(&target.gateway.meta.id).copied()
    }
}

/// Whether some rule of the ALB takes a GET of `path` for any host without answering 4xx.
fn answers(loaded: &Loaded<'_>, port: i64, path: &str) -> bool {
    let routes = loaded.ports.get(&port).map(Vec::as_slice).unwrap_or_default();
    routes.iter().any(|attached| {
        let route = &loaded.routes[attached.route];
        let any_host = attached.hosts.effective(route.route()).is_empty();
        any_host
            && route.route().kind == RouteKind::Http
            && route.rules.iter().any(|rule| {
                let refused = rule.configuration.is_some_and(|configuration| {
                    let fixed = configuration
                        .action(&["fixed-response"])
                        .and_then(|(_, action)| action.fixed_response_config.as_ref());
                    fixed.is_some_and(|fixed| (400..500).contains(&fixed.status_code))
                });
                !refused && rule.rule.matches.iter().any(|candidate| takes(candidate, path))
            })
    })
}

fn takes(candidate: &crate::manifest::route::RouteMatch, path: &str) -> bool {
    let plain = candidate.headers.is_empty() && candidate.query_params.is_empty() && candidate.method.is_none();
    let Some(wanted) = &candidate.path else { return plain };
    let value = wanted.value.as_deref().unwrap_or("/");
    let fits = match wanted.kind.as_deref() {
        Some("Exact") => value == path,
        Some("RegularExpression") => false,
        _ => {
            let prefix = value.trim_end_matches('/');
            path.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        }
    };
    plain && fits
}
