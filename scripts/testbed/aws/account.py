"""A seeded account for probes, and short ways to make things in it. It checks refusals, nothing else."""

from botocore.exceptions import ClientError
from clients import Clients
from seed import seed

NOT_FOUND = [{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "404", "ContentType": "text/plain"}}]
EVERY_PATH = [{"Field": "path-pattern", "PathPatternConfig": {"Values": ["/*"]}}]


def forward(*arns):
    groups = [{"TargetGroupArn": arn, "Weight": 1} for arn in arns]
    return [{"Type": "forward", "ForwardConfig": {"TargetGroups": groups}}]


def pairs(**values):
    """AWS's list of tags or attributes; `__` stands for a dot."""
    return [{"Key": key.replace("__", "."), "Value": value} for key, value in values.items()]


def refused(code, call, **parameters):
    """The call must be refused with the code."""
    try:
        answer = call(**parameters)
    except ClientError as error:
        assert error.response["Error"]["Code"] == code, f"refused with {error.response['Error']}, not {code}"
        return
    raise AssertionError(f"not refused with {code}: {answer}")


class Account:
    """Names begin anew with each probe, so that none meets the things of another."""

    def __init__(self, url):
        self.clients = Clients(url)
        self.elbv2, self.ec2, self.acm = (self.clients[one] for one in ("elbv2", "ec2", "acm"))
        self.shield, self.wafv2, self.tagging = (
            self.clients[one] for one in ("shield", "wafv2", "resourcegroupstaggingapi")
        )
        self.has = seed(self.clients, "gw")
        self.probes = self.things = 0

    def begin(self):
        self.probes, self.things = self.probes + 1, 0

    def name(self):
        self.things += 1
        return f"p{self.probes}-{self.things}"

    def balancer(self, kind, **more):
        """An active load balancer, as AWS describes it."""
        if "SubnetMappings" not in more:
            more.setdefault("Subnets", self.has["publicSubnets"])
        more.setdefault("Name", self.name())
        made = self.elbv2.create_load_balancer(Type=kind, **more)["LoadBalancers"][0]
        return self.described(made["LoadBalancerArn"])

    def described(self, arn):
        return self.elbv2.describe_load_balancers(LoadBalancerArns=[arn])["LoadBalancers"][0]

    def alb(self, **more):
        return self.balancer("application", **more)["LoadBalancerArn"]

    def nlb(self, **more):
        return self.balancer("network", **more)["LoadBalancerArn"]

    def group(self, protocol="HTTP", target_type="ip", port=80, **more):
        more.setdefault("Name", self.name())
        made = self.elbv2.create_target_group(
            Protocol=protocol, Port=port, VpcId=self.has["vpc"], TargetType=target_type, **more
        )
        return made["TargetGroups"][0]

    def group_arn(self, *args, **more):
        return self.group(*args, **more)["TargetGroupArn"]

    def listener(self, balancer, port=80, protocol="HTTP", actions=None, **more):
        made = self.elbv2.create_listener(
            LoadBalancerArn=balancer, Port=port, Protocol=protocol, DefaultActions=actions or NOT_FOUND, **more
        )
        return made["Listeners"][0]

    def listener_arn(self, *args, **more):
        return self.listener(*args, **more)["ListenerArn"]

    def https(self, balancer, port=443, **more):
        more.setdefault("Certificates", [{"CertificateArn": self.has["certificates"]["echo"]}])
        return self.listener(balancer, port, "HTTPS", **more)

    def rule(self, listener, priority=1, conditions=None, actions=None, **more):
        made = self.elbv2.create_rule(
            ListenerArn=listener, Priority=priority, Conditions=conditions or EVERY_PATH, Actions=actions or NOT_FOUND,
            **more,
        )
        return made["Rules"][0]

    def security_group(self, **more):
        return self.ec2.create_security_group(
            GroupName=self.name(), Description="probe", VpcId=self.has["vpc"], **more
        )["GroupId"]

    def chained(self):
        """An ALB with a listener on 80, and a target group with it as target; their ARNs."""
        alb = self.alb()
        listener = self.listener_arn(alb)
        group = self.group_arn("TCP", "alb", HealthCheckProtocol="HTTP")
        self.elbv2.register_targets(TargetGroupArn=group, Targets=[{"Id": alb, "Port": 80}])
        return alb, listener, group
