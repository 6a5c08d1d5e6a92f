//! Target groups whose target is the ALB of another Gateway (translation §8.5).
//!
//! The ALB's ARN is an output of its own stack; nothing waits for it here.

use crate::diagnostic::Code;
use crate::fact::Want;
use crate::id::{LoadBalancerType, Text};
use crate::model::target_group::AlbTarget;
use crate::model::{Number, Resource, Value};
use crate::origin::{Origin, Origins};
use crate::resolve::Programmed;
use crate::resolve::backend::GatewayTarget;
use crate::resolve::gateway::GatewayNode;
use crate::resolve::load::Loaded;

use super::target_group::{Site, Subject};
use super::{BuildError, Builder, chain_health};

/// A resolved ALB Gateway with its routes, for whoever chains to it.
pub type Other<'a, 'm> = (&'a GatewayNode<'m>, &'a Loaded<'m>);

/// The target group of a Gateway chained by the backend `written`; builds it unless it is there already.
pub fn target_group<'m>(
    builder: &mut Builder<'_, 'm>,
    site: Site<'_, 'm>,
    target: &GatewayTarget<'m>,
    written: Origin,
) -> Result<Value, BuildError> {
    check_listener(builder, site, target)?;
    let subject = subject(builder, target, written.clone());
    let (id, new) = builder.group(site, &subject, None)?;
    let Some(group) = new else { return Ok(Value::TargetGroupArn(id)) };
    let arn = target_arn(builder, target);
    if let Value::OtherLoadBalancerArn(stack) = &arn
        && !builder.stack.depends_on.contains(stack)
    {
        builder.stack.depends_on.push(stack.clone());
    }
    let mut origins = Origins::with_capacity(2);
    origins.set("TargetARN", written.clone());
    origins.set("TargetPort", written);
    let spec = AlbTarget {
        name: group.spec.name.clone(),
        arn: Value::TargetGroupArn(id.clone()),
        port: site.port,
        target_arn: arn,
        target_port: target.port,
    };
    builder.stack.alb_targets.push(Resource { id: id.clone(), spec, origins, cause: site.route.object() });
    builder.stack.target_groups.push(group);
    Ok(Value::TargetGroupArn(id))
}

fn subject<'s, 'm>(builder: &mut Builder<'_, 'm>, target: &'s GatewayTarget<'m>, written: Origin) -> Subject<'s, 'm> {
    let port = (Number::Known(target.port), written);
    let alb_in_alb = builder.node.lb_type == LoadBalancerType::Application;
    let health = chain_health::chained(builder, target);
    Subject {
        backend: &target.gateway.meta.id,
        props: &target.props,
        target_type: ("alb", Origin::Rule("the backend is a Gateway")),
        port,
        identifier: Ok(Text::from(itoa::Buffer::new().format(target.port))),
        service_port: (target.port, None),
        family: ("ipv4", Origin::Rule("target groups of an ALB are IPv4")),
        health_port: health.port,
        is_local: false,
        health_protocol: (!alb_in_alb).then_some(health.protocol),
        matcher: health.matcher,
    }
}

/// The load balancer behind the target, as far as it is known or planned.
fn target_arn(builder: &Builder<'_, '_>, target: &GatewayTarget<'_>) -> Value {
    let id = &target.gateway.meta.id;
    match (&target.arn, builder.resolver.programmed(id)) {
        (Some(arn), _) => Value::Known(arn.clone()),
        (None, Some(Programmed::Planned(_))) => Value::OtherLoadBalancerArn(Text::from(id.to_string())),
        (None, _) => Value::from(Want::LoadBalancer { gateway: id.to_string() }),
    }
}

/// Only TCP listeners forward to an ALB.
fn check_listener(builder: &Builder<'_, '_>, site: Site<'_, '_>, target: &GatewayTarget<'_>) -> Result<(), BuildError> {
    if site.protocol == "TCP" || !builder.resolver.profile.chain_tcp_only {
        return Ok(());
    }
    let (protocol, port, id) = (site.protocol, site.port, &target.gateway.meta.id);
    let text =
        format!("the {protocol} listener on port {port} can't have Gateway {id} as a backend, only a TCP listener can");
    let help = "AWS forwards to an ALB from TCP listeners only; TLS ends on the ALB";
    Err(BuildError::new(Code::ChainProtocol, text).reason("UnsupportedProtocol").help(help))
}

impl<'m> Builder<'_, 'm> {
    /// The Gateway behind the target, resolved.
    pub(super) fn other(&self, target: &GatewayTarget<'m>) -> Option<Other<'_, 'm>> {
        self.others.get(&target.gateway.meta.id).copied()
    }
}
