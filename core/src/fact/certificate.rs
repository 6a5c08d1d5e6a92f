//! Certificate discovery in ACM by host name.
//! It does not decide whether a listener needs it, nor which certificate becomes the default.

use std::collections::BTreeSet;

use super::answer::Stop;
use super::{Answer, Certificate, Environment, Want};

/// ARNs of all certificates that serve any of the hosts, sorted and distinct, as the reference finds them:
/// a certificate serves a host by an equal name or by a wildcard in place of its first label.
pub fn discover_certificates(hosts: &BTreeSet<String>, env: &Environment) -> Answer<Vec<String>> {
    discover(hosts, env).into()
}

fn discover(hosts: &BTreeSet<String>, env: &Environment) -> Result<Vec<String>, Stop> {
    let Some(certificates) = &env.certificates else {
        let hosts = hosts.iter().cloned().collect();
        return Err(Want::Certificates { hosts }.into());
    };
    let allowed = &env.flags.allowed_certificate_authority_arns;
    let usable = certificates.iter().filter(|c| issuer_allowed(c, allowed));
    let usable: Vec<&Certificate> = usable.collect();
    let mut arns = BTreeSet::new();
    for host in hosts {
        let serving = matching(&usable, host);
        if serving.is_empty() {
            return Err(format!("no certificate found for host: {host}").into());
        }
        arns.extend(serving);
    }
    Ok(arns.into_iter().map(str::to_owned).collect())
}

fn matching<'a>(usable: &[&'a Certificate], host: &str) -> Vec<&'a str> {
    let serving = usable.iter().filter(|c| c.domains.iter().any(|domain| serves(domain, host)));
    serving.map(|c| c.arn.as_str()).collect()
}

fn issuer_allowed(certificate: &Certificate, allowed: &[String]) -> bool {
    let issuer = certificate.ca_arn.as_ref();
    allowed.is_empty() || issuer.is_some_and(|arn| allowed.contains(arn))
}

fn serves(domain: &str, host: &str) -> bool {
    match domain.strip_prefix("*.") {
        Some(parent) => host.split_once('.').is_some_and(|(_, rest)| rest == parent),
        None => domain == host,
    }
}

#[cfg(test)]
mod tests;
