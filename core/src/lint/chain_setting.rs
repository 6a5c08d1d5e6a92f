//! GWC0109: settings that do not apply to a target group whose target is an ALB.
//!
//! Attributes, health check port and protocol are judged where they are read, in `translate`.

use super::{Scope, edit};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::id::Text;
use crate::manifest::config::TargetGroupConfiguration;

const FIELDS: &[&str] = &["targetType", "protocolVersion", "ipAddressType", "nodeSelector", "enableMultiCluster"];

/// One finding per setting of a TargetGroupConfiguration for a Gateway that a chain leads to.
pub fn lint(scope: &Scope<'_, '_>, findings: &mut Vec<Diagnostic>) {
    for configuration in &scope.manifests.target_group_configurations {
        let Some(reference) = &configuration.spec.target_reference else { continue };
        if reference.kind.as_deref() == Some("Gateway") {
            of_configuration(scope, configuration, &reference.name, findings);
        }
    }
}

fn of_configuration(
    scope: &Scope<'_, '_>,
    configuration: &TargetGroupConfiguration,
    gateway: &Text,
    findings: &mut Vec<Diagnostic>,
) {
    let object = configuration.meta.object;
    let node = &scope.manifests.object(object).node;
    let routes = 0..configuration.spec.route_configurations.len();
    let parts = routes.map(|at| format!("spec.routeConfigurations[{at}].targetGroupProps"));
    for part in std::iter::once("spec.defaultConfiguration".to_owned()).chain(parts) {
        let Some(settings) = node.at(&part) else { continue };
        for field in FIELDS.iter().filter(|field| settings.get(field).is_some_and(|node| node.span.is_in_text())) {
            let path = format!("{part}.{field}");
            let message =
                format!("{field} doesn't apply to Gateway {}/{gateway} as a target", configuration.meta.namespace());
            let place = Place::Path(object, Text::from(&*path));
            let finding = Diagnostic::new(Code::ChainHealthPort, place, message);
            let fix = edit::removal(scope.manifests, object, &path, "remove the setting");
            findings.push(finding.help("the target is the ALB itself: remove the setting").fix(fix));
        }
    }
}
