//! GWC0402: listeners whose certificates fit none of their hostnames.
//!
//! It speaks of certificates that the environment lists; discovery never picks one that does not fit.

use std::collections::{BTreeMap, BTreeSet};

use super::{Scope, Subject};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::fact::Certificate;
use crate::model::Resource;
use crate::model::listener::Listener;
use crate::origin::Origin;

/// One finding per listener.
pub fn lint(scope: &Scope<'_, '_>, findings: &mut Vec<Diagnostic>) {
    let Some(known) = &scope.pipeline.resolver.environment.certificates else { return };
    let known: BTreeMap<&str, &Certificate> = known.iter().map(|one| (&*one.arn, one)).collect();
    for subject in &scope.gateways {
        let listeners = subject.stack().into_iter().flat_map(|stack| &stack.listeners);
        findings.extend(listeners.filter_map(|listener| of_listener(subject, listener, &known)));
    }
}

fn of_listener(
    subject: &Subject<'_, '_>,
    listener: &Resource<Listener>,
    known: &BTreeMap<&str, &Certificate>,
) -> Option<Diagnostic> {
    let arns = listener.spec.certificates.iter().map(|certificate| certificate.arn.known());
    let used: Option<Vec<&Certificate>> = arns.map(|arn| known.get(&**arn?).copied()).collect();
    let used = used.filter(|used| !used.is_empty())?;
    let port = listener.spec.port;
    let serves = |host: &str| used.iter().any(|one| one.domains.iter().any(|domain| fits(domain, host)));
    let bare: Vec<String> = hosts(subject, port).into_iter().filter(|host| !serves(host)).collect();
    if bare.is_empty() {
        return None;
    }
    let place = match listener.origins.get("certificates") {
        Some(Origin::Field { object, path }) => Place::Field(*object, *path),
        _ => subject.listener_place(port),
    };
    let message = format!(
        "no certificate of listener {}:{port} of Gateway {} is for {}",
        listener.spec.protocol,
        subject.node.label(),
        bare.join(", ")
    );
    let finding = Diagnostic::new(Code::CertificateMismatch, place, message)
        .related(subject.listener_place(port), "the listener");
    Some(finding.help("add a certificate for the hostnames to listenerConfigurations[].certificates"))
}

fn hosts(subject: &Subject<'_, '_>, port: i64) -> BTreeSet<String> {
    let own = subject.node.valid_listeners().filter(|listener| listener.spec.port == port);
    let mut hosts: BTreeSet<String> =
        own.filter_map(|listener| listener.spec.host()).map(ToString::to_string).collect();
    let Some(loaded) = subject.loaded() else { return hosts };
    for attached in loaded.ports.get(&port).into_iter().flatten() {
        let route = loaded.routes[attached.route].route();
        hosts.extend(attached.hosts.effective(route).into_iter().map(ToString::to_string));
    }
    hosts
}

/// Whether a certificate for `domain` serves `host`; a wildcard stands for one label.
fn fits(domain: &str, host: &str) -> bool {
    let parent = |name: &str| name.split_once('.').map(|(_, rest)| rest.to_ascii_lowercase());
    match domain.strip_prefix("*.") {
        Some(own) => parent(host).is_some_and(|parent| parent.eq_ignore_ascii_case(own)),
        None => domain.eq_ignore_ascii_case(host),
    }
}
