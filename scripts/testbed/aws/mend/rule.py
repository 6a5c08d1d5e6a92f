"""Rules of listeners: what AWS takes that moto does not, and the limits. It judges no request."""

from moto.core.responses import ActionResult
from moto.elbv2 import models
from moto.elbv2.models import ELBv2Backend
from moto.elbv2.responses import ELBV2Response

from .replace import refuse, replaces
from .target_group import check_forwarding

_VALUES_PER_RULE = 5
_RULES_PER_BALANCER = 100
_HIGHEST_PRIORITY = 50000
_SECURE_ACTIONS = ("authenticate-cognito", "authenticate-oidc", "jwt-validation")


@replaces(ELBv2Backend, "_validate_conditions")
def validate_conditions(original, self, conditions):
    """moto knows no regular expressions."""
    configs = [value for one in conditions for value in one.values() if isinstance(value, dict)]
    if sum(len(one.get("Values", [])) + len(one.get("RegexValues", [])) for one in configs) > _VALUES_PER_RULE:
        refuse("ValidationError", f"A rule can have at most {_VALUES_PER_RULE} condition values")
    plain = [one for one in conditions if not any("RegexValues" in value for value in one.values())]
    original(self, plain)


@replaces(ELBv2Backend, "_validate_actions")
def validate_actions(original, self, actions):
    original(self, [action for action in actions if action.type != "jwt-validation"])


@replaces(ELBV2Response, "create_rule")
def create(original, self):
    params, backend = self._get_params(), self.elbv2_backend
    listener = backend.describe_listeners(None, [params["ListenerArn"]])[0]
    balancer = backend.load_balancers[listener.load_balancer_arn]
    if not 1 <= int(params["Priority"]) <= _HIGHEST_PRIORITY:
        refuse("ValidationError", f"Priority must be between 1 and {_HIGHEST_PRIORITY}")
    if sum(len(one._non_default_rules) for one in balancer.listeners.values()) >= _RULES_PER_BALANCER:
        refuse("TooManyRules", "The maximum number of rules per load balancer has been reached")
    _check(backend, balancer, listener, params)
    result = original(self)
    result.result["Rules"][0].transforms = params.get("Transforms")
    return result


def _check(backend, balancer, listener, params):
    if balancer.type != "application":
        refuse("ValidationError", "Rules are not supported on this listener")
    actions = params.get("Actions", [])
    if listener.protocol != "HTTPS" and any(action["Type"] in _SECURE_ACTIONS for action in actions):
        refuse("InvalidLoadBalancerAction", "The action is supported only by HTTPS listeners")
    check_forwarding(backend, balancer, listener.protocol, actions)


@replaces(ELBV2Response, "modify_rule")
def modify(original, self):
    """What is not named stays as it is."""
    params, backend = self._get_params(), self.elbv2_backend
    rule = backend.describe_rules(None, [params["RuleArn"]])[0]
    if rule.is_default:
        refuse("OperationNotPermitted", "A default rule can't be modified")
    listener = backend.describe_listeners(None, [rule.listener_arn])[0]
    _check(backend, backend.load_balancers[listener.load_balancer_arn], listener, params)
    result = ActionResult({"Rules": [rule]})
    if params.get("Conditions") or params.get("Actions"):
        result = original(self)
    if params.get("Transforms"):
        rule.transforms = params["Transforms"]
    if str(params.get("ResetTransforms")).lower() == "true":
        rule.transforms = None
    return result


@replaces(ELBv2Backend, "set_rule_priorities")
def set_priorities(_original, self, rule_priorities):
    """All at once: only the outcome must be free of ties, so rules can change places."""
    wanted = {one["RuleArn"]: int(one["Priority"]) for one in rule_priorities}
    if len(set(wanted.values())) < len(rule_priorities):
        refuse("ValidationError", "A priority or a rule was specified more than once")
    rules = [self.describe_rules(None, [arn])[0] for arn in wanted]
    for listener_arn in {rule.listener_arn for rule in rules}:
        listener = self.describe_listeners(None, [listener_arn])[0]
        others = [rule for rule in listener._non_default_rules.values() if rule.arn not in wanted]
        if any(int(rule.priority) in wanted.values() for rule in others):
            raise models.PriorityInUseError()
    for rule in rules:
        rule.priority = wanted[rule.arn]
    return rules


@replaces(ELBv2Backend, "describe_rules")
def describe(original, self, listener_arn, rule_arns):
    """By priority, the default rule last."""
    rules = original(self, listener_arn, rule_arns)
    return sorted(rules, key=lambda rule: (rule.is_default, 0 if rule.is_default else int(rule.priority)))


@replaces(ELBv2Backend, "delete_rule")
def delete(original, self, arn):
    rules = [rule for balancer in self.load_balancers.values() for listener in balancer.listeners.values()
             for rule in listener.rules.values() if rule.arn == arn]
    if not rules:
        refuse("RuleNotFound", "One or more rules not found")
    if rules[0].is_default:
        refuse("OperationNotPermitted", f"Default rule '{arn}' cannot be deleted")
    original(self, arn)
    self.tagging_service.delete_all_tags_for_resource(arn)
