"""Tags: of every kind of resource, within AWS's limits, and found by the Resource Groups Tagging API."""

from moto.core.resource_tagging import TaggedResource
from moto.elbv2.models import ELBv2Backend

from .replace import refuse, replaces

_TAGS_PER_RESOURCE = 50
_RESOURCES_PER_CALL = 20


@replaces(ELBv2Backend, "_get_resource_by_arn")
def resource_by_arn(original, self, arn):
    """moto finds neither default rules nor trust stores."""
    if ":truststore/" in arn:
        if arn not in self.trust_stores:
            refuse("TrustStoreNotFound", f"Trust store '{arn}' not found")
        return self.trust_stores[arn]
    if ":listener-rule/" in arn:
        return self.describe_rules(None, [arn])[0]
    return original(self, arn)


@replaces(ELBv2Backend, "add_tags")
def add(_original, self, resource_arns, tags):
    names = [tag["Key"] for tag in tags]
    if len(set(names)) < len(names):
        refuse("DuplicateTagKeys", "A tag key was specified more than once")
    for arn in resource_arns:
        self._get_resource_by_arn(arn)
        if len({*names, *self.tagging_service.get_tag_dict_for_resource(arn)}) > _TAGS_PER_RESOURCE:
            refuse("TooManyTags", f"A resource has {_TAGS_PER_RESOURCE} tags at most")
    for arn in resource_arns:
        self.tagging_service.tag_resource(arn, tags)


@replaces(ELBv2Backend, "describe_tags")
def describe(original, self, resource_arns):
    if len(resource_arns) > _RESOURCES_PER_CALL:
        refuse("ValidationError", f"Tags of up to {_RESOURCES_PER_CALL} resources can be described in one call")
    for arn in resource_arns:
        self._get_resource_by_arn(arn)
    return original(self, resource_arns)


@replaces(ELBv2Backend, "iter_tagged_resources")
def tagged_resources(original, self):
    """moto leaves out listeners and rules."""
    yield from original(self)
    for balancer in self.load_balancers.values():
        for listener in balancer.listeners.values():
            yield _tagged(self, listener.arn, "listener")
            for rule in listener.rules.values():
                yield _tagged(self, rule.arn, "listener-rule")


def _tagged(backend, arn, kind):
    tags = backend.tagging_service.get_tag_dict_for_resource(arn)
    return TaggedResource(arn=arn, tags=tags, resource_type=f"elasticloadbalancing:{kind}")
