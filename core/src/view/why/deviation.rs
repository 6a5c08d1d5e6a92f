//! Whether a deviation of the profile decided a value: found by planning again without it.
//!
//! What a deviation does is told in `docs/deviations.md`.

use super::Asker;
use super::fields::{self, Field};
use super::subject::{Kind, Subject};
use crate::pipeline::{Options, run};
use crate::profile::{DEVIATIONS, Profile};

impl Asker<'_, '_> {
    /// The sentence that names the deviation, if there is one.
    pub fn deviation(&self, subject: &Subject, field: &Field) -> Option<String> {
        let profile = self.pipeline.options.profile;
        let decided = candidates(&subject.kind, &field.stack).iter().find(|id| {
            let other = profile.without(id);
            other != profile && self.is_other(subject, field, other)
        })?;
        let (id, _, summary) = DEVIATIONS.iter().find(|(id, ..)| id == decided)?;
        Some(format!(
            "the AWS Load Balancer Controller would decide otherwise: deviation {id} of profile {} ({summary})",
            profile.name
        ))
    }

    fn is_other(&self, subject: &Subject, field: &Field, profile: Profile) -> bool {
        let options = Options { profile, ..self.pipeline.options };
        let pipeline = run(self.manifests, self.pipeline.resolver.environment, options);
        let built = pipeline.gateways().nth(self.index);
        let stack = built.and_then(|(_, built)| built.result.as_ref().ok());
        let other = stack.and_then(|stack| Subject::of(stack, &subject.kind).ok());
        other.is_some_and(|other| fields::at(&other.json, &field.stack) != fields::at(&subject.json, &field.stack))
    }
}

/// Deviations that may change a field.
fn candidates(kind: &Kind, field: &str) -> &'static [&'static str] {
    let base = field.split(['.', '[']).next().unwrap_or_default();
    match (kind, base) {
        (Kind::LoadBalancer, "minimumLoadBalancerCapacity") => &["B6"],
        (Kind::SecurityGroup, "ingress") => &["T-C11", "B14", "B23"],
        (Kind::Listener(_), _) => &["B10", "B22"],
        (Kind::Rule(_), "tags") => &["B21"],
        (Kind::Rule(_), "conditions") => &["B16", "B9"],
        (Kind::Rule(_), "transforms") => &["B15"],
        (Kind::Rule(_), "actions") => &["B17", "B20", "B18"],
        (Kind::TargetGroup(_), "healthCheckConfig") => &["T-C6", "T-C7", "T-C10"],
        (Kind::TargetGroup(_), "tags") => &["B21", "T-C10"],
        (Kind::TargetGroup(_), "protocol") => &["B12", "T-C10"],
        (Kind::TargetGroup(_), "ipAddressType") => &["B7"],
        (Kind::TargetGroup(_), "targetControlPort") => &["B1"],
        (Kind::TargetGroup(_), "targetGroupAttributes") => &["attributes", "T-C10"],
        (Kind::TargetGroup(_), _) => &["T-C10"],
        (Kind::Binding(_), _) => &["B13", "B1"],
        _ => &[],
    }
}
