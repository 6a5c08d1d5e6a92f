"""Certificates: one that listeners use can't be deleted. moto has the rest."""

from moto.acm.models import AWSCertificateManagerBackend
from moto.core.exceptions import JsonRESTError
from moto.elbv2.models import elbv2_backends

from .replace import replaces


@replaces(AWSCertificateManagerBackend, "delete_certificate")
def delete(original, self, arn):
    balancers = elbv2_backends[self.account_id][self.region_name].load_balancers.values()
    if any(arn in listener.certificates for balancer in balancers for listener in balancer.listeners.values()):
        raise JsonRESTError("ResourceInUseException", f"Certificate {arn} in account {self.account_id} is in use")
    return original(self, arn)
