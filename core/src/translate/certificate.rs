//! Certificates of HTTPS and TLS listeners (translation §6.4).
//!
//! Discovery itself is `fact`'s business.

use std::collections::BTreeSet;

use crate::diagnostic::Code;
use crate::fact::{Answer, discover_certificates};
use crate::id::Text;
use crate::model::Value;
use crate::model::listener::Certificate;
use crate::origin::{FieldPath, Origin, Origins};
use crate::resolve::config::ListenerSettings;

use super::listener::path_of;
use super::{BuildError, Builder};

/// Certificates of the listener on `port`, the default one first.
pub fn certificates(
    builder: &Builder<'_, '_>,
    port: i64,
    merged: &str,
    settings: Option<ListenerSettings<'_>>,
    origins: &mut Origins,
) -> Result<Vec<Certificate>, BuildError> {
    if !matches!(merged, "HTTPS" | "TLS") {
        return Ok(Vec::new());
    }
    let shown = |arn: &Text| Certificate {
        arn: if builder.resolver.profile.certificates_shown {
            Value::Known(arn.clone())
        } else {
            Value::HiddenCertificate(arn.clone())
        },
    };
    if let Some(settings) = settings {
        let entry = settings.entry;
        let default = entry.default_certificate.iter().filter(|arn| !arn.is_empty());
        let list: Vec<Certificate> = default.chain(&entry.certificates).map(shown).collect();
        if !list.is_empty() {
            let given = entry.default_certificate.as_ref().is_some_and(|arn| !arn.is_empty());
            let leaf = if given { ".defaultCertificate" } else { ".certificates" };
            origins.set("certificates", path_of(settings, leaf));
            return Ok(list);
        }
    }
    discovered(builder, port, merged, origins).map(|arns| match arns {
        Ok(arns) => arns.iter().map(|arn| shown(&Text::from(&**arn))).collect(),
        Err(want) => vec![Certificate { arn: Value::from(want) }],
    })
}

fn missing(message: String) -> BuildError {
    let help = "issue a certificate for the hostnames, or name one in listenerConfigurations[].defaultCertificate";
    BuildError::new(Code::ListenerInvalid, message).reason("InvalidCertificateRef").help(help)
}

type Discovered = Result<Vec<String>, crate::fact::Want>;

fn discovered(
    builder: &Builder<'_, '_>,
    port: i64,
    merged: &str,
    origins: &mut Origins,
) -> Result<Discovered, BuildError> {
    let hosts = hostnames(builder, port);
    if hosts.is_empty() {
        let gateway = builder.node.label();
        let text = builder.resolver.own_text(
            || "no hostname tells which certificate it needs".to_owned(),
            || {
                format!(
                    "No hostnames found for TLS cert discovery for listener on gateway {gateway} with protocol:port \
                     {merged}:{port}"
                )
            },
        );
        let index = builder.node.valid_listeners().find(|listener| listener.spec.port == port);
        let error = missing(text);
        return Err(match index {
            Some(listener) => error.at(listener.object, FieldPath::indexed("spec.listeners[]", &[listener.index])),
            None => error,
        });
    }
    match discover_certificates(&hosts, builder.resolver.environment) {
        Answer::Known(arns) => {
            origins.set("certificates", Origin::Rule("certificate discovery by hostname"));
            Ok(Ok(arns))
        }
        Answer::Pending(want) => {
            origins.set("certificates", Origin::from(want.clone()));
            Ok(Err(want))
        }
        Answer::Failed(message) => Err(missing(message)),
    }
}

fn hostnames(builder: &Builder<'_, '_>, port: i64) -> BTreeSet<String> {
    let own = builder.node.valid_listeners().filter(|listener| listener.spec.port == port);
    let mut hosts: BTreeSet<String> =
        own.filter_map(|listener| listener.spec.host()).map(ToString::to_string).collect();
    for attached in builder.loaded.ports.get(&port).into_iter().flatten() {
        let route = builder.loaded.routes[attached.route].route();
        hosts.extend(attached.hosts.effective(route).into_iter().map(ToString::to_string));
    }
    hosts
}
