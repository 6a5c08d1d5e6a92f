"""Rules of listeners."""

from account import EVERY_PATH, NOT_FOUND, forward, refused

REWRITES = [
    {"Type": "url-rewrite", "UrlRewriteConfig": {"Rewrites": [{"Regex": "^/a(.*)$", "Replace": "/b$1"}]}},
    {"Type": "host-header-rewrite", "HostHeaderRewriteConfig": {"Rewrites": [{"Regex": ".*", "Replace": "x.test"}]}},
]

CONDITIONS = [
    {"Field": "host-header", "HostHeaderConfig": {"Values": ["a.example.com", "*.example.org"]}},
    {"Field": "host-header", "HostHeaderConfig": {"RegexValues": ["^a.*$"]}},
    {"Field": "path-pattern", "PathPatternConfig": {"Values": ["/a", "/a/*"]}},
    {"Field": "path-pattern", "PathPatternConfig": {"RegexValues": ["^/v[0-9]+$"]}},
    {"Field": "http-header", "HttpHeaderConfig": {"HttpHeaderName": "x-v", "Values": ["1"]}},
    {"Field": "http-header", "HttpHeaderConfig": {"HttpHeaderName": "x-v", "RegexValues": ["^1$"]}},
    {"Field": "http-request-method", "HttpRequestMethodConfig": {"Values": ["GET"]}},
    {"Field": "query-string", "QueryStringConfig": {"Values": [{"Key": "k", "Value": "v"}]}},
    {"Field": "source-ip", "SourceIpConfig": {"Values": ["10.0.0.0/8"]}},
]

OIDC = {
    "Type": "authenticate-oidc",
    "Order": 1,
    "AuthenticateOidcConfig": {
        "Issuer": "https://i",
        "AuthorizationEndpoint": "https://i/a",
        "TokenEndpoint": "https://i/t",
        "UserInfoEndpoint": "https://i/u",
        "ClientId": "c",
        "ClientSecret": "s",
    },
}
JWT = {
    "Type": "jwt-validation",
    "Order": 1,
    "JwtValidationConfig": {"JwksEndpoint": "https://i/jwks", "Issuer": "https://i"},
}


def _priorities(aws, listener):
    rules = aws.elbv2.describe_rules(ListenerArn=listener)["Rules"]
    return {rule["RuleArn"]: rule["Priority"] for rule in rules if not rule["IsDefault"]}


def every_condition_comes_back(aws):
    listener = aws.listener_arn(aws.alb())
    for priority, condition in enumerate(CONDITIONS, 1):
        found = aws.rule(listener, priority, [condition])["Conditions"]
        assert len(found) == 1 and all(found[0][key] == value for key, value in condition.items()), found


def every_action_comes_back(aws):
    listener, group = aws.https(aws.alb())["ListenerArn"], aws.group_arn()
    redirect = {
        "Type": "redirect",
        "RedirectConfig": {"Protocol": "HTTPS", "Port": "443", "Path": "/#{path}", "StatusCode": "HTTP_301"},
    }
    weighted = forward(group)[0]
    weighted["ForwardConfig"]["TargetGroups"][0]["Weight"] = 3
    weighted["ForwardConfig"]["TargetGroupStickinessConfig"] = {"Enabled": True, "DurationSeconds": 60}
    lists = [[redirect], NOT_FOUND, [weighted], [OIDC, {**weighted, "Order": 2}], [JWT, {**weighted, "Order": 2}]]
    for priority, actions in enumerate(lists, 1):
        found = aws.rule(listener, priority, actions=actions)["Actions"]
        assert len(found) == len(actions)
        last = found[-1]
        assert all(last[key] == value for key, value in actions[-1].items()), last


def authentication_needs_https(aws):
    listener = aws.listener_arn(aws.alb())
    for action in (OIDC, JWT):
        then = {**forward(aws.group_arn())[0], "Order": 2}
        refused("InvalidLoadBalancerAction", aws.rule, listener=listener, actions=[action, then])


def transforms_come_back_and_go(aws):
    listener = aws.listener_arn(aws.alb())
    rule = aws.rule(listener, Transforms=REWRITES)
    arn = rule["RuleArn"]
    assert rule["Transforms"] == REWRITES
    assert aws.elbv2.modify_rule(RuleArn=arn, Conditions=CONDITIONS[:1])["Rules"][0]["Transforms"] == REWRITES
    reset = aws.elbv2.modify_rule(RuleArn=arn, ResetTransforms=True)["Rules"][0]
    assert not reset.get("Transforms")
    assert aws.elbv2.modify_rule(RuleArn=arn, Transforms=REWRITES[:1])["Rules"][0]["Transforms"] == REWRITES[:1]


def rules_can_change_places(aws):
    listener = aws.listener_arn(aws.alb())
    one, two, three = (aws.rule(listener, priority)["RuleArn"] for priority in (1, 2, 3))
    swap = [{"RuleArn": one, "Priority": 2}, {"RuleArn": two, "Priority": 1}]
    aws.elbv2.set_rule_priorities(RulePriorities=swap)
    assert _priorities(aws, listener) == {two: "1", one: "2", three: "3"}
    taken = [{"RuleArn": one, "Priority": 3}]
    refused("PriorityInUse", aws.elbv2.set_rule_priorities, RulePriorities=taken)
    assert list(_priorities(aws, listener)) == [two, one, three]


def priorities_are_checked(aws):
    listener = aws.listener_arn(aws.alb())
    aws.rule(listener, 7)
    refused("PriorityInUse", aws.rule, listener=listener, priority=7)
    refused("ValidationError", aws.rule, listener=listener, priority=50001)


def a_rule_has_five_values(aws):
    listener = aws.listener_arn(aws.alb())
    six = [{"Field": "path-pattern", "PathPatternConfig": {"Values": [f"/{number}" for number in range(6)]}}]
    refused("ValidationError", aws.rule, listener=listener, conditions=six)


def a_load_balancer_has_a_hundred(aws):
    alb = aws.alb()
    listeners = [aws.listener_arn(alb, 80), aws.listener_arn(alb, 81)]
    for priority in range(1, 51):
        for listener in listeners:
            aws.rule(listener, priority)
    refused("TooManyRules", aws.rule, listener=listeners[0], priority=51)
    pages = aws.elbv2.get_paginator("describe_rules").paginate(ListenerArn=listeners[0])
    rules = [rule["Priority"] for page in pages for rule in page["Rules"]]
    assert rules == [*map(str, range(1, 51)), "default"]


def an_nlb_has_none(aws):
    listener = aws.listener_arn(aws.nlb(), protocol="TCP", actions=forward(aws.group_arn("TCP")))
    refused("ValidationError", aws.rule, listener=listener)


def the_default_rule_stays(aws):
    listener = aws.listener_arn(aws.alb())
    default = aws.elbv2.describe_rules(ListenerArn=listener)["Rules"][0]["RuleArn"]
    refused("OperationNotPermitted", aws.elbv2.delete_rule, RuleArn=default)
    refused("OperationNotPermitted", aws.elbv2.modify_rule, RuleArn=default, Conditions=EVERY_PATH)


def one_that_is_gone(aws):
    rule = aws.rule(aws.listener_arn(aws.alb()))["RuleArn"]
    aws.elbv2.delete_rule(RuleArn=rule)
    refused("RuleNotFound", aws.elbv2.delete_rule, RuleArn=rule)
    refused("RuleNotFound", aws.elbv2.describe_rules, RuleArns=[rule])
