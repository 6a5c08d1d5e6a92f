"""Addresses of load balancers in their zones: Elastic IPs, private and IPv6 ones. It allocates none."""

from moto.elbv2 import models

from .replace import refuse


class Zone(models.AvailabilityZone):
    """A subnet of a load balancer with what its mapping asks for."""

    def __init__(self, subnet, mapping, public_ips):
        super().__init__(subnet)
        prefix = mapping.get("SourceNatIpv6Prefix")
        self.source_nat_ipv6_prefixes = [prefix] if prefix else []
        keys = ("AllocationId", "PrivateIPv4Address", "IPv6Address")
        address = {key: mapping[key] for key in keys if mapping.get(key)}
        if "AllocationId" in address:
            address["IpAddress"] = public_ips.get(address["AllocationId"])
        self.load_balancer_addresses = [address] if address else []


def zones(balancer):
    mappings = getattr(balancer, "mappings", {})
    backend = getattr(balancer, "backend", None)
    public_ips = {one.allocation_id: one.public_ip for one in backend.ec2_backend.addresses} if backend else {}
    return [Zone(subnet, mappings.get(subnet.id, {}), public_ips) for subnet in balancer.subnets]


models.FakeLoadBalancer.availability_zones = property(zones)


def check(backend, arn, scheme, mappings):
    """Elastic IPs must exist, be free, and belong to the internet. `arn` is the load balancer that may have them."""
    known = {one.allocation_id for one in backend.ec2_backend.addresses}
    for mapping in mappings:
        allocation = mapping.get("AllocationId")
        if not allocation:
            continue
        if allocation not in known:
            refuse("AllocationIdNotFound", f"The allocation IDs '{allocation}' do not exist")
        if scheme == "internal":
            refuse("InvalidConfigurationRequest", "Elastic IP addresses are not supported for internal load balancers")
        for other in backend.load_balancers.values():
            used = any(one.get("AllocationId") == allocation for one in getattr(other, "mappings", {}).values())
            if used and other.arn != arn:
                refuse("ResourceInUse", f"The allocation IDs '{allocation}' are already in use")
