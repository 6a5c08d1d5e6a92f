"""Target groups: their defaults, their attributes, and which load balancer has them. Targets are elsewhere."""

import copy

from moto.core.responses import ActionResult
from moto.elbv2 import models
from moto.elbv2.models import ELBv2Backend, FakeTargetGroup
from moto.elbv2.responses import ELBV2Response

from . import attribute
from .load_balancer import settings
from .replace import refuse, replaces

# Protocols that moto lacks, each with one that it treats as AWS treats these.
QUIC = {"QUIC": "UDP", "TCP_QUIC": "TCP_UDP"}


def forwarded(actions):
    """ARNs of the target groups that actions forward to; actions as AWS takes them."""
    for action in actions or []:
        groups = action.get("ForwardConfig", {}).get("TargetGroups", [])
        yield from (group["TargetGroupArn"] for group in groups)
        if action.get("TargetGroupArn") and not groups:
            yield action["TargetGroupArn"]


def balancers_of(backend, arn):
    """ARNs of the load balancers that forward to a target group now."""
    out = []
    for balancer in backend.load_balancers.values():
        rules = [rule for listener in balancer.listeners.values() for rule in listener.rules.values()]
        if any(arn in forwarded(action.data for action in rule.actions) for rule in rules):
            out.append(balancer.arn)
    return out


def _load_balancer_arns(group):
    return balancers_of(models.elbv2_backends[group.account_id][group.region_name], group.arn)


# moto only ever adds to a list of its own; what it adds here is thrown away.
FakeTargetGroup.load_balancer_arns = property(_load_balancer_arns, lambda _group, _value: None)


@replaces(ELBV2Response, "create_target_group")
def create(original, self):
    """Creating the same again answers with what exists, as AWS does."""
    params, backend = self._get_params(), self.elbv2_backend
    made_with = copy.deepcopy(settings(params))
    for group in backend.target_groups.values():
        if group.name == params.get("Name"):
            if group.made_with == made_with:
                return ActionResult({"TargetGroups": [group]})
            text = f"A target group with the same name '{group.name}' exists, but with different settings"
            refuse("DuplicateTargetGroupName", text)
    if params.get("TargetType") == "alb":
        _check_alb(params)
    result = original(self)
    group = result.result["TargetGroups"][0]
    group.made_with = made_with
    group.target_control_port = params.get("TargetControlPort")
    # Not yet moto's default, where GRPC has another.
    group.health_check_path = params.get("HealthCheckPath")
    _complete(group)
    return result


def _check_alb(params):
    if params.get("Protocol") != "TCP":
        refuse("ValidationError", "Protocol must be TCP for target groups with target type 'alb'")
    if params.get("HealthCheckProtocol") not in (None, "HTTP", "HTTPS"):
        refuse("ValidationError", "Health check protocol must be HTTP or HTTPS for target type 'alb'")


def _complete(group):
    group.attributes = {}
    if group.target_type != "alb":
        group.attributes = attribute.of_target_group(group.target_type, group.protocol)
    _default_health_check(group)


def _default_health_check(group):
    if group.health_check_protocol not in ("HTTP", "HTTPS"):
        group.matcher = group.health_check_path = None
        return
    grpc = group.protocol_version == "GRPC"
    if grpc and "GrpcCode" not in (group.matcher or {}):
        group.matcher = {"GrpcCode": "12"}
    network = group.protocol not in ("HTTP", "HTTPS")
    if not getattr(group, "matcher", None):
        group.matcher = {"HttpCode": "200-399" if network else "200"}
    group.health_check_path = group.health_check_path or ("/AWS.ALB/healthcheck" if grpc else "/")


@replaces(ELBv2Backend, "create_target_group")
def create_quic(original, self, name, **params):
    protocol = params.get("protocol")
    params["protocol"] = QUIC.get(protocol, protocol)
    group = original(self, name, **params)
    if protocol in QUIC:
        group.protocol = protocol
    return group


@replaces(ELBV2Response, "modify_target_group")
def modify(original, self):
    result = original(self)
    group = result.result["TargetGroups"][0]
    if int(group.health_check_timeout_seconds) > int(group.health_check_interval_seconds):
        refuse("ValidationError", "Health check timeout must be smaller than the interval")
    matcher = self._get_params().get("Matcher")
    if matcher:
        group.matcher = matcher
    _default_health_check(group)
    return result


@replaces(ELBv2Backend, "modify_target_group_attributes")
def modify_attributes(original, self, target_group_arn, attributes):
    group = self.target_groups.get(target_group_arn)
    if group is None:
        raise models.TargetGroupNotFoundError()
    if group.target_type == "alb":
        refuse("InvalidConfigurationRequest", "Target groups with target type 'alb' do not support attributes")
    protocols = [*QUIC, "HTTP", "TCP"]
    elsewhere = [attribute.of_target_group("instance", protocol) for protocol in protocols]
    elsewhere.append(attribute.of_target_group("lambda", None))
    attribute.check("Target group", attributes, group.attributes, elsewhere)
    original(self, target_group_arn, attributes)


@replaces(ELBv2Backend, "delete_target_group")
def delete(original, self, target_group_arn):
    """Deleting what is gone succeeds."""
    if target_group_arn in self.target_groups:
        original(self, target_group_arn)
        self.tagging_service.delete_all_tags_for_resource(target_group_arn)


def check_forwarding(backend, balancer, protocol, actions):
    """What a load balancer may forward to, by a listener of a protocol."""
    for arn in forwarded(actions):
        group = backend.target_groups.get(arn)
        if group is None:
            refuse("TargetGroupNotFound", f"Target groups '{arn}' not found")
        _check_protocol(balancer, protocol, group)
        if group.vpc_id != balancer.vpc_id and group.target_type != "lambda":
            refuse("InvalidConfigurationRequest", f"Target group '{arn}' is in another VPC than the load balancer")
        if any(other != balancer.arn for other in balancers_of(backend, arn)):
            text = f"The following target groups cannot be associated with more than one load balancer: {arn}"
            refuse("TargetGroupAssociationLimit", text)


# Which protocols of target groups a network load balancer's listener takes.
_TAKES = {
    "TCP": ("TCP", "TCP_UDP"),
    "TLS": ("TCP", "TLS"),
    "UDP": ("UDP", "TCP_UDP"),
    "TCP_UDP": ("TCP_UDP",),
    "QUIC": ("QUIC", "TCP_QUIC"),
    "TCP_QUIC": ("TCP_QUIC",),
}


def _check_protocol(balancer, protocol, group):
    if group.target_type == "lambda" and balancer.type == "application":
        return
    takes = _TAKES.get(protocol, ()) if balancer.type == "network" else ("HTTP", "HTTPS")
    if group.target_type == "alb":
        takes = ("TCP",) if protocol == "TCP" else ()
    if group.protocol not in takes:
        text = f"A {protocol} listener can't forward to a target group of protocol {group.protocol}"
        refuse("InvalidConfigurationRequest", text)
