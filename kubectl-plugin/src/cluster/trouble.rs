//! What can go wrong with a cluster, in one line each with what to do.
//!
//! The words of the server are quoted; control characters in them are the output's to tame.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error as StdError;

use gwchain_core::id::Text;
use kube::client::AuthError;

use super::connect::Session;
use super::list::{Error, code};
use crate::failure::Failure;

/// Characters of somebody else's message that are quoted.
const QUOTED: usize = 300;

/// A request that failed, which ends the command.
pub fn failure(session: &Session, error: &Error) -> Failure {
    let Session { server, context, .. } = session;
    let user = if context.is_empty() { "the pod's service account".to_owned() } else { format!("context {context}") };
    Failure::new(match (code(error), error) {
        (Some(401), _) => format!(
            "the API server {server} does not accept the credentials of {user}; they may have expired: log in again, \
             and see whether `kubectl auth whoami` works"
        ),
        (Some(403), Error::Kube(error)) => {
            format!("the API server {server} does not let {user} ask what it serves: {}", causes(error))
        }
        (Some(_), Error::Kube(error)) => format!("the API server {server} answers: {}", causes(error)),
        (_, Error::Kube(kube::Error::Auth(error))) => {
            format!("no credentials for {user}: {}; log in again, or fix the user in kubeconfig", login(error))
        }
        (_, Error::Kube(error)) => format!(
            "can't reach the API server {server}: {}; check network and VPN, or choose another cluster with --context",
            causes(error)
        ),
        (_, Error::Slow) => {
            format!("the API server {server} does not answer in time; try again, or see `kubectl get --raw /readyz`")
        }
        (_, Error::Unreadable(why)) => {
            format!("{server} does not answer as an API server does: {}; check the server in kubeconfig", short(why))
        }
    })
}

/// The last cause says most: it is what the operating system or the server said.
pub fn causes(error: &(dyn StdError + 'static)) -> String {
    if let Some(kube::Error::Api(status)) = error.downcast_ref::<kube::Error>() {
        return short(if status.message.is_empty() { &status.reason } else { &status.message });
    }
    let mut last = error;
    while let Some(next) = last.source() {
        last = next;
    }
    short(&last.to_string())
}

fn login(error: &AuthError) -> String {
    match error {
        AuthError::AuthExecRun { cmd, out } => {
            let said = String::from_utf8_lossy(&out.stderr).trim().to_owned();
            short(&format!("`{cmd}` failed ({}): {said}", out.status))
        }
        AuthError::AuthExecStart(why) => format!("the program that kubeconfig names can't be started: {why}"),
        other => causes(other),
    }
}

/// One line of bearable length.
fn short(text: &str) -> String {
    let line: Vec<&str> = text.split_whitespace().collect();
    let line = line.join(" ");
    match line.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

/// A cluster that has no Gateways.
pub fn no_gateway_api(session: &Session) -> Failure {
    Failure::new(format!(
        "the cluster at {} has no Gateway API (gateway.networking.k8s.io): install its CRDs, or name manifests with -f FILE",
        session.server
    ))
}

/// Nothing can be said without Gateways.
pub fn no_gateways_allowed(session: &Session) -> Failure {
    let Session { context, namespace, .. } = session;
    Failure::new(format!(
        "context {context} may not list Gateways, neither in the whole cluster nor in namespace {namespace}; ask for the \
         right to list gateways.gateway.networking.k8s.io, or say -n NAMESPACE"
    ))
}

/// What was not read, once per reason.
pub fn notes(
    missing: &BTreeSet<&'static str>,
    refused: &BTreeMap<&'static str, BTreeSet<Text>>,
    visited: &BTreeSet<Text>,
) -> Vec<String> {
    let mut notes = Vec::new();
    if !missing.is_empty() {
        let kinds: Vec<&str> = missing.iter().copied().collect();
        notes.push(format!("the cluster has no {} (no CRD is installed): there are none", kinds.join(", ")));
    }
    let narrow: Vec<&str> = refused.keys().filter(|kind| is_narrow(kind)).copied().collect();
    if !narrow.is_empty() && !visited.is_empty() {
        let names: Vec<&str> = visited.iter().map(|name| &**name).collect();
        let (kinds, names) = (narrow.join(", "), names.join(", "));
        notes.push(format!("you may not list {kinds} in the whole cluster: read in {names} only"));
    }
    let mut alike: BTreeMap<&BTreeSet<Text>, Vec<&str>> = BTreeMap::new();
    for (kind, namespaces) in refused.iter().filter(|(kind, namespaces)| !is_narrow(kind) || !namespaces.is_empty()) {
        alike.entry(namespaces).or_default().push(kind);
    }
    notes.extend(alike.into_iter().map(|(namespaces, kinds)| {
        let names: Vec<&str> = namespaces.iter().map(|name| &**name).collect();
        let within = if names.is_empty() { String::new() } else { format!(" in {}", names.join(", ")) };
        format!("you may not read {}{within}: what depends on them is not checked", kinds.join(", "))
    }));
    notes
}

/// Whether the kind can be asked for namespace by namespace.
fn is_narrow(kind: &str) -> bool {
    !matches!(kind, "GatewayClass" | "Namespace" | "Secret")
}
