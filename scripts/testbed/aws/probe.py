"""Runs the probes of probes/ against a server. What an answer should be stands there.

usage: probe.py URL [NAME…]
"""

import importlib
import inspect
import pkgutil
import sys
import traceback

import probes
from account import Account


def found(names):
    """Public functions of the modules of probes/, by `module.function`."""
    for info in pkgutil.iter_modules(probes.__path__):
        module = importlib.import_module(f"probes.{info.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            title = f"{info.name}.{name}"
            if function.__module__ != module.__name__ or name.startswith("_"):
                continue
            if not names or any(part in title for part in names):
                yield title, function


def main():
    account = Account(sys.argv[1])
    passed, failed = 0, 0
    for title, probe in found(sys.argv[2:]):
        account.begin()
        try:
            probe(account)
            passed += 1
        except Exception:
            failed += 1
            print(f"FAILED {title}\n{traceback.format_exc(limit=-2)}")
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed or not passed else 0)


if __name__ == "__main__":
    main()
