"""How a method of moto is replaced by one that may call the original. It changes nothing by itself."""

from moto.elbv2.exceptions import ELBClientError


def replaces(owner, name):
    """Puts the decorated function in place of `owner.name`; it is called with the original as first argument."""

    def decorate(function):
        original = getattr(owner, name, None)

        def method(self, *args, **kwargs):
            return function(original, self, *args, **kwargs)

        method.__name__ = name
        setattr(owner, name, method)
        return method

    return decorate


def refuse(code, message):
    """Ends an Elastic Load Balancing call with an error."""
    raise ELBClientError(code, message)


def pairs(items):
    """AWS's lists of `{Key, Value}` as a dict."""
    return {item["Key"]: item.get("Value", "") for item in items or []}
