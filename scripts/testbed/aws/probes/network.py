"""Subnets, security groups, addresses: what EC2 answers."""

from account import pairs, refused


def _port(port, **peers):
    return {"IpProtocol": "tcp", "FromPort": port, "ToPort": port, **peers}


def _rules(aws, group):
    found = aws.ec2.describe_security_groups(GroupIds=[group])["SecurityGroups"][0]["IpPermissions"]
    return {rule["FromPort"]: rule for rule in found}


def subnets_are_found_by_tag(aws):
    for role, key in (("elb", "publicSubnets"), ("internal-elb", "privateSubnets")):
        filters = [
            {"Name": f"tag:kubernetes.io/role/{role}", "Values": ["", "1"]},
            {"Name": "vpc-id", "Values": [aws.has["vpc"]]},
        ]
        found = aws.ec2.describe_subnets(Filters=filters)["Subnets"]
        assert {one["SubnetId"] for one in found} == set(aws.has[key])
        assert len({one["AvailabilityZone"] for one in found}) == 3
        assert all(one["AvailableIpAddressCount"] > 8 and one["Ipv6CidrBlockAssociationSet"] for one in found)


def public_subnets_have_a_route_to_the_internet(aws):
    tables = aws.ec2.describe_route_tables(Filters=[{"Name": "vpc-id", "Values": [aws.has["vpc"]]}])["RouteTables"]
    public = [one for one in tables if any(route.get("GatewayId", "").startswith("igw-") for route in one["Routes"])]
    associated = {link.get("SubnetId") for one in public for link in one["Associations"]}
    assert associated == set(aws.has["publicSubnets"])


def descriptions_of_rules_come_back(aws):
    group, other = aws.security_group(), aws.security_group()
    entries = [{"Cidr": "192.0.2.0/24"}]
    pool = aws.ec2.create_managed_prefix_list(
        PrefixListName=aws.name(), MaxEntries=3, AddressFamily="IPv4", Entries=entries
    )["PrefixList"]["PrefixListId"]
    said = {"Description": "elbv2.k8s.aws/targetGroupBinding=shared"}
    peers = {
        80: ("IpRanges", {"CidrIp": "0.0.0.0/0", **said}),
        81: ("Ipv6Ranges", {"CidrIpv6": "::/0", **said}),
        82: ("UserIdGroupPairs", {"GroupId": other, **said}),
        83: ("PrefixListIds", {"PrefixListId": pool, **said}),
    }
    permissions = [_port(port, **{key: [peer]}) for port, (key, peer) in peers.items()]
    answer = aws.ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=permissions)
    assert answer["Return"]
    for port, (key, peer) in peers.items():
        found = _rules(aws, group)[port][key][0]
        assert all(found[field] == value for field, value in peer.items()), found


def rules_are_the_same_whatever_their_description(aws):
    group, other = aws.security_group(), aws.security_group()
    authorize, revoke = aws.ec2.authorize_security_group_ingress, aws.ec2.revoke_security_group_ingress
    for peer in ({"IpRanges": [{"CidrIp": "10.0.0.0/8"}]}, {"UserIdGroupPairs": [{"GroupId": other}]}):
        key, value = next(iter(peer.items()))
        described = _port(80, **{key: [{**value[0], "Description": "a"}]})
        authorize(GroupId=group, IpPermissions=[described])
        fresh = _port(81, IpRanges=[{"CidrIp": "10.0.0.0/8"}])
        refused("InvalidPermission.Duplicate", authorize, GroupId=group, IpPermissions=[fresh, _port(80, **peer)])
        assert 81 not in _rules(aws, group)
        revoke(GroupId=group, IpPermissions=[_port(80, **peer)])
        assert _rules(aws, group) == {}


def a_rule_that_is_not_there_is_not_revoked(aws):
    missing = _port(999, IpRanges=[{"CidrIp": "0.0.0.0/0"}])
    revoke = aws.ec2.revoke_security_group_ingress
    refused("InvalidPermission.NotFound", revoke, GroupId=aws.security_group(), IpPermissions=[missing])


def a_security_group_is_found_by_its_tags(aws):
    name = aws.name()
    tags = [{"ResourceType": "security-group", "Tags": pairs(mark=name)}]
    group = aws.security_group(TagSpecifications=tags)
    found = aws.ec2.describe_security_groups(Filters=[{"Name": "tag:mark", "Values": [name]}])["SecurityGroups"]
    assert [one["GroupId"] for one in found] == [group]


def names_of_security_groups_are_taken_once(aws):
    create, name = aws.ec2.create_security_group, aws.name()
    create(GroupName=name, Description="a", VpcId=aws.has["vpc"])
    refused("InvalidGroup.Duplicate", create, GroupName=name, Description="a", VpcId=aws.has["vpc"])


def a_security_group_in_use_stays(aws):
    used, user = aws.security_group(), aws.security_group()
    rule = _port(80, UserIdGroupPairs=[{"GroupId": used}])
    aws.ec2.authorize_security_group_ingress(GroupId=user, IpPermissions=[rule])
    delete = aws.ec2.delete_security_group
    refused("DependencyViolation", delete, GroupId=used)
    alb = aws.alb(SecurityGroups=[user])
    refused("DependencyViolation", delete, GroupId=user)
    refused("DependencyViolation", delete, GroupId=aws.has["nodeSecurityGroup"])
    aws.elbv2.delete_load_balancer(LoadBalancerArn=alb)
    delete(GroupId=user)
    delete(GroupId=used)
