"""How long load balancers are being provisioned. It knows no other state of theirs."""

import os
import time

_seconds = float(os.environ.get("LB_PROVISION_SECONDS", "0"))


def seconds():
    return _seconds


def set_seconds(value):
    """For load balancers that exist, too: their age counts."""
    global _seconds
    _seconds = float(value)


def has_passed_since(start):
    """`start` is a reading of `time.monotonic`."""
    return time.monotonic() - start >= _seconds
