"""Tags, and what is found by them."""

from account import pairs, refused


def _things(aws):
    alb = aws.alb()
    listener = aws.listener_arn(alb)
    return [alb, listener, aws.rule(listener)["RuleArn"], aws.group_arn()]


def _tags(aws, arns):
    found = aws.elbv2.describe_tags(ResourceArns=arns)["TagDescriptions"]
    return {one["ResourceArn"]: {tag["Key"]: tag["Value"] for tag in one["Tags"]} for one in found}


def every_resource_has_them(aws):
    things = _things(aws)
    aws.elbv2.add_tags(ResourceArns=things, Tags=pairs(one="1", empty=""))
    aws.elbv2.remove_tags(ResourceArns=things, TagKeys=["one"])
    assert _tags(aws, things) == {arn: {"empty": ""} for arn in things}


def they_are_found_by_kind(aws):
    things, mark = _things(aws), aws.name()
    aws.elbv2.add_tags(ResourceArns=things, Tags=pairs(mark=mark, other="1"))
    wanted = [{"Key": "mark", "Values": [mark]}]
    for kind, arn in zip(("loadbalancer", "listener", "listener-rule", "targetgroup"), things):
        types = [f"elasticloadbalancing:{kind}"]
        found = aws.tagging.get_resources(ResourceTypeFilters=types, TagFilters=wanted)["ResourceTagMappingList"]
        assert [one["ResourceARN"] for one in found] == [arn], (kind, found)
    both = [*wanted, {"Key": "other", "Values": ["2"]}]
    assert aws.tagging.get_resources(TagFilters=both)["ResourceTagMappingList"] == []


def twenty_resources_are_described_at_once(aws):
    refused("ValidationError", aws.elbv2.describe_tags, ResourceArns=[aws.nlb()] * 21)


def a_resource_has_fifty(aws):
    nlb = aws.nlb()
    aws.elbv2.add_tags(ResourceArns=[nlb], Tags=pairs(**{f"k{number}": "" for number in range(50)}))
    refused("TooManyTags", aws.elbv2.add_tags, ResourceArns=[nlb], Tags=pairs(more=""))


def those_of_one_that_is_gone(aws):
    there, gone = aws.nlb(), aws.nlb(Tags=pairs(a="b"))
    aws.elbv2.delete_load_balancer(LoadBalancerArn=gone)
    refused("LoadBalancerNotFound", aws.elbv2.describe_tags, ResourceArns=[there, gone])
