"""Targets: known by id and port together, and what may be one. Their health is that of a world where all is well."""

import ipaddress

from moto.elbv2 import models
from moto.elbv2.models import FakeHealthStatus, FakeTargetGroup

from . import load_balancer
from .replace import refuse, replaces

# Load balancers that may have one ALB as their target.
_BALANCERS_PER_ALB = 2


def _backend(group):
    return models.elbv2_backends[group.account_id][group.region_name]


@replaces(FakeTargetGroup, "register")
def register(_original, self, targets):
    """All or none."""
    checks = {"alb": _check_alb, "instance": _check_instance, "ip": _check_ip}
    wanted = [{**target, "Port": int(target.get("Port") or self.port)} for target in targets]
    for target in wanted:
        checks.get(self.target_type, lambda *_: None)(self, target)
    for target in wanted:
        self.targets[(target["Id"], target["Port"])] = target


def _check_alb(group, target):
    backend, arn, port = _backend(group), target["Id"], target["Port"]
    balancer = backend.load_balancers.get(arn)
    if balancer is None or balancer.type != "application":
        refuse("InvalidTarget", f"The target '{arn}' is not an Application Load Balancer")
    if balancer.vpc_id != group.vpc_id:
        refuse("InvalidTarget", f"The target '{arn}' is in another VPC than the target group")
    balancer.activate()
    if balancer.state != "active":
        refuse("InvalidTarget", f"The target '{arn}' is not active")
    if port != int(group.port):
        refuse("ValidationError", "The target port must match the port of the target group")
    if not any(int(listener.port) == port for listener in balancer.listeners.values()):
        refuse("InvalidTarget", f"The Application Load Balancer '{arn}' does not have a listener on port {port}")
    if any(other["Id"] != arn for other in group.targets.values()):
        refuse("TooManyTargets", "A target group with target type 'alb' takes one target")
    groups = [one for one in load_balancer.targeting(backend, arn) if one is not group] + [group]
    if len({one for other in groups for one in other.load_balancer_arns}) > _BALANCERS_PER_ALB:
        refuse("TooManyRegistrationsForTargetId", f"The target '{arn}' is registered with too many load balancers")


def _check_instance(group, target):
    instance = _backend(group).ec2_backend.get_instance_by_id(target["Id"])
    if instance is None:
        refuse("InvalidTarget", f"The following targets are not valid instances: '{target['Id']}'")
    if instance.state != "running":
        refuse("InvalidTarget", f"The following targets are not in a running state: '{target['Id']}'")


def _check_ip(group, target):
    try:
        address = ipaddress.ip_address(target["Id"])
    except ValueError:
        refuse("ValidationError", f"The IP address '{target['Id']}' is not valid")
    if target.get("AvailabilityZone") == "all":
        return
    vpc = _backend(group).ec2_backend.get_vpc(group.vpc_id)
    cidrs = [*vpc.get_cidr_block_association_set(), *vpc.get_cidr_block_association_set(ipv6=True)]
    blocks = [ipaddress.ip_network(one["cidr_block"]) for one in cidrs]
    if not any(address in block for block in blocks):
        text = f"The IP address '{target['Id']}' is outside of the VPC: its Availability Zone must be 'all'"
        refuse("ValidationError", text)


@replaces(FakeTargetGroup, "deregister")
def deregister(_original, self, targets):
    """Deregistering what is not registered succeeds; without a port it is all ports."""
    for target in targets:
        for key in list(self.targets):
            if key[0] == target["Id"] and int(target.get("Port") or key[1]) == key[1]:
                del self.targets[key]


@replaces(FakeTargetGroup, "deregister_terminated_instances")
def deregister_terminated(_original, self, instance_ids):
    deregister_all = [{"Id": one} for one in instance_ids]
    self.deregister(deregister_all)


@replaces(FakeTargetGroup, "health_for")
def health_for(_original, self, target, _ec2_backend):
    port = int(target.get("Port") or self.port)
    registered = self.targets.get((target["Id"], port))
    state = ["healthy"]
    if registered is None:
        state = ["unused", "Target.NotRegistered", "Target is not registered to the target group"]
    elif not self.load_balancer_arns:
        text = "Target group is not configured to receive traffic from the load balancer"
        state = ["unused", "Target.NotInUse", text]
    health = FakeHealthStatus(target["Id"], port, self.health_check_port, *state)
    health.zone = (registered or target).get("AvailabilityZone")
    return health


def _target(health):
    fields = {"Id": health.instance_id, "Port": health.port, "AvailabilityZone": health.zone}
    return {key: value for key, value in fields.items() if value}


FakeHealthStatus.target = property(_target)
