"""Target groups."""

from account import EVERY_PATH, forward, pairs, refused


def _attributes(aws, arn):
    found = aws.elbv2.describe_target_group_attributes(TargetGroupArn=arn)["Attributes"]
    return {one["Key"]: one["Value"] for one in found}


def creating_the_same_again_is_the_first_one(aws):
    name = aws.name()
    assert aws.group_arn(Name=name, Tags=pairs(a="b")) == aws.group_arn(Name=name, Tags=pairs(a="b"))
    refused("DuplicateTargetGroupName", aws.group, Name=name, port=81)


def health_checks_have_defaults(aws):
    http, grpc, tcp, alb = (
        aws.group(),
        aws.group(ProtocolVersion="GRPC"),
        aws.group("TCP"),
        aws.group("TCP", "alb"),
    )
    assert (http["HealthCheckPath"], http["Matcher"]) == ("/", {"HttpCode": "200"})
    assert (grpc["HealthCheckPath"], grpc["Matcher"]) == ("/AWS.ALB/healthcheck", {"GrpcCode": "12"})
    assert tcp["HealthCheckProtocol"] == "TCP" and "Matcher" not in tcp and "HealthCheckPath" not in tcp
    assert (alb["HealthCheckProtocol"], alb["Matcher"]) == ("HTTP", {"HttpCode": "200-399"})


def health_checks_can_change(aws):
    arn = aws.group_arn("TCP", "alb")
    changed = {"HealthCheckPath": "/ready", "Matcher": {"HttpCode": "200-299"}, "HealthCheckIntervalSeconds": 20}
    aws.elbv2.modify_target_group(TargetGroupArn=arn, HealthCheckTimeoutSeconds=5, **changed)
    found = aws.elbv2.describe_target_groups(TargetGroupArns=[arn])["TargetGroups"][0]
    assert {key: found[key] for key in changed} == changed
    plain = aws.group_arn("TCP")
    aws.elbv2.modify_target_group(TargetGroupArn=plain, HealthCheckProtocol="HTTP", HealthCheckPath="/")
    found = aws.elbv2.describe_target_groups(TargetGroupArns=[plain])["TargetGroups"][0]
    assert found["Matcher"] == {"HttpCode": "200-399"}


def all_protocols_are_known(aws):
    for protocol in ("TCP", "TLS", "UDP", "TCP_UDP", "QUIC", "TCP_QUIC"):
        made = aws.group(protocol, HealthCheckProtocol="TCP")
        assert made["Protocol"] == protocol


def the_control_port_comes_back(aws):
    assert aws.group(TargetControlPort=3000)["TargetControlPort"] == 3000


def one_for_an_alb_is_tcp_with_http_checks(aws):
    refused("ValidationError", aws.group, protocol="UDP", target_type="alb")
    refused("ValidationError", aws.group, protocol="TCP", target_type="alb", HealthCheckProtocol="TCP")


def attributes_have_defaults(aws):
    http, tcp, instances = (
        _attributes(aws, aws.group_arn()),
        _attributes(aws, aws.group_arn("TCP")),
        _attributes(aws, aws.group_arn("TCP", "instance")),
    )
    assert http["stickiness.type"] == "lb_cookie" and http["load_balancing.algorithm.type"] == "round_robin"
    assert http["deregistration_delay.timeout_seconds"] == "300" and "preserve_client_ip.enabled" not in http
    assert tcp["preserve_client_ip.enabled"] == "false" and tcp["proxy_protocol_v2.enabled"] == "false"
    assert instances["preserve_client_ip.enabled"] == "true" and "slow_start.duration_seconds" not in tcp


def attributes_are_checked(aws):
    modify, http = aws.elbv2.modify_target_group_attributes, aws.group_arn()
    refused("ValidationError", modify, TargetGroupArn=http, Attributes=pairs(nope="1"))
    elsewhere = pairs(proxy_protocol_v2__enabled="true")
    refused("InvalidConfigurationRequest", modify, TargetGroupArn=http, Attributes=elsewhere)
    modify(TargetGroupArn=http, Attributes=pairs(stickiness__enabled="true"))
    assert _attributes(aws, http)["stickiness.enabled"] == "true"
    alb = aws.group_arn("TCP", "alb")
    delay = pairs(deregistration_delay__timeout_seconds="10")
    refused("InvalidConfigurationRequest", modify, TargetGroupArn=alb, Attributes=delay)


def it_says_which_load_balancer_has_it(aws):
    group, alb = aws.group_arn(), aws.alb()

    def balancers():
        return aws.elbv2.describe_target_groups(TargetGroupArns=[group])["TargetGroups"][0]["LoadBalancerArns"]

    assert balancers() == []
    listener = aws.listener_arn(alb)
    rule = aws.rule(listener, actions=forward(group))["RuleArn"]
    assert balancers() == [alb]
    aws.elbv2.delete_rule(RuleArn=rule)
    assert balancers() == []


def it_has_one_load_balancer(aws):
    group = aws.group_arn()
    aws.listener(aws.alb(), actions=forward(group))
    other = aws.alb()
    refused("TargetGroupAssociationLimit", aws.listener, balancer=other, actions=forward(group))
    listener = aws.listener_arn(other)
    refused("TargetGroupAssociationLimit", aws.rule, listener=listener, actions=forward(group))


def one_in_use_stays(aws):
    group = aws.group_arn()
    rule = aws.rule(aws.listener_arn(aws.alb()), actions=forward(group), conditions=EVERY_PATH)["RuleArn"]
    refused("ResourceInUse", aws.elbv2.delete_target_group, TargetGroupArn=group)
    aws.elbv2.delete_rule(RuleArn=rule)
    aws.elbv2.delete_target_group(TargetGroupArn=group)
    aws.elbv2.delete_target_group(TargetGroupArn=group)
    refused("TargetGroupNotFound", aws.elbv2.describe_target_groups, TargetGroupArns=[group])


def lists_come_in_pages(aws):
    made = {aws.group_arn() for _ in range(3)}
    first = aws.elbv2.describe_target_groups(PageSize=2)
    assert len(first["TargetGroups"]) == 2 and first["NextMarker"]
    pages = aws.elbv2.get_paginator("describe_target_groups").paginate(PaginationConfig={"PageSize": 2})
    assert made <= {group["TargetGroupArn"] for page in pages for group in page["TargetGroups"]}
