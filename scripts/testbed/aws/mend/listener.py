"""Listeners: protocols, certificates, mutual authentication, attributes. Their rules are elsewhere."""

import copy

from moto.core.responses import ActionResult
from moto.elbv2 import models
from moto.elbv2.models import ELBv2Backend, FakeAction
from moto.elbv2.responses import SSL_POLICIES, ELBV2Response

from . import attribute, load_balancer
from .load_balancer import settings
from .replace import refuse, replaces
from .target_group import QUIC, check_forwarding

SECURE = ("HTTPS", "TLS")


# A listener's answers name its default certificate only; the others are listed by DescribeListenerCertificates.
for _call in ("CreateListener", "DescribeListeners", "ModifyListener"):
    _path = f"{_call}Output.Listeners.Listener.Certificates"
    ELBV2Response.RESPONSE_KEY_PATH_TO_TRANSFORMER[_path] = lambda all: [{"CertificateArn": all[0]}] if all else None


@replaces(ELBv2Backend, "_validate_port_and_protocol")
def validate_protocol(original, self, loadbalancer_type, port, protocol):
    if loadbalancer_type == "network":
        protocol = QUIC.get(protocol, protocol)
    original(self, loadbalancer_type, port, protocol)


@replaces(ELBV2Response, "create_listener")
def create(original, self):
    """Creating the same again answers with what exists, as AWS does."""
    params, backend = self._get_params(), self.elbv2_backend
    made_with = copy.deepcopy(settings(params))
    balancer = backend.load_balancers.get(params["LoadBalancerArn"])
    if balancer is None:
        raise models.LoadBalancerNotFoundError()
    for listener in balancer.listeners.values():
        if int(listener.port) == int(params.get("Port") or 0):
            if listener.made_with == made_with:
                return ActionResult({"Listeners": [listener]})
            refuse("DuplicateListener", "A listener already exists on this port for this load balancer")
    protocol = params.get("Protocol")
    certificates = [one["CertificateArn"] for one in params.get("Certificates", [])]
    _check(backend, balancer, protocol, certificates, params)
    result = original(self)
    listener = result.result["Listeners"][0]
    listener.made_with = made_with
    _settle(listener, balancer, params)
    return result


def _settle(listener, balancer, params):
    """What follows from the protocol."""
    listener.attributes = dict(attribute.LISTENER.get(listener.protocol, {}))
    if listener.protocol not in SECURE:
        listener.ssl_policy, listener.certificates, listener.alpn_policy = None, [], []
        listener.mutual_authentication = None
        return
    listener.ssl_policy = listener.ssl_policy or "ELBSecurityPolicy-2016-08"
    if balancer.type == "application":
        listener.mutual_authentication = params.get("MutualAuthentication") or {"Mode": "off"}


def _check(backend, balancer, protocol, certificates, params):
    backend._validate_port_and_protocol(balancer.type, params.get("Port", 1), protocol)
    check_forwarding(backend, balancer, protocol, params.get("DefaultActions"))
    if protocol in SECURE:
        _check_certificates(backend, certificates)
    elif params.get("Certificates") or params.get("SslPolicy"):
        refuse("InvalidConfigurationRequest", f"Certificates and policies can't be set for {protocol} listeners")
    policy = params.get("SslPolicy")
    if policy and policy not in SSL_POLICIES:
        refuse("SSLPolicyNotFound", f"SSL policy '{policy}' not found")
    store = params.get("MutualAuthentication", {}).get("TrustStoreArn")
    if params.get("MutualAuthentication", {}).get("Mode") == "verify" and store not in backend.trust_stores:
        refuse("TrustStoreNotFound", f"Trust store '{store}' not found")


def _check_certificates(backend, certificates):
    if len(certificates) != 1:
        refuse("CertificateNotFound", "You must specify exactly one certificate for secure listeners")
    for certificate in certificates:
        if not backend._certificate_exists(certificate):
            refuse("CertificateNotFound", f"Certificate '{certificate}' not found")


