//! Lets chaining NLBs into the security groups of their ALBs (deviation T-C11).
//!
//! It only touches groups that gwchain manages; others are lint's business.

use std::collections::BTreeMap;

use crate::id::Text;
use crate::model::load_balancer::{IpPermission, PermissionSource};
use crate::model::target_group::HealthCheckPort;
use crate::model::{Number, Stack, Value};
use crate::origin::Origin;

/// Ports on which an ALB must admit the NLB stacks in front of it: by ALB stack.
pub type Doors = BTreeMap<Text, Vec<(Text, i64)>>;

/// Collects who must get in where.
pub fn doors<'s>(stacks: impl Iterator<Item = &'s Stack>) -> Doors {
    let mut doors = Doors::new();
    for stack in stacks.filter(|stack| stack.security_group.is_some()) {
        for target in &stack.alb_targets {
            let Value::OtherLoadBalancerArn(alb) = &target.spec.target_arn else { continue };
            let list = doors.entry(alb.clone()).or_default();
            for port in std::iter::once(target.spec.target_port).chain(health_port(stack, &target.id)) {
                let door = (stack.id.clone(), port);
                if !list.contains(&door) {
                    list.push(door);
                }
            }
        }
    }
    doors
}

/// Port of the target group's health check, if it has one of its own.
fn health_port(stack: &Stack, group: &Text) -> Option<i64> {
    let group = stack.target_groups.iter().find(|found| found.id == *group)?;
    match &group.spec.health_check_config.port {
        HealthCheckPort::Number(Number::Known(port)) => Some(*port),
        _ => None,
    }
}

/// Adds the permissions to an ALB's managed security group.
pub fn admit(stack: &mut Stack, doors: &Doors) {
    let Some(list) = doors.get(&stack.id) else { return };
    let Some(group) = &mut stack.security_group else { return };
    for (nlb, port) in list {
        let source = PermissionSource::Group(Value::OtherSecurityGroup(nlb.clone()));
        group.spec.ingress.push(IpPermission { ip_protocol: "tcp", from_port: *port, to_port: *port, source });
    }
    group.origins.set("ingress.chain", Origin::Rule("the NLB in front of this ALB is let in on the chained port"));
}
