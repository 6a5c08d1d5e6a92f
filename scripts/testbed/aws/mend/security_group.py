"""Security groups: what is in use stays, rules are the same whatever they are described as. It opens no port."""

from moto.ec2.exceptions import DependencyViolationError, InvalidPermissionDuplicateError
from moto.ec2.models import EC2Backend
from moto.ec2.models.security_groups import SecurityGroup, SecurityGroupRule
from moto.ec2.responses.security_groups import SecurityGroups
from moto.elbv2.models import elbv2_backends

from .replace import replaces


def _key(rule):
    peers = (rule.ip_range.get("CidrIp"), rule.ip_range.get("CidrIpv6"), rule.source_group.get("GroupId"))
    return (rule.ip_protocol, rule.from_port, rule.to_port, *peers, rule.prefix_list_id)


SecurityGroupRule.__eq__ = lambda self, other: _key(self) == _key(other)


@replaces(SecurityGroupRule, "__init__")
def with_description(original, self, *args, **kwargs):
    """moto drops that of a prefix list."""
    original(self, *args, **kwargs)
    prefix_list = kwargs.get("prefix_list_id") or (args[7] if len(args) > 7 else None)
    self.prefix_list = prefix_list


@replaces(SecurityGroup, "_flattened_rules")
def flattened(original, self, rules):
    views = original(self, rules)
    described = {rule.prefix_list_id: rule.prefix_list for rule in rules if rule.prefix_list_id}
    for view in views:
        view.prefix_list_ids = [described.get(one["PrefixListId"], one) for one in view.prefix_list_ids]
    return views


@replaces(SecurityGroups, "authorize_security_group_ingress")
def authorize(original, self):
    """All or none."""
    group = self.ec2_backend.get_security_group_by_name_or_id(self._get_param("GroupId"))
    for rule in self._process_rules_from_querystring() if group else []:
        parts = [rule[key] for key in ("ip_protocol", "group_name_or_id", "from_port", "to_port")]
        peers = [rule[key] for key in ("ip_ranges", "source_groups", "prefix_list_ids")]
        if any(one in group.ingress_rules for one in self.ec2_backend._iterate_security_rules(*parts, *peers)):
            raise InvalidPermissionDuplicateError()
    return original(self)


@replaces(EC2Backend, "delete_security_group")
def delete(original, self, name=None, group_id=None):
    if group_id and _is_used(self, group_id):
        raise DependencyViolationError(f"resource {group_id} has a dependent object")
    return original(self, name, group_id)


def _is_used(backend, group_id):
    balancers = elbv2_backends[backend.account_id][backend.region_name].load_balancers.values()
    if any(group_id in (balancer.security_groups or []) for balancer in balancers):
        return True
    others = [group for groups in backend.groups.values() for group in groups.values() if group.id != group_id]
    rules = [rule for group in others for rule in (*group.ingress_rules, *group.egress_rules)]
    if any(rule.source_group.get("GroupId") == group_id for rule in rules):
        return True
    return any(group_id in [group.id for group in eni.group_set] for eni in backend.enis.values())
