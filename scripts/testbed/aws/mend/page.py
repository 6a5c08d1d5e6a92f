"""Pages of lists that moto gives whole. Load balancers and rules come in pages already."""

from moto.elbv2.responses import ELBV2Response

from .replace import refuse, replaces

# Fewer than AWS's 400, as moto does it for load balancers: clients that forget about pages fail early.
_PAGE = 50


def _paged(action, key, name):
    @replaces(ELBV2Response, action)
    def describe(original, self):
        result = original(self)
        found = list(result.result[key])
        marker, size = self._get_param("Marker"), self._get_int_param("PageSize", _PAGE)
        start = 0
        if marker:
            names = [name(one) for one in found]
            if marker not in names:
                refuse("ValidationError", f"Marker '{marker}' is not valid")
            start = names.index(marker) + 1
        result.result[key] = found[start : start + size]
        if len(found) > start + size:
            result.result["NextMarker"] = name(found[start + size - 1])
        return result


_paged("describe_target_groups", "TargetGroups", lambda group: group.name)
_paged("describe_listeners", "Listeners", lambda listener: listener.arn)
