"""Load balancers: names, subnets, security groups, provisioning, protection. Listeners are elsewhere."""

import copy
import re
import threading
import time

from moto.core.responses import ActionResult
from moto.elbv2 import models
from moto.elbv2.models import ELBv2Backend, FakeLoadBalancer
from moto.elbv2.responses import ELBV2Response

from . import address, attribute, provision
from .replace import refuse, replaces

# ARNs say the type, and moto makes them where it does not know it.
_making = threading.local()
_moto_arn = models.make_arn_for_load_balancer


def _arn(**parts):
    return _moto_arn(**parts).replace(":loadbalancer/app/", f":loadbalancer/{getattr(_making, 'segment', 'app')}/")


models.make_arn_for_load_balancer = _arn


def settings(params):
    """What must be the same for a second creation to be the first one."""
    ordered = {key: value for key, value in params.items() if key != "Action"}
    for key in ("SubnetMappings", "Subnets", "SecurityGroups", "Tags"):
        if key in ordered:
            ordered[key] = sorted(ordered[key], key=str)
    return ordered


@replaces(ELBV2Response, "create_load_balancer")
def create(original, self):
    """Creating the same again answers with what exists, as AWS does."""
    params, backend = self._get_params(), self.elbv2_backend
    made_with = copy.deepcopy(settings(params))
    _check_name(params.get("Name", ""))
    for balancer in backend.load_balancers.values():
        if balancer.name == params["Name"]:
            if balancer.made_with == made_with:
                return ActionResult({"LoadBalancers": [balancer]})
            text = f"A load balancer with the same name '{balancer.name}' exists, but with different settings"
            refuse("DuplicateLoadBalancerName", text)
    kind = params.get("Type", "application")
    mappings = params.get("SubnetMappings") or [{"SubnetId": subnet} for subnet in params.get("Subnets", [])]
    _check_subnets(backend, kind, [mapping["SubnetId"] for mapping in mappings])
    _check_groups(backend, params.get("SecurityGroups", []))
    address.check(backend, None, params.get("Scheme"), mappings)
    balancer = _make(original, self, kind, params)
    balancer.made_with = made_with
    balancer.mappings = {mapping["SubnetId"]: mapping for mapping in mappings}
    balancer.backend, balancer.born = backend, time.monotonic()
    _complete(balancer, params)
    # Later answers are of the load balancer, this one of its beginning.
    return ActionResult({"LoadBalancers": [copy.copy(balancer)]})


def _make(original, self, kind, params):
    _making.segment = "net" if kind == "network" else "app"
    asked = params.get("IpAddressType")
    # moto does not know this one.
    if asked == "dualstack-without-public-ipv4":
        params["IpAddressType"] = "dualstack"
    params.setdefault("Scheme", "internet-facing")
    balancer = original(self).result["LoadBalancers"][0]
    balancer.ip_address_type = asked or "ipv4"
    return balancer


def _complete(balancer, params):
    balancer.attrs = dict(attribute.LOAD_BALANCER[balancer.type])
    if balancer.scheme == "internal":
        balancer.dns_name = f"internal-{balancer.dns_name}"
        balancer.attrs["ipv6.deny_all_igw_traffic"] = "true"
    if balancer.type == "network":
        balancer.enable_prefix_for_ipv6_source_nat = params.get("EnablePrefixForIpv6SourceNat", "off")
        enforced = "on" if balancer.security_groups else None
        balancer.enforce_security_group_inbound_rules_on_private_link_traffic = enforced
        return
    balancer.ipam_pools = params.get("IpamPools")
    balancer.customer_owned_ipv4_pool = params.get("CustomerOwnedIpv4Pool")
    if not balancer.security_groups:
        default = balancer.backend.ec2_backend.get_security_group_from_name("default", balancer.vpc_id)
        balancer.security_groups = [default.id]


def _check_name(name):
    fits = re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9-]{0,30}[A-Za-z0-9])?", name)
    if not fits or name.startswith("internal-"):
        refuse("ValidationError", f"The load balancer name '{name}' is not valid")


def _check_subnets(backend, kind, ids):
    known = {subnet.id: subnet for zone in backend.ec2_backend.subnets.values() for subnet in zone.values()}
    if not ids or any(one not in known for one in ids):
        refuse("SubnetNotFound", "The specified subnet does not exist")
    subnets = [known[one] for one in ids]
    zones = {subnet.availability_zone for subnet in subnets}
    if len(zones) != len(subnets):
        text = "A load balancer cannot be attached to multiple subnets in the same Availability Zone"
        refuse("InvalidConfigurationRequest", text)
    if len({subnet.vpc_id for subnet in subnets}) > 1:
        refuse("InvalidSubnet", "The subnets are in different VPCs")
    if kind == "application" and len(zones) < 2:
        refuse("ValidationError", "At least two subnets in two different Availability Zones must be specified")
    return subnets


