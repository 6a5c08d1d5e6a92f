//! Status of GatewayClasses (translation §2.1).
//!
//! Whether a Gateway's own configuration resolves is not asked here.

use crate::id::LoadBalancerType;
use crate::manifest::config::LoadBalancerConfiguration;
use crate::manifest::gateway::GatewayClass;
use crate::resolve::config::{check_kind, default_target};
use crate::resolve::{ClassVerdict, Resolver};

use super::{Condition, initial};

/// Conditions of a GatewayClass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassStatus {
    /// Conditions.
    pub conditions: Vec<Condition>,
    /// The class controller's error, if it met one.
    pub error: Option<String>,
}

/// What the class controller makes of `class`; without it, the status as given.
pub fn status(resolver: &Resolver<'_>, class: &GatewayClass) -> ClassStatus {
    let mut conditions = initial(&class.status);
    let ours = LoadBalancerType::of_controller(&class.spec.controller_name).is_some();
    if !ours || resolver.environment.run_gateway_class_controller == Some(false) {
        return ClassStatus { conditions, error: None };
    }
    let (accepted, error) = verdict_of_reference(resolver, class);
    let existing = conditions.iter_mut().find(|condition| condition.kind == "Accepted");
    if let (Some(slot), Some(accepted)) = (existing, accepted) {
        *slot = accepted;
    }
    ClassStatus { conditions, error }
}

fn verdict_of_reference(resolver: &Resolver<'_>, class: &GatewayClass) -> (Option<Condition>, Option<String>) {
    let accepted = || Some(Condition::new("Accepted", true, "Accepted", "Accepted"));
    let Some(reference) = &class.spec.parameters_ref else { return (accepted(), None) };
    if let Err(text) = check_kind(reference, &resolver.profile) {
        return (Some(Condition::new("Accepted", false, "InvalidParameters", text)), None);
    }
    let Some(namespace) = &reference.namespace else {
        let text = "Namespace must be specified in ParametersRef for LoadBalancerConfiguration";
        return (Some(Condition::new("Accepted", false, "InvalidParametersRef", text)), None);
    };
    let name = &reference.name;
    let Some(lbc) = resolver.index.configuration(namespace, name) else {
        let text = format!("LoadBalancerConfiguration ({name},{namespace}) not found");
        let error = format!("loadbalancerconfigurations.gateway.k8s.aws \"{name}\" not found");
        return (Some(Condition::new("Accepted", false, "NotFound", text)), Some(error));
    };
    match default_of(resolver, lbc) {
        Ok(_) => (accepted(), None),
        Err(error) => (None, Some(error)),
    }
}

fn default_of<'m>(
    resolver: &Resolver<'m>,
    lbc: &'m LoadBalancerConfiguration,
) -> Result<Option<&'m crate::manifest::config::TargetGroupConfiguration>, String> {
    let Some(reference) = &lbc.spec.default_target_group_configuration else { return Ok(None) };
    default_target(&resolver.index, lbc, &reference.name).map(Some)
}

/// Whether Gateways of `class` can be built.
pub fn verdict(resolver: &Resolver<'_>, class: &GatewayClass, status: &ClassStatus) -> ClassVerdict {
    let accepted = status.conditions.iter().any(|found| found.kind == "Accepted" && found.status == "True");
    let controlled = resolver.environment.run_gateway_class_controller != Some(false);
    if !accepted && controlled && !resolver.complete && status.error.is_none() {
        // Files need not carry a status: what its controller would say counts.
        let refused = status.conditions.iter().any(|found| found.kind == "Accepted" && found.status == "False");
        return if refused { ClassVerdict::NotAccepted } else { ClassVerdict::Accepted };
    }
    if !accepted {
        return ClassVerdict::NotAccepted;
    }
    match &status.error {
        Some(error) if controlled && !resolver.profile.own_texts => unresolved_default(error),
        _ if controlled => ClassVerdict::Accepted,
        _ => up_to_date(resolver, class),
    }
}

/// An accepted class stays accepted when its controller stumbles over the default TargetGroupConfiguration; what
/// its Gateways would have to be up to date with is then not known.
fn unresolved_default(error: &str) -> ClassVerdict {
    let text = "failed to resolve default TargetGroupConfiguration for GatewayClass LBC";
    ClassVerdict::Stale(format!("{text}: {error}"))
}

fn up_to_date(resolver: &Resolver<'_>, class: &GatewayClass) -> ClassVerdict {
    let reference = class.spec.parameters_ref.as_ref();
    let found =
        reference.and_then(|reference| resolver.index.configuration(reference.namespace.as_deref()?, &reference.name));
    let Some(lbc) = found else { return ClassVerdict::Accepted };
    let mut latest = version_after_finalizer(lbc);
    match default_of(resolver, lbc) {
        Ok(None) => {}
        Ok(Some(default)) => {
            latest.push('-');
            latest.push_str(default.meta.resource_version.as_deref().unwrap_or_default());
        }
        Err(error) => return unresolved_default(&error),
    }
    let stored = class.meta.annotations.get("elbv2.k8s.aws/last-processed-config");
    let stored = stored.map(|stored| &**stored).unwrap_or_default();
    if stored == latest {
        return ClassVerdict::Accepted;
    }
    let name = class.meta.name();
    ClassVerdict::Stale(format!(
        "GatewayClass [{name}] hasn't processed latest loadbalancer config. Processed version {stored}, Latest version \
         {latest}"
    ))
}

/// A Gateway's controller puts its finalizer on the configuration before it compares versions.
fn version_after_finalizer(lbc: &LoadBalancerConfiguration) -> String {
    let version = lbc.meta.resource_version.as_deref().unwrap_or_default();
    let marked = lbc.meta.finalizers.iter().any(|own| &**own == "gateway.k8s.aws/loadbalancerconfigurations");
    match version.parse::<u64>() {
        Ok(number) if !marked => number.saturating_add(1).to_string(),
        _ => version.to_owned(),
    }
}
