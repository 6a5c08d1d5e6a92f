"""Subnets: the state of their IPv6 blocks, which moto wraps twice. Their addresses are not counted."""

from moto.ec2.models.subnets import Subnet


def _blocks(self):
    used = [one for one in self.ipv6_cidr_block_associations.values() if one["ipv6CidrBlockState"]["State"] == "associated"]
    return [
        {
            "ipv6CidrBlock": one["ipv6CidrBlock"],
            "associationId": one["associationId"],
            "ipv6CidrBlockState": {"state": "associated"},
        }
        for one in used
    ]


Subnet.ipv6_cidr_block_association_set = property(_blocks)
