//! Target groups and targets. What further calls tell of a group is `None`, its tags are empty.

use aws_sdk_elasticloadbalancingv2::types as sdk;
use gwchain_core::account::target_group::Matcher;
use gwchain_core::account::{Target, TargetGroup};

use super::{maybe, text, texts};

/// A target group as `DescribeTargetGroups` tells it.
pub(crate) fn target_group(group: &sdk::TargetGroup) -> TargetGroup {
    let number = |number: Option<i32>| number.map(i64::from).unwrap_or_default();
    let protocol = |protocol: Option<&sdk::ProtocolEnum>| text(protocol.map(sdk::ProtocolEnum::as_str));
    TargetGroup {
        target_group_arn: text(group.target_group_arn()),
        target_group_name: text(group.target_group_name()),
        target_type: text(group.target_type().map(sdk::TargetTypeEnum::as_str)),
        port: group.port().map(i64::from),
        protocol: protocol(group.protocol()),
        protocol_version: maybe(group.protocol_version()),
        ip_address_type: maybe(group.ip_address_type().map(sdk::TargetGroupIpAddressTypeEnum::as_str)),
        vpc_id: text(group.vpc_id()),
        health_check_protocol: protocol(group.health_check_protocol()),
        health_check_port: text(group.health_check_port()),
        health_check_path: maybe(group.health_check_path()),
        health_check_interval_seconds: number(group.health_check_interval_seconds()),
        health_check_timeout_seconds: number(group.health_check_timeout_seconds()),
        healthy_threshold_count: number(group.healthy_threshold_count()),
        unhealthy_threshold_count: number(group.unhealthy_threshold_count()),
        matcher: group.matcher().map(matcher),
        target_control_port: group.target_control_port().map(i64::from),
        load_balancer_arns: texts(group.load_balancer_arns()),
        ..TargetGroup::default()
    }
}

fn matcher(matcher: &sdk::Matcher) -> Matcher {
    Matcher { http_code: maybe(matcher.http_code()), grpc_code: maybe(matcher.grpc_code()) }
}

/// A target as `DescribeTargetHealth` tells it.
pub(crate) fn target(health: &sdk::TargetHealthDescription) -> Target {
    let target = health.target();
    let state = health.target_health().and_then(|health| health.state());
    Target {
        id: text(target.and_then(sdk::TargetDescription::id)),
        port: target.and_then(sdk::TargetDescription::port).map(i64::from),
        state: text(state.map(sdk::TargetHealthStateEnum::as_str)),
    }
}

#[cfg(test)]
mod tests;
