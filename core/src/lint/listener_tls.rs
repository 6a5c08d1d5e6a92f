//! GWC0409 and GWC0410: TLS settings of Gateways that AWS's load balancers take from elsewhere.
//!
//! Certificates come from ACM; client certificates are checked by `mutualAuthentication` of a listener configuration.

use super::{Scope, Subject};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::id::Text;
use crate::source::Node;

/// One finding per listener with certificates, and one per Gateway that asks for client certificates.
pub fn lint(scope: &Scope<'_, '_>, findings: &mut Vec<Diagnostic>) {
    for subject in &scope.gateways {
        of_listeners(scope, subject, findings);
        findings.extend(of_clients(scope, subject));
    }
}

fn of_listeners(scope: &Scope<'_, '_>, subject: &Subject<'_, '_>, findings: &mut Vec<Diagnostic>) {
    for listener in subject.node.valid_listeners() {
        let path = format!("spec.listeners[{}].tls.certificateRefs", listener.index);
        let written = scope.manifests.object(listener.object).node.at(&path).and_then(Node::as_seq).unwrap_or_default();
        let Some(name) = written.first().and_then(|one| one.get("name")).and_then(Node::as_str) else { continue };
        let message = format!(
            "listener {} of {} does not use certificate {name} of the cluster, but one of ACM",
            listener.spec.name, listener.parent
        );
        let finding =
            Diagnostic::new(Code::CertificateRefUnused, Place::Path(listener.object, Text::from(path)), message);
        findings.push(finding.help(
            "ACM is asked for a certificate of the hostname, unless defaultCertificate of listenerConfigurations[] names one",
        ));
    }
}

fn of_clients(scope: &Scope<'_, '_>, subject: &Subject<'_, '_>) -> Option<Diagnostic> {
    let object = subject.node.object();
    let path = "spec.tls.frontend";
    scope.manifests.object(object).node.at(path)?;
    let config = subject.node.config.as_ref().ok()?;
    let checks = |listener: &crate::manifest::config::ListenerConfiguration| {
        listener.mutual_authentication.as_ref().is_some_and(|mutual| &*mutual.mode != "off")
    };
    let is_checked =
        config.pick(|spec| spec.listener_configurations.iter().flatten().find(|one| checks(one))).is_some();
    if is_checked {
        return None;
    }
    let label = subject.node.label();
    let message = format!("Gateway {label} wants client certificates checked, and no listener checks them");
    let finding = Diagnostic::new(Code::ClientsUnchecked, Place::Path(object, Text::from(path)), message);
    Some(finding.help("set mutualAuthentication in listenerConfigurations[] of a LoadBalancerConfiguration instead"))
}
