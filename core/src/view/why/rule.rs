//! The ListenerRuleConfiguration that has a say in a rule.
//!
//! Which one applies was decided when its route was loaded.

use super::Asker;
use super::fields::Field;
use super::layer::{Layer, Owner};
use super::subject::Subject;
use crate::manifest::rule_config::ListenerRuleConfiguration;
use crate::origin::Origin;

impl<'m> Asker<'_, 'm> {
    /// What the configuration of the rule says.
    pub fn rule_layers(&self, subject: &Subject, field: &Field) -> Vec<Layer> {
        if field.crd.is_empty() {
            return Vec::new();
        }
        let Some(configuration) = self.rule_configuration(subject) else {
            return vec![Layer::silent(Owner::Target, "no ListenerRuleConfiguration applies to the rule".to_owned())];
        };
        let object = configuration.meta.object;
        let label = self.manifests.object(object).describe();
        let layer = |crd: &String| self.layer(Owner::Target, &label, object, format!("spec.{crd}"));
        field.crd.iter().map(layer).collect()
    }

    fn rule_configuration(&self, subject: &Subject) -> Option<&'m ListenerRuleConfiguration> {
        let Some(Origin::Field { path, .. }) = subject.origins.get("conditions") else { return None };
        let routes = &self.built.loaded.as_ref()?.routes;
        let route = routes.iter().find(|route| route.object() == subject.cause)?;
        route.rules.get(path.first_index()?)?.configuration
    }
}
