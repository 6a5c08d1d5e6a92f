"""Reserved capacity and address pools of load balancers. Neither is checked against any pool."""

from moto.core.responses import ActionResult
from moto.elbv2.responses import ELBV2Response

from .load_balancer import existing


def _balancer(self):
    return existing(self.elbv2_backend, self._get_param("LoadBalancerArn"))


def _answer(balancer):
    capacity = getattr(balancer, "capacity", None)
    zones = sorted({subnet.availability_zone for subnet in balancer.subnets})
    states = [{"AvailabilityZone": zone, "State": {"Code": "provisioned"}} for zone in zones]
    return ActionResult({
        "DecreaseRequestsRemaining": 10,
        "MinimumLoadBalancerCapacity": capacity,
        "CapacityReservationState": states if capacity else [],
    })


def modify_capacity(self):
    balancer, params = _balancer(self), self._get_params()
    balancer.capacity = params.get("MinimumLoadBalancerCapacity")
    if str(params.get("ResetCapacityReservation")).lower() == "true":
        balancer.capacity = None
    return _answer(balancer)


def describe_capacity(self):
    return _answer(_balancer(self))


def modify_pools(self):
    balancer, params = _balancer(self), self._get_params()
    balancer.ipam_pools = params.get("IpamPools", balancer.ipam_pools)
    if "ipv4" in params.get("RemoveIpamPools", []):
        balancer.ipam_pools = None
    return ActionResult({"IpamPools": balancer.ipam_pools})


ELBV2Response.modify_capacity_reservation = modify_capacity
ELBV2Response.describe_capacity_reservation = describe_capacity
ELBV2Response.modify_ip_pools = modify_pools
