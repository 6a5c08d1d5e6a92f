//! Target groups, and ALBs as their targets.
//!
//! Pods and nodes are registered by who reads TargetGroupBindings.

use aws_sdk_elasticloadbalancingv2::types::{Matcher, TargetDescription, TargetGroupAttribute};
use gwchain_core::account::Pairs;
use gwchain_core::diff::Operation;
use gwchain_core::id::Text;
use gwchain_core::model::target_group::{self as model, HealthCheck, HealthCheckPort, TargetGroup};

use super::argument::{Call, int, known};
use super::tag::{is_ours, of_elbv2};
use crate::error::{Called, Error};

pub(super) async fn call(call: &Call<'_>) -> Result<Option<Text>, Error> {
    let elb = &call.aws.elbv2;
    match &call.change.operation {
        Operation::CreateTargetGroup { spec, tags } => return create(call, spec, tags).await.map(Some),
        Operation::ModifyTargetGroup { group, health_check } => modify(call, group, health_check).await?,
        Operation::ModifyTargetGroupAttributes { group, attributes } => {
            let modify = elb.modify_target_group_attributes().target_group_arn(call.text(group)?);
            let modify = modify.set_attributes(Some(attributes.iter().map(attribute).collect()));
            modify.send().await.called("ModifyTargetGroupAttributes")?;
        }
        Operation::DeleteTargetGroup { group } => {
            elb.delete_target_group().target_group_arn(&**group).send().await.called("DeleteTargetGroup")?;
        }
        Operation::RegisterTargets { group, load_balancer, port } => {
            let target = target(&call.text(load_balancer)?, Some(*port));
            let register = elb.register_targets().target_group_arn(call.text(group)?).targets(target);
            register.send().await.called("RegisterTargets")?;
        }
        Operation::DeregisterTargets { group, load_balancer, port } => {
            deregister(call, group, target(load_balancer, *port)).await?;
        }
        _ => {}
    }
    Ok(None)
}

fn attribute((key, value): (&Text, &Text)) -> TargetGroupAttribute {
    TargetGroupAttribute::builder().key(&**key).value(&**value).build()
}

fn target(id: &str, port: Option<i64>) -> TargetDescription {
    TargetDescription::builder().id(id).set_port(port.map(int)).build()
}

/// A target that is gone, or whose load balancer is, can't be one any more.
async fn deregister(call: &Call<'_>, group: &str, target: TargetDescription) -> Result<(), Error> {
    let deregister = call.aws.elbv2.deregister_targets().target_group_arn(group).targets(target);
    match deregister.send().await.called("DeregisterTargets") {
        Err(error) if error.code() == Some("InvalidTarget") => Ok(()),
        other => other.map(drop),
    }
}

async fn create(call: &Call<'_>, spec: &TargetGroup, tags: &Pairs) -> Result<Text, Error> {
    let (name, check) = (call.text(&spec.name)?, &spec.health_check_config);
    let create = call.aws.elbv2.create_target_group().name(&name).target_type(spec.target_type.into());
    let create = create.protocol(spec.protocol.as_str().into()).port(known(&spec.port)?).vpc_id(call.vpc);
    let create = create.set_protocol_version(spec.protocol_version.as_ref().map(Text::to_string));
    // ipv4 is what AWS takes unless it is told otherwise.
    let create = create.set_ip_address_type((spec.ip_address_type != "ipv4").then(|| spec.ip_address_type.into()));
    let create = create.set_target_control_port(spec.target_control_port.map(int)).set_tags(of_elbv2(tags));
    let create = create.health_check_protocol(check.protocol.as_str().into()).health_check_port(port(check)?);
    let create = create.set_health_check_path(check.path.as_ref().map(Text::to_string));
    let create = create.set_matcher(check.matcher.as_ref().map(matcher));
    let create = create.health_check_interval_seconds(int(check.interval_seconds));
    let create = create.health_check_timeout_seconds(int(check.timeout_seconds));
    let create = create.healthy_threshold_count(int(check.healthy_threshold_count));
    let create = create.unhealthy_threshold_count(int(check.unhealthy_threshold_count));
    match create.send().await.called("CreateTargetGroup") {
        Ok(created) => {
            let arn = created.target_groups.unwrap_or_default().pop().and_then(|group| group.target_group_arn);
            Ok(arn.unwrap_or_default().into())
        }
        Err(error) if error.code() == Some("DuplicateTargetGroupName") => find(call, &name, tags).await?.ok_or(error),
        Err(error) => Err(error),
    }
}

/// The group of that name, if it is the one that was to be made.
async fn find(call: &Call<'_>, name: &str, tags: &Pairs) -> Result<Option<Text>, Error> {
    let found = call.aws.elbv2.describe_target_groups().names(name).send().await.called("DescribeTargetGroups")?;
    let arn = found.target_groups.unwrap_or_default().pop().and_then(|group| group.target_group_arn);
    let Some(arn) = arn else { return Ok(None) };
    Ok(is_ours(call, &arn, tags).await?.then(|| arn.into()))
}

async fn modify(call: &Call<'_>, group: &str, check: &HealthCheck) -> Result<(), Error> {
    let modify = call.aws.elbv2.modify_target_group().target_group_arn(group);
    let modify = modify.health_check_protocol(check.protocol.as_str().into()).health_check_port(port(check)?);
    let modify = modify.set_health_check_path(check.path.as_ref().map(Text::to_string));
    let modify = modify.set_matcher(check.matcher.as_ref().map(matcher));
    let modify = modify.health_check_interval_seconds(int(check.interval_seconds));
    let modify = modify.health_check_timeout_seconds(int(check.timeout_seconds));
    let modify = modify.healthy_threshold_count(int(check.healthy_threshold_count));
    let modify = modify.unhealthy_threshold_count(int(check.unhealthy_threshold_count));
    modify.send().await.called("ModifyTargetGroup").map(drop)
}

fn port(check: &HealthCheck) -> Result<String, Error> {
    match &check.port {
        HealthCheckPort::Traffic => Ok("traffic-port".to_owned()),
        HealthCheckPort::Number(number) => Ok(known(number)?.to_string()),
    }
}

fn matcher(matcher: &model::Matcher) -> Matcher {
    match matcher {
        model::Matcher::Http(codes) => Matcher::builder().http_code(&**codes),
        model::Matcher::Grpc(codes) => Matcher::builder().grpc_code(&**codes),
    }
    .build()
}
