//! Health checks of chained ALBs: what the ALB's listener speaks and what it would answer (deviations T-C6, T-C7).
//!
//! What the user configures wins; that is `health_check`'s business.

use regex_lite::Regex;

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::fact::{Answer, covers, vpc_cidrs};
use crate::id::Text;
use crate::manifest::route::{MethodMatch, RouteMatch};
use crate::model::Number;
use crate::model::target_group::HealthCheckPort;
use crate::origin::{FieldPath, Origin};
use crate::resolve::backend::GatewayTarget;
use crate::resolve::load::{Loaded, LoadedRule};

use super::Builder;
use super::action::authentication;
use super::candidate::{Candidate, candidates};
use super::health_check::default_matcher;

/// Port, default protocol and default matcher.
pub struct Chained {
    /// Port.
    pub port: (HealthCheckPort, Origin),
    /// Protocol unless one is configured.
    pub protocol: (Text, Origin),
    /// Matcher unless one is configured.
    pub matcher: (Text, Origin),
}

/// The health check of a chained target.
pub fn chained(builder: &mut Builder<'_, '_>, target: &GatewayTarget<'_>) -> Chained {
    let port = port(builder, target);
    let checked = match &port.0 {
        HealthCheckPort::Number(Number::Known(number)) => *number,
        _ => target.port,
    };
    Chained { port, protocol: protocol(builder, target, checked), matcher: matcher(builder, target, checked) }
}

fn port(builder: &mut Builder<'_, '_>, target: &GatewayTarget<'_>) -> (HealthCheckPort, Origin) {
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

fn protocol(builder: &Builder<'_, '_>, target: &GatewayTarget<'_>, port: i64) -> (Text, Origin) {
    let listener = builder
        .other(target)
        .filter(|_| builder.resolver.profile.chain_health_protocol)
        .and_then(|other| other.0.valid_listeners().find(|listener| listener.spec.port == port));
    match listener {
        Some(listener) => {
            let path = Origin::indexed(listener.object, "spec.listeners[].protocol", &[listener.index]);
            (listener.spec.protocol.clone(), path)
        }
        None => (Text::from("HTTP"), Origin::Default("default health check of a chained target")),
    }
}

fn matcher(builder: &mut Builder<'_, '_>, target: &GatewayTarget<'_>, port: i64) -> (Text, Origin) {
    let config = target.props.health_check().map(|(config, _)| config);
    let given = config.and_then(|config| config.matcher.as_ref()).and_then(|matcher| matcher.http_code.as_ref());
    if given.is_some() || !builder.resolver.profile.chain_health_protocol {
        return default_matcher();
    }
    let path = config.and_then(|config| config.health_check_path.clone()).unwrap_or_else(|| Text::from("/"));
    let sources = match vpc_cidrs(builder.resolver.environment, false) {
        Answer::Known(cidrs) => cidrs,
        _ => vec!["0.0.0.0/0".to_owned()],
    };
    let check = Check { path: &path, sources: &sources };
    if builder.other(target).is_none_or(|other| !refuses(other.1, port, &check)) {
        return default_matcher();
    }
    let id = &target.gateway.meta.id;
    let message = format!("Gateway {id} answers 4xx to a health check of {path} on port {port}");
    let place = Place::Field(target.gateway.meta.object, FieldPath::new("spec.listeners"));
    let help = "the health check accepts 200-499; add a rule for the health path or set matcher.httpCode";
    builder.report(Diagnostic::new(Code::ChainHealthCheck, place, message).help(help));
    (Text::from("200-499"), Origin::Rule("the ALB answers 4xx to the health path, so 4xx counts as healthy"))
}

/// Whether the ALB itself answers 4xx to a GET of `path` that names no host it knows: the first rule that takes the
/// request decides, and without one the default action answers 404.
fn refuses(loaded: &Loaded<'_>, port: i64, check: &Check<'_>) -> bool {
    let attached = loaded.ports.get(&port).map(Vec::as_slice).unwrap_or_default();
    let candidates = candidates(loaded, attached);
    match candidates.iter().find(|candidate| candidate.host.is_none() && check.is_taken_by(candidate)) {
        None => true,
        Some(candidate) => answers_4xx(&candidate.route.rules[candidate.rule]),
    }
}

fn answers_4xx(rule: &LoadedRule<'_>) -> bool {
    let action = |kind| rule.configuration.and_then(|configuration| configuration.action(&[kind]));
    let denied = authentication(rule.configuration).is_some_and(|action| {
        let of_session = |session: &crate::manifest::rule_config::SessionConfig| {
            session.on_unauthenticated_request.as_deref() == Some("deny")
        };
        action.jwt_validation_config.is_some()
            || action.authenticate_cognito_config.as_ref().is_some_and(|config| of_session(&config.session))
            || action.authenticate_oidc_config.as_ref().is_some_and(|config| of_session(&config.session))
    });
    let fixed = action("fixed-response").and_then(|(_, action)| action.fixed_response_config.as_ref());
    denied || fixed.is_some_and(|fixed| (400..500).contains(&fixed.status_code))
}

/// The request of a health check.
struct Check<'c> {
    path: &'c str,
    /// Blocks of addresses that it may come from: the NLB's are those of the VPC.
    sources: &'c [String],
}

impl Check<'_> {
    /// Whether the candidate certainly takes the request.
    fn is_taken_by(&self, candidate: &Candidate<'_, '_>) -> bool {
        let rule = &candidate.route.rules[candidate.rule];
        let index = i64::try_from(candidate.match_index()).unwrap_or(i64::MAX);
        let conditions = rule.configuration.into_iter().flat_map(|configuration| &configuration.spec.conditions);
        let applies = |listed: Option<&[i64]>| listed.is_none_or(|listed| listed.contains(&index));
        let mut own = conditions.filter(|condition| applies(condition.match_indexes.as_deref()));
        own.all(|condition| condition.source_ip_config.as_ref().is_none_or(|source| self.comes_from(&source.values)))
            && candidate.matched.is_none_or(|(_, matched)| matches_get(matched, self.path))
    }

    fn comes_from(&self, blocks: &[Text]) -> bool {
        self.sources.iter().all(|source| blocks.iter().any(|block| covers(block, source)))
    }
}

fn matches_get(matched: &RouteMatch, path: &str) -> bool {
    let method = match &matched.method {
        None => true,
        Some(MethodMatch::Http(method)) => &**method == "GET",
        Some(MethodMatch::Grpc(_)) => false,
    };
    if !method || !matched.headers.is_empty() || !matched.query_params.is_empty() {
        return false;
    }
    let Some(wanted) = &matched.path else { return true };
    let value = wanted.value.as_deref().unwrap_or("/");
    match wanted.kind.as_deref() {
        Some("Exact") => value == path,
        Some("RegularExpression") => Regex::new(value).is_ok_and(|expression| expression.is_match(path)),
        _ => {
            path.strip_prefix(value.trim_end_matches('/')).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        }
    }
}
