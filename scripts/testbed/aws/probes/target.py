"""Targets, above all ALBs."""

from account import forward, refused


def _health(aws, group):
    found = aws.elbv2.describe_target_health(TargetGroupArn=group)["TargetHealthDescriptions"]
    return [(one["Target"], one["TargetHealth"]["State"]) for one in found]


def an_alb_needs_a_listener_on_the_port(aws):
    alb, group = aws.alb(), aws.group_arn("TCP", "alb")
    register = aws.elbv2.register_targets
    refused("InvalidTarget", register, TargetGroupArn=group, Targets=[{"Id": alb, "Port": 80}])
    aws.listener(alb, port=8080)
    refused("InvalidTarget", register, TargetGroupArn=group, Targets=[{"Id": alb, "Port": 80}])
    refused("ValidationError", register, TargetGroupArn=group, Targets=[{"Id": alb, "Port": 8080}])
    aws.listener(alb, port=80)
    register(TargetGroupArn=group, Targets=[{"Id": alb}])
    register(TargetGroupArn=group, Targets=[{"Id": alb, "Port": 80}])
    assert _health(aws, group) == [({"Id": alb, "Port": 80}, "unused")]


def only_albs_of_the_vpc_are_targets(aws):
    group = aws.group_arn("TCP", "alb")
    register = aws.elbv2.register_targets
    nlb = aws.nlb()
    refused("InvalidTarget", register, TargetGroupArn=group, Targets=[{"Id": nlb}])
    refused("InvalidTarget", register, TargetGroupArn=group, Targets=[{"Id": nlb.replace("/net/", "/app/")}])
    default = aws.ec2.describe_subnets(Filters=[{"Name": "default-for-az", "Values": ["true"]}])["Subnets"]
    alb = aws.alb(Subnets=[one["SubnetId"] for one in default[:2]])
    aws.listener(alb)
    refused("InvalidTarget", register, TargetGroupArn=group, Targets=[{"Id": alb}])


def a_group_has_one_alb(aws):
    _alb, _listener, group = aws.chained()
    other = aws.alb()
    aws.listener(other)
    refused("TooManyTargets", aws.elbv2.register_targets, TargetGroupArn=group, Targets=[{"Id": other}])


def an_alb_serves_two_nlbs(aws):
    alb, _listener, group = aws.chained()
    groups = [group, *(aws.group_arn("TCP", "alb") for _ in range(2))]
    nlbs = [aws.nlb() for _ in groups]
    for one, nlb in zip(groups, nlbs):
        aws.listener(nlb, protocol="TCP", actions=forward(one))
    aws.elbv2.register_targets(TargetGroupArn=groups[1], Targets=[{"Id": alb}])
    too_many = "TooManyRegistrationsForTargetId"
    refused(too_many, aws.elbv2.register_targets, TargetGroupArn=groups[2], Targets=[{"Id": alb}])


def an_alb_that_is_a_target_stays(aws):
    alb, listener, group = aws.chained()
    refused("ResourceInUse", aws.elbv2.delete_load_balancer, LoadBalancerArn=alb)
    refused("ResourceInUse", aws.elbv2.delete_listener, ListenerArn=listener)
    refused("ResourceInUse", aws.elbv2.modify_listener, ListenerArn=listener, Port=81)
    aws.elbv2.deregister_targets(TargetGroupArn=group, Targets=[{"Id": alb, "Port": 80}])
    aws.elbv2.delete_listener(ListenerArn=listener)
    aws.elbv2.delete_load_balancer(LoadBalancerArn=alb)


def an_alb_behind_an_nlb_is_healthy(aws):
    alb, _listener, group = aws.chained()
    assert _health(aws, group) == [({"Id": alb, "Port": 80}, "unused")]
    aws.listener(aws.nlb(), protocol="TCP", actions=forward(group))
    assert _health(aws, group) == [({"Id": alb, "Port": 80}, "healthy")]


def they_are_known_by_id_and_port(aws):
    group = aws.group_arn()
    targets = [{"Id": "10.0.0.7", "Port": port} for port in (80, 81)]
    aws.elbv2.register_targets(TargetGroupArn=group, Targets=targets)
    assert [target for target, _ in _health(aws, group)] == targets
    aws.elbv2.deregister_targets(TargetGroupArn=group, Targets=targets[:1])
    aws.elbv2.deregister_targets(TargetGroupArn=group, Targets=[{"Id": "10.0.0.99", "Port": 80}])
    assert [target for target, _ in _health(aws, group)] == targets[1:]


def addresses_outside_of_the_vpc_say_so(aws):
    group, register = aws.group_arn(), aws.elbv2.register_targets
    outside = {"Id": "192.168.1.1", "Port": 80}
    refused("ValidationError", register, TargetGroupArn=group, Targets=[{"Id": "10.0.0.7"}, outside])
    assert _health(aws, group) == []
    register(TargetGroupArn=group, Targets=[{**outside, "AvailabilityZone": "all"}])
    assert _health(aws, group)[0][0] == {**outside, "AvailabilityZone": "all"}


def instances_exist(aws):
    group, register = aws.group_arn("TCP", "instance"), aws.elbv2.register_targets
    refused("InvalidTarget", register, TargetGroupArn=group, Targets=[{"Id": "i-0123456789abcdef0"}])
    node = aws.has["nodes"][0]["instance"]
    register(TargetGroupArn=group, Targets=[{"Id": node}])
    assert _health(aws, group)[0][0] == {"Id": node, "Port": 80}
