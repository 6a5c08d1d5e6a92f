"""Trust stores. The bundle of certificates that one is made from is not read."""

from moto.core.responses import ActionResult, EmptyResult
from moto.elbv2.models import ELBv2Backend
from moto.elbv2.responses import ELBV2Response
from moto.moto_api._internal import mock_random

from .replace import refuse, replaces


@replaces(ELBv2Backend, "__init__")
def with_trust_stores(original, self, *args, **kwargs):
    original(self, *args, **kwargs)
    self.trust_stores = {}


def create(self):
    params, backend = self._get_params(), self.elbv2_backend
    name = params["Name"]
    if any(store["Name"] == name for store in backend.trust_stores.values()):
        refuse("DuplicateTrustStoreName", f"A trust store with the name '{name}' exists")
    place = f"{self.region}:{self.current_account}:truststore/{name}/{mock_random.get_random_hex(16)}"
    arn = f"arn:aws:elasticloadbalancing:{place}"
    store = {"Name": name, "TrustStoreArn": arn, "Status": "ACTIVE", "NumberOfCaCertificates": 1}
    backend.trust_stores[arn] = store
    backend.tagging_service.tag_resource(arn, params.get("Tags"))
    return ActionResult({"TrustStores": [store]})


def describe(self):
    params, stores = self._get_params(), self.elbv2_backend.trust_stores
    names, arns = params.get("Names", []), params.get("TrustStoreArns", [])
    found = [one for one in stores.values()
             if not (names or arns) or one["Name"] in names or one["TrustStoreArn"] in arns]
    if len(found) < len(names) + len(arns):
        refuse("TrustStoreNotFound", "One or more trust stores not found")
    return ActionResult({"TrustStores": found})


def delete(self):
    backend, arn = self.elbv2_backend, self._get_params()["TrustStoreArn"]
    listeners = [one for balancer in backend.load_balancers.values() for one in balancer.listeners.values()]
    if any((getattr(one, "mutual_authentication", None) or {}).get("TrustStoreArn") == arn for one in listeners):
        refuse("TrustStoreInUse", f"Trust store '{arn}' is in use by a listener")
    if backend.trust_stores.pop(arn, None) is None:
        refuse("TrustStoreNotFound", f"Trust store '{arn}' not found")
    return EmptyResult()


ELBV2Response.create_trust_store = create
ELBV2Response.describe_trust_stores = describe
ELBV2Response.delete_trust_store = delete