@replaces(ELBV2Response, "modify_listener")
def modify(_original, self):
    """What is not named stays as it is."""
    params, backend = self._get_params(), self.elbv2_backend
    listener = backend.describe_listeners(None, [params["ListenerArn"]])[0]
    balancer = backend.load_balancers[listener.load_balancer_arn]
    port, protocol = int(params.get("Port", listener.port)), params.get("Protocol", listener.protocol)
    if any(int(other.port) == port and other is not listener for other in balancer.listeners.values()):
        refuse("DuplicateListener", "A listener already exists on this port for this load balancer")
    if port != int(listener.port):
        _check_unused(backend, listener)
    certificates = [one["CertificateArn"] for one in params.get("Certificates", [])]
    _check(backend, balancer, protocol, certificates or listener.certificates[:1], params)
    if not params.get("DefaultActions"):
        check_forwarding(backend, balancer, protocol, [action.data for action in listener.default_actions])
    actions = [FakeAction(action) for action in params.get("DefaultActions", [])]
    backend._validate_actions(actions)
    changed = protocol != listener.protocol
    listener.port, listener.protocol = port, protocol
    listener.certificates = certificates + listener.certificates[1:] if certificates else listener.certificates
    listener.ssl_policy = params.get("SslPolicy", listener.ssl_policy)
    listener.alpn_policy = params.get("AlpnPolicy", listener.alpn_policy)
    if params.get("MutualAuthentication"):
        listener.mutual_authentication = params["MutualAuthentication"]
    if actions:
        listener.default_actions = listener._default_rule[0].actions = actions
    if changed:
        _settle(listener, balancer, params)
    return ActionResult({"Listeners": [listener]})


def _check_unused(backend, listener):
    if load_balancer.targeting(backend, listener.load_balancer_arn, int(listener.port)):
        refuse("ResourceInUse", f"Listener '{listener.arn}' is in use by a target group with target type 'alb'")


@replaces(ELBv2Backend, "describe_listeners")
def describe(original, self, load_balancer_arn, listener_arns):
    found = original(self, load_balancer_arn, listener_arns)
    if not load_balancer_arn and len(found) < len(set(listener_arns)):
        raise models.ListenerNotFoundError()
    return found


@replaces(ELBv2Backend, "delete_listener")
def delete(original, self, listener_arn):
    listener = self.describe_listeners(None, [listener_arn])[0]
    _check_unused(self, listener)
    for arn in [listener_arn, *listener._non_default_rules]:
        self.tagging_service.delete_all_tags_for_resource(arn)
    return original(self, listener_arn)


@replaces(ELBv2Backend, "add_listener_certificates")
def add_certificates(original, self, arn, certificates):
    listener = self.describe_listeners(None, [arn])[0]
    for certificate in certificates:
        if not self._certificate_exists(certificate["CertificateArn"]):
            refuse("CertificateNotFound", f"Certificate '{certificate['CertificateArn']}' not found")
    # The default one is no entry of the list, but may be made one: it is then described twice.
    new = [one for one in certificates if one["CertificateArn"] not in listener.certificates[1:]]
    return original(self, arn, new)


@replaces(ELBv2Backend, "remove_listener_certificates")
def remove_certificates(original, self, arn, certificates):
    listener = self.describe_listeners(None, [arn])[0]
    if any(one["CertificateArn"] == listener.certificates[0] for one in certificates):
        refuse("OperationNotPermitted", "The default certificate cannot be removed")
    original(self, arn, certificates)


@replaces(ELBv2Backend, "modify_listener_attributes")
def modify_attributes(original, self, listener_arn, attrs):
    listener = self.describe_listeners(None, [listener_arn])[0]
    keys = [one["Key"] for one in attrs]
    attribute.check("Listener", keys, listener.attributes, attribute.LISTENER.values())
    return original(self, listener_arn, attrs)
