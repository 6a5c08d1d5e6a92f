"""Everything that gateways can leave in an account, as Describe calls answer it. It judges nothing."""

from names import names

TAGS_PER_CALL = 20


def snapshot(clients):
    """Lists keyed as AWS keys them; what belongs to a thing is inside of it, under the name of its call."""
    balancers = [_balancer(clients, one) for one in clients.all("elbv2", "describe_load_balancers")]
    groups = [_target_group(clients, one) for one in clients.all("elbv2", "describe_target_groups")]
    listeners = [listener for balancer in balancers for listener in balancer["Listeners"]]
    rules = [rule for listener in listeners for rule in listener["Rules"]]
    _tag(clients, balancers, "LoadBalancerArn")
    _tag(clients, groups, "TargetGroupArn")
    _tag(clients, listeners, "ListenerArn")
    _tag(clients, rules, "RuleArn")
    return {
        "LoadBalancers": balancers,
        "TargetGroups": groups,
        "SecurityGroups": clients.all("ec2", "describe_security_groups"),
        "Addresses": clients["ec2"].describe_addresses()["Addresses"],
        "EndpointServices": clients["ec2"].describe_vpc_endpoint_service_configurations()["ServiceConfigurations"],
        "Names": names(clients, balancers, groups),
        "Protections": clients["shield"].list_protections()["Protections"],
    }


def _attributes(found):
    return {one["Key"]: one["Value"] for one in found["Attributes"]}


def _balancer(clients, balancer):
    elbv2, arn = clients["elbv2"], balancer["LoadBalancerArn"]
    # Times are told apart by nobody.
    balancer.pop("CreatedTime", None)
    balancer["Attributes"] = _attributes(elbv2.describe_load_balancer_attributes(LoadBalancerArn=arn))
    capacity = elbv2.describe_capacity_reservation(LoadBalancerArn=arn)
    balancer["MinimumLoadBalancerCapacity"] = capacity.get("MinimumLoadBalancerCapacity")
    listeners = clients.all("elbv2", "describe_listeners", LoadBalancerArn=arn)
    balancer["Listeners"] = [_listener(clients, one) for one in listeners]
    if balancer["Type"] == "application":
        acl = clients["wafv2"].get_web_acl_for_resource(ResourceArn=arn).get("WebACL")
        balancer["WebACL"] = acl and acl["ARN"]
    return balancer


def _listener(clients, listener):
    elbv2, arn = clients["elbv2"], listener["ListenerArn"]
    listener["Attributes"] = _attributes(elbv2.describe_listener_attributes(ListenerArn=arn))
    listener["Certificates"] = elbv2.describe_listener_certificates(ListenerArn=arn)["Certificates"]
    listener["Rules"] = clients.all("elbv2", "describe_rules", ListenerArn=arn)
    return listener


def _target_group(clients, group):
    elbv2, arn = clients["elbv2"], group["TargetGroupArn"]
    group["Attributes"] = _attributes(elbv2.describe_target_group_attributes(TargetGroupArn=arn))
    group["Targets"] = elbv2.describe_target_health(TargetGroupArn=arn)["TargetHealthDescriptions"]
    return group


def _tag(clients, things, key):
    by_arn = {thing[key]: thing for thing in things}
    arns = list(by_arn)
    for start in range(0, len(arns), TAGS_PER_CALL):
        answer = clients["elbv2"].describe_tags(ResourceArns=arns[start : start + TAGS_PER_CALL])
        for found in answer["TagDescriptions"]:
            by_arn[found["ResourceArn"]]["Tags"] = {tag["Key"]: tag["Value"] for tag in found["Tags"]}
