//! Listeners of both load balancer types (translation §6).
//!
//! Rules of an ALB listener are built in `rule`.

use std::collections::BTreeMap;

use crate::diagnostic::Code;
use crate::fact::{Answer, trust_store};
use crate::id::{LoadBalancerType, Text};
use crate::manifest::gateway::ListenerSpec;
use crate::model::action::Action;
use crate::model::listener::{Listener, ListenerAttribute, MutualAuthentication};
use crate::model::{Resource, Value};
use crate::origin::{FieldPath, Origin, Origins};
use crate::resolve::config::ListenerSettings;

use super::{BuildError, Builder, certificate, forward, isolation, limit, rule};

/// Adds all listeners with their rules, target groups and bindings.
pub fn listeners(builder: &mut Builder<'_, '_>) -> Result<(), BuildError> {
    let protocols = merged_protocols(builder)?;
    builder.protocols = protocols.iter().map(|(port, protocol)| (*port, *protocol)).collect();
    let application = builder.node.lb_type == LoadBalancerType::Application;
    let backends = builder.loaded.routes.iter().flat_map(|route| &route.rules).map(|rule| rule.backends.len()).sum();
    builder.stack.target_groups.reserve_exact(backends);
    builder.stack.bindings.reserve_exact(backends);
    let empty_too = application && builder.resolver.profile.empty_listeners;
    for (port, protocol) in protocols {
        if !empty_too && !builder.loaded.ports.contains_key(&port) {
            continue;
        }
        match listener(builder, port, protocol) {
            Err(error) if builder.isolates() => isolation::listener(builder, port, error),
            built => built?,
        }
    }
    Ok(())
}

/// Protocol of every port with a valid listener.
fn merged_protocols(builder: &Builder<'_, '_>) -> Result<BTreeMap<i64, &'static str>, BuildError> {
    let mut protocols: BTreeMap<i64, &'static str> = BTreeMap::new();
    for listener in builder.node.valid_listeners() {
        let own = match &*listener.spec.protocol {
            "TLS" if listener.spec.is_passthrough() => "TCP",
            "TLS" => "TLS",
            "UDP" => "UDP",
            "HTTP" => "HTTP",
            "HTTPS" => "HTTPS",
            _ => "TCP",
        };
        let merged = protocols.entry(listener.spec.port).or_insert(own);
        *merged = match (*merged, own) {
            (a, b) if a == b => a,
            ("TCP" | "UDP" | "TCP_UDP", "TCP" | "UDP") => "TCP_UDP",
            _ => {
                let text = "invalid listeners on gateway, listeners with same ports cannot have different protocols";
                let path = FieldPath::indexed("spec.listeners[]", &[listener.index]);
                return Err(BuildError::new(Code::ListenerInvalid, text).at(listener.object, path));
            }
        };
    }
    Ok(protocols)
}

fn listener(builder: &mut Builder<'_, '_>, port: i64, merged: &'static str) -> Result<(), BuildError> {
    limit::listeners(builder)?;
    let settings = settings(builder, port, merged);
    let mut origins = Origins::with_capacity(10);
    let declared = builder.node.valid_listeners().find(|listener| listener.spec.port == port);
    if let Some(declared) = declared {
        let path = |leaf| Origin::indexed(declared.object, leaf, &[declared.index]);
        origins.set("port", path("spec.listeners[].port"));
        origins.set("protocol", path("spec.listeners[].protocol"));
    }
    origins.set("loadBalancerARN", Origin::Rule("the load balancer of this stack"));
    builder.tag_origin(&mut origins);
    let certificates = certificate::certificates(builder, port, merged, settings, &mut origins)?;
    let protocol = quic(merged, settings)?;
    if let Some(origin) = protocol_origin(merged, protocol, settings, declared.map(|found| found.spec)) {
        origins.set("protocol", origin);
    }
    let secure = matches!(merged, "HTTPS" | "TLS");
    let ssl_policy = secure.then(|| {
        let flag = Text::from(&*builder.resolver.environment.flags.default_ssl_policy);
        let fallback = (flag, Origin::Default("controller flag --default-ssl-policy"));
        setting(settings, "sslPolicy", ".sslPolicy", |s| s.entry.ssl_policy.clone(), fallback, &mut origins)
    });
    let alpn_policy = (merged == "TLS").then(|| {
        let fallback = (Text::from("None"), Origin::Default("default ALPN policy"));
        [setting(settings, "alpnPolicy", ".alpnPolicy", |s| s.entry.alpn_policy.clone(), fallback, &mut origins)]
    });
    let mut spec = Listener {
        load_balancer_arn: Value::LoadBalancerArn,
        port,
        protocol,
        default_actions: Vec::new(),
        certificates,
        ssl_policy,
        alpn_policy,
        mutual_authentication: None,
        tags: builder.tags.clone(),
        listener_attributes: attributes(settings, &mut origins),
    };
    let is_built = match builder.node.lb_type {
        LoadBalancerType::Application => {
            spec.mutual_authentication = mutual_authentication(builder, merged, settings, &mut origins)?;
            origins.set("defaultActions", Origin::Rule("ALB default action: answer 404"));
            spec.default_actions = vec![Action::answer("404")];
            rule::rules(builder, port, protocol)?;
            true
        }
        LoadBalancerType::Network => {
            spec.default_actions = forward::forward(builder, port, protocol, settings, &mut origins)?;
            !spec.default_actions.is_empty()
        }
    };
    if is_built {
        let id = Text::from(itoa::Buffer::new().format(port));
        let cause = declared_object(builder, port);
        builder.stack.listeners.push(Resource { id, spec, origins, cause });
    }
    Ok(())
}

