//! Target groups and targets by value.

use aws_sdk_elasticloadbalancingv2::types as sdk;

use super::{target, target_group};

#[test]
fn health_checks_are_told_whole() {
    let one = sdk::TargetGroup::builder().target_group_arn("arn:tg").target_group_name("tg").port(80).vpc_id("vpc-1");
    let one = one.target_type(sdk::TargetTypeEnum::Alb).protocol(sdk::ProtocolEnum::Tcp).load_balancer_arns("arn:lb");
    let one = one.health_check_protocol(sdk::ProtocolEnum::Http).health_check_port("traffic-port");
    let one = one.health_check_path("/").health_check_interval_seconds(15).health_check_timeout_seconds(5);
    let one = one.healthy_threshold_count(3).unhealthy_threshold_count(2);
    let seen = target_group(&one.matcher(sdk::Matcher::builder().http_code("200-399").build()).build());
    assert_eq!((&*seen.target_type, &*seen.protocol, seen.port), ("alb", "TCP", Some(80)));
    assert_eq!((&*seen.health_check_protocol, &*seen.health_check_port), ("HTTP", "traffic-port"));
    assert_eq!((seen.health_check_interval_seconds, seen.health_check_timeout_seconds), (15, 5));
    assert_eq!((seen.healthy_threshold_count, seen.unhealthy_threshold_count), (3, 2));
    assert_eq!(seen.matcher.and_then(|matcher| matcher.http_code).as_deref(), Some("200-399"));
    assert_eq!((seen.targets, seen.attributes), (None, None));
}

#[test]
fn a_draining_target_is_not_registered() {
    let description = sdk::TargetDescription::builder().id("arn:alb").port(443).build();
    let health = sdk::TargetHealth::builder().state(sdk::TargetHealthStateEnum::Draining).build();
    let seen = target(&sdk::TargetHealthDescription::builder().target(description).target_health(health).build());
    assert_eq!((&*seen.id, seen.port, seen.is_registered()), ("arn:alb", Some(443), false));
}
