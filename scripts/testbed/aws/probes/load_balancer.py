"""Load balancers."""

from account import pairs, refused


def its_arn_says_its_type(aws):
    assert ":loadbalancer/app/" in aws.alb()
    assert ":loadbalancer/net/" in aws.nlb()


def an_internal_one_has_an_internal_name(aws):
    made = aws.balancer("application", Scheme="internal")
    assert made["DNSName"].startswith("internal-"), made["DNSName"]
    assert made["Scheme"] == "internal"


def it_is_provisioned_before_it_is_active(aws):
    parameters = {"Name": aws.name(), "Type": "network", "Subnets": aws.has["publicSubnets"]}
    made = aws.elbv2.create_load_balancer(**parameters)["LoadBalancers"][0]
    assert made["State"]["Code"] == "provisioning"
    assert aws.described(made["LoadBalancerArn"])["State"]["Code"] == "active"


def creating_the_same_again_is_the_first_one(aws):
    name, subnets = aws.name(), aws.has["publicSubnets"]
    first = aws.balancer("application", Name=name, Tags=pairs(a="b"))
    again = aws.balancer("application", Name=name, Tags=pairs(a="b"), Subnets=subnets[::-1])
    assert first["LoadBalancerArn"] == again["LoadBalancerArn"]
    refused("DuplicateLoadBalancerName", aws.balancer, kind="application", Name=name, Scheme="internal")


def names_are_checked(aws):
    for name in ("x" * 33, "a_b", "-a", "a-", "internal-a"):
        refused("ValidationError", aws.balancer, kind="network", Name=name)


def an_alb_is_in_two_zones(aws):
    one, two = aws.has["publicSubnets"][:2]
    refused("ValidationError", aws.balancer, kind="application", Subnets=[one])
    alb = aws.alb(Subnets=[one, two])
    refused("ValidationError", aws.elbv2.set_subnets, LoadBalancerArn=alb, Subnets=[one])


def a_zone_has_one_subnet(aws):
    both = [aws.has["publicSubnets"][0], aws.has["privateSubnets"][0]]
    refused("InvalidConfigurationRequest", aws.balancer, kind="network", Subnets=both)


def unknown_subnets_and_groups_are_refused(aws):
    refused("SubnetNotFound", aws.balancer, kind="network", Subnets=["subnet-0123456789abcdef0"])
    refused("InvalidSecurityGroup", aws.balancer, kind="application", SecurityGroups=["sg-0123456789abcdef0"])


def an_nlb_may_be_in_one_zone(aws):
    nlb = aws.nlb()
    zones = aws.elbv2.set_subnets(LoadBalancerArn=nlb, Subnets=aws.has["publicSubnets"][:1])["AvailabilityZones"]
    assert [zone["SubnetId"] for zone in zones] == aws.has["publicSubnets"][:1]


def elastic_ips_come_back(aws):
    pool = aws.ec2.allocate_address(Domain="vpc")
    mapping = {"SubnetId": aws.has["publicSubnets"][0], "AllocationId": pool["AllocationId"]}
    made = aws.balancer("network", SubnetMappings=[mapping])
    address = made["AvailabilityZones"][0]["LoadBalancerAddresses"][0]
    assert address["AllocationId"] == pool["AllocationId"] and address["IpAddress"] == pool["PublicIp"], address
    refused("ResourceInUse", aws.balancer, kind="network", SubnetMappings=[mapping])
    aws.elbv2.delete_load_balancer(LoadBalancerArn=made["LoadBalancerArn"])
    aws.balancer("network", SubnetMappings=[mapping])


def elastic_ips_exist_and_are_public(aws):
    subnet = aws.has["publicSubnets"][0]
    unknown = [{"SubnetId": subnet, "AllocationId": "eipalloc-0123456789abcdef0"}]
    refused("AllocationIdNotFound", aws.balancer, kind="network", SubnetMappings=unknown)
    allocation = aws.ec2.allocate_address(Domain="vpc")["AllocationId"]
    mapping = [{"SubnetId": subnet, "AllocationId": allocation}]
    refused("InvalidConfigurationRequest", aws.balancer, kind="network", Scheme="internal", SubnetMappings=mapping)


def private_addresses_come_back(aws):
    mapping = {"SubnetId": aws.has["privateSubnets"][0], "PrivateIPv4Address": "10.0.48.77"}
    made = aws.balancer("network", Scheme="internal", SubnetMappings=[mapping])
    assert made["AvailabilityZones"][0]["LoadBalancerAddresses"][0]["PrivateIPv4Address"] == "10.0.48.77"


def source_nat_prefixes_come_back(aws):
    mapping = {"SubnetId": aws.has["publicSubnets"][0], "SourceNatIpv6Prefix": "auto_assigned"}
    made = aws.balancer(
        "network", IpAddressType="dualstack", EnablePrefixForIpv6SourceNat="on", SubnetMappings=[mapping]
    )
    assert made["EnablePrefixForIpv6SourceNat"] == "on"
    arn = made["LoadBalancerArn"]
    aws.elbv2.set_subnets(LoadBalancerArn=arn, SubnetMappings=[mapping], EnablePrefixForIpv6SourceNat="off")
    assert aws.described(arn)["EnablePrefixForIpv6SourceNat"] == "off"


def ip_address_types(aws):
    alb = aws.alb(IpAddressType="dualstack-without-public-ipv4")
    assert aws.described(alb)["IpAddressType"] == "dualstack-without-public-ipv4"
    for kind in ("ipv4", "dualstack", "dualstack-without-public-ipv4"):
        aws.elbv2.set_ip_address_type(LoadBalancerArn=alb, IpAddressType=kind)
        assert aws.described(alb)["IpAddressType"] == kind


