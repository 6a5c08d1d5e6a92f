//! TargetGroupBindings of Service backends (translation §8.4).
//!
//! Their network rules are in `network`.

use crate::fact::Want;
use crate::id::Text;
use crate::model::target_group::{
    BindingMetadata, BindingSpec, BindingTemplate, ServiceRef, TargetGroup, TargetGroupBinding,
};
use crate::model::{Resource, Value};
use crate::origin::{Origin, Origins};

use super::target_group::{Site, Subject};
use super::{BuildError, Builder};

impl<'m> Builder<'_, 'm> {
    /// The binding of a target group.
    pub(super) fn binding(
        &self,
        site: Site<'_, 'm>,
        subject: &Subject<'_, 'm>,
        group: &Resource<TargetGroup>,
        id: &Text,
        service_port: i64,
    ) -> Result<Resource<TargetGroupBinding>, BuildError> {
        let mut origins = Origins::with_capacity(3);
        let props = subject.props;
        origins.set("template", Origin::Rule("binds the target group to its Service"));
        let infrastructure = self.node.gateway.spec.infrastructure.as_ref();
        let kept = |map: &Option<crate::manifest::meta::StringMap>| map.clone().filter(|map| !map.is_empty());
        let metadata = BindingMetadata {
            name: group.spec.name.clone(),
            namespace: subject.backend.namespace.clone(),
            labels: infrastructure.and_then(|infrastructure| kept(&infrastructure.labels)),
            annotations: infrastructure.and_then(|infrastructure| kept(&infrastructure.annotations)),
        };
        let selector = props.pick(".nodeSelector", |props| props.node_selector.as_ref());
        let selector = selector.filter(|_| subject.target_type.0 == "instance").map(|(selector, origin)| {
            origins.set("template.spec.nodeSelector", origin);
            selector.clone()
        });
        let multi = props.pick(".enableMultiCluster", |props| props.enable_multi_cluster.as_ref());
        if let Some((true, origin)) = &multi {
            origins.set("template.spec.multiClusterTargetGroup", origin.clone());
        }
        origins.set("template.spec.networking", Origin::Rule(self.access.rule()));
        let vpc = self.resolver.environment.vpc.as_ref();
        let spec = BindingSpec {
            target_group_arn: Value::TargetGroupArn(id.clone()),
            target_type: subject.target_type.0,
            service_ref: ServiceRef { name: subject.backend.name.clone(), port: service_port },
            networking: self.networking(subject, &group.spec)?,
            node_selector: selector,
            ip_address_type: subject.family.0,
            vpc_id: vpc.map_or_else(|| Value::from(Want::Vpc), |vpc| Value::Known(Text::from(&*vpc.id))),
            multi_cluster_target_group: multi.is_some_and(|(enabled, _)| *enabled),
            target_group_protocol: group.spec.protocol.clone(),
        };
        let spec = TargetGroupBinding { template: BindingTemplate { metadata, spec } };
        Ok(Resource { id: id.clone(), spec, origins, cause: site.route.object() })
    }
}
