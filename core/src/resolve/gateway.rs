//! One Gateway with its class, configuration and listeners: what must be known before its routes are looked at.
//!
//! It does not look at routes.

use crate::id::{LoadBalancerType, ObjectIx};
use crate::manifest::gateway::{Gateway, GatewayClass, ListenerSet};
use crate::manifest::meta::StringMap;

use super::config::{self, Config, ConfigError};
use super::listeners::{Listener, LoadError, Sets, sets, validate};
use super::{ClassVerdict, Resolver};

/// A Gateway of one of our classes.
#[derive(Debug)]
pub struct GatewayNode<'m> {
    /// The Gateway.
    pub gateway: &'m Gateway,
    /// Its class.
    pub class: &'m GatewayClass,
    /// The load balancer of the class.
    pub lb_type: LoadBalancerType,
    /// Its configuration.
    pub config: Result<Config<'m>, ConfigError>,
    /// ListenerSets that name it.
    pub sets: Sets<'m>,
    /// Listeners of the Gateway, then of the accepted sets.
    pub listeners: Vec<Listener<'m>>,
    /// A failure that stops the Gateway before its routes are looked at.
    pub error: Option<LoadError>,
}

impl<'m> GatewayNode<'m> {
    /// `ns/name`.
    pub fn label(&self) -> String {
        let id = &self.gateway.meta.id;
        [&*id.namespace, "/", &id.name].concat()
    }

    /// The Gateway's object.
    pub fn object(&self) -> ObjectIx {
        self.gateway.meta.object
    }

    /// Valid listeners.
    pub fn valid_listeners(&self) -> impl Iterator<Item = &Listener<'m>> {
        self.listeners.iter().filter(|listener| listener.is_valid())
    }
}

/// Resolves one Gateway of `class`.
pub fn node<'m>(
    resolver: &Resolver<'m>,
    gateway: &'m Gateway,
    class: &'m GatewayClass,
    lb_type: LoadBalancerType,
    listener_sets: &[&'m ListenerSet],
) -> GatewayNode<'m> {
    let config = resolved_config(resolver, gateway, class);
    let (sets, error) = match sets(&resolver.index, gateway, listener_sets) {
        Ok(sets) => (sets, None),
        Err(error) => (Sets::default(), Some(own_selector_error(resolver, gateway).unwrap_or(error))),
    };
    let listeners = validate(gateway, &sets, lb_type, &resolver.profile);
    GatewayNode { gateway, class, lb_type, config, sets, listeners, error }
}

/// gwchain's text for a namespace selector of the Gateway that can't be understood.
fn own_selector_error(resolver: &Resolver<'_>, gateway: &Gateway) -> Option<LoadError> {
    let namespaces = gateway.spec.allowed_listeners.as_ref()?.namespaces.as_ref()?;
    let error = namespaces.selector.as_ref()?.matches(&StringMap::new()).err()?;
    let text = format!("the namespace selector of allowedListeners is not valid: {error}");
    resolver.profile.own_texts.then(|| LoadError::listeners_not_valid(text))
}

fn resolved_config<'m>(
    resolver: &Resolver<'m>,
    gateway: &'m Gateway,
    class: &'m GatewayClass,
) -> Result<Config<'m>, ConfigError> {
    let object = gateway.meta.object;
    let error = |message: String| ConfigError { reason: "Invalid", message, object, field: "spec.gatewayClassName" };
    match resolver.class_verdict(class) {
        ClassVerdict::Accepted => {}
        ClassVerdict::NotAccepted => {
            let name = class.meta.name();
            return Err(error(format!("Unable to materialize gateway when gateway class [{name}] is not accepted")));
        }
        ClassVerdict::Stale(message) => return Err(error(message.clone())),
    }
    config::resolve(&resolver.index, gateway, class, &resolver.profile)
}