fn declared_object(builder: &Builder<'_, '_>, port: i64) -> crate::id::ObjectIx {
    let declared = builder.node.valid_listeners().find(|listener| listener.spec.port == port);
    declared.map_or_else(|| builder.node.object(), |listener| listener.object)
}

fn settings<'m>(builder: &Builder<'_, 'm>, port: i64, merged: &str) -> Option<ListenerSettings<'m>> {
    let config = builder.config;
    let found = config.listener(merged, port);
    if found.is_some() || !builder.resolver.profile.member_protocol_lookup {
        return found;
    }
    match merged {
        "TCP_UDP" => config.listener("UDP", port).or_else(|| config.listener("TCP", port)),
        "TCP" => {
            let mut listeners = builder.node.valid_listeners().filter(|listener| listener.spec.port == port);
            let passthrough = listeners.any(|listener| &*listener.spec.protocol == "TLS");
            passthrough.then(|| config.listener("TLS", port)).flatten()
        }
        _ => None,
    }
}

/// Origin of a field of a `listenerConfigurations` entry; `leaf` starts with a dot.
pub fn path_of(settings: ListenerSettings<'_>, leaf: &'static str) -> Origin {
    let path = FieldPath::indexed("spec.listenerConfigurations[]", &[settings.index]).child(leaf);
    Origin::Field { object: settings.object, path }
}

fn setting<'m>(
    settings: Option<ListenerSettings<'m>>,
    field: &'static str,
    leaf: &'static str,
    pick: impl Fn(ListenerSettings<'m>) -> Option<Text>,
    fallback: (Text, Origin),
    origins: &mut Origins,
) -> Text {
    let found = settings.and_then(|settings| Some((pick(settings)?, path_of(settings, leaf))));
    let (value, origin) = found.unwrap_or(fallback);
    origins.set(field, origin);
    value
}

fn quic(merged: &'static str, settings: Option<ListenerSettings<'_>>) -> Result<&'static str, BuildError> {
    let Some(settings) = settings.filter(|settings| settings.entry.quic_enabled == Some(true)) else {
        return Ok(merged);
    };
    match merged {
        "UDP" => Ok("QUIC"),
        "TCP_UDP" => Ok("TCP_QUIC"),
        _ => {
            let text = format!("QUIC protocol upgrade not supported for protocol {merged}");
            let path = FieldPath::indexed("spec.listenerConfigurations[].quicEnabled", &[settings.index]);
            Err(BuildError::new(Code::ConfigurationInvalid, text).at(settings.object, path))
        }
    }
}

/// Why the protocol is not the one that the first listener of the port names.
fn protocol_origin(
    merged: &str,
    protocol: &str,
    settings: Option<ListenerSettings<'_>>,
    declared: Option<&ListenerSpec>,
) -> Option<Origin> {
    if protocol != merged {
        return settings.map(|settings| path_of(settings, ".quicEnabled"));
    }
    match merged {
        "TCP_UDP" => Some(Origin::Rule("TCP and UDP listeners of one port are one TCP_UDP listener")),
        "TCP" if declared.is_some_and(|spec| &*spec.protocol == "TLS") => {
            Some(Origin::Rule("TLS is passed through, so the listener speaks TCP"))
        }
        _ => None,
    }
}

fn attributes(settings: Option<ListenerSettings<'_>>, origins: &mut Origins) -> Vec<ListenerAttribute> {
    let Some(settings) = settings else { return Vec::new() };
    let list = &settings.entry.listener_attributes;
    if !list.is_empty() {
        origins.set("listenerAttributes", path_of(settings, ".listenerAttributes"));
    }
    let shown = |attribute: &crate::manifest::config::Attribute| ListenerAttribute {
        key: attribute.key.clone(),
        value: attribute.value.clone(),
    };
    list.iter().map(shown).collect()
}

fn mutual_authentication(
    builder: &Builder<'_, '_>,
    merged: &str,
    settings: Option<ListenerSettings<'_>>,
    origins: &mut Origins,
) -> Result<Option<MutualAuthentication>, BuildError> {
    let Some(settings) = settings.filter(|_| merged == "HTTPS") else { return Ok(None) };
    let Some(wanted) = &settings.entry.mutual_authentication else { return Ok(None) };
    origins.set("mutualAuthentication", path_of(settings, ".mutualAuthentication"));
    let verify = &*wanted.mode == "verify";
    let trust_store_arn = match wanted.trust_store.as_ref().filter(|_| verify) {
        None => None,
        Some(name) => Some(match trust_store(name, builder.resolver.environment) {
            Answer::Known(arn) => Value::Known(Text::from(arn)),
            Answer::Pending(want) => Value::from(want),
            Answer::Failed(message) => {
                let path = FieldPath::indexed("spec.listenerConfigurations[]", &[settings.index]);
                let path = path.child(".mutualAuthentication.trustStore");
                return Err(BuildError::new(Code::ConfigurationInvalid, message).at(settings.object, path));
            }
        }),
    };
    Ok(Some(MutualAuthentication {
        mode: wanted.mode.clone(),
        trust_store_arn,
        ignore_client_certificate_expiry: wanted.ignore_client_certificate_expiry.or(verify.then_some(false)),
        advertise_trust_store_ca_names: wanted.advertise_trust_store_ca_names.clone().unwrap_or_else(|| Text::from("")),
    }))
}
