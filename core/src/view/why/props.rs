//! The TargetGroupConfigurations that have a say in a target group.
//!
//! Which of them apply to a backend was decided when its route was loaded.

use super::Asker;
use super::fields::Field;
use super::layer::{Layer, Owner};
use crate::id::Text;
use crate::resolve::backend::{Backend, Target};
use crate::resolve::load::LoadedRoute;
use crate::resolve::props::Props;

impl<'a, 'm> Asker<'a, 'm> {
    /// Port of the chained ALB that a target group leads to.
    pub fn chained(&self, id: &Text) -> Option<i64> {
        let targets = &self.stack()?.alb_targets;
        targets.iter().find(|target| target.id == *id).map(|target| target.spec.target_port)
    }

    /// What the settings of the target group's backend say.
    pub fn target_layers(&self, id: &Text, field: &Field) -> Vec<Layer> {
        let Some(props) = self.props(id).filter(|_| !field.crd.is_empty()) else { return Vec::new() };
        if props.layers.is_empty() {
            return vec![Layer::silent(Owner::Target, "no TargetGroupConfiguration applies to the backend".to_owned())];
        }
        let mut layers = Vec::new();
        for layer in &props.layers {
            let object = self.manifests.object(layer.object);
            let is_default = object.node.at("spec.targetReference").is_none();
            let kind = if is_default { "default " } else { "" };
            let base = match layer.route_configuration {
                Some(index) => format!("spec.routeConfigurations[{index}].targetGroupProps"),
                None => "spec.defaultConfiguration".to_owned(),
            };
            let part = if layer.route_configuration.is_some() { "for the route" } else { "for all routes" };
            let label = format!("{kind}{}, {part}", object.describe());
            for crd in &field.crd {
                layers.push(self.layer(Owner::Target, &label, layer.object, format!("{base}.{crd}")));
            }
        }
        layers
    }

    fn props(&self, id: &Text) -> Option<&'a Props<'m>> {
        let cause = self.stack()?.target_groups.iter().find(|group| group.id == *id)?.cause;
        let routes = self.built.loaded.as_ref()?.routes.iter().filter(|route| route.object() == cause);
        let mut backends = routes.flat_map(|route: &'a LoadedRoute<'m>| &route.rules).flat_map(|rule| &rule.backends);
        backends.find_map(|backend| self.props_of(backend, id))
    }

    fn props_of(&self, backend: &'a Backend<'m>, id: &Text) -> Option<&'a Props<'m>> {
        let bound = |namespace: &Text, name: &Text, port: i64| {
            let binding = self.stack()?.bindings.iter().find(|binding| binding.id == *id)?;
            let (template, service) = (&binding.spec.template, &binding.spec.template.spec.service_ref);
            let names = template.metadata.namespace == *namespace && service.name == *name;
            (names && service.port == port).then_some(())
        };
        match &backend.target {
            Target::Service(target) => {
                let service = &target.service.meta.id;
                bound(&service.namespace, &service.name, target.port.port).map(|()| &target.props)
            }
            Target::Assumed(service, port, props) => bound(&service.namespace, &service.name, *port).map(|()| props),
            Target::Gateway(target) => {
                let gateway = &target.gateway.meta.id;
                let end = format!("-{}-{}:{}", gateway.namespace, gateway.name, target.port);
                (self.chained(id) == Some(target.port) && id.contains(&end)).then_some(&target.props)
            }
            Target::Named(_) => None,
        }
    }
}
