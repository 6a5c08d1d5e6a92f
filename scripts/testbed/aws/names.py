"""What each id of an account is called, so that two accounts can be compared. It names what has no name of its own by
what tells it apart: a subnet by its addresses, a rule by its priority."""


def names(clients, balancers, groups):
    """`{id: name}` of everything that a snapshot shows or mentions."""
    out = {}
    for balancer in balancers:
        out[balancer["LoadBalancerArn"]] = f"load-balancer:{balancer['LoadBalancerName']}"
        out[balancer["DNSName"]] = f"dns-name:{balancer['LoadBalancerName']}"
        for listener in balancer["Listeners"]:
            place = f"{balancer['LoadBalancerName']}:{listener['Port']}"
            out[listener["ListenerArn"]] = f"listener:{place}"
            out.update({rule["RuleArn"]: f"rule:{place}:{rule['Priority']}" for rule in listener["Rules"]})
    out.update({group["TargetGroupArn"]: f"target-group:{group['TargetGroupName']}" for group in groups})
    out.update(_network(clients))
    out.update(_around(clients))
    return out


def _network(clients):
    out = {}
    vpcs = clients.all("ec2", "describe_vpcs")
    out.update({one["VpcId"]: f"vpc:{one['CidrBlock']}" for one in vpcs})
    subnets = clients.all("ec2", "describe_subnets")
    out.update({one["SubnetId"]: f"subnet:{one['CidrBlock']}" for one in subnets})
    for one in clients.all("ec2", "describe_security_groups"):
        name = f"security-group:{out[one['VpcId']]}:{one['GroupName']}"
        out.update({one["GroupId"]: name, one["SecurityGroupArn"]: name})
    for reservation in clients.all("ec2", "describe_instances"):
        out.update({one["InstanceId"]: f"instance:{one['PrivateIpAddress']}" for one in reservation["Instances"]})
    for number, one in enumerate(clients["ec2"].describe_addresses()["Addresses"]):
        out[one["AllocationId"]] = f"allocation:{number}"
        out[one["PublicIp"]] = f"public-ip:{number}"
    return out


def _around(clients):
    out = {}
    for one in clients.all("acm", "list_certificates"):
        out[one["CertificateArn"]] = f"certificate:{one['DomainName']}"
    for one in clients.all("elbv2", "describe_trust_stores"):
        out[one["TrustStoreArn"]] = f"trust-store:{one['Name']}"
    for one in clients["wafv2"].list_web_acls(Scope="REGIONAL")["WebACLs"]:
        out[one["ARN"]] = f"web-acl:{one['Name']}"
    return out
