//! GWC0411: certificates that have expired or soon will.
//!
//! It knows no clock: the environment tells the day, and until when a certificate is valid.

use std::collections::{BTreeMap, BTreeSet};

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::{Scope, Subject};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::fact::Certificate;
use crate::model::Resource;
use crate::model::listener::Listener;
use crate::origin::Origin;

/// Days before the end from which on it is worth a word.
const SOON: i64 = 30;

/// One finding per Gateway and certificate.
pub fn lint(scope: &Scope<'_, '_>, findings: &mut Vec<Diagnostic>) {
    let environment = scope.pipeline.resolver.environment;
    let (Some(certificates), Some(now)) = (&environment.certificates, &environment.now) else { return };
    let Some(now) = day(now) else { return };
    let known: BTreeMap<&str, &Certificate> = certificates.iter().map(|one| (&*one.arn, one)).collect();
    for subject in &scope.gateways {
        let mut told = BTreeSet::new();
        for listener in subject.stack().into_iter().flat_map(|stack| &stack.listeners) {
            let arns = listener.spec.certificates.iter().filter_map(|one| one.arn.known());
            for certificate in arns.filter_map(|arn| known.get(&**arn).copied()) {
                let left = certificate.not_after.as_deref().and_then(day).map(|end| (end - now).whole_days());
                if let Some(left) = left.filter(|left| *left < SOON && told.insert(&*certificate.arn)) {
                    findings.push(finding(subject, listener, certificate, left));
                }
            }
        }
    }
}

/// A point in time, or the start of a day.
fn day(text: &str) -> Option<OffsetDateTime> {
    let whole = if text.len() == "2026-01-31".len() { format!("{text}T00:00:00Z") } else { text.to_owned() };
    OffsetDateTime::parse(&whole, &Rfc3339).ok()
}

fn finding(
    subject: &Subject<'_, '_>,
    listener: &Resource<Listener>,
    certificate: &Certificate,
    left: i64,
) -> Diagnostic {
    let port = listener.spec.port;
    let when = match left {
        ..0 => "has expired".to_owned(),
        0 => "expires within a day".to_owned(),
        _ => format!("expires in {left} days"),
    };
    let label = subject.node.label();
    let arn = &certificate.arn;
    let message = format!("certificate {arn} of listener {}:{port} of Gateway {label} {when}", listener.spec.protocol);
    let place = match listener.origins.get("certificates") {
        Some(Origin::Field { object, path }) => Place::Field(*object, *path),
        _ => subject.listener_place(port),
    };
    Diagnostic::new(Code::CertificateExpires, place, message)
        .help("import a new one under the same ARN, or name another one; ACM renews those that it issued itself")
}
