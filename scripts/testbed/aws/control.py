"""What tests ask of the server beside AWS's calls: JSON over HTTP under /testbed/. docs/testbed.md has the list.

It answers through boto3 and this server's own URL, so what it says of the account is what AWS's API says of it.
"""

import datetime
import json
import traceback

from botocore.exceptions import ClientError
from clients import Clients
from mend import provision
from moto.core.base_backend import BackendDict
from seed import seed
from snapshot import snapshot


class Control:
    """A WSGI application in front of moto's."""

    def __init__(self, application):
        self.application, self.url = application, None
        self.routes = {
            ("POST", "reset"): self.reset,
            ("POST", "seed"): self.seed,
            ("POST", "call"): self.call,
            ("POST", "settings"): self.settings,
            ("GET", "snapshot"): self.snapshot,
        }

    def __call__(self, environ, start_response):
        path = environ.get("PATH_INFO", "")
        if not path.startswith("/testbed/"):
            return self.application(environ, start_response)
        status, answer = self.answer(environ, path.removeprefix("/testbed/"))
        body = json.dumps(answer, default=_text, sort_keys=True).encode()
        headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
        start_response(status, headers)
        return [body]

    def answer(self, environ, name):
        # What is not read would be taken for the next request.
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        route = self.routes.get((environ["REQUEST_METHOD"], name))
        if route is None:
            return "404 Not Found", {"error": f"there is no {environ['REQUEST_METHOD']} /testbed/{name}"}
        try:
            return "200 OK", route(json.loads(body or b"{}"))
        except ClientError as refused:
            error = refused.response["Error"]
            return "400 Bad Request", {"error": error["Message"], "code": error["Code"]}
        except Exception:
            return "500 Internal Server Error", {"error": traceback.format_exc()}

    def reset(self, _body):
        """An empty account. Settings stay."""
        for backend in list(BackendDict._instances):
            backend.reset()
        return {}

    def seed(self, body):
        """`{"cluster": NAME}`"""
        return seed(Clients(self.url), body.get("cluster", "gw"))

    def call(self, body):
        """`{"service", "operation", "parameters"}`, named as boto3 names them, perhaps at another `url`"""
        client = Clients(body.get("url", self.url))[body["service"]]
        answer = getattr(client, body["operation"])(**body.get("parameters", {}))
        answer.pop("ResponseMetadata", None)
        return answer

    def settings(self, body):
        """`{"lbProvisionSeconds": NUMBER}`"""
        if "lbProvisionSeconds" in body:
            provision.set_seconds(body["lbProvisionSeconds"])
        return {"lbProvisionSeconds": provision.seconds()}

    def snapshot(self, _body):
        return snapshot(Clients(self.url))


def _text(value):
    return value.isoformat() if isinstance(value, datetime.datetime) else str(value)