def _check_groups(backend, groups):
    for group in groups:
        if not backend.ec2_backend.get_security_group_from_id(group):
            refuse("InvalidSecurityGroup", f"Security group '{group}' does not exist")


@replaces(FakeLoadBalancer, "activate")
def activate(_original, self):
    if self.state == "provisioning" and provision.has_passed_since(self.born):
        self.state = "active"


@replaces(ELBv2Backend, "describe_load_balancers")
def describe(_original, self, arns, names):
    """moto forgets to miss what is unknown when it found something before."""
    for balancer in self.load_balancers.values():
        balancer.activate()
    if len(arns or []) > 20:
        refuse("ValidationError", "Up to 20 load balancers can be described in one call")
    found = list(self.load_balancers.values())
    if arns or names:
        found = [one for one in found if one.arn in (arns or []) or one.name in (names or [])]
        if len(found) < len(set(arns or [])) + len(set(names or [])):
            raise models.LoadBalancerNotFoundError()
    return found


@replaces(ELBv2Backend, "set_subnets")
def set_subnets(_original, self, arn, subnets, subnet_mappings):
    balancer = existing(self, arn)
    mappings = subnet_mappings or [{"SubnetId": subnet} for subnet in subnets]
    balancer_subnets = _check_subnets(self, balancer.type, [mapping["SubnetId"] for mapping in mappings])
    address.check(self, arn, balancer.scheme, mappings)
    balancer.subnets = balancer_subnets
    balancer.mappings = {mapping["SubnetId"]: mapping for mapping in mappings}
    return balancer.availability_zones


@replaces(ELBV2Response, "set_subnets")
def answer_subnets(original, self):
    result = original(self)
    balancer = self.elbv2_backend.load_balancers[self._get_param("LoadBalancerArn")]
    prefix = self._get_param("EnablePrefixForIpv6SourceNat")
    if prefix:
        balancer.enable_prefix_for_ipv6_source_nat = prefix
    kind = self._get_param("IpAddressType")
    if kind:
        balancer.ip_address_type = kind
    return result


@replaces(ELBv2Backend, "set_ip_address_type")
def set_ip_address_type(original, self, arn, ip_type):
    if ip_type == "dualstack-without-public-ipv4":
        balancer = existing(self, arn)
        if balancer.type != "application":
            refuse("InvalidConfigurationRequest", f"IP address type '{ip_type}' is not supported here")
        balancer.ip_address_type = ip_type
        return
    original(self, arn, ip_type)


@replaces(ELBV2Response, "set_security_groups")
def set_security_groups(original, self):
    balancer = existing(self.elbv2_backend, self._get_param("LoadBalancerArn"))
    if balancer.type == "network" and not balancer.security_groups:
        text = "A network load balancer that was created without security groups can't get any"
        refuse("InvalidConfigurationRequest", text)
    result = original(self)
    key = "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic"
    value = self._get_param(key)
    if value:
        balancer.enforce_security_group_inbound_rules_on_private_link_traffic = value
        result.result[key] = value
    return result


@replaces(ELBv2Backend, "modify_load_balancer_attributes")
def modify_attributes(_original, self, arn, attrs):
    balancer = existing(self, arn)
    attribute.check("Load balancer", attrs, balancer.attrs, attribute.LOAD_BALANCER.values())
    balancer.attrs.update(attrs)
    return balancer.attrs


@replaces(ELBv2Backend, "delete_load_balancer")
def delete(original, self, arn):
    """Deleting what is gone succeeds."""
    balancer = self.load_balancers.get(arn)
    if balancer is None:
        return
    if balancer.attrs.get("deletion_protection.enabled") == "true":
        text = f"Load balancer '{arn}' cannot be deleted because deletion protection is enabled"
        refuse("OperationNotPermitted", text)
    services = self.ec2_backend.configurations.values()
    shared = any(arn in service.network_load_balancer_arns for service in services)
    if shared or targeting(self, arn):
        refuse("ResourceInUse", f"Load balancer '{arn}' is currently associated with another service")
    for listener in list(balancer.listeners):
        self.tagging_service.delete_all_tags_for_resource(listener)
    original(self, arn)
    self.tagging_service.delete_all_tags_for_resource(arn)


def targeting(backend, arn, port=None):
    """Target groups that an ALB is registered in, on one port if it is given."""
    groups = [group for group in backend.target_groups.values() if group.target_type == "alb"]
    return [group for group in groups
            if any(target["Id"] == arn and port in (None, int(target["Port"])) for target in group.targets.values())]


def existing(backend, arn):
    balancer = backend.load_balancers.get(arn)
    if balancer is None:
        raise models.LoadBalancerNotFoundError()
    return balancer
