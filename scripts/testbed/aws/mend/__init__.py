"""What moto answers otherwise than AWS, mended where gateways would notice: one module per noun.

Nothing here knows gwchain. AWS's rules are from its public API reference; where that does not name an error's code, the
code is our best knowledge and clients should not depend on it.
"""

from . import (
    acm,
    address,
    attribute,
    capacity,
    listener,
    load_balancer,
    page,
    rule,
    security_group,
    shield,
    subnet,
    tag,
    target,
    target_group,
    trust_store,
)

__all__ = [
    "acm",
    "address",
    "attribute",
    "capacity",
    "listener",
    "load_balancer",
    "page",
    "rule",
    "security_group",
    "shield",
    "subnet",
    "tag",
    "target",
    "target_group",
    "trust_store",
]