def address_pools_come_back(aws):
    pools = {"Ipv4IpamPoolId": "ipam-pool-1"}
    made = aws.balancer("application", IpamPools=pools, CustomerOwnedIpv4Pool="ipv4pool-coip-1")
    assert made["IpamPools"] == pools and made["CustomerOwnedIpv4Pool"] == "ipv4pool-coip-1"
    aws.elbv2.modify_ip_pools(LoadBalancerArn=made["LoadBalancerArn"], RemoveIpamPools=["ipv4"])
    assert "IpamPools" not in aws.described(made["LoadBalancerArn"])


def an_alb_without_groups_gets_the_default_one(aws):
    groups = aws.balancer("application")["SecurityGroups"]
    found = aws.ec2.describe_security_groups(GroupIds=groups)["SecurityGroups"]
    assert [(one["GroupName"], one["VpcId"]) for one in found] == [("default", aws.has["vpc"])]


def an_nlb_without_groups_never_gets_any(aws):
    group = aws.security_group()
    none = aws.nlb()
    set_groups = aws.elbv2.set_security_groups
    refused("InvalidConfigurationRequest", set_groups, LoadBalancerArn=none, SecurityGroups=[group])
    nlb = aws.balancer("network", SecurityGroups=[group])
    key = "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic"
    assert nlb["SecurityGroups"] == [group] and nlb[key] == "on"
    arn = nlb["LoadBalancerArn"]
    answer = set_groups(LoadBalancerArn=arn, SecurityGroups=[group], **{key: "off"})
    assert answer[key] == aws.described(arn)[key] == "off"


def attributes_have_defaults(aws):
    def attributes(arn):
        found = aws.elbv2.describe_load_balancer_attributes(LoadBalancerArn=arn)["Attributes"]
        return {one["Key"]: one["Value"] for one in found}

    alb, nlb = attributes(aws.alb()), attributes(aws.nlb())
    assert alb["idle_timeout.timeout_seconds"] == "60" and alb["load_balancing.cross_zone.enabled"] == "true"
    assert nlb["dns_record.client_routing_policy"] == "any_availability_zone"
    assert nlb["load_balancing.cross_zone.enabled"] == "false" and "idle_timeout.timeout_seconds" not in nlb


def attributes_are_checked(aws):
    modify = aws.elbv2.modify_load_balancer_attributes
    alb = aws.alb()
    refused("ValidationError", modify, LoadBalancerArn=alb, Attributes=pairs(nope="1"))
    elsewhere = pairs(dns_record__client_routing_policy="any_availability_zone")
    refused("InvalidConfigurationRequest", modify, LoadBalancerArn=alb, Attributes=elsewhere)
    changed = pairs(health_check_logs__s3__bucket="logs", waf__fail_open__enabled="true")
    answer = modify(LoadBalancerArn=alb, Attributes=changed)["Attributes"]
    assert all(one in answer for one in changed), answer


def protection_holds(aws):
    alb = aws.alb()
    for enabled in ("true", "false"):
        protection = pairs(deletion_protection__enabled=enabled)
        aws.elbv2.modify_load_balancer_attributes(LoadBalancerArn=alb, Attributes=protection)
        if enabled == "true":
            refused("OperationNotPermitted", aws.elbv2.delete_load_balancer, LoadBalancerArn=alb)
    aws.elbv2.delete_load_balancer(LoadBalancerArn=alb)


def one_that_is_gone(aws):
    gone, there = aws.nlb(), aws.nlb()
    aws.elbv2.delete_load_balancer(LoadBalancerArn=gone)
    aws.elbv2.delete_load_balancer(LoadBalancerArn=gone)
    describe = aws.elbv2.describe_load_balancers
    refused("LoadBalancerNotFound", describe, LoadBalancerArns=[there, gone])
    refused("LoadBalancerNotFound", aws.elbv2.describe_listeners, LoadBalancerArn=gone)


def twenty_are_described_at_once(aws):
    arn = aws.nlb()
    refused("ValidationError", aws.elbv2.describe_load_balancers, LoadBalancerArns=[arn] * 21)


def one_that_an_endpoint_service_has_stays(aws):
    nlb = aws.nlb(Scheme="internal", Subnets=aws.has["privateSubnets"])
    made = aws.ec2.create_vpc_endpoint_service_configuration(NetworkLoadBalancerArns=[nlb], AcceptanceRequired=False)
    refused("ResourceInUse", aws.elbv2.delete_load_balancer, LoadBalancerArn=nlb)
    service = made["ServiceConfiguration"]["ServiceId"]
    aws.ec2.delete_vpc_endpoint_service_configurations(ServiceIds=[service])
    aws.elbv2.delete_load_balancer(LoadBalancerArn=nlb)


def capacity_can_be_reserved(aws):
    alb = aws.alb()
    describe = aws.elbv2.describe_capacity_reservation
    assert "MinimumLoadBalancerCapacity" not in describe(LoadBalancerArn=alb)
    units = {"CapacityUnits": 100}
    aws.elbv2.modify_capacity_reservation(LoadBalancerArn=alb, MinimumLoadBalancerCapacity=units)
    assert describe(LoadBalancerArn=alb)["MinimumLoadBalancerCapacity"] == units
    aws.elbv2.modify_capacity_reservation(LoadBalancerArn=alb, ResetCapacityReservation=True)
    assert "MinimumLoadBalancerCapacity" not in describe(LoadBalancerArn=alb)
